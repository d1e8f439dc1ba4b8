"""Open, list and follow the documents of a workspace."""
