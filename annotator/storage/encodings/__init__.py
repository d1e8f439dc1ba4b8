"""Detect and decode the encodings of Vietnamese text."""
