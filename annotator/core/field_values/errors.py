"""Why something that a person typed cannot be taken. It must not know what was asked for."""

from __future__ import annotations


class EntryError(ValueError):
    """What was typed does not fit; the error says what is wrong and what to write, in a sentence for the person."""
