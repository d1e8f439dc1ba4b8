"""Excel workbooks for reviewers."""
