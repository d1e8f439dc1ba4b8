"""The main window, its bars and dialogs, and the context that features work in."""
