"""Persistent and incremental containers."""
