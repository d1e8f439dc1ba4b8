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

_LONGEST = 4_000  # characters of each text that are compared; `SequenceMatcher` is quadratic in the worst case


def compared(old: str, new: str, theme: Theme) -> tuple[str, str]:
    """Return `old` and `new` as rich text, with the words marked that the other one does not have."""
    before, after = old[:_LONGEST].split(), new[:_LONGEST].split()
    gone = f"color: {theme.trouble}; text-decoration: line-through;"
    fresh = f"color: {theme.good}; text-decoration: underline; font-weight: 600;"
    left: list[str] = []
    right: list[str] = []
    for tag, start, end, other, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        is_same = tag == "equal"
        left += _marked(before[start:end], "" if is_same else gone)
        right += _marked(after[other:stop], "" if is_same else fresh)
    return " ".join(left), " ".join(right)


def quoted(text: str, theme: Theme, *, before: str = "", after: str = "") -> str:
    """Return `text` as rich text, with its context in a faint colour."""
    faint = f"<span style='color: {theme.faint}'>"
    parts = [f"{faint}…{escape(before.lstrip())}</span>" if before.strip() else "", escape(text)]
    parts.append(f"{faint}{escape(after.rstrip())}…</span>" if after.strip() else "")
    return " ".join(" ".join(parts).split())


def lines(rows: Iterable[tuple[str, str]], theme: Theme) -> str:
    """Return names and values as paragraphs of rich text, without those that have no value."""
    return "".join(
        f"<p style='margin-top: 6px; margin-bottom: 0'><span style='color: {theme.muted}'>{escape(name)}:</span> "
        f"{escape(value)}</p>"
        for name, value in rows
        if value
    )


def _marked(words: Sequence[str], style: str) -> list[str]:
    if not words:
        return []
    text = escape(" ".join(words))
    return [f"<span style='{style}'>{text}</span>" if style else text]
