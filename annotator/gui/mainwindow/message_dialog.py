"""Dialogs that say something or ask a question of two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStyle, QVBoxLayout

from annotator.core.i18n import _
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.widgets.text_label import PlainLabel, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

Icon = QStyle.StandardPixmap
_MOST_LINES, _MOST_LETTERS = 6, 600  # of a text that is shown whole; a longer one scrolls
_DETAIL_LINES = 9
_WIDTH, _ICON = 480, 40  # pixels


def ask_consent(parent: QWidget, title: str, *, text: str, consent: str, refuse: str, hint: str = "") -> bool:
    """Return whether the user presses the button `consent`; Enter and Escape press `refuse`.

    `hint` is a further explanation under `text`. Both may be long: what has no room scrolls.
    """
    dialog = MessageDialog(parent, title, text=text, hint=hint, icon=Icon.SP_MessageBoxWarning)
    dialog.add_buttons(consent, cancel=refuse)
    dialog.cancel_button.setDefault(True)
    dialog.cancel_button.setFocus()
    return dialog.ask(lambda: True) is not None


def show_message(parent: QWidget, title: str, *, text: str, icon: Icon = Icon.SP_MessageBoxWarning) -> None:
    """Show `text` until the user closes the dialog."""
    dialog = MessageDialog(parent, title, text=text, icon=icon)
    dialog.add_buttons("", cancel=_("Close"))
    dialog.ask(lambda: None)


class MessageDialog(Dialog):
    """A message beside an icon; of a long one the first line, and the rest in a box that scrolls."""

    def __init__(self, parent: QWidget | None, title: str, *, text: str, icon: Icon, hint: str = "") -> None:
        super().__init__(parent, title, size=(_WIDTH, 0))
        self._text = f"{text}\n{hint}".strip()
        picture = PlainLabel(self)
        picture.setPixmap(self.style().standardIcon(icon, None, self).pixmap(_ICON))
        words = QVBoxLayout()
        words.setSpacing(10)
        lines = text.split("\n")
        is_long = len(lines) > _MOST_LINES or len(text) > _MOST_LETTERS
        first, rest = (lines[0], lines[1:]) if is_long else (text, [])
        if len(first) > _MOST_LETTERS:
            first, rest = f"{first[:_MOST_LETTERS]}…", lines
        words.addWidget(TextLabel(first, self))
        if rest:
            words.addWidget(self._build_detail("\n".join(rest).strip("\n")), 1)
        if hint:
            words.addWidget(TextLabel(hint, self, is_quiet=True))
        words.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self._text)

    def _build_detail(self, text: str) -> QPlainTextEdit:
        detail = QPlainTextEdit(text, self)
        detail.setReadOnly(True)
        detail.setTabChangesFocus(True)
        detail.setAccessibleName(_("Details"))
        detail.setFixedHeight(_DETAIL_LINES * detail.fontMetrics().lineSpacing())
        return detail

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
