"""List whose rows are added, removed and moved by buttons and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.widgets.key_places import parse_key
from annotator.gui.widgets.text_label import make_tooltip

if TYPE_CHECKING:
    from annotator.gui.theme.theme import Theme


def list_stylesheet(theme: Theme) -> str:
    """Return the style sheet for fields and lists of a dialog."""
    return f"""
        QLineEdit {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 7px;
            background: {theme.field}; }}
        QLineEdit:focus {{ border-color: {theme.accent}; }}
        QComboBox {{ min-height: 23px; }}
        QListWidget {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px;
            background: {theme.field}; }}
        QListWidget:focus {{ border-color: {theme.accent}; }}
        QListWidget::item {{ padding: 4px 6px; border-radius: 5px; }}
        QListWidget::item:selected {{ background: {theme.selection}; color: {theme.ink}; }}
    """


class EditableList(QWidget):
    """A list with buttons; it requests changes by signals, and its owner applies them and fills it again."""

    chosen = Signal(int)  # the row, or -1
    added = Signal()
    removed = Signal()
    moved = Signal(int)  # number of rows, negative upwards

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = QListWidget(self)
        self.rows.setAccessibleName(name)
        self.rows.setSpacing(2)
        self.add = QPushButton(_("Add"), self)
        self._remove = QPushButton(_("Remove"), self)
        self._up, self._down = QPushButton("↑", self), QPushButton("↓", self)
        for button, title, key in ((self._up, _("Move up"), "Alt+Up"), (self._down, _("Move down"), "Alt+Down")):
            button.setAccessibleName(title)
            shown = parse_key(key).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(make_tooltip(f"{title} ({shown})"))
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.add, self._remove, self._up, self._down):
            button.setStyleSheet("QPushButton { padding: 5px 9px; }")
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.rows, 1)
        layout.addLayout(buttons)
        self.rows.currentRowChanged.connect(self.chosen)
        self.add.clicked.connect(self.added)
        self._remove.clicked.connect(self.removed)
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))
        QShortcut(parse_key("Alt+Up"), self.window(), lambda: self.moved.emit(-1))
        QShortcut(parse_key("Alt+Down"), self.window(), lambda: self.moved.emit(1))
        delete = QShortcut(parse_key("Del"), self.rows, self.removed.emit)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)

    def fill(self, count: int, *, place: int) -> None:
        """Show `count` blank rows with the one at `place` selected."""
        self.rows.blockSignals(True)  # noqa: FBT003  # Qt takes no keyword
        self.rows.clear()
        for _row in range(count):
            self.rows.addItem(QListWidgetItem())
        self.rows.setCurrentRow(min(place, count - 1))
        self.rows.blockSignals(False)  # noqa: FBT003
        self.chosen.emit(self.rows.currentRow())

    def update_buttons(self) -> None:
        """Enable the buttons that apply to the selected row."""
        place, count = self.rows.currentRow(), self.rows.count()
        self._remove.setEnabled(place >= 0)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < count - 1)
