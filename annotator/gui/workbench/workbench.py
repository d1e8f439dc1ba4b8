"""The workbench: connects session, window, panels and actions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app.documents.open import open_document, open_location, open_neighbour
from annotator.app.preferences.translation import set_language
from annotator.app.session import commands, to_check
from annotator.core.i18n import _
from annotator.gui.actions.action_set import ActionFeature, ActionSet
from annotator.gui.article.accessibility import speak_for
from annotator.gui.documents.panel import DocumentPanel
from annotator.gui.inspector.panel import Inspector
from annotator.gui.mainwindow.dialogs import ask_forget, ask_leave
from annotator.gui.mainwindow.dock_panel import take_enter
from annotator.gui.mainwindow.message_bar import NoticeBar
from annotator.gui.mainwindow.status_bar import StatusLine
from annotator.gui.theme.theme import Theme, dress_widgets, look_of, looks_of, style_of, wanted_theme, watch_system
from annotator.gui.widgets.threads import Deliverer, Worker
from annotator.gui.workbench.action_table import action_table
from annotator.gui.workbench.lazy_panels import controller_of, watch_panels
from annotator.gui.workbench.presenter import Listener

if TYPE_CHECKING:
    from annotator.app.preferences.settings import Settings
    from annotator.app.session.session import Session
    from annotator.gui.article.view import ArticleView
    from annotator.gui.mainwindow.context import Feature, FeatureT
    from annotator.gui.mainwindow.window import Window


class Workbench(QObject):
    """One window with one session; the `Context` of its features."""

    session: Session
    settings: Settings
    theme: Theme
    window: Window
    article: ArticleView

    def __init__(self, window: Window, session: Session, settings: Settings) -> None:
        super().__init__(window)
        self.window = window
        self.article = window.article
        self.session = session
        self.settings = settings
        session.set_skipping_headings(is_skipping=settings.skips)
        self.language = set_language(settings.language)
        self.theme = wanted_theme(settings.theme)
        self.deliverer = Deliverer(self)
        self.worker = Worker(self.deliverer)
        self.notice = NoticeBar(window)
        self.status = StatusLine(window)
        self._features: dict[type[Feature], Feature] = {}
        self.documents = DocumentPanel(self.theme, self.refresh_overview, window)
        self.inspector = Inspector(window)
        self.actions = ActionSet(self, action_table(self.inspector))
        self.listener = Listener(self, inspector=self.inspector, documents=self.documents, actions=self.actions)
        self._furnish()
        self._dress()
        self._join()
        self.listener.start()
        watch_panels(self)

    # Documents

    def open_place(self, path: Path, *others: Path) -> bool:
        """Open a folder or a document, or several of them together, and return whether that succeeded."""
        self.inspector.commit()
        path = path.absolute()
        last = Path(self.settings.find_last_document(str(path)))
        deliver, run = self.deliverer.deliver, self.worker.run
        more = [other.absolute() for other in others]
        is_open = open_location(self.session, path, others=more, first=last, deliver=deliver, run=run)
        if is_open:
            self.settings.remember_folder(str(path))
        return is_open

    def open_row(self, row: int) -> None:
        """Open the document at `row` of the list."""
        workspace = self.session.workspace
        self.inspector.commit()
        if workspace is not None:
            open_document(self.session, workspace.documents[row], deliver=self.deliverer.deliver, run=self.worker.run)
            self.article.setFocus()

    def open_neighbour(self, by: int) -> bool:
        """Open the next (1) or previous (-1) document and return whether there is one."""
        self.inspector.commit()
        self.article.setFocus()
        return open_neighbour(self.session, by, deliver=self.deliverer.deliver, run=self.worker.run)

    # Features

    def feature(self, kind: type[FeatureT]) -> FeatureT:
        """Return the feature of class `kind`, made now if it was not asked for before."""
        found = self._features.get(kind)
        if found is None:
            made = kind(self, self.actions) if issubclass(kind, ActionFeature) else kind(self)
            found = self._features[kind] = made
            found.dress()
            take_enter(self.window)
        return cast("FeatureT", found)

    def run(self, id_: str) -> None:
        """Run the action `id_` as if it had been chosen in a menu."""
        self.actions.run(id_)

    # The panels of the sentence and of the documents

    def commit_edits(self) -> None:
        """Pass what is being typed in the sentence panel to the session, and take the focus from its note."""
        self.inspector.commit()

    def commit_note(self) -> None:
        """Pass what has been typed into the note to the session, and leave the focus where it is."""
        self.inspector.note.give_back()

    def renew_note(self, note: str) -> None:
        """Show `note`, changed by another program, even while the editor has the focus, unless it holds edits."""
        self.inspector.note.renew(note)

    def put_in_inspector(self, widget: QWidget) -> None:
        """Place `widget` in the sentence panel, above the labels."""
        self.inspector.put_first(widget)

    def refresh(self) -> None:
        """Show the session's state in panels and status bar now."""
        self.listener.refresh()

    def refresh_documents(self) -> None:
        """List the documents of the workspace anew, at the same place of the list."""
        workspace = self.session.workspace
        if workspace is not None:
            row = workspace.index(self.session.path)
            self.documents.renew_documents(workspace.folder, workspace.documents, row=row)

    def refresh_overview(self, row: int) -> None:
        """Count anew, in the worker, how far the document at `row` of the list is."""
        self.listener.want_overview(row)

    # Looks

    def choose(self, *, face: str | None = None, theme: str | None = None, language: str | None = None) -> None:
        """Use another face, theme or language from now on."""
        if face is not None:
            self.settings.face = face
        if theme is not None:
            self.settings.theme = theme
        if language is not None:
            self.settings.language = language
            self.language = set_language(language)
        self._dress()
        if language is not None:
            QApplication.postEvent(self.window, QEvent(QEvent.Type.LanguageChange))

    def zoom(self, factor: float) -> None:
        """Make the article larger or smaller by `factor`; 0 restores the usual size."""
        self.settings.zoom = min(4.0, max(0.5, self.settings.zoom * factor)) if factor else 1.0
        self.article.set_zoom(self.settings.zoom)

    def is_panel_shown(self, name: str) -> bool:
        """Return whether the panel `name` is shown."""
        return not self.window.panels[name].isHidden()

    def toggle_panel(self, name: str) -> None:
        """Show the list panel `name` and give it the focus; hide it if it has the focus."""
        self.feature(controller_of(name)).toggle()

    def _furnish(self) -> None:
        speak_for(self.article)
        self.window.middle.insertWidget(0, self.notice)
        self.window.setStatusBar(self.status)
        self.window.panels["documents"].setWidget(self.documents)
        self.window.panels["inspector"].setWidget(self.inspector)
        self.window.restore(geometry=self.settings.window, panels=self.settings.panels)
        self.article.set_zoom(self.settings.zoom)
        self.article.set_faded(is_faded=self.settings.fade)

    def _join(self) -> None:
        session = self.session
        self.article.sentence_chosen.connect(self.listener.choose_at)
        self.article.sentences_dragged.connect(self.listener.choose_between)
        self.article.context_asked.connect(self._on_context_asked)
        self.article.chip_clicked.connect(self.listener.toggle)
        self.article.split_chosen.connect(lambda offset: commands.split(session, offset))
        self.article.split_chosen.connect(self.status.clearMessage)
        self.article.split_left.connect(self.status.clearMessage)
        self.article.zoom_changed.connect(self._on_zoom_changed)
        self.documents.document_chosen.connect(self.open_row)
        self.inspector.label_toggled.connect(self.listener.toggle)
        self.inspector.nothing_chosen.connect(lambda: self.listener.toggle(""))
        self.inspector.note_written.connect(self.listener.keep_note)
        self.inspector.note_left.connect(self.article.setFocus)
        self.inspector.confirmed.connect(lambda: to_check.accept_current(session))
        self.inspector.fields_written.connect(lambda values: commands.set_fields(session, values))
        self.window.may_close = self._may_close
        self.window.closing.connect(self._on_closing)
        self.window.dropped.connect(lambda places: _take_dropped(self, [Path(place) for place in places]))
        self.window.language_changed.connect(self._retitle)
        watch_system(self._on_scheme_changed)

    def _dress(self) -> None:
        """Apply the chosen theme, face and language to the window."""
        self.theme = wanted_theme(self.settings.theme)
        dress_widgets(self.theme)
        self.window.setStyleSheet(style_of(self.theme))
        self.notice.set_theme(self.theme)
        self.documents.set_theme(self.theme)
        self.relabel()
        self._retitle()

    def relabel(self) -> None:
        """Show the labels in use everywhere, in the chosen theme and language."""
        labels, theme = self.session.labels, self.theme
        self.actions.rebuild()
        self.actions.retitle()
        self.actions.fill_menu_bar(self.window.menuBar())
        self.actions.fill_tool_bar(self.window.tools)
        self.article.set_look(look_of(theme, labels, face=self.settings.face, language=self.language))
        self.inspector.set_labels(looks_of(theme, labels, language=self.language), theme, language=self.language)
        self.actions.enable()
        for feature in self._features.values():
            feature.dress()
        take_enter(self.window)

    def _retitle(self) -> None:
        self.window.panels["documents"].set_title(_("Documents"))
        self.window.panels["inspector"].set_title(_("Sentence"))
        self.window.panels["table"].set_title(_("Annotations"))
        self.window.panels["history"].set_title(_("History"))
        self.window.panels["check"].set_title(_("To check"))
        self.window.panels["review"].set_title(_("Review"))
        self.window.set_tool_names(_("Tool bar"), more=_("More tools"))
        self.listener.retitle()

    def _on_zoom_changed(self, zoom: float) -> None:
        self.settings.zoom = zoom

    def _on_scheme_changed(self) -> None:
        if not self.settings.theme:
            self._dress()

    def _on_context_asked(self, offset: int, place: QPoint) -> None:
        self.listener.choose_at(offset, keep_selection=True)
        menu = self.actions.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _may_close(self) -> bool:
        """Return whether the window may be closed; ask the user if something is not saved."""
        self.inspector.commit()
        if not self.session.save_now():
            return ask_leave(self.window, trouble=self.session.trouble)
        return not self.inspector.is_holding_refused or ask_forget(self.window)

    def _on_closing(self) -> None:
        self.settings.window, self.settings.panels = self.window.remembered()
        self.listener.stop()
        self.session.close()
        self.worker.close()


def _take_dropped(bench: Workbench, paths: list[Path]) -> None:
    """Open files dropped onto the window, or import them if all of them are answers of reviewers."""
    from annotator.gui.review.import_answers import is_answer_file, take_in  # noqa: PLC0415  # starting does not wait for it

    if all(map(is_answer_file, paths)):
        QTimer.singleShot(0, bench, lambda: take_in(bench, paths))  # the drag source blocks until the drop returns
    else:
        bench.open_place(paths[0])
