"""Dialogs that fit the screen, and their parts."""
