"""Documents, sidecars, journals and workspace settings on disk."""
