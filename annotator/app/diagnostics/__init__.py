"""Diagnose the installation: versions, libraries and folders."""
