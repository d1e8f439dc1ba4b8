"""Dialog that shows the changes to be made before they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from annotator.core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


def ask_rows(parent: QWidget, title: str, *, rows: Sequence[str], consent: str, hint: str = "") -> list[int] | None:
    """Return the numbers of those of `rows` that the user wants changed, or None if the dialog is cancelled.

    All rows are checked at first.

    Args:
        parent: The parent widget.
        title: The title of the window.
        rows: A line of text for each change.
        consent: The text of the button that accepts.
        hint: A further explanation below the list.
    """
    dialog = _PreviewDialog(parent, title, rows=rows, consent=consent, hint=hint)
    return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None


class _PreviewDialog(QDialog):
    def __init__(self, parent: QWidget, title: str, *, rows: Sequence[str], consent: str, hint: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(720, 480)
        self._count = QLabel(self)
        self._list = QListWidget(self)
        self._list.setWordWrap(True)
        self._list.setAccessibleName(title)
        for row in rows:
            item = QListWidgetItem(row, self._list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self._list.itemChanged.connect(self._on_changed)
        self._accept = QPushButton(consent, self)
        self._accept.setDefault(True)
        self._accept.clicked.connect(self.accept)
        refuse = QPushButton(_("Cancel"), self)
        refuse.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self._count, 1)
        buttons.addWidget(refuse)
        buttons.addWidget(self._accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._list, 1)
        if hint:
            said = QLabel(hint, self)
            said.setWordWrap(True)
            said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            layout.addWidget(said)
        layout.addLayout(buttons)
        self._on_changed()

    def chosen(self) -> list[int]:
        """Return the numbers of the rows that are checked."""
        rows = range(self._list.count())
        return [row for row in rows if self._list.item(row).checkState() is Qt.CheckState.Checked]

    def _on_changed(self) -> None:
        count = len(self.chosen())
        text = ngettext("{count} sentence is chosen.", "{count} sentences are chosen.", count)
        self._count.setText(text.format(count=count))
        self._accept.setEnabled(count > 0)
