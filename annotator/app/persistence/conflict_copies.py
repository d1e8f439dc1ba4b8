"""Other versions of a sidecar that lie beside it or in it: conflict copies of sync clients, conflict marks of git.

They are brought into the work when a person asks for it, and moved to the backups then. It must not know windows.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.decisions import Decisions, load_decisions, sidecar_bytes, with_record
from annotator.app.persistence.external_merge import Theirs, keeper_of, take_in
from annotator.app.persistence.locks import in_window_notice, is_in_window
from annotator.app.persistence.notices import conflict_notice, taken_notice
from annotator.app.persistence.reanchoring import reanchor
from annotator.app.persistence.reencoding import reread
from annotator.app.persistence.safe_overwrite import OverwritingError, keep_backup, overwrite
from annotator.core.annotation_set import AnnotationSet
from annotator.core.i18n import _, plural
from annotator.core.merging.diff import difference
from annotator.core.merging.merge import merge, nearest
from annotator.storage.atomic import SaveError
from annotator.storage.errors import SidecarError
from annotator.storage.files import find_bytes
from annotator.storage.paths import PathError, shown
from annotator.storage.sidecar.conflict_markers import find_versions
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.core.document import Document
    from annotator.segment.language import Language
    from annotator.storage.sidecar.sidecar import Sidecar


@dataclass(frozen=True, slots=True)
class Copies:
    """Conflict copies that were read, and sentences about those that could not be."""

    found: tuple[Decisions, ...] = ()
    troubles: tuple[str, ...] = ()


def copies_notice(copies: Sequence[Path]) -> str:
    """That conflict copies lie beside a sidecar."""
    sentence = plural(
        "A sync program left another version of these annotations beside them: {files}. Merge it: nothing is lost.",
        "Sync programs left other versions of these annotations beside them: {files}. Merge them: nothing is lost.",
        len(copies),
    )
    return sentence.format(files=", ".join(shown(path.name) for path in copies))


def marks_notice(name: str, *, line: int) -> str:
    """That a sidecar holds two versions with git's conflict marks between them."""
    sentence = _(
        "{file} holds two versions with git's conflict marks between them, the first in line {line}. Merge them here, "
        "or settle it by hand."
    )
    return sentence.format(file=shown(name), line=line)


def find_marks(sidecar: Path) -> int:
    """The line of the first conflict mark in the sidecar, 0 where there is none or it cannot be read."""
    with suppress(OSError):
        versions = find_versions(find_bytes(sidecar) or b"")
        return versions.line if versions else 0
    return 0


def read_copies(paths: Sequence[Path], document: Document, language: Language) -> Copies:
    """Read conflict copies of the annotations of ``document``; in any thread."""
    found: list[Decisions] = []
    troubles: list[str] = []
    for path in paths:
        try:
            decisions = load_decisions(path, document, language=language)
        except SidecarError as error:
            troubles.append(str(error))
        except OSError as error:
            troubles.append(f"{shown(path.name)}: {error.strerror or error}.")
        else:
            if decisions.on_disk is not None:
                found.append(decisions)
    return Copies(tuple(found), tuple(troubles))


def merge_copies(session: Session, copies: Copies) -> bool:
    """Bring ``copies`` into the open document's decisions, as one step; whether they are in, saved and put away.

    No common ground is known: what any of them says is there afterwards, contradictions as rivals.
    """
    for trouble in copies.troubles:
        session.warn(trouble)
    if not copies.found:
        return False
    state, conflicts = session.state, 0
    for one in copies.found:
        made = merge(AnnotationSet(), state, one.state)
        state, conflicts = made.state, conflicts + made.conflicts
    changes = difference(session.state, state)
    taken = len({change.place for change in changes})
    if changes and not session.do("merge", changes):
        return False
    if not session.save_now():
        session.warn(_("The other versions stay where they are until the annotations are saved."))
        return False
    put_away = [_put_away(one) for one in copies.found]
    for trouble in put_away:
        if trouble:
            session.warn(trouble)
    session.warn(_merged_notice(taken if changes else 0, conflicts))
    return not any(put_away)


def merge_marks(path: Path, document: Document, *, language: Language) -> str:
    """Merge the versions between git's conflict marks in the sidecar at ``path``; why that failed, else empty.

    It is for a sidecar on which no window works. The file as it was is kept among the backups.
    """
    if is_in_window(path):
        return f"{shown(path.name)}: {in_window_notice()}"
    try:
        marked = _marked(path, document, language)
        if marked is None:
            return _no_marks_notice(path)
        found = marked.both
        data = sidecar_bytes(found.sidecar, found.state, document.text)
        overwrite(path, data, known=found.on_disk or b"")
    except (SidecarError, SaveError, PathError, OverwritingError) as error:
        return str(error)
    except OSError as error:
        return f"{shown(path.name)}: {error.strerror or error}."
    return ""


def take_marks(session: Session, *, language: Language) -> bool:
    """Bring the versions between git's conflict marks into the work on the open document, as one step, and save it.

    The file as it was is kept among the backups. What fails is told; whether all is merged and saved.
    """
    keeper, document = keeper_of(session), session.document
    if keeper is None or document is None:
        return False
    try:
        marked = _marked(keeper.path, document, language)
        if marked is None:
            session.warn(_no_marks_notice(keeper.path))
            return False
        keep_backup(keeper.path, marked.both.on_disk or b"")
    except (SidecarError, SaveError, PathError) as error:
        session.warn(str(error))
        return False
    except OSError as error:
        session.warn(f"{shown(keeper.path.name)}: {error.strerror or error}.")
        return False
    known = keeper.ground.known
    grounds = [(nearest(known, side), side) for side in marked.sides]
    ground, _side = min(grounds, key=lambda pair: len(difference(*pair)))  # one of both sides came of our own saving
    made = merge(ground, session.state, marked.both.state)
    return take_in(session, keeper, Theirs(session.state, marked.both, made)) and session.save_now()


class _Marked(NamedTuple):
    """What both ``sides`` of a conflict say together."""

    both: Decisions
    sides: tuple[AnnotationSet, AnnotationSet]


def _marked(path: Path, document: Document, language: Language) -> _Marked | None:
    """What both versions in the sidecar at ``path`` say together, or None where there are no marks any more.

    Where git did not leave the version of which both came, what either of them says is there.
    """
    data = find_bytes(path) or b""
    versions = find_versions(data)
    if versions is None:
        return None
    name = shown(path.name)

    def state_of(sidecar: Sidecar) -> AnnotationSet:
        now, is_same = reread(sidecar, document, path=path)
        text, quotes = document.text, now.quotes
        return reanchor(now.decisions, text, quotes=quotes, is_same_text=is_same, language=language).state

    ours, theirs = (parse_sidecar(one, name=name) for one in (versions.ours, versions.theirs))
    base = parse_sidecar(versions.base, name=name) if versions.base is not None else None
    sides = state_of(ours), state_of(theirs)
    made = merge(state_of(base) if base else AnnotationSet(), *sides)
    whole = with_record(ours, document, title=ours.document.title, sentences=ours.document.sentences)
    whole = replace(whole, extra={**theirs.extra, **ours.extra})
    both = Decisions(path, whole, data, made.state, is_ahead=True, ground=made.state, language=language)
    return _Marked(both, sides)


def _no_marks_notice(path: Path) -> str:
    return _("{file} has no conflict marks any more.").format(file=shown(path.name))


def _put_away(copy: Decisions) -> str:
    """Move a copy to the backups, unless it was changed since it was read; why it could not be, else empty."""
    path = copy.path
    try:
        data = find_bytes(path)
        if data is None:
            return ""
        if data != copy.on_disk:
            return _("{file} was changed meanwhile and stays: merge it again.").format(file=shown(path.name))
        keep_backup(path, data)
        path.unlink()
    except (SaveError, PathError) as error:
        return str(error)
    except OSError as error:
        sentence = _("{file} is merged, but cannot be removed ({reason}): remove it yourself.")
        return sentence.format(file=shown(path.name), reason=error.strerror or error)
    return ""


def _merged_notice(taken: int, conflicts: int) -> str:
    told = taken_notice(taken) if taken else _("The other versions say nothing that was not here already.")
    more = _("They are kept among the backups.")
    return " ".join([told, more, *([conflict_notice(conflicts)] if conflicts else [])])
