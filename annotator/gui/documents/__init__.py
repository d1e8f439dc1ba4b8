"""The *Documents* panel, and what follows the files on disk."""
