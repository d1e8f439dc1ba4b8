"""The panel of the current sentence: its labels, its note, how it came about. It must not know the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.core.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.labels import Label
    from annotator.gui.article.look import LabelLook
    from annotator.gui.theme import Theme


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the panel shows: ``heading`` and ``details`` in words, the labels that the sentences have, the note."""

    heading: str
    labels: frozenset[str] = frozenset()
    is_nothing: bool = False
    note: str = ""
    details: str = ""
    can_write: bool = False


class NoteEdit(QPlainTextEdit):
    """A note; it is given back when the editor is left, by Escape as well."""

    written = Signal(str)
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.written.emit(self.toPlainText())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_leaving(event):
            event.accept()  # while a note is written, Ctrl+Enter ends the note, not the document
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_leaving(event):
            self.left.emit()
            return
        super().keyPressEvent(event)


def _is_leaving(event: QKeyEvent) -> bool:
    """Whether a key ends the writing of a note: Escape, or Enter with Ctrl."""
    is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return event.key() == Qt.Key.Key_Escape or bool(
        is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier
    )


class LabelButton(QPushButton):
    """A label that is on or off, with its key, in its colour."""

    def show_as(self, look: LabelLook, theme: Theme, *, hint: str) -> None:
        """Take name, colour and key of a label."""
        number = f"{look.number}   " if look.number else ""
        self.setText(f"{number}{look.name}")
        self.setToolTip(hint)
        self.setAccessibleDescription(hint)
        self.setStyleSheet(
            f"QPushButton {{ text-align: left; padding: 6px 10px; border-radius: 6px; border: 1px solid {theme.line};"
            f" border-left: 4px solid {look.colour}; background: {theme.raised}; color: {theme.ink}; }}"
            f"QPushButton:checked {{ background: {look.ground}; color: {look.ink}; border-color: {look.colour};"
            " font-weight: 600; }"
            f"QPushButton:focus {{ border-color: {theme.accent}; }}"
            f"QPushButton:disabled {{ color: {theme.faint}; }}"
        )


class Inspector(QScrollArea):
    """What is known of the current sentence, and the labels to choose."""

    label_toggled = Signal(str)
    nothing_chosen = Signal()
    note_written = Signal(str)
    note_left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown = Inspected("")
        self._buttons: dict[str, LabelButton] = {}
        body = QWidget(self)
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(14, 12, 14, 12)
        self._layout.setSpacing(7)
        self._heading, self._labels_title, self._note_title, self._details = (QLabel(body) for _ in range(4))
        for label in (self._heading, self._details):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._details.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._nothing = QPushButton(body)
        self._nothing.setCheckable(True)
        self._nothing.clicked.connect(self._on_nothing_clicked)
        self.note = NoteEdit(body)
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(130)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.note.written.connect(self.note_written)
        self.note.left.connect(self.note_left)
        self._note_title.setBuddy(self.note)
        for widget in (self._heading, self._labels_title, self._nothing, self._note_title, self.note, self._details):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self.setWidget(body)
        self._retitle()

    def set_labels(self, labels: Sequence[tuple[Label, LabelLook]], theme: Theme, *, language: str) -> None:
        """Offer ``labels`` with their looks."""
        for button in self._buttons.values():
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons.clear()
        place = self._layout.indexOf(self._nothing)
        for label, look in labels:
            button = LabelButton(self.widget())
            button.setCheckable(True)
            button.setObjectName(f"label-{label.key}")
            button.show_as(look, theme, hint=label.hint(language))
            button.clicked.connect(lambda _on, key=label.key: self._on_label_clicked(key))
            self._layout.insertWidget(place, button)
            place += 1
            self._buttons[label.key] = button
        self._nothing.setStyleSheet(
            f"QPushButton {{ text-align: left; padding: 6px 10px; border-radius: 6px; border: 1px solid {theme.line};"
            f" background: {theme.raised}; color: {theme.muted}; }}"
            f"QPushButton:checked {{ background: {theme.line}; color: {theme.ink}; font-weight: 600; }}"
            f"QPushButton:focus {{ border-color: {theme.accent}; }}"
        )
        self.show_sentence(self._shown)

    def show_sentence(self, shown: Inspected) -> None:
        """Show what is known of a sentence; a note that is being written stays."""
        self._shown = shown
        self._heading.setText(shown.heading)
        for key, button in self._buttons.items():
            button.setChecked(key in shown.labels)
            button.setEnabled(shown.can_write)
        self._nothing.setChecked(shown.is_nothing)
        self._nothing.setEnabled(shown.can_write)
        self.note.setReadOnly(not shown.can_write)
        if not self.note.hasFocus() and self.note.toPlainText() != shown.note:
            self.note.setPlainText(shown.note)
        self._details.setText(shown.details)

    def edit_note(self) -> None:
        """Let the note be written."""
        self.ensureWidgetVisible(self.note)
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> None:
        """Give back the note that is being written, before its sentence is left in another way than by the focus."""
        if self.note.hasFocus():
            self.note.written.emit(self.note.toPlainText())
            self.note.clearFocus()

    def _on_label_clicked(self, key: str) -> None:
        self._buttons[key].setChecked(key in self._shown.labels)
        self.label_toggled.emit(key)

    def _on_nothing_clicked(self) -> None:
        self._nothing.setChecked(self._shown.is_nothing)
        self.nothing_chosen.emit()

    def _retitle(self) -> None:
        self._labels_title.setText(_("Labels"))
        self._note_title.setText(_("Note"))
        self._nothing.setText(_("Nothing here"))
        self._nothing.setAccessibleName(_("Nothing here"))
        self.note.setPlaceholderText(_("Write what a reviewer should know. Escape goes back to the article."))
        self.note.setAccessibleName(_("Note"))
        self.setAccessibleName(_("Sentence"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retitle()
        super().changeEvent(event)
