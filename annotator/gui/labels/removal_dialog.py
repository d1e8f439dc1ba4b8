"""The dialog that asks what becomes of the annotations of a removed label."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.app.labels.draft import LabelUsage


class Replacement(NamedTuple):
    """A label that replaces the removed one: its row number and name. Without a number annotations keep their key."""

    number: int | None
    name: str = ""


def ask_removal(
    parent: QWidget, name: str, *, key: str, usage: LabelUsage, replacements: Sequence[Replacement]
) -> Replacement | None:
    """Return which of `replacements` replaces the label `name` in its annotations, or None to keep the label."""
    dialog = _RemovalDialog(parent, name, key=key, usage=usage, replacements=replacements)
    return dialog.get_replacement() if dialog.exec() == QDialog.DialogCode.Accepted else None


class _RemovalDialog(QDialog):
    def __init__(
        self, parent: QWidget, name: str, *, key: str, usage: LabelUsage, replacements: Sequence[Replacement]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Remove a label"))
        self.setMinimumWidth(460)
        self._replacements = (Replacement(None), *replacements)
        said = QLabel(_('"{name}" is used: {annotations}. No annotation is lost.'), self)
        said.setText(said.text().format(name=name, annotations=usage.summary))
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        question = QLabel(_("What becomes of them?"), self)
        self._choice = QComboBox(self)
        self._choice.addItem(_('They stay as they are, in grey under "{key}"').format(key=key))
        for heir in replacements:
            self._choice.addItem(_('They become "{name}"').format(name=heir.name))
        self._choice.setAccessibleName(_("What becomes of them?"))
        question.setBuddy(self._choice)
        accept = QPushButton(_("Remove the label"), self)
        accept.setDefault(True)
        accept.clicked.connect(self.accept)
        refuse = QPushButton(_("Cancel"), self)
        refuse.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(refuse)
        buttons.addWidget(accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        for widget in (said, question, self._choice):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        self._choice.setFocus()

    def get_replacement(self) -> Replacement:
        """Return the current choice."""
        return self._replacements[self._choice.currentIndex()]
