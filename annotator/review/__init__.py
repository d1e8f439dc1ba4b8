"""Files for reviewers without this program, and the answers that come back."""
