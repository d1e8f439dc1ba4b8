"""Annotations on their way to reviewers without this program, and back. It must not know sidecars or sessions."""
