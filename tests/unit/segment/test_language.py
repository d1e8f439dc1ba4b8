from __future__ import annotations

import pytest

from annotator.segment.language import load_languages


def test_vietnamese_and_english_by_default() -> None:
    """Without codes both shipped languages are loaded."""
    language = load_languages()
    assert language.codes == ("vi", "en")
    assert {"PGS", "Mr"} <= language.names


def test_one_language_alone() -> None:
    """A code loads its language and no other."""
    assert "PGS" not in load_languages("en").names


def test_unknown_language_is_refused_with_a_sentence() -> None:
    """The error says which code is unknown and which are known."""
    with pytest.raises(ValueError, match=r"“xx”.*en, vi"):
        load_languages("vi", "xx")


def test_own_abbreviations_are_added() -> None:
    """Abbreviations of the workspace count with and without their full stop, and in capitals."""
    language = load_languages("vi", extra=["Xnk.", "Bqlda", " "])
    assert {"Xnk", "XNK", "Bqlda"} <= language.names
    assert "" not in language.names
