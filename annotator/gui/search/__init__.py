"""The find bar, and the search in all documents of the workspace."""
