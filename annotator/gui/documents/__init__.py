"""The *Documents* panel, and the watcher of files that other programs change."""
