"""Dock widget with a plain title bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QPushButton, QToolButton, QWidget

from annotator.core.i18n import _
from annotator.gui.widgets.text_label import PlainLabel, make_window_title


class DockPanel(QDockWidget):
    """A panel that can be hidden, moved and detached."""

    def __init__(self, name: str, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setWidget(QWidget(self))
        self._title = PlainLabel(self)
        self._hide_button = QToolButton(self)
        self._hide_button.setText("×")
        self._hide_button.setAutoRaise(True)
        self._hide_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hide_button.clicked.connect(self.hide)
        bar = QWidget(self)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(14, 7, 6, 5)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._hide_button)
        bar.setObjectName("panel-title")
        self.setTitleBarWidget(bar)

    def set_title(self, title: str) -> None:
        """Set the title."""
        self.setWindowTitle(make_window_title(title))
        self._title.setText(title)
        self._hide_button.setToolTip(_("Hide this panel"))
        self._hide_button.setAccessibleName(f"{_('Hide this panel')}: {title}")


def enable_enter_key(window: QMainWindow) -> None:
    """Make Enter press the buttons in the window's panels and bars, as it does in dialogs."""
    for button in window.findChildren(QPushButton):
        button.setAutoDefault(True)
