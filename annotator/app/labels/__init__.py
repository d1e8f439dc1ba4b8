"""Edit the label set of a workspace."""
