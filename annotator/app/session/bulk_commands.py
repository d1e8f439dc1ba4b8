"""Commands that change many annotations in one undo step.

Annotations are given by the offsets (code points) at which they start; offsets without an annotation are ignored. Each
command returns whether anything changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core import edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.app.session.session import Session
    from annotator.core.annotation import Annotation


def add_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Add `label` to the annotations at `places`."""
    lacking = [one.span for one in _find_annotations(session, places) if label not in one.labels]
    return session.apply("tag", edit.toggle_label(session.state, lacking, label=label, context=session.writer()))


def remove_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Remove `label` from the annotations at `places`."""
    having = [one.span for one in _find_annotations(session, places) if label in one.labels]
    return session.apply("tag", edit.toggle_label(session.state, having, label=label, context=session.writer()))


def toggle_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Add `label` to the annotations at `places`, or remove it if all of them have it."""
    spans = [one.span for one in _find_annotations(session, places)]
    return session.apply("tag", edit.toggle_label(session.state, spans, label=label, context=session.writer()))


def clear(session: Session, places: Iterable[int]) -> bool:
    """Remove all labels from the annotations at `places`."""
    spans = [one.span for one in _find_annotations(session, places)]
    return session.apply("clear", edit.clear(session.state, spans, context=session.writer()))


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


def _find_annotations(session: Session, places: Iterable[int]) -> list[Annotation]:
    found = (session.state.annotations.find(place) for place in places)
    return [one for one in found if one is not None]
