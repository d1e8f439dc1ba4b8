"""The find bar and the workspace search."""
