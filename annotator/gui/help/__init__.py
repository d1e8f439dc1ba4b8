"""The help viewer and the tour."""
