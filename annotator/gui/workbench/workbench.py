"""The workbench: connects session, window, panels and actions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app.documents.open import open_document, open_location, open_neighbour
from annotator.app.preferences.translation import set_language
from annotator.app.session import commands, to_check
from annotator.core.i18n import _
from annotator.gui.actions.action_set import ActionFeature, ActionSet
from annotator.gui.actions.place_keys import PlaceKeys
from annotator.gui.article.accessibility import install_accessibility
from annotator.gui.documents.panel import DocumentPanel
from annotator.gui.inspector.panel import Inspector
from annotator.gui.mainwindow.dialogs import ask_leave
from annotator.gui.mainwindow.dock_panel import enable_enter_key
from annotator.gui.mainwindow.status_bar import StatusBar
from annotator.gui.messages.log import MessageLog
from annotator.gui.messages.message import Topic
from annotator.gui.messages.strips import Strips
from annotator.gui.messages.toasts import Toasts
from annotator.gui.theme.theme import (
    Theme,
    apply_palette,
    connect_system_theme,
    get_theme,
    make_article_style,
    make_label_styles,
    window_stylesheet,
)
from annotator.gui.widgets.threads import MainThreadInvoker, Worker
from annotator.gui.workbench.action_table import build_action_table
from annotator.gui.workbench.lazy_panels import controller_of, install_lazy_panels
from annotator.gui.workbench.presenter import Presenter
from annotator.gui.workbench.reports import Reports

if TYPE_CHECKING:
    from annotator.app.preferences.settings import Settings
    from annotator.app.session.session import Session
    from annotator.gui.article.view import ArticleView
    from annotator.gui.mainwindow.context import Feature, FeatureT
    from annotator.gui.mainwindow.window import MainWindow


class Workbench(QObject):
    """One window with one session; the `Context` of its features."""

    session: Session
    settings: Settings
    theme: Theme
    window: MainWindow
    article: ArticleView

    def __init__(self, window: MainWindow, session: Session, settings: Settings) -> None:
        super().__init__(window)
        self.window = window
        self.article = window.article
        self.session = session
        self.settings = settings
        session.set_skipping_headings(is_skipping=settings.skips)
        self.language = set_language(settings.language)
        self.theme = get_theme(settings.theme)
        self.invoker = MainThreadInvoker(self)
        self.worker = Worker(self.invoker)
        log = MessageLog(self)
        self.toasts = Toasts(window.article, log, self)
        self.strips = Strips(
            window.article, log, self, make_room=window.article.uncover, is_busy=lambda: window.article.is_splitting
        )
        self.status = StatusBar(log, window)
        self._features: dict[type[Feature], Feature] = {}
        self.documents = DocumentPanel(self.theme, self.refresh_progress, window)
        self.inspector = Inspector(window)
        self.actions = ActionSet(self, build_action_table(self.inspector))
        self.article.set_key_handler(PlaceKeys(self.actions))
        self.presenter = Presenter(self, inspector=self.inspector, documents=self.documents, actions=self.actions)
        self._build()
        self._apply_theme()
        self._connect()
        self.presenter.start()
        Reports(self, inspector=self.inspector)
        install_lazy_panels(self)

    # Documents

    def open_path(self, path: Path, *others: Path) -> bool:
        """Open a folder or a document, or several of them together, and return whether that succeeded."""
        self.inspector.commit()
        path = path.absolute()
        last = Path(self.settings.find_last_document(str(path)))
        deliver, run = self.invoker.invoke, self.worker.run
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
            open_document(self.session, workspace.documents[row], deliver=self.invoker.invoke, run=self.worker.run)
            self.article.setFocus()

    def open_neighbour(self, by: int) -> bool:
        """Open the next (1) or previous (-1) document and return whether there is one."""
        self.inspector.commit()
        self.article.setFocus()
        return open_neighbour(self.session, by, deliver=self.invoker.invoke, run=self.worker.run)

    # The end

    def save_typed(self) -> bool:
        """Save everything now, with what is being typed; return whether everything is written."""
        self.commit_input()
        return self.session.save_now()

    def close_at_once(self) -> None:
        """Save everything and close the window without a question; what cannot be written is in the journal."""
        self.save_typed()
        self.window.can_close = lambda: True
        self.window.close()

    # Features

    def feature(self, kind: type[FeatureT]) -> FeatureT:
        """Return the feature of class `kind`, made now if it was not asked for before."""
        found = self._features.get(kind)
        if found is None:
            made = kind(self, self.actions) if issubclass(kind, ActionFeature) else kind(self)
            found = self._features[kind] = made
            found.apply_theme()
            enable_enter_key(self.window)
        return cast("FeatureT", found)

    def run(self, id_: str) -> None:
        """Run the action `id_` as if it had been chosen in a menu."""
        self.actions.run(id_)

    # The panels of the sentence and of the documents

    def commit_edits(self) -> None:
        """Pass what is being typed in the sentence panel to the session, and take the focus from its note."""
        self.inspector.commit()
        self.presenter.retry_note()

    def commit_input(self) -> None:
        """Pass what is being typed in fields and note to the session, and leave the focus there."""
        self.inspector.commit_input()
        self.presenter.retry_note()

    def commit_note(self) -> None:
        """Pass what has been typed into the note to the session, and leave the focus where it is."""
        self.inspector.note.commit()
        self.presenter.retry_note()

    def update_note(self, note: str) -> None:
        """Show `note`, changed by another program, even while the editor has the focus, unless it holds edits."""
        self.inspector.note.update_note(note)

    def add_to_inspector(self, widget: QWidget) -> None:
        """Place `widget` in the sentence panel, above the labels."""
        self.inspector.add_section(widget)

    def refresh(self) -> None:
        """Show the session's state in panels and status bar now."""
        self.presenter.refresh()

    def refresh_documents(self) -> None:
        """List the documents of the workspace anew, at the same place of the list."""
        workspace = self.session.workspace
        if workspace is not None:
            row = workspace.index(self.session.path)
            self.documents.update_documents(workspace.folder, workspace.documents, row=row)
            self.documents.strays.show_strays(workspace.strays)

    def refresh_progress(self, path: Path) -> None:
        """Count anew, in the worker, how far the document at `path` is."""
        self.presenter.request_progress(path)

    # Looks

    def set_appearance(self, *, face: str | None = None, theme: str | None = None, language: str | None = None) -> None:
        """Use another face, theme or language from now on."""
        if face is not None:
            self.settings.face = face
        if theme is not None:
            self.settings.theme = theme
        if language is not None:
            self.settings.language = language
            self.language = set_language(language)
        self._apply_theme()
        if language is not None:
            self.toasts.drop_texts()
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

    def _build(self) -> None:
        install_accessibility(self.article)
        self.window.setStatusBar(self.status)
        self.window.panels["documents"].setWidget(self.documents)
        self.window.panels["inspector"].setWidget(self.inspector)
        self.window.restore_layout(geometry=self.settings.window, panels=self.settings.panels)
        self.article.set_zoom(self.settings.zoom)
        self.article.set_faded(is_faded=self.settings.fade)

    def _connect(self) -> None:
        session = self.session
        self.article.sentence_chosen.connect(self.presenter.select_at)
        self.article.sentences_dragged.connect(self.presenter.select_between)
        self.article.context_menu_requested.connect(self._on_context_menu_requested)
        self.article.label_clicked.connect(self.presenter.choose_label)
        self.article.split_chosen.connect(lambda offset: commands.split(session, offset))
        self.article.split_chosen.connect(self.status.clearMessage)
        self.article.split_cancelled.connect(self.status.clearMessage)
        self.article.zoom_changed.connect(self._on_zoom_changed)
        self.documents.document_chosen.connect(self.open_row)
        self.documents.strays.asked.connect(lambda: self.run("reattach"))
        self.inspector.label_toggled.connect(self.presenter.choose_label)
        self.inspector.nothing_chosen.connect(lambda: self.presenter.choose_label(""))
        self.inspector.note_written.connect(self.presenter.set_note)
        self.inspector.note_left.connect(self.article.setFocus)
        self.inspector.confirmed.connect(lambda: to_check.accept_current(session))
        self.inspector.fields_written.connect(lambda values: commands.set_fields(session, values))
        self.window.can_close = self._may_close
        self.window.closing.connect(self._on_closing)
        self.window.dropped.connect(lambda places: _open_dropped(self, [Path(place) for place in places]))
        self.window.language_changed.connect(self._retranslate)
        connect_system_theme(self._on_scheme_changed)

    def _apply_theme(self) -> None:
        """Apply the chosen theme, face and language to the window."""
        self.theme = get_theme(self.settings.theme)
        apply_palette(self.theme)
        self.window.setStyleSheet(window_stylesheet(self.theme))
        self.toasts.set_theme(self.theme)
        self.strips.set_theme(self.theme)
        self.status.set_theme(self.theme)
        self.documents.set_theme(self.theme)
        self.refresh_labels()
        self._retranslate()

    def refresh_labels(self) -> None:
        """Show the labels in use everywhere, in the chosen theme and language."""
        labels, theme = self.session.labels, self.theme
        self.actions.rebuild()
        self.actions.retitle()
        self.actions.fill_menu_bar(self.window.menuBar())
        self.actions.fill_tool_bar(self.window.tool_bar)
        self.article.set_article_style(
            make_article_style(theme, labels, face=self.settings.face, language=self.language)
        )
        self.inspector.set_labels(
            make_label_styles(theme, labels, language=self.language), theme, language=self.language
        )
        self.actions.update_enabled()
        for feature in self._features.values():
            feature.apply_theme()
        enable_enter_key(self.window)

    def _retranslate(self) -> None:
        self.window.panels["documents"].set_title(_("Documents"))
        self.window.panels["inspector"].set_title(_("Sentence"))
        self.window.panels["table"].set_title(_("Annotations"))
        self.window.panels["history"].set_title(_("History"))
        self.window.panels["check"].set_title(_("To check"))
        self.window.panels["review"].set_title(_("Review"))
        self.window.set_tool_bar_names(_("Tool bar"), more=_("More tools"))
        self.presenter.retranslate()

    def _on_zoom_changed(self, zoom: float) -> None:
        self.settings.zoom = zoom

    def _on_scheme_changed(self) -> None:
        if not self.settings.theme:
            self._apply_theme()

    def _on_context_menu_requested(self, offset: int, place: QPoint) -> None:
        self.presenter.select_at(offset, keep_selection=True)
        menu = self.actions.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _may_close(self) -> bool:
        """Return whether the window may be closed; ask the user if something is not saved."""
        before = self.strips.questions
        QGuiApplication.inputMethod().commit()  # the letters that are still being composed
        self.commit_edits()
        for question in self.strips.questions:
            if question.topic is Topic.STEP and not any(question is one for one in before):  # what was typed
                return ask_leave(self.window, trouble=question.message, is_kept=False)
        if self.session.save_now():
            return True
        store, trouble = self.session.store, self.session.trouble
        is_kept = store is None or store.is_journaled
        if not is_kept:  # the last message may be from before the journal was removed
            trouble = _("The last changes are neither in their file nor in the journal. Save a copy, or mend that.")
        return ask_leave(self.window, trouble=trouble, is_kept=is_kept)

    def _on_closing(self) -> None:
        self.settings.window, self.settings.panels = self.window.save_layout()
        self.presenter.stop()
        self.session.close()
        self.worker.close()


def _open_dropped(workbench: Workbench, paths: list[Path]) -> None:
    """Open files dropped onto the window, or import them if all of them are answers of reviewers."""
    from annotator.gui.review.import_answers import is_answer_file, take_in  # noqa: PLC0415  # starting does not wait for it

    if all(map(is_answer_file, paths)):
        QTimer.singleShot(
            0, workbench, lambda: take_in(workbench, paths)
        )  # the drag source blocks until the drop returns
    else:
        workbench.open_path(paths[0])
