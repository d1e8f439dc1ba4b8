"""Merge concurrent versions of the annotations of a document."""
