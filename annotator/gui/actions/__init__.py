"""Actions, their shortcuts, the command palette and the shortcut editor."""
