"""Connect the report on what reviewers changed with the session and the workspace.

Files are read in a worker; decisions made while the report is open are shown in it at once.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.app.outputs.folder import suggested_folder
from annotator.app.outputs.target import OutputRefusedError, inspect_output
from annotator.app.outputs.writer import write_output
from annotator.app.preferences.identity import local_time
from annotator.app.review.files import suggest_file_name
from annotator.app.review.matching import locate_verdict
from annotator.app.review.packets import folder_name
from annotator.app.review.report import OpenVerdicts, ReviewedDocument, iter_reviewed, make_reviewed
from annotator.app.review.report_file import WRITERS, Report
from annotator.app.session.events import Event, EventKind
from annotator.core.change import Layer
from annotator.core.i18n import _
from annotator.gui.dialogs.progress import run_with_progress
from annotator.gui.export.controller import make_open_action
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.mainwindow.output_dialog import OutputQuestion, ask_output
from annotator.gui.review_report.window import ReviewReportWindow
from annotator.gui.widgets.threads import Debouncer
from annotator.storage.atomic import SaveError
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.outputs.target import OutputTarget
    from annotator.app.review.report import ReportedVerdict
    from annotator.app.workspace.workspace import Workspace
    from annotator.gui.dialogs.progress import StepCounter

_UPDATE_DELAY = 60  # milliseconds; collects a series of decisions, since each update tallies all documents


class ReviewReport(Feature):
    """The feature with the window of the report, which covers the open workspace."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._window = ReviewReportWindow(context.window)
        self._workspace: Workspace | None = None
        self._reviewed: list[ReviewedDocument] = []
        self._has_trouble = False  # whether some verdicts could not be read
        self._update_later = Debouncer(self._update_open_document, self, milliseconds=_UPDATE_DELAY)
        self._window.go_requested.connect(self._go)
        self._window.save_requested.connect(self._save)
        self._window.reload_requested.connect(self.show)
        self._window.finished.connect(lambda _result: context.article.setFocus())
        context.session.changed.connect(self._on_changed)

    def show(self) -> None:
        """Read the verdicts of all documents and show the report."""
        context = self._context
        context.commit_edits()
        workspace = context.session.workspace
        if workspace is None or not workspace.documents:
            context.session.notify(_("There is no document here that anybody could have judged."))
            return
        context.session.save_now()
        live = self._get_open_verdicts()
        troubles: list[str] = []

        def read(pace: StepCounter) -> list[ReviewedDocument]:
            return list(iter_reviewed(workspace, on_trouble=troubles.append, on_document=pace.step, live=live))

        title = _("Reading what reviewers said…")
        found = run_with_progress(
            context.window, read, count=len(workspace.documents), worker=context.worker, title=title
        )
        if found is None:
            context.article.setFocus()
            return
        if troubles:
            context.strips.warn("\n".join((_("Left out:"), *dict.fromkeys(troubles))))
        self._workspace, self._reviewed, self._has_trouble = workspace, found, bool(troubles)
        self._show()
        self._window.show_in_front()

    def apply_theme(self) -> None:
        """Use the theme, the language and the labels in use."""
        self._window.apply_theme(self._make_report(), self._context.theme)

    def _show(self) -> None:
        self._window.set_reviewed(self._reviewed, self._make_report())

    def _make_report(self) -> Report:
        context = self._context
        name = folder_name(self._workspace) if self._workspace is not None else ""
        return Report(name, local_time()[:10], context.session.labels, context.language)

    def _get_open_verdicts(self) -> OpenVerdicts | None:
        """Return the verdicts on the open document from the session, or None if none is open."""
        session = self._context.session
        if session.document is None or session.path is None or session.workspace is None:
            return None
        verdicts = tuple(session.state.verdicts.values())
        return OpenVerdicts(session.path, session.workspace.sidecar_owner(session.author), verdicts)

    def _on_changed(self, event: Event) -> None:
        if event.kind is EventKind.DECISIONS_CHANGED and Layer.VERDICT in event.slots and self._window.isVisible():
            self._update_later.request()

    def _update_open_document(self) -> None:
        """Show the current state of the open document."""
        live, workspace = self._get_open_verdicts(), self._workspace
        if live is None or workspace is None or workspace.index(live.path) is None:
            return
        renewed = make_reviewed(live.path, live.annotator, live.verdicts, workspace)
        order = {path: number for number, path in enumerate(workspace.documents)}
        others = [one for one in self._reviewed if (one.path, one.annotator) != live[:2]]
        both = others + ([renewed] if renewed.verdicts else [])
        self._reviewed = sorted(both, key=lambda one: (order.get(one.path, 0), one.annotator))
        self._show()

    def _go(self, said: ReportedVerdict) -> None:
        """Go to the sentence of a verdict, in its document."""
        context, session = self._context, self._context.session
        row = session.workspace.index(said.document.path) if session.workspace is not None else None
        if row is None:
            session.notify(_("{file} is not in the folder that is open.").format(file=said.document.file))
            return
        if session.path != said.document.path:
            context.open_row(row)
        if session.reading is not None and session.path == said.document.path:
            place = locate_verdict(said.verdict, session.state, session.reading)
            if place is None:
                session.notify(_("The sentence that was judged is not in the document any more."))
            else:
                session.go_to(session.reading.find_sentence_at(place.start))
        context.window.activateWindow()
        context.article.setFocus()

    def _save(self) -> None:
        """Save the report to a file that the user chooses."""
        workspace = self._workspace
        if workspace is None:
            return
        with suggested_folder(workspace, chosen=self._context.settings.export_folder) as folder:
            report = self._make_report()
            question = OutputQuestion(
                _("Save the report"),
                folder / suggest_file_name(report.folder, what="review-report", day=report.day, ending=".html"),
                _("Web page") + " (*.html);;" + _("Table") + " (*.csv)",
                partial(inspect_output, workspace=workspace),
                _add_ending,
            )
            target = ask_output(self._window, question)
            if target is not None:
                self._write(target, report, workspace)

    def _write(self, target: OutputTarget, report: Report, workspace: Workspace) -> None:
        context, path = self._context, target.path
        write_report = WRITERS[_ending_of(path)](self._reviewed, report)
        is_complete = workspace.is_complete and not self._has_trouble

        def write(_pace: StepCounter) -> bool:
            write_output(target, write_report, replaces=True, is_complete=lambda: is_complete)
            return True

        title = _("Writing {file}…").format(file=format_path(path.name))
        try:
            run_with_progress(self._window, write, count=0, worker=context.worker, title=title)
        except (OutputRefusedError, SaveError) as error:
            self._window.show_message(str(error))
            return
        self._window.show_message(_("The report is in {file}.").format(file=format_path(path)))
        message = _("The report on what reviewers changed is in {file}.").format(file=format_path(path))
        context.toasts.show(message, action=make_open_action(context, path))


def _ending_of(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _add_ending(path: Path, kind: str) -> Path:
    """Return `path` with the ending of the chosen kind of file, unless it has one of a report."""
    if _ending_of(path) in WRITERS:
        return path
    return path.with_name(f"{path.name}.{'csv' if '*.csv' in kind else 'html'}")
