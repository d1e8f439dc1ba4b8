"""Follow what other programs do to the files of the open document.

Files are read in a worker. Changes are applied in the window's thread without interrupting the user: text that is
being typed and the position in the article stay.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from shiboken6 import isValid

from annotator.app.documents import renames
from annotator.app.documents.change_detection import (
    DetectedChanges,
    detect_changes,
    has_new_settings,
    initial_watch_state,
    list_copies,
)
from annotator.app.documents.current_place import capture_place, restore_place
from annotator.app.documents.open import open_document, reload
from annotator.app.persistence import conflict_copies, external_merge, put_back
from annotator.app.persistence.notices import is_unread_notice
from annotator.app.session.events import Event, EventKind
from annotator.core.i18n import _, ngettext
from annotator.gui.documents.file_watcher import FileWatcher
from annotator.gui.documents.stray_sidecars import StraySidecars
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.messages.message import Choice, MessageKind, Question, Topic
from annotator.gui.widgets.threads import Worker
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from annotator.app.documents.change_detection import WatchState
    from annotator.app.persistence.put_back import PutBack
    from annotator.app.session.session import Session
    from annotator.app.session.store import Store
    from annotator.app.workspace.sidecar_index import StraySidecar
    from annotator.core.document import Document
    from annotator.storage.documents.folder import Listing

_RETRY_DELAY = 600  # milliseconds until a file that looks broken or gone is checked again, before the user is warned


class ExternalChanges(Feature):
    """Checks the files when one may have changed, and applies what is new."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._worker = Worker(context.invoker)  # of its own: a network share that hangs must not delay other work
        self._watch = FileWatcher(self)
        self._watch.changed.connect(self.check)
        self._watched: WatchState | None = None
        self._is_checking = self._is_check_requested = False
        self._is_retrying = False
        self._announced_copies: tuple[StraySidecar, ...] = ()
        self._announced_marks = ""
        self._is_told = False  # by the session, what became of the annotations
        context.session.changed.connect(self._on_changed)
        context.window.closing.connect(self._on_closing)
        for question in context.strips.questions:  # of a document that is open already
            self._offer_to_put_back(question.message)
        self._watch_document()

    @property
    def is_idle(self) -> bool:
        """Return whether no check is running or waiting."""
        return not self._is_checking and (self._watched is None or self._watched.stamps is not None)

    def check(self) -> None:
        """Check the files in the worker now, or once more after the check that is running."""
        if self._watched is None:
            return
        if self._is_checking:
            self._is_check_requested = True
            return
        self._is_checking, self._is_check_requested = True, False
        workspace = self._context.session.workspace
        if workspace is not None and workspace.folder == self._watched.workspace.folder:
            # What the program itself wrote into the settings is known, and no news.
            self._watched = replace(self._watched, workspace=workspace)
        known = self._watched
        work = partial(detect_changes, known, self._context.session.state)
        self._worker.run(work, partial(self._on_detected, known), failed=self._on_failed)

    def merge_copies(self) -> None:
        """Merge conflict copies beside the sidecar, or git's conflict marks in it, into the session."""
        known, session = self._watched, self._context.session
        if known is None or session.document is None:
            return
        self._context.commit_edits()
        if conflict_copies.find_conflict_mark(known.sidecar):
            self._merge_marks(known, session.document)
            return
        paths = [one.path for one in list_copies(known)]
        if not paths:
            session.notify(_("There is no other version of these annotations."))
            return
        document, language = session.document, known.workspace.language

        def take(found: conflict_copies.ConflictCopies) -> None:
            if session.document is document:
                if conflict_copies.merge_copies(session, found):
                    self._context.strips.close(conflict_copies.offer_notice(self._announced_copies))
                self._announced_copies = ()
                self.check()

        self._worker.run(lambda: conflict_copies.load_copies(paths, document, language), take)

    def _merge_marks(self, known: WatchState, document: Document) -> None:
        """Merge the versions between git's conflict marks: in the session, or in the file if it cannot be read."""
        session, language = self._context.session, known.workspace.language
        message = _("Both versions are merged; the file as it was is kept among the backups.")
        if known.store is not None:
            if conflict_copies.merge_conflict_marks_into(session, language=language):
                session.notify(message, kind=EventKind.REPORTED)
            self.check()
            return
        trouble = conflict_copies.merge_conflict_marks(known.sidecar, document, language=language)
        if trouble:
            session.warn(trouble)
        else:
            self._reopen(message)

    def _on_changed(self, event: Event) -> None:
        if event.kind in {EventKind.REPORTED, EventKind.CAUTIONED}:
            self._is_told = True
        if event.kind in {EventKind.DOCUMENT_OPENED, EventKind.WORKSPACE_OPENED}:
            self._watch_document()
        elif event.message:
            self._offer_to_put_back(event.message)

    def _offer_to_put_back(self, message: str) -> None:
        """Add a button to `message` if it says that the sidecar is damaged or lacks decisions."""
        session, store = self._context.session, self._context.session.store
        text = _("Put it back")
        if session.lost is not None and message == session.lost.notice:
            text = text if session.read_only else _("Bring them back")
        elif store is None or not is_unread_notice(message) or not put_back.can_be_put_back(store.path):
            return
        choice = Choice(text, "Enter", self.put_back)
        self._context.strips.ask(Question.from_message(message, kind=MessageKind.TROUBLE, choices=(choice,)))

    def put_back(self) -> None:
        """Put the last state back in place of the sidecar that another program damaged, replaced or changed."""
        context, session = self._context, self._context.session
        workspace, document, lost = session.workspace, session.document, session.lost
        if workspace is None or document is None or session.path is None:
            return
        context.commit_edits()
        if session.store is not None:
            done = put_back.restore_lost(session) if lost and not session.trouble else put_back.put_back_open(session)
            self._tell(done)
            if lost and done.trouble:
                self._offer_to_put_back(lost.notice)  # answered, but not done
            elif lost:
                context.strips.close(lost.notice)
            self.check()
            return
        sidecar = workspace.sidecar_path(session.path, annotator=session.author)
        done = put_back.put_back(
            sidecar,
            document,
            source=session.path,
            annotator=workspace.sidecar_owner(session.author),
            language=workspace.language,
        )
        if done.trouble:
            session.warn(done.trouble)
        else:
            self._reopen("")
            self._tell(done)

    def _tell(self, done: PutBack) -> None:
        """Tell the user whether the last state was put back."""
        if done.trouble:
            self._context.session.warn(done.trouble)
        else:
            self._context.toasts.show(put_back.kept_notice(done))

    def _on_closing(self) -> None:
        self._context.session.changed.disconnect(self._on_changed)
        self._watch.stop()
        self._watched = None
        self._worker.close()

    def _watch_document(self) -> None:
        """Watch the files of the document that is open now."""
        self._watched = initial_watch_state(self._context.session)
        self._is_retrying, self._announced_copies, self._announced_marks = False, (), ""
        if self._watched is None:
            self._watch.stop()
            return
        self._watch.watch((*self._watched.files, *self._watched.folders))
        self.check()

    def _on_detected(self, known: WatchState, changes: DetectedChanges) -> None:
        self._is_checking = False
        if known is self._watched:  # else another document was opened meanwhile
            if self._should_retry(changes):
                QTimer.singleShot(_RETRY_DELAY, self, self.check)
                return
            self._watched = changes.known
            if changes.is_readable or changes.new_path is not None:
                self._context.strips.settle(Topic.ARTICLE)
            self._apply_changes(changes)
            if changes.listing is not None or changes.copies is not None or changes.new_path is not None:
                self._context.feature(StraySidecars).look()
        if self._is_check_requested or (self._watched is not None and self._watched.stamps is None):
            self.check()

    def _on_failed(self) -> None:
        """Go on after an error that was reported: what comes next is followed."""
        self._is_checking = False
        if self._is_check_requested:
            self.check()

    def _should_retry(self, changes: DetectedChanges) -> bool:
        """Return whether to check again first: a dialog is open, or a file may be half written or gone for a moment."""
        if QApplication.activeModalWidget() is not None:
            return True
        theirs = changes.theirs
        is_gone = theirs is not None and theirs.decisions is not None and theirs.decisions.on_disk is None
        was_doubted, self._is_retrying = (
            self._is_retrying,
            bool(is_gone or changes.trouble or (theirs and theirs.trouble)),
        )
        return self._is_retrying and not was_doubted  # one retry: what still looks broken then is reported

    def _apply_changes(self, changes: DetectedChanges) -> None:
        """Apply the detected changes; reopening the document comes last."""
        if changes.new_path is not None:
            if changes.listing is not None:
                self._update_documents(changes.listing)
            self._reopen("", path=changes.new_path)
            return
        if changes.theirs is not None and changes.known.store is not None:
            self._merge_external(changes.known.store, changes.theirs)
        if changes.listing is not None:
            self._update_documents(changes.listing)
        self._offer_merge(changes)
        if changes.document is not None:
            self._read_anew(changes.known.path)
        elif changes.is_settings_changed and _are_settings_foreign(self._context.session, changes):
            self._reopen(_("Another program changed annotator.yaml; its settings are in use now."), has_settings=True)
        elif freed := _describe_freed(changes):
            self._reopen(freed)
        elif changes.is_sidecar_changed and changes.known.store is None:
            self._reopen("")
        elif changes.trouble:
            _tell_of_article(self._context, changes.trouble)

    def _read_anew(self, path: Path) -> None:
        """Open the changed document again, and say so unless it is said already where its annotations are now."""
        self._is_told = False
        self._reopen("")
        if not self._is_told:
            template = _("{file} was changed by another program and was read anew.")
            self._context.toasts.show(template.format(file=format_path(path.name)), kind=MessageKind.INFO)

    def _merge_external(self, store: Store, theirs: external_merge.ExternalVersion) -> None:
        session = self._context.session
        if theirs.decisions is None and not theirs.trouble and not session.trouble:
            return
        self._context.commit_note()
        external_merge.apply_external_version(session, store, theirs)
        self._context.refresh()
        if session.current is not None:
            annotation = session.state.annotations.find(session.current.span.start)
            self._context.update_note(annotation.note if annotation else "")

    def _update_documents(self, listing: Listing) -> None:
        """List the documents of `listing` without scrolling the list."""
        session = self._context.session
        if session.workspace is None or self._watched is None:
            return
        added = len(set(listing.documents) - set(session.workspace.documents))
        documents, is_complete = listing.documents, listing.is_complete
        session.update_workspace(replace(session.workspace, documents=documents, is_listing_complete=is_complete))
        self._watched = replace(self._watched, workspace=session.workspace)
        self._context.refresh_documents()
        self._watch.watch((*self._watched.files, *self._watched.folders))
        if added:
            template = ngettext(
                "{count} document is new in the folder.", "{count} documents are new in the folder.", added
            )
            self._context.toasts.show(template.format(count=added), kind=MessageKind.INFO)

    def _offer_merge(self, changes: DetectedChanges) -> None:
        """Offer to merge conflict copies beside the sidecar, or conflict marks in it."""
        strips = self._context.strips
        merge = Choice(_("Merge"), "Enter", self.merge_copies), Choice(_("Later"), "Esc", lambda: None)
        if changes.copies is not None and changes.copies != self._announced_copies:
            if self._announced_copies:
                strips.close(conflict_copies.offer_notice(self._announced_copies))
            self._announced_copies = changes.copies
            if changes.copies:
                message = conflict_copies.offer_notice(changes.copies)
                strips.ask(Question.from_message(message, kind=MessageKind.WARN, choices=merge))
        if changes.is_sidecar_changed and self._announced_marks:
            strips.close(self._announced_marks)
            self._announced_marks = ""
        if changes.marks:
            self._announced_marks = conflict_copies.marks_notice(changes.known.sidecar.name, line=changes.marks)
            question = Question.from_message(self._announced_marks, kind=MessageKind.WARN, choices=merge)
            strips.ask(question, is_first=True)

    def _reopen(self, message: str, *, has_settings: bool = False, path: Path | None = None) -> None:
        """Open the document again, at the current sentence wherever it is now.

        Args:
            message: The message to show afterwards, or an empty string.
            has_settings: Whether to load the workspace file again, too.
            path: The new path of the document if it was renamed.
        """
        context, session = self._context, self._context.session
        give_back_focus = _remember_editor(context.window)
        context.commit_edits()
        if session.path is None:
            return
        place = capture_place(session)
        deliver, run = context.invoker.invoke, context.worker.run
        if path is not None:
            message = renames.follow_rename(session, path, deliver=deliver, run=run)
            restore_place(session, place)
            context.refresh_documents()
        elif has_settings:
            reload(session, deliver=deliver, run=run)
        else:
            open_document(session, session.path, deliver=deliver, run=run)
        context.refresh()
        give_back_focus()
        if message:
            context.toasts.show(message, kind=MessageKind.INFO)


def _remember_editor(window: QWidget) -> Callable[[], None]:
    """Return what gives the focus back to the editor in which the user is typing now, with its cursor."""
    editor = window.focusWidget()
    if not isinstance(editor, QPlainTextEdit | QLineEdit):
        return lambda: None
    before = editor.textCursor().position() if isinstance(editor, QPlainTextEdit) else editor.cursorPosition()

    def give_back() -> None:
        if not isValid(editor) or not editor.isVisible():
            return
        editor.setFocus()
        if isinstance(editor, QPlainTextEdit):
            cursor = editor.textCursor()
            cursor.setPosition(min(before, editor.document().characterCount() - 1))
            editor.setTextCursor(cursor)
        else:
            editor.setCursorPosition(before)

    return give_back


def _describe_freed(changes: DetectedChanges) -> str:
    """Return the sentence that the document can be edited from now on, or ""."""
    if changes.is_released:
        return _("The other window closed this document. You can edit it here now.")
    return _("The annotations can be written now: you can edit this document.") if changes.is_unprotected else ""


def _tell_of_article(context: Context, trouble: str) -> None:
    """Tell why the text of the open document cannot be read any more."""
    context.strips.settle(Topic.ARTICLE)
    message = trouble
    if context.session.document is not None:
        template = _("{reason}\nThe text stays here as it was read last, and your annotations are safe.")
        message = template.format(reason=trouble)
    question = Question.from_message(message, kind=MessageKind.TROUBLE, topic=Topic.ARTICLE)
    context.strips.ask(question)


def _are_settings_foreign(session: Session, changes: DetectedChanges) -> bool:
    """Return whether the settings are not those that the session wrote while the files were looked at."""
    workspace = session.workspace
    if workspace is None or workspace is changes.known.workspace:
        return True
    return has_new_settings(workspace)
