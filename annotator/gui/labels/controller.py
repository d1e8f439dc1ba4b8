"""Edit the labels of a workspace, rename them in all documents, and take the last change back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.app.labels.label_file import LabelFile, LabelsError, load_label_file
from annotator.app.labels.relabelling import (
    FileResult,
    Relabelling,
    RelabelTask,
    begin_relabelling,
    begin_reversal,
    count_usage,
    is_reversed,
    make_task,
    relabel_file,
    reverse_file,
    sum_usage,
)
from annotator.app.persistence.closed_documents import list_document_sidecars
from annotator.app.session.events import Event, EventKind
from annotator.app.workspace.workspace import load_folder_workspace
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.dialogs.progress import run_each
from annotator.gui.labels.dialog import TAKE_BACK, ask_labels
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.messages.message import MessageKind, Question
from annotator.gui.widgets.threads import Debouncer
from annotator.storage.documents.folder import FolderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.labels.draft import LabelPlan
    from annotator.app.persistence.closed_documents import DocumentSidecar

_MAX_FAILURES_SHOWN = 8


class LabelEditor(Feature):
    """Edits the labels; undoing or redoing a renaming in the open document does so in all documents."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._last: Relabelling | None = None
        # Not within the event: the reversal changes the session, whose other observers have not seen the undo yet.
        self._follow_later = Debouncer(self._reverse_with_session, self, milliseconds=0)
        context.session.changed.connect(self._on_changed)
        context.window.closing.connect(self._on_closing)

    def edit(self) -> None:
        """Show the dialog of the labels and apply its result."""
        context, session = self._context, self._context.session
        context.commit_edits()
        session.save_now()
        try:
            source = load_label_file(session.workspace)
            places = self._list_sidecars(source)
        except (LabelsError, FolderError) as error:
            self._context.strips.warn(str(error))
            return
        title = _("Counting how often each label is used…")
        counted = run_each(context.window, places, each=count_usage, worker=context.worker, title=title)
        if not counted.is_complete:
            return
        plan = ask_labels(
            context.window,
            source.settings.labels,
            theme=context.theme,
            language=context.language,
            usage=sum_usage(counted.results),
            last=self._describe_reversal(source),
        )
        context.article.setFocus()
        if plan is TAKE_BACK:
            self._reverse()
        elif plan is not None and (plan.renames or plan.labels != source.settings.labels):
            self._apply(source, plan)

    def _apply(self, source: LabelFile, plan: LabelPlan) -> None:
        session = self._context.session
        self._last = None
        try:
            begun = begin_relabelling(session, source, plan)
        except LabelsError as error:
            self._context.strips.warn(str(error))
            return
        self._relabel()
        if plan.renames:
            begun = self._change_documents(begun, relabel_file, title=_("Changing the labels in all documents…"))
        self._last = begun
        if begun.annotations:
            sentence = ngettext(
                "The labels are saved; {count} annotation has its new one. “{button}” in Labels… reverts it.",
                "The labels are saved; {count} annotations have their new ones. “{button}” in Labels… reverts it.",
                begun.annotations,
            )
            button = self._describe_reversal(source)
            self._context.toasts.show(sentence.format(count=begun.annotations, button=button))
        else:
            self._context.toasts.show(_("The labels are saved."))
        self._warn_of_failures(begun)

    def _reverse(self) -> None:
        """Take the last change back, or apply it again."""
        session, last = self._context.session, self._last
        if last is None:
            return
        self._last = None
        try:
            turned = begin_reversal(session, last)
        except LabelsError as error:
            self._context.strips.warn(str(error))
            return
        self._relabel()
        if turned.steps:
            turned = self._change_documents(turned, reverse_file, title=_("Changing the labels in all documents…"))
        self._last = turned
        self._context.toasts.show(
            _("The labels are changed again.") if turned.is_done else _("The labels are as they were.")
        )
        self._warn_of_failures(turned)

    def _change_documents(
        self, begun: Relabelling, each: Callable[[Relabelling, RelabelTask, DocumentSidecar], FileResult], *, title: str
    ) -> Relabelling:
        """Run `each` on every sidecar of the workspace and return `begun` with the results."""
        context = self._context
        places = self._list_sidecars(begun.after)
        work = partial(each, begun, make_task(context.session))
        found = run_each(context.window, places, each=work, worker=context.worker, title=title)
        done = begun.with_files(found.results)
        if not found.is_complete:
            why = _("Stopped before every document was changed. Open the labels again to go on or back.")
            context.strips.ask(Question(why, kind=MessageKind.WARN, is_kept=True))
        return done

    def _list_sidecars(self, source: LabelFile) -> tuple[DocumentSidecar, ...]:
        """Return all sidecars of the workspace, listed anew."""
        return list_document_sidecars(load_folder_workspace(source.folder))

    def _relabel(self) -> None:
        self._context.refresh_labels()
        self._context.refresh()

    def _warn_of_failures(self, done: Relabelling) -> None:
        if done.failures:
            rest = len(done.failures) - _MAX_FAILURES_SHOWN
            more = ngettext("and {count} more", "and {count} more", rest).format(count=format_count(rest))
            messages = (*done.failures[:_MAX_FAILURES_SHOWN], *([more] if rest > 0 else []))
            self._context.strips.warn("\n".join((_("Not every annotation could be changed:"), *messages)))
        if done.lost:
            sentence = ngettext(
                "{count} annotation that has lost its sentence keeps its label.",
                "{count} annotations that have lost their sentences keep their labels.",
                done.lost,
            )
            question = Question(sentence.format(count=done.lost), kind=MessageKind.WARN, is_kept=True)
            self._context.strips.ask(question)

    def _describe_reversal(self, source: LabelFile) -> str:
        last = self._last
        if last is None or last.after.folder != source.folder:
            return ""
        return _("Take back the last change") if last.is_done else _("Do the last change again")

    def _reverse_with_session(self) -> None:
        last, workspace = self._last, self._context.session.workspace
        if last is None or workspace is None or workspace.folder != last.after.folder:
            return
        if is_reversed(self._context.session, last):
            self._reverse()

    def _on_changed(self, event: Event) -> None:
        if event.kind is EventKind.DECISIONS_CHANGED and self._last is not None:
            self._follow_later.request()

    def _on_closing(self) -> None:
        self._follow_later.stop()
        self._context.session.changed.disconnect(self._on_changed)
