"""The panel of the search in all documents: field, count, list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.search.find_strip import FindField
from annotator.gui.search.result_list import HitDelegate, HitModel
from annotator.gui.widgets.layouts import row_of_widgets
from annotator.gui.widgets.row_views import RowList
from annotator.gui.widgets.text_label import PlainLabel
from annotator.search.find import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from annotator.app.search import SearchHit
    from annotator.gui.theme.theme import Theme


class WorkspaceSearchPanel(QWidget):
    """A search field and a list; arrow keys in the field choose a row, Enter opens it, Escape leaves."""

    typed = Signal(str)
    chosen = Signal(int)
    stopped = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("folder-find")
        self.model = HitModel(self)
        self.field = FindField(self)
        self.field.setObjectName("folder-find-field")
        self.field.setMaxLength(LONGEST)
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(420)
        self._count = PlainLabel(self)
        self._count.setObjectName("folder-find-count")
        self._stop = QPushButton(self)
        self._stop.hide()
        self.view = RowList(self.model, HitDelegate(theme, self.model), self)
        self.view.setMouseTracking(True)
        self.view.viewport().setAutoFillBackground(False)
        head = row_of_widgets((self.field, 4), self._count, self._stop, 1, margins=(14, 4, 14, 6), spacing=10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        self.field.textChanged.connect(self.typed)
        self.field.entered.connect(lambda _by: self._choose(max(0, self.view.currentIndex().row())))
        self.field.moved.connect(self._move)
        self.field.left.connect(self.left)
        self._stop.clicked.connect(self.stopped)
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)

    def edit(self, words: str) -> None:
        """Put `words` into the field, selected, so that typing replaces them."""
        with QSignalBlocker(self.field):
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self, hits: Sequence[SearchHit]) -> None:
        """Append `hits`; the very first is selected, so that Enter opens it."""
        self.model.add(hits)
        if hits and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))

    def set_count(self, text: str, *, is_searching: bool) -> None:
        """Show how many sentences were found so far; offer to stop while the search is running."""
        self._count.setText(text)
        self._count.setAccessibleName(text)
        self._stop.setVisible(is_searching)

    def apply_theme(self, theme: Theme, *, labels: Mapping[str, str]) -> None:
        """Use the theme and the language; `labels` are names by key."""
        self.model.names = dict(labels)
        self.view.set_theme(theme)
        self.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 8px;"
            f" background: {theme.field}; }}"
            f"QLineEdit:focus {{ border-color: {theme.accent}; }}"
            f"QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 14px;"
            f" background: {theme.field}; }}"
            f"QPushButton:focus {{ border-color: {theme.accent}; }}"
            f"#folder-find-count {{ color: {theme.muted}; }}"
        )
        self._stop.setText(_("Stop"))
        self.field.setPlaceholderText(_("Find in all documents"))
        self.field.setAccessibleName(_("Find in all documents"))
        self.field.setToolTip(_("Accents and case only matter where you type them."))
        self.field.setAccessibleDescription(self.field.toolTip())
        self.view.setAccessibleName(_("Sentences that were found"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        row = max(0, min(self.view.currentIndex().row() + by, self.model.rowCount() - 1))
        self.view.setCurrentIndex(self.model.index(row))

    def _choose(self, row: int) -> None:
        if row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row))
            self.chosen.emit(row)

    def _on_chosen(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())
