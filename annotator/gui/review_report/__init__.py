"""The report on what reviewers changed."""
