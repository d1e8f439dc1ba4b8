"""Context before and after an annotation, as evidence of its position."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol
from unicodedata import combining

from annotator.core.anchoring.normalization import normalize_text

if TYPE_CHECKING:
    from annotator.core.anchoring.placements import Placements
    from annotator.core.anchoring.target_text import TargetText
    from annotator.core.annotation import Annotation
    from annotator.core.span import Span

_CHANCE_SIMILARITY = 0.6  # maximum similarity of the letters of two unrelated contexts; counts as no evidence
_NEAR = 800  # code points before and after a span that count as near
_MIN_TRIMMED = 8  # minimum length of a context from which the outermost character is dropped


class Similarity(Protocol):
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


def count_unchanged_sides(annotation: Annotation, text: str, span: Span) -> int:
    """Return on how many sides of `span`, 0 to 2, the old context is unchanged; an unknown one counts as changed."""
    return _is_before(annotation.before, text, span.start) + _is_after(annotation.after, text, span.end)


def has_context(annotation: Annotation) -> bool:
    """Return whether the context of the annotation is known."""
    return bool(annotation.before.strip() or annotation.after.strip())


def measure_evidence(annotation: Annotation, new: TargetText, span: Span, *, likeness: Similarity) -> Evidence:
    """Return the similarity of the context of `span` to that of the annotation."""
    old_before, old_after = _trim_before(annotation.before), _trim_after(annotation.after)
    before, after = new.get_context(span)
    return Evidence(
        _measure_similarity(old_before, before[-len(old_before) :], likeness) if old_before else 0.0,
        _measure_similarity(old_after, after[: len(old_after)], likeness) if old_after else 0.0,
    )


def is_other_occurrence(annotation: Annotation, new: TargetText, span: Span, *, known: Placements) -> bool:
    """Return whether the text at `span` is another old occurrence, which stood beside a different annotation."""
    if any(has_own_neighbours(annotation, new, span, known=known)):
        return False
    words = normalize_text(annotation.text)
    earlier, later = _find_neighbours(new.text, span, known)
    return (earlier is not None and _has_common_ending(get_following_text(earlier)[::-1], words[::-1])) or (
        later is not None and _has_common_ending(get_preceding_text(later), words)
    )


def has_own_neighbours(annotation: Annotation, new: TargetText, span: Span, *, known: Placements) -> tuple[bool, bool]:
    """Return for both sides of `span` whether the annotation's old neighbour stands there, changed or not."""
    earlier, later = _find_neighbours(new.text, span, known)
    return (
        earlier is not None and _has_common_ending(get_preceding_text(annotation), normalize_text(earlier.text)),
        later is not None
        and _has_common_ending(get_following_text(annotation)[::-1], normalize_text(later.text)[::-1]),
    )


def _find_neighbours(text: str, span: Span, known: Placements) -> tuple[Annotation | None, Annotation | None]:
    """Return the old versions of the annotations directly before and after `span`, with only white space between."""
    start, end = span
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return known.find_ending_at(start), known.find_starting_at(end)


def is_whole_sentence(new: TargetText, span: Span) -> bool:
    """Return whether `span` starts and ends at sentence boundaries."""
    numbers = new.find_overlapping(span)
    return bool(numbers) and new.span_between(numbers[0], numbers[-1]) == span


def is_removed(annotation: Annotation, new: TargetText) -> bool:
    """Return whether the old neighbours stand side by side: the sentence was removed from between them."""
    return has_context(annotation) and new.is_side_by_side(
        get_preceding_text(annotation), get_following_text(annotation)
    )


def is_near_context(annotation: Annotation, new: TargetText, span: Span) -> bool:
    """Return whether one old neighbour stands near `span` on its side, and none on the wrong side."""
    before, after = get_preceding_text(annotation), get_following_text(annotation)
    earlier = normalize_text(new.text[max(0, span.start - _NEAR) : span.start])
    later = normalize_text(new.text[span.end : span.end + _NEAR])
    has_before, has_after = len(before) >= _MIN_TRIMMED, len(after) >= _MIN_TRIMMED
    if (has_after and after in earlier) or (has_before and before in later):
        return False
    return (has_before and before in earlier) or (has_after and after in later)


def get_following_text(annotation: Annotation) -> str:
    """Return the normalized start of the text after the annotation."""
    return _trim_after(annotation.after)


def get_preceding_text(annotation: Annotation) -> str:
    """Return the normalized end of the text before the annotation."""
    return _trim_before(annotation.before)


def _is_before(old: str, text: str, start: int) -> bool:
    if not old.strip():
        return False
    if text.endswith(old, 0, start):
        return True
    return normalize_text(text[max(0, start - 4 * len(old) - 8) : start]).endswith(_trim_before(old))


def _is_after(old: str, text: str, end: int) -> bool:
    if not old.strip():
        return False
    if text.startswith(old, end):
        return True
    return normalize_text(text[end : end + 4 * len(old) + 8]).startswith(_trim_after(old))


def _has_common_ending(one: str, other: str) -> bool:
    """Return whether the longer of two normalized texts ends with the shorter one, which has at least 3 characters."""
    length = min(len(one), len(other))
    return length >= 3 and one[-length:] == other[-length:]


def _trim_before(old: str) -> str:
    """Return a normalized context before a span, without a start that may be cut inside a letter."""
    # Contexts are cut by code points: in NFD the cut may separate a letter from its accents.
    found = normalize_text(old)
    if len(found) >= _MIN_TRIMMED:
        found = found[1:].lstrip()
    while found and combining(found[0]):
        found = found[1:]
    return found


def _trim_after(old: str) -> str:
    """Return a normalized context after a span, without an end that may be cut inside a letter."""
    found = normalize_text(old)
    return found[:-1].rstrip() if len(found) >= _MIN_TRIMMED else found


def _measure_similarity(old: str, now: str, likeness: Similarity) -> float:
    return max(0.0, (likeness.letters(old, now) - _CHANCE_SIMILARITY) / (1 - _CHANCE_SIMILARITY))
