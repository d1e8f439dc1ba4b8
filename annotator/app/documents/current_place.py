"""Current sentence and selection across a change of the article: found again by their words, as annotations are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.reanchoring import reanchor
from annotator.core.annotation import CONTEXT, Annotation
from annotator.core.annotation_set import AnnotationSet

if TYPE_CHECKING:
    from annotator.app.session.segmented_text import SegmentedText
    from annotator.app.session.session import Session
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span
    from annotator.segment.language import Language

_NEIGHBOURS = 12  # sentences on each side that tell equal sentences apart, and stand in for one that is gone


class CurrentPlace(NamedTuple):
    """The current sentence, the other end of the selection, and the sentences around both, in the order of `text`."""

    text: str
    current: Span
    other: Span
    spans: tuple[Span, ...]


def capture_place(session: Session) -> CurrentPlace | None:
    """Return the place in the open document, or None without one."""
    document, reading, current = session.document, session.reading, session.current
    if document is None or reading is None or current is None:
        return None
    ends = (session.selection[0], session.selection[-1]) if session.selection else (current, current)
    other = ends[0] if ends[0] != current else ends[1]
    around = {one.span for end in (current, other) for one in (end, *_find_neighbours(reading, end))}
    return CurrentPlace(document.text, current.span, other.span, tuple(sorted(around)))


def restore_place(session: Session, place: CurrentPlace | None) -> None:
    """Make the sentences of `place` current and selected in the document that is open now.

    The nearest sentence that is left stands in for one that is gone: the next one, else the one before.
    """
    if place is None or session.document is None or session.reading is None:
        return
    language = session.workspace.language if session.workspace is not None else None
    starts = _find_starts(place, session.document.text, language=language)
    current, other = (_find_sentence(session.reading, place, end, starts) for end in (place.current, place.other))
    if current is not None:
        session.select(other or current, current)


def _find_neighbours(reading: SegmentedText, sentence: Sentence) -> list[Sentence]:
    found: list[Sentence] = []
    for find in (reading.find_previous, reading.find_next):
        one: Sentence | None = sentence
        for _step in range(_NEIGHBOURS):
            one = find(one.block, one.span.start) if one is not None else None
            if one is None:
                break
            found.append(one)
    return found


def _find_starts(place: CurrentPlace, text: str, *, language: Language | None) -> dict[Span, int]:
    """Return where the sentences of `place` start in `text`, without those that are gone."""
    if text == place.text:
        return {span: span.start for span in place.spans}
    old = place.text
    wanted = {
        str(number): Annotation(
            id=str(number),
            span=span,
            labels=("here",),  # without a label it would be a note
            text=old[span.start : span.end],
            before=old[max(0, span.start - CONTEXT) : span.start],
            after=old[span.end : span.end + CONTEXT],
        )
        for number, span in enumerate(place.spans)
    }
    found = reanchor(AnnotationSet.of(wanted.values()), text, quotes={}, is_same_text=False, language=language)
    return {wanted[one.id].span: one.span.start for one in found.state.annotations.values()}


def _find_sentence(
    reading: SegmentedText, place: CurrentPlace, wanted: Span, starts: dict[Span, int]
) -> Sentence | None:
    after = (span for span in place.spans if span >= wanted and span in starts)
    before = (span for span in reversed(place.spans) if span < wanted and span in starts)
    nearest = next(after, None) or next(before, None)
    return reading.find_sentence_at(starts[nearest]) if nearest is not None else None
