"""Commands that change many annotations in one undo step.

Annotations are given by the offsets (code points) at which they start; offsets without an annotation are ignored. Each
command returns whether anything changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.descriptions.outcomes import Outcome, OutcomeDescriber
from annotator.app.preferences.translation import current_language
from annotator.core import edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.session.session import Session
    from annotator.core.annotation import Annotation
    from annotator.core.change import Step
    from annotator.core.span import Span


def add_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Add `label` to the annotations at `places`."""
    lacking = [one.span for one in _find_annotations(session, places) if label not in one.labels]
    return _switch(session, lacking, label=label)


def remove_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Remove `label` from the annotations at `places`."""
    having = [one.span for one in _find_annotations(session, places) if label in one.labels]
    return _switch(session, having, label=label)


def toggle_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Add `label` to the annotations at `places`, or remove it if all of them have it."""
    return _switch(session, [one.span for one in _find_annotations(session, places)], label=label)


def clear(session: Session, places: Iterable[int]) -> bool:
    """Remove all labels from the annotations at `places`."""
    spans = [one.span for one in _find_annotations(session, places)]
    describer, number = OutcomeDescriber(session.labels, current_language()), _number(session, spans)

    def report(step: Step) -> str:
        return describer.describe_clearing(Outcome.of(step), number=number, selected=len(spans))

    return session.apply("clear", edit.clear(session.state, spans, context=session.writer()), report=report)


def set_note(session: Session, places: Iterable[int], *, note: str) -> bool:
    """Replace the note of the annotations at `places`."""
    writer, state = session.writer(), session.state
    found = _find_annotations(session, places)
    return session.apply(
        "note", [change for one in found for change in edit.set_note(state, one.span, note=note, context=writer)]
    )


def find_common_note(session: Session, places: Iterable[int]) -> str | None:
    """Return the note that all annotations at `places` share, empty if none has one; None if they differ."""
    notes = {one.note for one in _find_annotations(session, places)}
    return notes.pop() if len(notes) == 1 else None


def _switch(session: Session, spans: Sequence[Span], *, label: str) -> bool:
    """Add `label` to `spans`, or remove it if all of them have it."""
    describer, number = OutcomeDescriber(session.labels, current_language()), _number(session, spans)

    def report(step: Step) -> str:
        return describer.describe_switch(Outcome.of(step), label=label, number=number, selected=len(spans))

    changes = edit.toggle_label(session.state, spans, label=label, context=session.writer())
    return session.apply("tag", changes, report=report)


def _number(session: Session, spans: Sequence[Span]) -> int | None:
    """Return the number of the first sentence, or None if it is not known."""
    found = session.reading.find_sentence_at(spans[0].start) if session.reading is not None and spans else None
    return session.reading.number_of(found) if session.reading is not None and found is not None else None


def _find_annotations(session: Session, places: Iterable[int]) -> list[Annotation]:
    found = (session.state.annotations.find(place) for place in places)
    return [one for one in found if one is not None]
