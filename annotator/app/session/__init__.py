"""The session: the open document, its annotations, commands and events."""
