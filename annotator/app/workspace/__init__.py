"""The workspace: its folder, documents, sidecars and label set."""
