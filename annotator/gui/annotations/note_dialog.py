"""A dialog that takes one note for many annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def ask_note(parent: QWidget, note: str | None, *, count: int) -> str | None:
    """Return the note that `count` annotations are to have, None where they keep their own.

    `note` is the one that they have now, None where they differ.
    """
    dialog = _NoteDialog(parent, note, count=count)
    return dialog.ask(dialog.note.toPlainText)


class _NoteDialog(Dialog):
    def __init__(self, parent: QWidget, note: str | None, *, count: int) -> None:
        title = ngettext("Note on {count} annotation", "Note on {count} annotations", count)
        super().__init__(parent, title.format(count=format_count(count)), size=(460, 220))
        self.note = QPlainTextEdit(note or "", self)
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName(title)
        self.note.selectAll()
        self.add_text(title)
        self.body.addWidget(self.note, 1)
        if note is None:
            self.add_text(_("They have different notes. What you write takes the place of all of them."), is_quiet=True)
        self.add_buttons(_("Save note"))
        self.note.setFocus()
