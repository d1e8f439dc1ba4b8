"""Colours, faces, icons and style sheets."""
