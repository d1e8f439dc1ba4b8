"""The main window with the article, empty panels and bars.

It is created first and shows the article's text while the rest of the program is still being loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenuBar,
    QStatusBar,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.article.view import ArticleView
from annotator.gui.mainwindow.dock_panel import DockPanel
from annotator.gui.widgets.text_label import make_window_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

_WIDTHS = {"documents": 250, "inspector": 290}
_AREAS = {
    "documents": Qt.DockWidgetArea.LeftDockWidgetArea,
    "inspector": Qt.DockWidgetArea.RightDockWidgetArea,
    "table": Qt.DockWidgetArea.BottomDockWidgetArea,
    "history": Qt.DockWidgetArea.BottomDockWidgetArea,
    "check": Qt.DockWidgetArea.BottomDockWidgetArea,
    "review": Qt.DockWidgetArea.BottomDockWidgetArea,
}
_TABLE_HEIGHT = 250
_ROW_HEIGHT = 12  # pixels; widgets closer than this are in one row of the focus order


class MainWindow(QMainWindow):
    """The main window; the layout `centre_layout` has room for messages over the article."""

    closing = Signal()
    dropped = Signal(list)
    language_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("annotator")
        self.can_close: Callable[[], bool] = lambda: True
        self.article = ArticleView(self)
        centre = QWidget(self)
        self.centre_layout = QVBoxLayout(centre)
        self.centre_layout.setContentsMargins(0, 0, 0, 0)
        self.centre_layout.setSpacing(0)
        self.centre_layout.addWidget(self.article, 1)
        self.setCentralWidget(centre)
        self.panels = {name: DockPanel(name, self) for name in _AREAS}
        for name, panel in self.panels.items():
            self.addDockWidget(_AREAS[name], panel)
        for name in ("history", "check", "review"):
            self.tabifyDockWidget(self.panels["table"], self.panels[name])
        for name in ("table", "history", "check", "review"):
            self.panels[name].hide()
        self.tool_bar = QToolBar(self)
        self.tool_bar.setObjectName("tools")
        self.tool_bar.setMovable(False)
        self.tool_bar.setIconSize(QSize(18, 18))
        self.tool_bar.setMinimumHeight(38)
        self.addToolBar(self.tool_bar)
        menus = QMenuBar(self)
        menus.addAction(" ")  # an empty menu bar would have no height, and the article would move when it is filled
        self.setMenuBar(menus)
        status = QStatusBar(self)
        status.setMinimumHeight(28)
        self.setStatusBar(status)
        self.setAcceptDrops(True)
        room = self.screen().availableGeometry().size()
        self.resize(QSize(1280, 860).boundedTo(room))

    def restore_layout(self, *, geometry: str, panels: str) -> None:
        """Restore `geometry` and `panels`, each as returned by `save_layout` or empty."""
        # Sizes first: a saved state overrides them.
        self.resizeDocks([self.panels[name] for name in _WIDTHS], list(_WIDTHS.values()), Qt.Orientation.Horizontal)
        self.resizeDocks([self.panels["table"]], [_TABLE_HEIGHT], Qt.Orientation.Vertical)
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        if panels:
            self.restoreState(QByteArray.fromBase64(panels.encode()))

    def save_layout(self) -> tuple[str, str]:
        """Return geometry and state of the panels as text, for `restore_layout`."""
        return _encode(self.saveGeometry()), _encode(self.saveState())

    def set_tool_bar_names(self, title: str, *, more: str) -> None:
        """Set the title of the tool bar and the accessible name of its overflow button."""
        self.tool_bar.setWindowTitle(make_window_title(title))
        button = self.tool_bar.findChild(QToolButton, "qt_toolbar_ext_button")
        if isinstance(button, QToolButton):
            button.setAccessibleName(more)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  # Qt's own
        found = _find_next_focus(self, step=1 if next else -1)
        if found is None:
            return super().focusNextPrevChild(next)
        found.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def go_to_region(self, step: int) -> None:
        """Give the focus to the next (1) or previous (-1) of article, strip, panels and toast."""
        regions = [region for region in _list_regions(self) if _stops_in(region) or region is self.article]
        focus = self.focusWidget()
        now = next((place for place, one in enumerate(regions) if one is focus or one.isAncestorOf(focus)), 0)
        region = regions[(now + step) % len(regions)]
        stop = region if region is self.article else _stops_in(region)[0]
        stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.language_changed.emit()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        places = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if places:
            self.dropped.emit(places)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.can_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)


def _encode(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode()


def _find_next_focus(window: MainWindow, *, step: int) -> QWidget | None:
    """Return the widget after (`step` 1) or before (-1) the focused one, wrapping around at the ends."""
    order = list(dict.fromkeys(_focus_order(window)))
    now = window.focusWidget()
    if now in order:
        return order[(order.index(now) + step) % len(order)]
    return order[0] if order else None


def _focus_order(window: MainWindow) -> Iterator[QWidget]:
    docks = [dock for dock in window.findChildren(QDockWidget) if dock.isVisible() and not dock.isFloating()]
    first = [window.panels["inspector"], window.panels["documents"]]
    docks.sort(key=lambda dock: first.index(dock) if dock in first else len(first))
    yield from _find_overlay_stops(window, "strip")
    yield from _filter_tab_stops([window.article])
    bodies, titles = [dock.widget() for dock in docks], [dock.titleBarWidget() for dock in docks]
    for area in (*bodies, window.centralWidget(), *titles):
        yield from _stops_in(area)


def _list_regions(window: MainWindow) -> list[QWidget]:
    """Return what F6 goes through, in order."""
    strip, toast = (window.findChild(QWidget, name) for name in ("strip", "toast"))
    docks = [window.panels[name] for name in ("documents", "inspector", "table", "history", "check", "review")]
    shown = [dock for dock in docks if not dock.visibleRegion().isEmpty()]
    return [window.article, *(one for one in (strip, *shown, toast) if one is not None and one.isVisible())]


def _find_overlay_stops(window: MainWindow, name: str) -> list[QWidget]:
    overlay = window.findChild(QWidget, name)
    return _stops_in(overlay) if overlay is not None and overlay.isVisible() else []


def _stops_in(area: QWidget | None) -> list[QWidget]:
    """Return the visible widgets in `area` that take the focus, row by row."""
    if area is None:
        return []

    def place(widget: QWidget) -> tuple[int, int]:
        middle = widget.mapTo(area, QPoint(0, widget.height() // 2))
        return middle.y() // _ROW_HEIGHT, middle.x()

    return _filter_tab_stops([area, *sorted(area.findChildren(QWidget), key=place)])


def _filter_tab_stops(widgets: Iterable[QWidget]) -> list[QWidget]:
    """Return those of `widgets` that Tab stops at."""
    return [
        one
        for one in widgets
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus.value
        and one.focusProxy() is None
        and one.isVisible()
        and one.isEnabled()
    ]
