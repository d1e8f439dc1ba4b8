"""Describe steps, verdicts and dates in the user's language."""
