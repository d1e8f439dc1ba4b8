"""Dialog that shows the changes to be made before they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from annotator.core.i18n import ngettext
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.widgets.text_label import PlainLabel

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
    return dialog.ask(dialog.chosen)


class _PreviewDialog(Dialog):
    def __init__(self, parent: QWidget, title: str, *, rows: Sequence[str], consent: str, hint: str) -> None:
        super().__init__(parent, title, size=(720, 480))
        self._count = PlainLabel(self)
        self._list = QListWidget(self)
        self._list.setWordWrap(True)
        self._list.setAccessibleName(title)
        for row in rows:
            item = QListWidgetItem(row, self._list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self._list.itemChanged.connect(self._on_changed)
        self.body.addWidget(self._list, 1)
        if hint:
            self.add_text(hint, is_quiet=True)
        self.foot.insertWidget(0, self._count)
        self.add_buttons(consent)
        self._on_changed()

    def chosen(self) -> list[int]:
        """Return the numbers of the rows that are checked."""
        rows = range(self._list.count())
        return [row for row in rows if self._list.item(row).checkState() is Qt.CheckState.Checked]

    def _on_changed(self) -> None:
        count = len(self.chosen())
        text = ngettext("{count} sentence is chosen.", "{count} sentences are chosen.", count)
        self._count.setText(text.format(count=count))
        self.accept_button.setEnabled(count > 0)
