"""Drives the window as a user does and reads what it shows.

Tests name actions, panels and what is seen in them; only this module depends on the parts of the window.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from dialog_driver import find_child, in_dialog
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from annotator.app.preferences.settings import Settings
from annotator.app.session.session import Session
from annotator.gui.dialogs import progress
from annotator.gui.documents.external_changes import ExternalChanges
from annotator.gui.documents.stray_sidecars import StraySidecars
from annotator.gui.help.tour import Tour
from annotator.gui.main import _show_first_page as show_first_picture
from annotator.gui.mainwindow import status_bar
from annotator.gui.mainwindow.window import MainWindow
from annotator.gui.messages import card, toasts
from annotator.gui.messages.key_button import KeyButton
from annotator.gui.messages.message import MessageKind
from annotator.gui.messages.message_list import MessageList
from annotator.gui.messages.strips import Strips
from annotator.gui.review.import_answers import take_in
from annotator.gui.widgets.label_chips import ChipLine
from annotator.gui.workbench.startup import build_workbench
from annotator.gui.workbench.workbench import Workbench
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pytest
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QAccessibleInterface, QAccessibleTextInterface, QImage
    from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QMenuBar
    from pytestqt.qtbot import QtBot

    from annotator.core.annotation_set import AnnotationSet
    from annotator.gui.actions.action import Action
    from annotator.gui.mainwindow.context import Feature
    from annotator.gui.mainwindow.dock_panel import DockPanel
    from annotator.gui.messages.message import MessageAction, Question
    from annotator.gui.messages.toasts import ProgressToast
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.threads import Worker

Q = TypeVar("Q", bound=QObject)
T = TypeVar("T", bound="Feature")
_NEVER = 3_600_000  # milliseconds


class Clock:
    """Predictable times and ids."""

    def __init__(self) -> None:
        self._ids = 0

    def now(self) -> str:
        """Return the same time on each call."""
        return "2026-05-13T09:12:44+07:00"

    def new_id(self) -> str:
        """Return `id0001` and so on."""
        self._ids += 1
        return f"id{self._ids:04}"


@dataclass
class PanelDriver:
    """A panel at the side of the window."""

    _panel: DockPanel

    def is_shown(self) -> bool:
        """Return whether the panel is shown, possibly behind another one in the same place."""
        return self._panel.isVisible()

    def is_in_front(self) -> bool:
        """Return whether any part of the panel is visible."""
        return not self._panel.widget().visibleRegion().isEmpty()

    def has_focus(self) -> bool:
        """Return whether the focus is in the panel."""
        return self._panel.isAncestorOf(self._panel.window().focusWidget())

    def title(self) -> str:
        """Return the title."""
        return self._panel.windowTitle()

    def hide(self) -> None:
        """Hide the panel."""
        self._panel.hide()

    def find(self, kind: type[Q], name: str = "") -> Q:
        """Return the first child of a class, with this object name if one is given."""
        return find_child(self._panel, kind, name)

    def find_all(self, kind: type[Q], name: str = "") -> list[Q]:
        """Return the children of a class, with this object name if one is given."""
        return _find_all(self._panel, kind, name)

    def texts(self) -> list[str]:
        """Return the texts of the visible labels."""
        return [one.text() for one in self.find_all(QLabel) if one.isVisible()]

    def chips(self) -> list[str]:
        """Return the accessible texts of the visible lines of label chips."""
        return [one.accessibleName() for one in self.find_all(ChipLine) if one.isVisible()]

    def buttons(self, text: str) -> list[QPushButton]:
        """Return the visible buttons with this text."""
        return [one for one in self.find_all(QPushButton) if one.text() == text and one.isVisible()]

    def rows(self, column: int = 0) -> list[str]:
        """Return the accessible texts of a column of the list, from top to bottom."""
        return spoken_rows(self.find(QAbstractItemView).model(), column)


@dataclass
class MessageListDriver:
    """The list of recent messages."""

    _popup: MessageList

    def rows(self) -> list[str]:
        """Return what a screen reader says of each message, the newest first."""
        return [one.accessibleName() for one in self._popup.findChildren(QFrame, "message-row")]

    def texts(self) -> list[str]:
        """Return all texts, from top to bottom."""
        labels = [one for one in self._popup.findChildren(QLabel) if one.text()]
        places = {one: one.mapTo(self._popup, QPoint(0, 0)) for one in labels}
        return [one.text() for one in sorted(labels, key=lambda one: (places[one].y(), places[one].x()))]

    def actions(self) -> list[str]:
        """Return what can be done still."""
        return [one.label for one in self._popup.findChildren(KeyButton)]

    def run(self, text: str) -> None:
        """Press the button with this text."""
        next(one for one in self._popup.findChildren(KeyButton) if one.label == text).click()

    def press(self, *keys: str) -> None:
        """Press keys in the row that has the focus."""
        for key in keys:
            QTest.keySequence(self._popup.focusWidget(), key)

    def is_open(self) -> bool:
        """Return whether it is shown."""
        return self._popup.isVisible()


@dataclass
class WindowDriver:
    """The window on a folder: presses its keys, reads its texts and files."""

    _bench: Workbench
    folder: Path
    qtbot: QtBot

    # Keys and the mouse

    def press(self, *keys: str) -> None:
        """Press keys, in Qt's notation, in the widget that has the focus."""
        for key in keys:
            QTest.keySequence(self.window.focusWidget() or self.window, key)

    def click(self, words: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Click on the first letter of `words` in the article."""
        QTest.mouseClick(self.viewport(), button, pos=self.place(words))

    def answer(self, button: str) -> None:
        """Press `button` in the dialog that the next action shows."""

        def press(box: QDialog) -> None:
            next(one for one in box.findChildren(QPushButton) if one.text().replace("&", "") == button).click()

        in_dialog(press)

    def run(self, action: str) -> None:
        """Run the action with this id, as its menu entry does."""
        self._bench.run(action)

    # The window

    @property
    def window(self) -> MainWindow:
        """The window itself."""
        return self._bench.window

    def title(self) -> str:
        """Return the title of the window."""
        return self.window.windowTitle()

    def is_open(self) -> bool:
        """Return whether the window is shown."""
        return self.window.isVisible()

    def is_active(self) -> bool:
        """Return whether the window is active."""
        return self.window.isActiveWindow()

    def activate(self) -> None:
        """Activate the window, as a window manager does when a dialog closes."""
        self.window.activateWindow()

    def resize(self, width: int, height: int) -> None:
        """Resize the window."""
        self.window.resize(width, height)

    def close(self) -> None:
        """Close the window as a user does; it may ask first."""
        self.window.close()

    def close_at_once(self) -> None:
        """Close the window without any question."""
        _release(self.window)
        self.window.close()

    def reopen(self) -> WindowDriver:
        """Close this window and open another one on the same folder."""
        self.window.close()
        return open_window(self.folder, self.qtbot)

    def focus(self) -> QWidget:
        """Return the widget that has the focus."""
        return self.window.focusWidget()

    def find(self, kind: type[Q], name: str = "") -> Q:
        """Return the first child of the window of a class, with this object name if one is given."""
        return find_child(self.window, kind, name)

    def find_all(self, kind: type[Q], name: str = "") -> list[Q]:
        """Return the children of the window of a class, with this object name if one is given."""
        return _find_all(self.window, kind, name)

    def menu_bar(self) -> QMenuBar:
        """Return the menu bar."""
        return self.window.menuBar()

    def notice(self) -> str:
        """Return the messages of all strips that wait and of the toast, empty if there is none."""
        asked = [question.message for question in self._bench.strips.questions]
        return "\n".join([*asked, *([self._bench.toasts.text] if self._bench.toasts.text else [])])

    def dismiss_notice(self) -> None:
        """Close the toast and the strips, as Esc does."""
        self._bench.toasts.close()
        for question in self._bench.strips.questions:
            self._bench.strips.close(question.message)

    def offers(self) -> list[KeyButton]:
        """Return the visible buttons of strip and toast that do something about a message."""
        found = self.window.findChildren(KeyButton, "offer")
        return [one for one in found if one.isVisible() and not one.accessibleName().endswith("(Esc)")]

    def offer(self, text: str = "") -> KeyButton:
        """Return the only button of strip and toast, or the one with this text, or text and key."""
        (found,) = [one for one in self.offers() if text in {"", one.label, one.accessibleName()}]
        return found

    def choose_in_offer_menu(self, text: str, *, entry: str) -> list[str]:
        """Choose `entry` in the menu that a right click on a button of the toast opens; return all its entries."""
        button = self.offer(text)
        middle = button.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, button.mapToGlobal(middle))
        QApplication.sendEvent(button, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found = {one.text(): one for one in menu.actions()}
        found[entry].trigger()
        menu.close()
        return list(found)

    @contextmanager
    def recent_messages(self) -> Iterator[MessageListDriver]:
        """Open the list of recent messages by its key and close it afterwards."""
        self.press("Ctrl+Shift+M")
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, MessageList)
        yield MessageListDriver(popup)
        popup.close()

    def bell(self) -> str:
        """Return the accessible name of the bell, which tells how many messages went unread."""
        return find_child(self.window, QToolButton, "bell").accessibleName()

    def show_toast(
        self,
        text: str,
        *,
        kind: MessageKind = MessageKind.DONE,
        action: MessageAction | None = None,
        repeated: Callable[[int], str] | None = None,
    ) -> None:
        """Show a toast, as a feature does."""
        self._bench.toasts.show(text, kind=kind, action=action, repeated=repeated)

    def start_progress(self, text: str, *, stop: Callable[[], object]) -> ProgressToast:
        """Show that work goes on, as a feature does."""
        return self._bench.toasts.start_progress(text, stop=stop)

    def toast(self) -> str:
        """Return the text of the toast, empty if there is none."""
        return self._bench.toasts.text

    def overlay(self, name: str) -> QWidget:
        """Return the widget of the `strip` or the `toast`."""
        return find_child(self.window, QWidget, name)

    def strip_colour(self) -> str:
        """Return the colour of the left edge of the strip."""
        strip = self.overlay("strip")
        return strip.grab().toImage().pixelColor(1, strip.height() // 2).name()

    def ask(self, question: Question) -> None:
        """Ask a question in the strip, as a feature does."""
        self._bench.strips.ask(question)

    def strip(self) -> str:
        """Return the sentence of the strip, empty if there is none."""
        return next((question.text for question in self._bench.strips.questions), "")

    def dismiss_toast(self) -> None:
        """Close the toast."""
        self._bench.toasts.close()

    def press_toast(self, text: str) -> None:
        """Press the button of the toast, which has this text."""
        (button,) = [one for one in self.find_all(QPushButton) if one.isVisible() and one.text() == text]
        button.click()

    def strip_choices(self) -> list[tuple[str, str]]:
        """Return the texts and keys of the answers to the question that is shown."""
        shown = self._bench.strips.questions[:1]
        return [(choice.text, choice.key) for question in shown for choice in question.all_choices]

    def is_enabled(self, action: str) -> bool:
        """Return whether the menu entry of an action can be chosen now."""
        return find_child(self.window, QAction, action).isEnabled()

    def status(self) -> str:
        """Return the hint in the status bar, or else the text of the toast."""
        return self._bench.status.currentMessage() or self._bench.toasts.text

    def status_parts(self, *names: str) -> list[str]:
        """Return those named of the permanent texts of the status bar: `saved`, `place`, `share`, `who`."""
        return [find_child(self._bench.status, QLabel, name).text() for name in names]

    def is_panel_shown(self, name: str) -> bool:
        """Return whether a panel is shown, possibly behind another one in the same place."""
        return self.panel(name).is_shown()

    def panel(self, name: str) -> PanelDriver:
        """Return a panel: `documents`, `inspector`, `table`, `history`, `check` or `review`."""
        return PanelDriver(self.window.panels[name])

    def document_list(self) -> QAbstractItemView:
        """Return the list of documents."""
        return self._bench.documents.view

    def note(self) -> QPlainTextEdit:
        """Return the note editor of the current sentence."""
        return self._bench.inspector.note

    def inspector(self) -> QWidget:
        """Return the contents of the panel of the current sentence."""
        return self._bench.inspector

    def reveal(self, part: QWidget) -> None:
        """Scroll the inspector until a part of it is visible."""
        self._bench.inspector.ensureWidgetVisible(part)

    def refresh(self) -> None:
        """Update the panels at once instead of after a pause between keys."""
        self._bench.refresh()

    # The article

    @property
    def article(self) -> QAbstractScrollArea:
        """The article."""
        return self._bench.article

    def is_article_focused(self) -> bool:
        """Return whether the article has the focus."""
        return self.article.hasFocus()

    def focus_article(self) -> None:
        """Give the article the focus."""
        self.article.setFocus()

    def viewport(self) -> QWidget:
        """Return the widget in which the article is painted."""
        return self.article.viewport()

    def picture(self) -> QImage:
        """Return a screenshot of the article."""
        return self.viewport().grab().toImage()

    def place(self, words: str) -> QPoint:
        """Return the position of the first letter of `words` in the article's viewport, as a screen reader gets it."""
        rect: QRect = self.accessible_text().characterRect(self.text().index(words))
        return self.viewport().mapFromGlobal(rect.center())

    def line_height(self, words: str) -> float:
        """Return the height in pixels of the line in which `words` begin."""
        scene = self._bench.article.scene
        assert scene is not None
        box = scene.character_rect(scene.page.text.index(words))
        assert box is not None
        return float(box.height())

    def scroll_position(self) -> float:
        """Return the scroll position of the article."""
        return self._bench.article.scroll_position()

    def zoom(self) -> float:
        """Return the zoom factor of the article, 1 for the usual size."""
        return self._bench.article.zoom

    def accessible_article(self) -> QAccessibleInterface:
        """Return the accessible interface of the article."""
        return QAccessible.queryAccessibleInterface(self.article)

    def accessible_text(self) -> QAccessibleTextInterface:
        """Return the text of the article as a screen reader gets it."""
        return self.accessible_article().textInterface()

    def context_menu(self, words: str) -> QMenu:
        """Open the context menu at `words`."""
        self._bench.article.context_menu_requested.emit(self.text().index(words), QPoint(10, 10))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    # Actions and looks

    @property
    def settings(self) -> Settings:
        """The settings in use."""
        return self._bench.settings

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._bench.theme

    @property
    def language(self) -> str:
        """The language in use."""
        return self._bench.language

    def choose_look(self, *, face: str | None = None, theme: str | None = None, language: str | None = None) -> None:
        """Use another face, theme or language, as the preferences do."""
        self._bench.set_appearance(face=face, theme=theme, language=language)

    def actions(self) -> Sequence[Action]:
        """Return all actions in the order of their menus, with the shortcuts in use."""
        return self._bench.actions.all_actions()

    def shipped_actions(self) -> Sequence[Action]:
        """Return all actions with their default shortcuts."""
        return self._bench.actions.shipped_actions()

    def update_actions(self) -> None:
        """Enable and check each action as when its menu opens."""
        self._bench.actions.update_enabled()

    def set_keys(self, keys: dict[str, list[str]]) -> None:
        """Change the shortcuts of actions."""
        self.settings.keys = keys
        self._bench.actions.rebind()

    # Documents and decisions

    @property
    def session(self) -> Session:
        """The session behind the window, for changes that do not come from the user."""
        return self._bench.session

    @property
    def worker(self) -> Worker:
        """The worker of the window."""
        return self._bench.worker

    def open_path(self, path: Path, *others: Path) -> bool:
        """Open a folder or documents and return whether that succeeded."""
        return self._bench.open_path(path, *others)

    def open_row(self, row: int) -> None:
        """Open the document in this row of the list."""
        self._bench.open_row(row)

    def path(self) -> Path | None:
        """Return the open document, or None."""
        return self.session.path

    def text(self) -> str:
        """Return the text of the open document."""
        assert self.session.document is not None
        return self.session.document.text

    def has_document(self) -> bool:
        """Return whether a document is open."""
        return self.session.document is not None

    def is_counted(self) -> bool:
        """Return whether the sentences of the open document are counted."""
        return self.session.reading is not None and self.session.reading.is_counted

    def go_to(self, offset: int) -> None:
        """Make the sentence at `offset` the current one."""
        assert self.session.reading is not None
        self.session.go_to(self.session.reading.find_sentence_at(offset))

    def has_current(self) -> bool:
        """Return whether there is a current sentence."""
        return self.session.current is not None

    def current(self) -> str:
        """Return the text of the current sentence."""
        assert self.session.current is not None
        return self.text()[slice(*self.session.current.span)]

    def documents(self) -> list[str]:
        """Return the names in the list of documents."""
        model = self.document_list().model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def spoken_documents(self) -> list[str]:
        """Return the accessible texts of the list of documents."""
        return spoken_rows(self.document_list().model())

    def current_document(self) -> str:
        """Return the name in the current row of the list of documents."""
        return str(self.document_list().currentIndex().data())

    def label_keys(self) -> list[str]:
        """Return the keys of the labels in use."""
        return [label.key for label in self.session.labels]

    def state(self) -> AnnotationSet:
        """Return all decisions on the open document."""
        return self.session.state

    def steps(self) -> int:
        """Return the number of steps that can be undone."""
        return len(self.session.history.done)

    def read_only(self) -> str:
        """Return why the document is read-only, empty if it can be edited."""
        return self.session.read_only

    def forbid(self, reason: str) -> None:
        """Make the document read-only."""
        self.session.set_read_only(reason)

    def take_in(self, *paths: Path) -> None:
        """Import review files as if they had been chosen in the file dialog."""
        take_in(self._bench, paths)

    def follow_files(self) -> None:
        """Watch the files of the document, as the window does soon after it has opened."""
        follower = self._feature(ExternalChanges)
        self.qtbot.waitUntil(lambda: follower.is_idle)

    def follow_strays(self) -> None:
        """Look for files that look like sidecars and are not paired, as the window does soon after it has opened."""
        self._feature(StraySidecars)

    def labels_at(self, path: Path) -> list[str]:
        """Save everything and return the labels in the sidecar of the article at `path`, in order."""
        assert self.save()
        found = yaml.safe_load(path.with_name(f"{path.name}.annotations.yaml").read_text("utf-8"))
        return [label for one in found["annotations"] for label in one["labels"]]

    def start_tour(self, *, is_asked: bool) -> None:
        """Start the tour, as by its menu entry or as at the first start."""
        self._feature(Tour).start(is_asked=is_asked)

    # On disk

    @property
    def sidecar(self) -> Path:
        """The sidecar of the first article."""
        return self.folder / "a.txt.annotations.yaml"

    def save(self) -> bool:
        """Save everything now and return whether that succeeded."""
        return self.session.save_now()

    def save_typed(self) -> bool:
        """Save everything with what is being typed, as when the session ends; return whether that succeeded."""
        return self._bench.save_typed()

    def is_saved(self) -> bool:
        """Return whether everything is saved."""
        return self.session.is_saved

    def saved(self) -> dict[str, Any]:
        """Save everything and return the contents of the sidecar."""
        assert self.save()
        found: dict[str, Any] = yaml.safe_load(self.sidecar.read_text("utf-8"))
        return found

    def labels(self) -> list[tuple[str, list[str]]]:
        """Return text and labels of all annotations in the sidecar."""
        return [(one["text"], one["labels"]) for one in self.saved()["annotations"]]

    def _feature(self, kind: type[T]) -> T:
        return self._bench.feature(kind)


@dataclass
class FirstPaint:
    """The window before the workbench is loaded: the article's text, and the result of its start."""

    window: MainWindow

    def text(self) -> str:
        """Return the text on the page."""
        scene = self.window.article.scene
        assert scene is not None
        return scene.page.text

    def scroll_position(self) -> float:
        """Return the scroll position of the article."""
        return self.window.article.scroll_position()

    def notice(self) -> str:
        """Return the messages of the strips that wait once there are any."""
        return "\n".join(one.message for strips in self.window.findChildren(Strips) for one in strips.questions)

    def close(self) -> None:
        """Close the window."""
        self.window.close()


def show_first_paint(qtbot: QtBot, settings: Settings, path: Path) -> FirstPaint:
    """Show the window as at the first paint of the program on `path`."""
    window = MainWindow()
    qtbot.addWidget(window)
    show_first_picture(window, settings, path)
    window.show()
    return FirstPaint(window)


def start_program(qtbot: QtBot, settings: Settings, path: Path) -> FirstPaint:
    """Start the program's window on `path`: the first paint, then the workbench."""
    first = show_first_paint(qtbot, settings, path)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    build_workbench(application, first.window, settings, [path])
    return first


def disable_timeouts(patch: pytest.MonkeyPatch) -> None:
    """Show no progress dialog, let no message time out or fade: all that depends on the speed of the machine."""
    patch.setattr(progress, "DIALOG_DELAY_MS", _NEVER)
    patch.setattr(status_bar, "MESSAGE_TIMEOUT_MS", _NEVER)
    show_toasts_for(_NEVER, patch)
    patch.setattr(card, "FADE_MS", 0)


def show_toasts_for(milliseconds: int, patch: pytest.MonkeyPatch) -> None:
    """Let toasts go by themselves after that time."""
    for name in ("SHOWN_MS", "SHOWN_WITH_ACTION_MS"):
        patch.setattr(toasts, name, milliseconds)


def fade_toasts(patch: pytest.MonkeyPatch) -> None:
    """Let toasts and strips appear and go slowly, as they do for a user."""
    patch.setattr(card, "FADE_MS", 60)


def show_messages_for(milliseconds: int, patch: pytest.MonkeyPatch) -> None:
    """Let the temporary message in the status bar time out."""
    patch.setattr(status_bar, "MESSAGE_TIMEOUT_MS", milliseconds)


def show_progress_after(milliseconds: int, patch: pytest.MonkeyPatch) -> None:
    """Show progress dialogs once work has taken that long."""
    patch.setattr(progress, "DIALOG_DELAY_MS", milliseconds)


def show_progress_at_once(patch: pytest.MonkeyPatch) -> None:
    """Show progress dialogs as soon as work begins."""
    show_progress_after(0, patch)


def empty_window(
    qtbot: QtBot, *, settings: Settings, now: Callable[[], str], new_id: Callable[[], str], folder: Path
) -> WindowDriver:
    """Return a window with nothing open and not shown yet; it is closed after the test without any question."""
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=_release)
    session = Session(load_builtin_labels(), author="mai", now=now, new_id=new_id)
    return WindowDriver(Workbench(window, session, settings), folder, qtbot)


def open_window(place: Path, qtbot: QtBot, settings: Settings | None = None) -> WindowDriver:
    """Open the window on a folder or a document, with the focus on the article."""
    clock = Clock()
    settings = settings or Settings(language="en", theme="light")
    driver = empty_window(qtbot, settings=settings, now=clock.now, new_id=clock.new_id, folder=place)
    driver.resize(1280, 860)  # the offscreen platform has a smaller screen than any real one
    driver.open_path(place)
    with qtbot.waitExposed(driver.window):
        driver.window.show()
    driver.activate()
    driver.focus_article()
    qtbot.waitUntil(driver.is_article_focused)
    return driver


def spoken_rows(model: QAbstractItemModel, column: int = 0) -> list[str]:
    """Return the accessible texts of a column of a list, from top to bottom."""
    role = int(Qt.ItemDataRole.AccessibleTextRole)
    return [str(model.index(row, column).data(role)) for row in range(model.rowCount())]


def _release(window: MainWindow) -> None:
    window.can_close = lambda: True


def _find_all(parent: QObject, kind: type[Q], name: str) -> list[Q]:
    return parent.findChildren(kind, name) if name else parent.findChildren(kind)
