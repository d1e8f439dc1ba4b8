"""Which folder and which document a session works on. It must not know windows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.app.decisions import with_record
from annotator.app.event import Event, What
from annotator.app.keeper import Keeper
from annotator.app.opening import open_decisions
from annotator.app.reading import Reading
from annotator.app.workspace import find_workspace, workspace_of
from annotator.core.block import BlockKind
from annotator.core.wording import _
from annotator.storage.documents import DocumentError, read_document
from annotator.storage.folder import FolderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.decisions import Decisions
    from annotator.app.session import Session
    from annotator.core.annotationset import AnnotationSet
    from annotator.core.document import Document

    Deliver = Callable[[Callable[[], None]], None]

_SMALL = 2_000  # blocks that are counted at once; a longer article is counted while nothing else is to be done
_HEAD = 12  # blocks in which a title is looked for


def open_place(session: Session, path: Path, *, deliver: Deliver) -> bool:
    """Open a folder and its first document, or a document by itself; whether that went well."""
    try:
        workspace = find_workspace(path)
    except FolderError as error:
        session.warn(str(error))
        return False
    session.close()
    session.workspace = workspace
    session.labels = workspace.labels
    session.changed.send(Event(What.LISTED))
    for warning in workspace.warnings:
        session.warn(warning)
    if not workspace.documents:
        return True
    return open_document(session, workspace.documents[0], deliver=deliver)


def open_document(session: Session, path: Path, *, deliver: Deliver) -> bool:
    """Open the document at ``path`` in place of the one that is open; whether that went well.

    ``deliver`` carries a call from another thread into the session's own.
    """
    workspace = session.workspace or workspace_of(path)
    if not session.close():
        session.warn(_("The last document is not saved yet; its work is kept and comes back when it is opened again."))
    session.path = path
    try:
        document = read_document(path)
    except DocumentError as error:
        session.changed.send(Event(What.OPENED))
        session.warn(str(error))
        return False
    sidecar_path = workspace.sidecar_path(path, annotator=session.who)
    owner = workspace.owner(session.who)
    decisions = open_decisions(sidecar_path, document, source=path, annotator=owner, now=session.writer().now)
    reading = Reading(document.text, workspace.language, decisions.state)
    if len(reading.blocks) <= _SMALL:
        reading.count_on()
    keeper = None if decisions.read_only else _keeper(session, document, decisions, reading, deliver=deliver)
    session.open(document, reading, state=decisions.state, history=decisions.history, keeping=keeper)
    if decisions.read_only:
        session.forbid(decisions.read_only)
    for notice in (document.warning, *decisions.notices, decisions.read_only):
        if notice:
            session.warn(notice)
    if decisions.is_ahead:
        session.save_soon()
    return True


def open_neighbour(session: Session, by: int, *, deliver: Deliver) -> bool:
    """Open the next (``by`` 1) or previous (-1) document of the folder; whether there is one."""
    workspace = session.workspace
    index = workspace.index(session.path) if workspace else None
    if workspace is None or index is None or not 0 <= index + by < len(workspace.documents):
        at_end = (
            _("This is the last document of the folder.") if by > 0 else _("This is the first document of the folder.")
        )
        session.tell(at_end)
        return False
    return open_document(session, workspace.documents[index + by], deliver=deliver)


def title_of(reading: Reading) -> str:
    """The title of the article, or an empty text where it has none."""
    for block in range(min(_HEAD, len(reading.blocks))):
        if reading.kind(block) is BlockKind.TITLE:
            span = reading.blocks[block]
            return reading.text[span.start : span.end]
    return ""


def _keeper(
    session: Session, document: Document, decisions: Decisions, reading: Reading, *, deliver: Deliver
) -> Keeper | None:
    if decisions.journal is None:
        return None

    def on_written(state: AnnotationSet, trouble: str) -> None:
        deliver(lambda: session.note_written(state, trouble))

    base = with_record(
        decisions.sidecar,
        document,
        title=title_of(reading),
        sentences=reading.size if reading.is_counted else 0,
    )
    base = replace(base, annotator=session.who, labels=session.labels.key)
    return Keeper(
        document, decisions.path, base=base, on_disk=decisions.on_disk, journal=decisions.journal, on_written=on_written
    )
