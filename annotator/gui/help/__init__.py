"""The help window and the tour."""
