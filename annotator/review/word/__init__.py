"""Word files for reviewers."""
