"""Items of the open document that need the user's attention, and the commands that resolve them.

These are annotations whose sentences changed, conflicts with another version of the sidecar, and orphans.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from annotator.core.i18n import _, plural
from annotator.core.merging import resolution

if TYPE_CHECKING:
    from annotator.app.session.session import Session
    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.span import Span


class Doubt(Enum):
    """Reasons why an item is to be checked."""

    CHANGED = auto()
    CONFLICT = auto()
    ORPHAN = auto()


@dataclass(frozen=True, slots=True)
class ToCheck:
    """An item to be checked.

    `key` is the place of a changed annotation, else the key among conflicts or orphans. `annotation` is the changed
    one, the conflicting version, or the orphan. For a conflict, `standing` is the annotation in force, or None, and
    `is_nothing` tells if the sentence is marked *nothing here*.
    """

    doubt: Doubt
    key: int
    annotation: Annotation
    standing: Annotation | None = None
    is_nothing: bool = False

    @property
    def span(self) -> Span:
        """The place of the annotation now, or before it was lost."""
        return self.annotation.span


def all_to_check(state: AnnotationSet) -> list[ToCheck]:
    """Return all items to be checked, in text order."""
    found = [ToCheck(Doubt.CHANGED, place, one) for place, one in state.annotations.items() if one.was is not None]
    for key, rival in state.rivals.items():
        standing = resolution.standing_against(state, rival)
        found.append(ToCheck(Doubt.CONFLICT, key, rival, standing, is_nothing=rival.span.start in state.nothing))
    found += [ToCheck(Doubt.ORPHAN, key, orphan) for key, orphan in state.orphans.items()]
    # A total order, so that rows do not jump when one of two at a place is resolved.
    return sorted(found, key=lambda one: (one.span.start, one.doubt.value, one.key))


def is_pressing(state: AnnotationSet) -> bool:
    """Return whether an item waits for an answer; orphans can wait forever."""
    return len(state.rivals) > 0 or any(one.was is not None for one in state.annotations.values())


def accept(session: Session, item: ToCheck) -> bool:
    """Confirm a changed sentence, or keep the version in force of a conflict; return whether anything changed."""
    match item.doubt:
        case Doubt.CHANGED:
            return session.do("confirm", resolution.confirm(session.state, [item.key], writer=session.writer()))
        case Doubt.CONFLICT:
            return session.do("keep", resolution.keep_standing(session.state, item.key))
        case Doubt.ORPHAN:
            session.tell(_("Choose the sentence of this annotation in the article, then put it back there."))
            return False


def accept_current(session: Session) -> bool:
    """Confirm the current sentence if it was changed; return whether it was."""
    if session.current is None:
        return False
    place = session.current.span.start
    return session.do("confirm", resolution.confirm(session.state, [place], writer=session.writer()))


def accept_all(session: Session) -> bool:
    """Confirm all changed sentences in one step; return whether there were any."""
    places = [place for place, one in session.state.annotations.items() if one.was is not None]
    done = session.do("confirm", resolution.confirm(session.state, places, writer=session.writer()))
    if done:
        told = plural("{count} sentence is confirmed.", "{count} sentences are confirmed.", len(places))
        session.tell(told.format(count=len(places)))
    return done


def refuse(session: Session, item: ToCheck) -> bool:
    """Turn a changed annotation into an orphan, or delete an orphan; return whether anything changed."""
    match item.doubt:
        case Doubt.CHANGED:
            return session.do("refuse", resolution.refuse(session.state, item.key))
        case Doubt.ORPHAN:
            if session.do("forget", resolution.forget(session.state, item.key)):
                session.tell(_("The annotation is deleted; undo brings it back."))
                return True
            return False
        case Doubt.CONFLICT:
            return False


def take_other(session: Session, item: ToCheck) -> bool:
    """Replace the version in force by the conflicting one; return whether anything changed."""
    if item.doubt is not Doubt.CONFLICT:
        return False
    return session.do("take", resolution.take_other(session.state, item.key, writer=session.writer()))


def put_back(session: Session, item: ToCheck) -> bool:
    """Attach an orphan to the current sentence; return whether that was possible."""
    if item.doubt is not Doubt.ORPHAN or session.current is None:
        return False
    changes = resolution.put_back(session.state, item.key, session.current.span, writer=session.writer())
    if not changes:
        session.tell(_("This sentence has an annotation already. Clear it first, or choose another sentence."))
        return False
    return session.do("put back", changes)
