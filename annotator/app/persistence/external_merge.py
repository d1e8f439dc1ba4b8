"""Merging of the session's work with another program's changes to its sidecar.

`find_theirs` may be called in any thread; everything else belongs to the session's thread. A missing sidecar does not
mean that all decisions were removed: a copy is kept, and the file is written again with the next step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import sidecar_bytes
from annotator.app.persistence.document_store import Keeper
from annotator.app.persistence.notices import (
    conflict_notice,
    removed_notice,
    set_back_notice,
    taken_notice,
    unread_notice,
)
from annotator.app.persistence.safe_overwrite import keep_backup
from annotator.core.change import Step
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import Merged, merge, nearest
from annotator.core.span import Span
from annotator.storage.atomic import SaveError
from annotator.storage.errors import SidecarError
from annotator.storage.paths import PathError, shown

if TYPE_CHECKING:
    from annotator.app.persistence.decisions import Decisions
    from annotator.app.session.session import Session
    from annotator.core.annotation_set import AnnotationSet


class Theirs(NamedTuple):
    """Another program's version of the sidecar, and its merge with `ours`.

    `decisions` is None if the file is as known or cannot be read; in the latter case `trouble` says why. `is_old` marks
    a state that the file had before.
    """

    ours: AnnotationSet
    decisions: Decisions | None = None
    merged: Merged | None = None
    trouble: str = ""
    is_old: bool = False


def keeper_of(session: Session) -> Keeper | None:
    """Return the store of the open document, or None if it is read-only."""
    return session.keeping if isinstance(session.keeping, Keeper) else None


def find_theirs(keeper: Keeper, ours: AnnotationSet) -> Theirs:
    """Load another program's version of the sidecar, and merge it with `ours`."""
    try:
        found = keeper.find_theirs()
    except SidecarError as error:
        return Theirs(ours, trouble=unread_notice(str(error)))
    except OSError as error:
        return Theirs(ours, trouble=unread_notice(f"{shown(keeper.path.name)}: {error.strerror or error}."))
    if found is None or found.on_disk is None:
        return Theirs(ours, found)
    known = keeper.ground.known
    # The other program may have started from any state that the file had, not only from the last one.
    base = nearest(known, found.state)
    is_old = base is not known[-1] and not difference(base, found.state)
    return Theirs(ours, found, merge(base, ours, found.state), is_old=is_old)


def bring_together(session: Session) -> bool:
    """Merge the session's work with the sidecar on disk; return whether that worked."""
    keeper = keeper_of(session)
    return keeper is None or take_in(session, keeper, find_theirs(keeper, session.state))


def take_in(session: Session, keeper: Keeper, theirs: Theirs) -> bool:
    """Merge `theirs` into the session's work in one undo step and save; return whether that worked.

    A version that cannot be read is reported, and nothing is overwritten.
    """
    found = theirs.decisions
    if session.keeping is not keeper or session.document is None:
        return False
    if theirs.trouble:
        session.note_written(session.document, session.state, trouble=theirs.trouble)
        return False
    if found is None:
        if not session.is_saved:
            session.save_soon()
        return True
    if theirs.merged is None:
        return _put_up_with_removal(session, keeper, found)
    made = theirs.merged
    if theirs.ours is not session.state:  # a step was done while the merge was computed in another thread
        made = made._replace(state=merge(theirs.ours, session.state, made.state).state)
    changes = difference(session.state, made.state)
    ground = keeper.ground
    # Before the step: `do` submits the state, which must carry the turn of the new disk state to be written.
    keeper.stand_on(found)
    if changes and not session.do("merge", changes):
        keeper.go_back_to(ground)
        return False
    _settle(session, keeper, found)
    for notice in _notices(made, is_changed=bool(changes), is_old=theirs.is_old):
        session.warn(notice)
    return True


def _settle(session: Session, keeper: Keeper, found: Decisions) -> None:
    """Record that the file holds the session's state, or have it written if it does not."""
    if not difference(found.state, session.state):
        keeper.note_ground()
        if session.is_saved and not found.is_ahead:
            return
    session.save_soon()


def bring_together_elsewhere(keeper: Keeper, state: AnnotationSet, *, when: str) -> str:
    """Merge the `state` of a document that is not open with its sidecar; return the reason for a failure, or ""."""
    theirs = find_theirs(keeper, state)
    found = theirs.decisions
    if theirs.trouble or found is None:
        return theirs.trouble
    made = theirs.merged.state if theirs.merged else state
    changes = difference(state, made)
    trouble = keeper.done(Step("merge", changes, Span(0, 1), when=when)) if changes else ""
    if not trouble:
        keeper.stand_on(found)
        keeper.save(made, sentences=0)
    return trouble


def _notices(made: Merged, *, is_changed: bool, is_old: bool) -> list[str]:
    notices = [set_back_notice()] if is_old else []
    if is_changed:
        notices.append(taken_notice(made.taken))
    if made.conflicts:
        notices.append(conflict_notice(made.conflicts))
    return notices


def _put_up_with_removal(session: Session, keeper: Keeper, found: Decisions) -> bool:
    """Back up what a removed file held; write it again now if a step is waiting, else with the next one."""
    ground, document = keeper.ground, session.document
    if document is None:
        return False
    try:
        kept = keep_backup(keeper.path, sidecar_bytes(ground.base, ground.state, document.text))
    except (SaveError, PathError) as error:
        session.warn(str(error))
        return False
    keeper.stand_on(found)
    if session.is_saved:
        told = removed_notice(shown(keeper.path.name), shown(kept))
        session.note_written(document, session.state, trouble=told)
    else:
        session.save_soon()
    return True
