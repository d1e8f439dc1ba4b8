"""The window, its bars and dialogs, and what it offers to the features in it."""
