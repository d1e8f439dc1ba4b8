"""Compose the window from its features."""
