"""Opening of folders and documents in a session."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotator.app.descriptions.steps import StepDescriber
from annotator.app.documents.current_place import capture_place, restore_place
from annotator.app.persistence.decisions import with_record
from annotator.app.persistence.document_store import DocumentStore, MergeHandler
from annotator.app.persistence.external_merge import merge_with_disk
from annotator.app.persistence.loading import open_decisions
from annotator.app.persistence.sidecar_tracker import SidecarTracker
from annotator.app.preferences.translation import current_language
from annotator.app.session.events import Cure, EventKind
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.session.to_check import has_urgent_items
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.app.workspace.workspace import load_document_workspace, load_workspace, reload_settings
from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import BlockKind
from annotator.core.formatting import describe_time
from annotator.core.history import History
from annotator.core.i18n import _, ngettext
from annotator.storage.atomic import remove_leftovers
from annotator.storage.documents.folder import FolderError, get_insertion_index
from annotator.storage.documents.moves import TrackedDocument, find_identity
from annotator.storage.documents.reader import DocumentError
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from annotator.app.session.session import Session
    from annotator.app.session.store import Decisions
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.document import Document

    Invoke = Callable[[Callable[[], None]], None]
    RunInBackground = Callable[[Callable[[], Decisions], Callable[[Decisions], None]], None]

_SMALL = 2_000  # blocks up to which an article is counted at once; a longer one is counted when idle
_LARGE = 400_000  # bytes of a sidecar above which loading is slow enough to be noticed
_MOST_DESCRIBED = 3  # restored steps that are described one by one before the rest is counted
_SHORT = 36  # characters of a sentence in such a description
_HEAD = 12  # blocks that are searched for a title


def open_location(
    session: Session,
    path: Path,
    *,
    others: Sequence[Path] = (),
    first: Path | None = None,
    deliver: Invoke,
    run: RunInBackground | None = None,
) -> bool:
    """Open a folder or a document together with `others`, at its document `first`; return whether that worked.

    If `first` is not among the documents, the first one is opened.
    """
    try:
        workspace = load_workspace(path, *others)
    except FolderError as error:
        session.warn(str(error))
        return False
    remove_leftovers(workspace.folder)
    # Only after the new folder was found: on failure the open document stays.
    session.close()
    session.use_workspace(workspace)
    at = workspace.index(first) or 0
    is_open = not workspace.documents or open_document(session, workspace.documents[at], deliver=deliver, run=run)
    _warn_of_all(session, workspace.warnings)
    return is_open


def reload(session: Session, *, deliver: Invoke, run: RunInBackground | None = None) -> bool:
    """Reload the folder's settings, the open document and its annotations; return whether that worked."""
    path, workspace = session.path, session.workspace
    if path is None or workspace is None:
        return False
    workspace = reload_settings(workspace)
    session.use_workspace(workspace)
    is_open = open_document(session, path, deliver=deliver, run=run)
    _warn_of_all(session, workspace.warnings)
    return is_open


def _warn_of_all(session: Session, warnings: Sequence[str]) -> None:
    """Warn of several things at once: each of them would ask for an answer of its own."""
    if warnings:
        session.warn("\n".join(warnings))


def open_document(
    session: Session, path: Path, *, deliver: Invoke, run: RunInBackground | None = None, encoding: str = ""
) -> bool:
    """Open the document at `path` in place of the current one; return whether that worked.

    If it is the same document, its current sentence and selection are found again by their words.

    Args:
        session: The session that the document is opened in.
        path: The document.
        deliver: Runs a callable in the session's thread; called from other threads.
        run: Runs its first argument in a worker thread and its second, with the result, in the session's thread. If
            given, a large sidecar is loaded while the text is already shown.
        encoding: The encoding to decode with; if empty, the one named by the sidecar or detected.
    """
    workspace = session.workspace or load_document_workspace(path)
    place = capture_place(session) if path == session.path else None
    is_written = session.close()
    sidecar = workspace.sidecar_path(path, annotator=session.author)
    if path.parent != workspace.folder:  # the workspace's own was cleaned up when it was opened
        remove_leftovers(path.parent)
    try:
        document = read_article(path, list_sidecars(path, sidecar), encoding=encoding)
    except DocumentError as error:
        session.report_unreadable(path, why=str(error))
        _caution_of_unsaved(session, is_written=is_written)
        return False
    load = partial(
        open_decisions,
        sidecar,
        document,
        source=path,
        annotator=workspace.sidecar_owner(session.author),
        now=session.writer().now,
        language=workspace.language,
    )
    if run is None or not _is_large(load.args[0]):
        _open_loaded(session, path, document, load(), deliver=deliver)
        restore_place(session, place)
        _caution_of_unsaved(session, is_written=is_written)
        return True
    reading = SegmentedText(document.text, workspace.language, AnnotationSet())
    session.open(document, reading, state=AnnotationSet(), history=History(), store=None, path=path)
    # Read-only until they are there: a step would be based on an empty set.
    session.set_read_only(_("Reading the annotation file…"))
    first = session.current
    restore_place(session, place)

    def arrive(decisions: Decisions) -> None:
        if session.document is document:
            chosen = capture_place(session) if place is not None or session.current != first else None
            _open_loaded(session, path, document, decisions, deliver=deliver)
            restore_place(session, chosen)
            _caution_of_unsaved(session, is_written=is_written)
        elif decisions.journal is not None:  # another document was opened meanwhile
            decisions.journal.close()

    run(load, arrive)
    return True


def _caution_of_unsaved(session: Session, *, is_written: bool) -> None:
    """Tell that the last document was left unsaved; only now, as opening another one takes its messages back."""
    if not is_written:
        message = _("The last document is not saved yet; its work comes back when it is opened again.")
        session.notify(message, kind=EventKind.CAUTIONED)


def _is_large(sidecar: Path) -> bool:
    try:
        return sidecar.stat().st_size > _LARGE
    except OSError:
        return False


def _open_loaded(session: Session, path: Path, document: Document, decisions: Decisions, *, deliver: Invoke) -> None:
    """Open `document`, which is at `path`, with `decisions`, read-only if they demand it."""
    workspace = session.workspace or load_document_workspace(decisions.path)
    reading = SegmentedText(document.text, workspace.language, decisions.state)
    if len(reading.blocks) <= _SMALL:
        reading.count_more()
    store = (
        None
        if decisions.read_only
        else _make_store(session, path, decisions, reading, document=document, deliver=deliver)
    )
    session.open(document, reading, state=decisions.state, history=decisions.history, store=store, path=path)
    if decisions.read_only:
        session.set_read_only(decisions.read_only)
    _tell_of_opening(session, document, decisions)
    if decisions.is_ahead:
        session.schedule_save()


def _tell_of_opening(session: Session, document: Document, decisions: Decisions) -> None:
    """Tell what the user should know of a document that was opened."""
    if document.warning:
        cure = None if document.is_certain else Cure.ENCODING
        session.notify(f"{document.name}: {document.warning}", kind=EventKind.CAUTIONED, cure=cure)
    found = "\n".join(filter(None, (*decisions.notices, _describe_recovered(session, document, decisions))))
    is_to_check = has_urgent_items(decisions.state) or (decisions.is_article_changed and decisions.state.orphans)
    if found and decisions.is_article_changed:
        title = (
            _("This article was changed after you tagged it.")
            if is_to_check
            else _("The article was changed; all labels are in place.")
        )
        found = f"{title}\n{found}"
    if found:
        cure = Cure.CHECK if is_to_check else None
        session.notify(found, kind=EventKind.CAUTIONED if is_to_check else EventKind.REPORTED, cure=cure)
    lost = decisions.lost
    if lost is not None and lost.notice:
        session.warn(lost.notice, lost=lost)
    if decisions.read_only and not (lost and lost.notice == decisions.read_only):
        session.notify(decisions.read_only, kind=EventKind.CAUTIONED if decisions.is_locked else EventKind.WARNED)


def _describe_recovered(session: Session, document: Document, decisions: Decisions) -> str:
    """Describe the steps that a crash had left in the journal alone, the first ones a line each."""
    describer = StepDescriber(session.labels, current_language(), document.text, longest=_SHORT)
    now = session.writer().now
    lines = [
        f"{describe_time(step.time, now=now)}  {describer.describe(step)}"
        for step in decisions.recovered_steps[:_MOST_DESCRIBED]
    ]
    if lines:
        left = len(decisions.recovered_steps) - len(lines)
        more = _("The history shows it.") if len(lines) == 1 else _("The history shows them.")
        if left:
            more = ngettext(
                "… and {count} more: the history shows them.", "… and {count} more: the history shows them.", left
            )
        lines.append(more.format(count=left))
    return "\n".join(lines)


def open_neighbour(session: Session, by: int, *, deliver: Invoke, run: RunInBackground | None = None) -> bool:
    """Open the next (`by` 1) or previous (-1) document of the folder; return whether there is one."""
    workspace = session.workspace
    target = _neighbour(session.path, workspace, by) if workspace and session.path else -1
    if workspace is None or not 0 <= target < len(workspace.documents):
        at_end = (
            _("This is the last document of the folder.") if by > 0 else _("This is the first document of the folder.")
        )
        session.notify(at_end)
        return False
    return open_document(session, workspace.documents[target], deliver=deliver, run=run)


def _neighbour(path: Path, workspace: Workspace, by: int) -> int:
    """Return the index of the document `by` places from `path`; a missing document counts as between its neighbours."""
    index = workspace.index(path)
    if index is not None:
        return index + by
    return get_insertion_index(path, workspace.documents) + (by - 1 if by > 0 else by)


def title_of(reading: SegmentedText) -> str:
    """Return the title of the article, or ""."""
    for block in range(min(_HEAD, len(reading.blocks))):
        if reading.block_kind(block) is BlockKind.TITLE:
            span = reading.blocks[block]
            return reading.text[span.start : span.end]
    return ""


def track_document(workspace: Workspace, path: Path, document: Document) -> TrackedDocument:
    """Return `document`, which is open at `path`, as one to look for when it is renamed."""
    return TrackedDocument(
        path,
        document.sha256,
        folder=workspace.folder,
        identity=find_identity(path),
        known=frozenset(workspace.documents),
        is_alone=not workspace.is_folder,
    )


def name_of_document(session: Session) -> str:
    """Return the title of the open article, or the name of its file."""
    title = " ".join(title_of(session.reading).split()) if session.reading is not None else ""
    return title or (format_path(session.path.name) if session.path is not None else "")


def _make_store(
    session: Session, path: Path, decisions: Decisions, reading: SegmentedText, *, document: Document, deliver: Invoke
) -> DocumentStore | None:
    if decisions.journal is None:
        return None
    workspace = session.workspace or load_document_workspace(path)

    def on_written(state: AnnotationSet, trouble: str) -> None:
        deliver(lambda: session.record_save(document, state, trouble=trouble))

    base = with_record(
        decisions.sidecar,
        document,
        title=title_of(reading),
        sentences=reading.sentence_count if reading.is_counted else 0,
    )
    # A sidecar keeps the name of whoever began it.
    base = replace(base, annotator=base.annotator or session.author, labels=session.labels.key)
    meet = MergeHandler(
        merge_now=lambda: merge_with_disk(session),
        request_merge=lambda: deliver(partial(_merge_if_open, session, document)),
    )
    owner = workspace.sidecar_owner(session.author)
    tracker = SidecarTracker(
        track_document(workspace, path, document), partial(workspace.sidecar_path_of_owner, owner=owner)
    )
    store = DocumentStore(
        document, decisions, base=base, journal=decisions.journal, on_written=on_written, merge_handler=meet
    )
    store.follow(tracker)
    return store


def _merge_if_open(session: Session, document: Document) -> None:
    """Merge the work on `document` with another program's, if it is still open."""
    if session.document is document:
        merge_with_disk(session)
