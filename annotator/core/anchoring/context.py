"""Context before and after an annotation, as evidence of its position."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol
from unicodedata import combining

from annotator.core.anchoring.normalization import plain

if TYPE_CHECKING:
    from annotator.core.anchoring.placements import Known
    from annotator.core.anchoring.target_text import NewText
    from annotator.core.annotation import Annotation
    from annotator.core.span import Span

_CHANCE = 0.6  # maximum similarity of the letters of two unrelated contexts; counts as no evidence
_NEAR = 800  # code points before and after a span that count as near
_FIRM = 8  # minimum length of a context from which the outermost character is dropped


class Likeness(Protocol):
    """Similarity of two normalized texts, from 0 to 1."""

    def letters(self, one: str, other: str) -> float:
        """Return the similarity of the letters."""
        ...

    def words(self, one: str, other: str) -> float:
        """Return the similarity of words and letters together."""
        ...

    def part(self, words: str, within: str) -> Span:
        """Return the span of whole words in `within` that is most similar to `words`."""
        ...


class Evidence(NamedTuple):
    """Similarity of the context before and after a span to the old context, from 0 (as if by chance) to 1."""

    before: float
    after: float

    @property
    def weight(self) -> float:
        """Weight of both sides together, from 0 to 1; one side alone counts more than half."""
        return 0.6 * max(self) + 0.4 * min(self)


def sides(annotation: Annotation, text: str, span: Span) -> int:
    """Return on how many sides of `span`, 0 to 2, the old context is unchanged; an unknown one counts as changed."""
    return _is_before(annotation.before, text, span.start) + _is_after(annotation.after, text, span.end)


def has_surroundings(annotation: Annotation) -> bool:
    """Return whether the context of the annotation is known."""
    return bool(annotation.before.strip() or annotation.after.strip())


def evidence(annotation: Annotation, new: NewText, span: Span, *, likeness: Likeness) -> Evidence:
    """Return the similarity of the context of `span` to that of the annotation."""
    old_before, old_after = _firm_before(annotation.before), _firm_after(annotation.after)
    before, after = new.context(span)
    return Evidence(
        _alike(old_before, before[-len(old_before) :], likeness) if old_before else 0.0,
        _alike(old_after, after[: len(old_after)], likeness) if old_after else 0.0,
    )


def is_twin(annotation: Annotation, new: NewText, span: Span, *, known: Known) -> bool:
    """Return whether the text at `span` is another old occurrence, which stood beside a different annotation."""
    if any(own_neighbours(annotation, new, span, known=known)):
        return False
    words = plain(annotation.text)
    earlier, later = _neighbours(new.text, span, known)
    return (earlier is not None and _ends_alike(successor(earlier)[::-1], words[::-1])) or (
        later is not None and _ends_alike(predecessor(later), words)
    )


def own_neighbours(annotation: Annotation, new: NewText, span: Span, *, known: Known) -> tuple[bool, bool]:
    """Return for both sides of `span` whether the annotation's old neighbour stands there, changed or not."""
    earlier, later = _neighbours(new.text, span, known)
    return (
        earlier is not None and _ends_alike(predecessor(annotation), plain(earlier.text)),
        later is not None and _ends_alike(successor(annotation)[::-1], plain(later.text)[::-1]),
    )


def _neighbours(text: str, span: Span, known: Known) -> tuple[Annotation | None, Annotation | None]:
    """Return the old versions of the annotations directly before and after `span`, with only white space between."""
    start, end = span
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return known.ending_at(start), known.beginning_at(end)


def is_whole_sentence(new: NewText, span: Span) -> bool:
    """Return whether `span` starts and ends at sentence boundaries."""
    numbers = new.numbers(span)
    return bool(numbers) and new.run(numbers[0], numbers[-1]) == span


def is_taken_out(annotation: Annotation, new: NewText) -> bool:
    """Return whether the old neighbours stand side by side: the sentence was removed from between them."""
    return has_surroundings(annotation) and new.is_side_by_side(predecessor(annotation), successor(annotation))


def is_about(annotation: Annotation, new: NewText, span: Span) -> bool:
    """Return whether one old neighbour stands near `span` on its side, and none on the wrong side."""
    before, after = predecessor(annotation), successor(annotation)
    earlier = plain(new.text[max(0, span.start - _NEAR) : span.start])
    later = plain(new.text[span.end : span.end + _NEAR])
    has_before, has_after = len(before) >= _FIRM, len(after) >= _FIRM
    if (has_after and after in earlier) or (has_before and before in later):
        return False
    return (has_before and before in earlier) or (has_after and after in later)


def successor(annotation: Annotation) -> str:
    """Return the normalized start of the text after the annotation."""
    return _firm_after(annotation.after)


def predecessor(annotation: Annotation) -> str:
    """Return the normalized end of the text before the annotation."""
    return _firm_before(annotation.before)


def _is_before(old: str, text: str, start: int) -> bool:
    if not old.strip():
        return False
    if text.endswith(old, 0, start):
        return True
    return plain(text[max(0, start - 4 * len(old) - 8) : start]).endswith(_firm_before(old))


def _is_after(old: str, text: str, end: int) -> bool:
    if not old.strip():
        return False
    if text.startswith(old, end):
        return True
    return plain(text[end : end + 4 * len(old) + 8]).startswith(_firm_after(old))


def _ends_alike(one: str, other: str) -> bool:
    """Return whether the longer of two normalized texts ends with the shorter one, which has at least 3 characters."""
    length = min(len(one), len(other))
    return length >= 3 and one[-length:] == other[-length:]


def _firm_before(old: str) -> str:
    """Return a normalized context before a span, without a start that may be cut inside a letter."""
    # Contexts are cut by code points: in NFD the cut may separate a letter from its accents.
    found = plain(old)
    if len(found) >= _FIRM:
        found = found[1:].lstrip()
    while found and combining(found[0]):
        found = found[1:]
    return found


def _firm_after(old: str) -> str:
    """Return a normalized context after a span, without an end that may be cut inside a letter."""
    found = plain(old)
    return found[:-1].rstrip() if len(found) >= _FIRM else found


def _alike(old: str, now: str, likeness: Likeness) -> float:
    return max(0.0, (likeness.letters(old, now) - _CHANCE) / (1 - _CHANCE))
