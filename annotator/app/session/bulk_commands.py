"""Many annotations changed at once, each time as one step that can be undone. It must not know where they were chosen.

Annotations are named by the places at which they start; those that are there no more are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core import edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.app.session.session import Session
    from annotator.core.annotation import Annotation


def add_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Give each annotation ``label``; whether anything changed."""
    lacking = [one.span for one in _at(session, places) if label not in one.labels]
    return session.do("tag", edit.toggle_label(session.state, lacking, label=label, writer=session.writer()))


def take_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Take ``label`` from each annotation that has it; whether anything changed."""
    having = [one.span for one in _at(session, places) if label in one.labels]
    return session.do("tag", edit.toggle_label(session.state, having, label=label, writer=session.writer()))


def toggle_label(session: Session, places: Iterable[int], *, label: str) -> bool:
    """Give each annotation ``label``; where all have it, take it from each. Whether anything changed."""
    spans = [one.span for one in _at(session, places)]
    return session.do("tag", edit.toggle_label(session.state, spans, label=label, writer=session.writer()))


def clear(session: Session, places: Iterable[int]) -> bool:
    """Take the labels from each annotation; whether anything changed."""
    spans = [one.span for one in _at(session, places)]
    return session.do("clear", edit.clear(session.state, spans, writer=session.writer()))


def set_note(session: Session, places: Iterable[int], *, note: str) -> bool:
    """Put ``note`` on each annotation, in place of what is there; whether anything changed."""
    writer, state = session.writer(), session.state
    found = _at(session, places)
    return session.do(
        "note", [change for one in found for change in edit.set_note(state, one.span, note=note, writer=writer)]
    )


def common_note(session: Session, places: Iterable[int]) -> str | None:
    """The note that all these annotations have, empty where none has any; None where they differ."""
    notes = {one.note for one in _at(session, places)}
    return notes.pop() if len(notes) == 1 else None


def _at(session: Session, places: Iterable[int]) -> list[Annotation]:
    found = (session.state.annotations.find(place) for place in places)
    return [one for one in found if one is not None]
