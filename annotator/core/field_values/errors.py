"""Error for input that a field does not accept."""

from __future__ import annotations


class InvalidValueError(ValueError):
    """The input does not fit; the message tells the user what is wrong and what to write."""
