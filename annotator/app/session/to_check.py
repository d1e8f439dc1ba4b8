"""Items of the open document that need the user's attention, and the commands that resolve them.

These are annotations whose sentences changed, conflicts with another version of the sidecar, and orphans.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from annotator.app.descriptions.block_kinds import BLOCK_KIND_NAMES
from annotator.app.session.events import EventKind
from annotator.core.document import BlockKind
from annotator.core.i18n import _, ngettext
from annotator.core.merging import resolution
from annotator.core.merging.mark_conflict import JOIN, NOTHING, find_mark

if TYPE_CHECKING:
    from annotator.app.session.session import Session
    from annotator.core.annotation import Annotation
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.span import Span


class CheckReason(Enum):
    """Reasons why an item is to be checked."""

    CHANGED = auto()
    CONFLICT = auto()
    ORPHAN = auto()


@dataclass(frozen=True, slots=True)
class CheckItem:
    """An item to be checked.

    `key` is the place of a changed annotation, else the key among conflicts or orphans. `annotation` is the changed
    one, the conflicting version, or the orphan. For a conflict, `standing` is the annotation in force, or None, and
    `is_nothing` tells if the sentence is marked *nothing here*.
    """

    reason: CheckReason
    key: int
    annotation: Annotation
    standing: Annotation | None = None
    is_nothing: bool = False

    @property
    def span(self) -> Span:
        """The place of the annotation now, or before it was lost."""
        return self.annotation.span


def find_check_items(state: AnnotationSet) -> list[CheckItem]:
    """Return all items to be checked, in text order."""
    found = [
        CheckItem(CheckReason.CHANGED, place, one)
        for place, one in state.annotations.items()
        if one.previous is not None
    ]
    for key, conflict in state.conflicts.items():
        standing = resolution.find_contradicted(state, conflict)
        found.append(
            CheckItem(CheckReason.CONFLICT, key, conflict, standing, is_nothing=conflict.span.start in state.nothing)
        )
    found += [CheckItem(CheckReason.ORPHAN, key, orphan) for key, orphan in state.orphans.items()]
    # A total order, so that rows do not jump when one of two at a place is resolved.
    return sorted(found, key=lambda one: (one.span.start, one.reason.value, one.key))


def describe_mark(conflict: Annotation) -> str:
    """Return what is marked by a conflict, in words, or an empty string if it is the version of an annotation."""
    mark = find_mark(conflict)
    if not mark:
        return ""
    if mark == NOTHING:
        return _("No label")
    if mark == JOIN:
        return _("joined to one sentence")
    return _(BLOCK_KIND_NAMES[BlockKind(mark)])


def has_urgent_items(state: AnnotationSet) -> bool:
    """Return whether an item waits for an answer; orphans can wait forever."""
    return len(state.conflicts) > 0 or any(one.previous is not None for one in state.annotations.values())


def accept_item(session: Session, item: CheckItem) -> bool:
    """Confirm a changed sentence, or keep the version in force of a conflict; return whether anything changed."""
    match item.reason:
        case CheckReason.CHANGED:
            return session.apply("confirm", resolution.confirm(session.state, [item.key], writer=session.writer()))
        case CheckReason.CONFLICT:
            return session.apply("keep", resolution.keep_ours(session.state, item.key))
        case CheckReason.ORPHAN:
            session.notify(_("Choose the sentence of this annotation in the article, then put it back there."))
            return False


def accept_current(session: Session) -> bool:
    """Confirm the current sentence if it was changed; return whether it was."""
    if session.current is None:
        return False
    place = session.current.span.start
    return session.apply("confirm", resolution.confirm(session.state, [place], writer=session.writer()))


def accept_all(session: Session) -> bool:
    """Confirm all changed sentences in one step; return whether there were any."""
    places = [place for place, one in session.state.annotations.items() if one.previous is not None]
    done = session.apply("confirm", resolution.confirm(session.state, places, writer=session.writer()))
    if done:
        template = ngettext("{count} sentence is confirmed.", "{count} sentences are confirmed.", len(places))
        session.notify(template.format(count=len(places)), kind=EventKind.REPORTED)
    return done


def refuse_item(session: Session, item: CheckItem) -> bool:
    """Turn a changed annotation into an orphan, or delete an orphan; return whether anything changed."""
    match item.reason:
        case CheckReason.CHANGED:
            return session.apply("refuse", resolution.reject(session.state, item.key))
        case CheckReason.ORPHAN:
            if session.apply("forget", resolution.delete_orphan(session.state, item.key)):
                session.notify(_("The annotation is deleted; undo brings it back."), kind=EventKind.REPORTED)
                return True
            return False
        case CheckReason.CONFLICT:
            return False


def take_conflicting(session: Session, item: CheckItem) -> bool:
    """Replace the version in force by the conflicting one; return whether anything changed."""
    if item.reason is not CheckReason.CONFLICT:
        return False
    return session.apply("take", resolution.take_theirs(session.state, item.key, writer=session.writer()))


def put_back(session: Session, item: CheckItem) -> bool:
    """Attach an orphan to the current sentence; return whether that was possible."""
    if item.reason is not CheckReason.ORPHAN or session.current is None:
        return False
    changes = resolution.reattach(session.state, item.key, session.current.span, writer=session.writer())
    if not changes:
        session.notify(_("This sentence has an annotation already. Clear it first, or choose another sentence."))
        return False
    return session.apply("put back", changes)
