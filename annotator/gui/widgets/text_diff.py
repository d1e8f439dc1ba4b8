"""Two texts as rich text with their differing words marked.

Removed words are struck through, added ones underlined: colour is not the only sign.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.gui.theme.theme import Theme

_MAX_LENGTH = 4_000  # characters of each text that are compared; `SequenceMatcher` is quadratic in the worst case


def mark_differences(old: str, new: str, theme: Theme) -> tuple[str, str]:
    """Return `old` and `new` as rich text, with the words marked that the other one does not have."""
    before, after = old[:_MAX_LENGTH].split(), new[:_MAX_LENGTH].split()
    gone = f"color: {theme.error}; text-decoration: line-through;"
    fresh = f"color: {theme.success}; text-decoration: underline; font-weight: 600;"
    left: list[str] = []
    right: list[str] = []
    for tag, start, end, other, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        is_same = tag == "equal"
        left += _mark_words(before[start:end], "" if is_same else gone)
        right += _mark_words(after[other:stop], "" if is_same else fresh)
    return " ".join(left), " ".join(right)


def format_quote(text: str, theme: Theme, *, before: str = "", after: str = "") -> str:
    """Return `text` as rich text, with its context in a faint colour."""
    faint = f"<span style='color: {theme.faint}'>"
    parts = [f"{faint}…{escape(before.lstrip())}</span>" if before.strip() else "", escape(text)]
    parts.append(f"{faint}{escape(after.rstrip())}…</span>" if after.strip() else "")
    return " ".join(" ".join(parts).split())


def format_rows(rows: Iterable[tuple[str, str]], theme: Theme) -> str:
    """Return names and values as paragraphs of rich text, without those that have no value."""
    return "".join(
        f"<p style='margin-top: 6px; margin-bottom: 0'><span style='color: {theme.muted}'>{escape(name)}:</span> "
        f"{escape(value)}</p>"
        for name, value in rows
        if value
    )


def _mark_words(words: Sequence[str], style: str) -> list[str]:
    if not words:
        return []
    text = escape(" ".join(words))
    return [f"<span style='{style}'>{text}</span>" if style else text]
