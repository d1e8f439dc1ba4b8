"""Describe steps and verdicts in the user's language."""
