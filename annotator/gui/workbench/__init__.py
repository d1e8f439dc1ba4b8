"""Composes the window from its features."""
