"""What stands before and after an annotation, as evidence of where it is. It must not know how places are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol
from unicodedata import combining

from annotator.core.anchoring.normalization import plain

if TYPE_CHECKING:
    from annotator.core.anchoring.placements import Known
    from annotator.core.anchoring.target_text import NewText
    from annotator.core.annotation import Annotation
    from annotator.core.span import Span

_CHANCE = 0.6  # so alike are the letters of two contexts that have nothing to do with each other, at most
_NEAR = 800  # code points before and after a place that are near it
_FIRM = 8  # characters from which on the end of a context that may be cut inside a letter is left out


class Likeness(Protocol):
    """How like two plain texts are, each a share from 0 to 1."""

    def letters(self, one: str, other: str) -> float:
        """By their letters alone."""
        ...

    def words(self, one: str, other: str) -> float:
        """By their words and letters."""
        ...

    def part(self, words: str, within: str) -> Span:
        """The whole words of ``within`` that are most like ``words``."""
        ...


class Evidence(NamedTuple):
    """How far what stands before and after a place is what stood there, each a share from 0 (as by chance) to 1."""

    before: float
    after: float

    @property
    def weight(self) -> float:
        """Both together: one side alone says more than half."""
        return 0.6 * max(self) + 0.4 * min(self)


def sides(annotation: Annotation, text: str, span: Span) -> int:
    """On how many sides of ``span``, 0 to 2, the words stand that stood there; none are never the same."""
    return _is_before(annotation.before, text, span.start) + _is_after(annotation.after, text, span.end)


def has_surroundings(annotation: Annotation) -> bool:
    """Whether it is known what stood around the annotation."""
    return bool(annotation.before.strip() or annotation.after.strip())


def evidence(annotation: Annotation, new: NewText, span: Span, *, likeness: Likeness) -> Evidence:
    """How far the surroundings of ``span`` are like those of the annotation."""
    old_before, old_after = _firm_before(annotation.before), _firm_after(annotation.after)
    before, after = new.context(span)
    return Evidence(
        _alike(old_before, before[-len(old_before) :], likeness) if old_before else 0.0,
        _alike(old_after, after[: len(old_after)], likeness) if old_after else 0.0,
    )


def is_twin(annotation: Annotation, new: NewText, span: Span, *, known: Known) -> bool:
    """Whether its words at ``span`` stood there before as well, beside a neighbour that is not the annotation's."""
    if any(own_neighbours(annotation, new, span, known=known)):
        return False
    words = plain(annotation.text)
    earlier, later = _neighbours(new.text, span, known)
    return (earlier is not None and _ends_alike(successor(earlier)[::-1], words[::-1])) or (
        later is not None and _ends_alike(predecessor(later), words)
    )


def own_neighbours(annotation: Annotation, new: NewText, span: Span, *, known: Known) -> tuple[bool, bool]:
    """Whether before and after ``span`` stands, as it is now, what stood before and after the annotation."""
    earlier, later = _neighbours(new.text, span, known)
    return (
        earlier is not None and _ends_alike(predecessor(annotation), plain(earlier.text)),
        later is not None and _ends_alike(successor(annotation)[::-1], plain(later.text)[::-1]),
    )


def _neighbours(text: str, span: Span, known: Known) -> tuple[Annotation | None, Annotation | None]:
    """The annotations, as they were, that were found with nothing but white space between them and ``span``."""
    start, end = span
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return known.ending_at(start), known.beginning_at(end)


def is_whole_sentence(new: NewText, span: Span) -> bool:
    """Whether ``span`` begins and ends where sentences do."""
    numbers = new.numbers(span)
    return bool(numbers) and new.run(numbers[0], numbers[-1]) == span


def is_taken_out(annotation: Annotation, new: NewText) -> bool:
    """Whether what stood before and after the annotation stands side by side: its sentence is gone from its place."""
    return has_surroundings(annotation) and new.is_side_by_side(predecessor(annotation), successor(annotation))


def is_about(annotation: Annotation, new: NewText, span: Span) -> bool:
    """Whether what stood before or after the annotation stands near ``span``, on its side and not on the other one."""
    before, after = predecessor(annotation), successor(annotation)
    earlier = plain(new.text[max(0, span.start - _NEAR) : span.start])
    later = plain(new.text[span.end : span.end + _NEAR])
    has_before, has_after = len(before) >= _FIRM, len(after) >= _FIRM
    if (has_after and after in earlier) or (has_before and before in later):
        return False
    return (has_before and before in earlier) or (has_after and after in later)


def successor(annotation: Annotation) -> str:
    """The plain beginning of what followed the annotation."""
    return _firm_after(annotation.after)


def predecessor(annotation: Annotation) -> str:
    """The plain end of what stood before the annotation."""
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
    """Whether the longer of two plain texts ends with the shorter one, of which something is left to compare."""
    length = min(len(one), len(other))
    return length >= 3 and one[-length:] == other[-length:]


def _firm_before(old: str) -> str:
    """A context before a place, plain, without a beginning that may be half a letter."""
    found = plain(old)
    if len(found) >= _FIRM:
        found = found[1:].lstrip()
    while found and combining(found[0]):
        found = found[1:]
    return found


def _firm_after(old: str) -> str:
    """A context after a place, plain, without an end that may be half a letter."""
    found = plain(old)
    return found[:-1].rstrip() if len(found) >= _FIRM else found


def _alike(old: str, now: str, likeness: Likeness) -> float:
    return max(0.0, (likeness.letters(old, now) - _CHANCE) / (1 - _CHANCE))
