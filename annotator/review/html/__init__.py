"""The web page and the PDF for reviewers."""
