"""Lets the labels of a folder be edited, and what was changed be taken back. It must not know how files are written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.app.labels.label_file import LabelsError, LabelSource, read_source
from annotator.app.labels.relabelling import (
    FileDone,
    Relabelling,
    Task,
    begin,
    begin_turn,
    is_turned,
    relabel_file,
    task_of,
    turn_file,
    usage_at,
    usage_of,
)
from annotator.app.persistence.closed_documents import places_in
from annotator.app.session.events import Event, What
from annotator.app.workspace.workspace import open_workspace
from annotator.core.i18n import _, plural
from annotator.gui.labels.dialog import TAKE_BACK, ask_labels
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.widgets.progress import walk
from annotator.gui.widgets.threads import Soon
from annotator.storage.documents.folder import FolderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.labels.draft import LabelPlan
    from annotator.app.persistence.closed_documents import Place

_MOST_TOLD = 8


class LabelTool(Feature):
    """Edits the labels. Where the person undoes or redoes a renaming in one document, it follows in all of them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._last: Relabelling | None = None
        self._later = Soon(self._follow, self, milliseconds=0)
        context.session.changed.connect(self._on_changed)
        context.window.closing.connect(self._on_closing)

    def edit(self) -> None:
        """Let the labels of the folder be edited."""
        context, session = self._context, self._context.session
        context.commit_edits()
        session.save_now()
        try:
            source = read_source(session.workspace)
            places = self._places(source)
        except (LabelsError, FolderError) as error:
            session.warn(str(error))
            return
        title = _("Counting how often each label is used")
        counted = walk(context.window, places, each=usage_at, worker=context.worker, title=title)
        if not counted.is_whole:
            return
        plan = ask_labels(
            context.window,
            source.settings.labels,
            theme=context.theme,
            language=context.language,
            usage=usage_of(counted.results),
            last=self._last_words(source),
        )
        context.article.setFocus()
        if plan is TAKE_BACK:
            self._turn()
        elif plan is not None and (plan.moves or plan.labels != source.settings.labels):
            self._apply(source, plan)

    def _apply(self, source: LabelSource, plan: LabelPlan) -> None:
        session = self._context.session
        self._last = None
        try:
            begun = begin(session, source, plan)
        except LabelsError as error:
            session.warn(str(error))
            return
        self._relabel()
        if plan.moves:
            begun = self._walked(begun, relabel_file, title=_("Changing the labels in all documents"))
        self._last = begun
        if begun.annotations:
            sentence = plural(
                "The labels are saved; {count} annotation has its new one. “Take back” in Labels… undoes it.",
                "The labels are saved; {count} annotations have their new ones. “Take back” in Labels… undoes it.",
                begun.annotations,
            )
            session.tell(sentence.format(count=begun.annotations))
        else:
            session.tell(_("The labels are saved."))
        self._warn(begun)

    def _turn(self) -> None:
        """Take the last change back, or do it again."""
        session, last = self._context.session, self._last
        if last is None:
            return
        self._last = None
        try:
            turned = begin_turn(session, last)
        except LabelsError as error:
            session.warn(str(error))
            return
        self._relabel()
        if turned.steps:
            turned = self._walked(turned, turn_file, title=_("Changing the labels in all documents"))
        self._last = turned
        session.tell(_("The labels are changed again.") if turned.is_done else _("The labels are as they were."))
        self._warn(turned)

    def _walked(
        self, begun: Relabelling, each: Callable[[Relabelling, Task, Place], FileDone], *, title: str
    ) -> Relabelling:
        """``begun`` after ``each`` was done in every file of the folder."""
        context = self._context
        places = self._places(begun.after)
        work = partial(each, begun, task_of(context.session))
        found = walk(context.window, places, each=work, worker=context.worker, title=title)
        done = begun.with_files(found.results)
        if not found.is_whole:
            context.session.warn(
                _("Stopped before every document was changed. Open the labels again to go on or back.")
            )
        return done

    def _places(self, source: LabelSource) -> tuple[Place, ...]:
        """Every sidecar of the folder as it is now."""
        return places_in(open_workspace(source.folder))

    def _relabel(self) -> None:
        self._context.relabel()
        self._context.refresh()

    def _warn(self, done: Relabelling) -> None:
        session = self._context.session
        if done.refused:
            rest = len(done.refused) - _MOST_TOLD
            more = plural("and {count} more", "and {count} more", rest).format(count=rest)
            told = (*done.refused[:_MOST_TOLD], *([more] if rest > 0 else []))
            session.warn("\n".join((_("Not every annotation could be changed:"), *told)))
        if done.lost:
            sentence = plural(
                "{count} annotation that has lost its sentence keeps its label.",
                "{count} annotations that have lost their sentences keep their labels.",
                done.lost,
            )
            session.warn(sentence.format(count=done.lost))

    def _last_words(self, source: LabelSource) -> str:
        last = self._last
        if last is None or last.after.folder != source.folder:
            return ""
        return _("Take back the last change") if last.is_done else _("Do the last change again")

    def _follow(self) -> None:
        last, workspace = self._last, self._context.session.workspace
        if last is None or workspace is None or workspace.folder != last.after.folder:
            return
        if is_turned(self._context.session, last):
            self._turn()

    def _on_changed(self, event: Event) -> None:
        if event.what is What.DECIDED and self._last is not None:
            self._later.ask()

    def _on_closing(self) -> None:
        self._later.stop()
        self._context.session.changed.disconnect(self._on_changed)
