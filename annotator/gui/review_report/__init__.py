"""The report of what reviewers changed."""
