"""Panel of the current sentence: labels, fields, note and origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette, QTextCursor
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.inspector.changed_banner import ChangedBanner
from annotator.gui.inspector.note_editor import NoteEditor
from annotator.gui.widgets.text_label import PlainLabel, escape_ampersands, make_tooltip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.core.annotation import Value
    from annotator.core.labels import Label
    from annotator.gui.inspector.fields_form import FieldsForm
    from annotator.gui.theme.look import LabelStyle
    from annotator.gui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class InspectorState:
    """State that the panel shows: heading, labels, note and details as text.

    `fields` are the values filled in, None where there can be none; `sentence_id` identifies the sentence. `previous`
    is the annotated text of a sentence that has changed since and waits for the user's confirmation.
    """

    heading: str
    labels: frozenset[str] = frozenset()
    is_nothing: bool = False
    note: str = ""
    details: str = ""
    can_write: bool = False
    is_single: bool = True
    fields: Mapping[str, Value] | None = None
    sentence_id: tuple[str, int] = ("", 0)
    previous: str = ""


class LabelButton(QPushButton):
    """Checkable button of a label with its key and colour."""

    def show_label(self, look: LabelStyle, theme: Theme, *, hint: str) -> None:
        """Show name, colour and key of a label."""
        number = f"{look.number}   " if look.number else ""
        self.setText(escape_ampersands(f"{number}{look.name}"))
        self.setToolTip(make_tooltip(hint))
        self.setAccessibleName(look.name)
        self.setAccessibleDescription(hint)
        self.setStyleSheet(
            f"QPushButton {{ text-align: left; padding: 6px 10px; border-radius: 6px; border: 1px solid {theme.line};"
            f" border-left: 4px solid {look.colour}; background: {theme.field}; color: {theme.ink}; }}"
            f"QPushButton:checked {{ background: {look.background}; color: {look.ink}; border-color: {look.colour};"
            " font-weight: 600; }"
            f"QPushButton:focus {{ border: {theme.focus_border}px solid {theme.accent};"
            f" border-left: 4px solid {look.colour}; }}"
            f"QPushButton:disabled {{ color: {theme.faint}; }}"
        )


class Inspector(QScrollArea):
    """The current sentence's annotation and the labels to choose from."""

    label_toggled = Signal(str)
    nothing_chosen = Signal()
    note_written = Signal(str)
    note_left = Signal()
    fields_written = Signal(object)
    confirmed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its widgets take the focus and are scrolled into view
        self._shown = InspectorState("")
        self._buttons: dict[str, LabelButton] = {}
        self._form: FieldsForm | None = None
        self._labels: tuple[tuple[Label, LabelStyle], ...] = ()
        self._theme: Theme | None = None
        self._language = ""
        body = QWidget(self)
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(14, 12, 14, 12)
        self._layout.setSpacing(7)
        self._build_heading, self._labels_title, self._note_title, self._details = (PlainLabel(body) for _ in range(4))
        for label in (self._build_heading, self._details):
            label.setWordWrap(True)
        self._details.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._changed_banner = ChangedBanner(body)
        self._changed_banner.confirmed.connect(self.confirmed)
        self._changed_banner.confirmed.connect(self.note_left)
        self._nothing = QPushButton(body)
        self._nothing.setCheckable(True)
        self._nothing.clicked.connect(self._on_nothing_clicked)
        self.note = NoteEditor(body)
        self.note.setMaximumHeight(130)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.note.written.connect(self.note_written)
        self.note.left.connect(self.note_left)
        self._note_title.setBuddy(self.note)
        above, below = (
            (self._build_heading, self._changed_banner, self._labels_title),
            (self._note_title, self.note, self._details),
        )
        for widget in (*above, self._nothing, *below):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self.setWidget(body)
        self._retitle()

    def set_labels(self, labels: Sequence[tuple[Label, LabelStyle]], theme: Theme, *, language: str) -> None:
        """Set the labels that can be chosen, with their looks."""
        for button in self._buttons.values():
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons.clear()
        place = self._layout.indexOf(self._nothing)
        for label, look in labels:
            button = LabelButton(self.widget())
            button.setCheckable(True)
            button.setObjectName(f"label-{label.key}")
            button.show_label(look, theme, hint=label.hint(language))
            button.clicked.connect(lambda _on, key=label.key: self._on_label_clicked(key))
            self._layout.insertWidget(place, button)
            place += 1
            self._buttons[label.key] = button
        self._nothing.setStyleSheet(
            f"QPushButton {{ text-align: left; padding: 6px 10px; border-radius: 6px; border: 1px solid {theme.line};"
            f" background: {theme.field}; color: {theme.muted}; }}"
            f"QPushButton:checked {{ background: {theme.neutral}; color: {theme.ink}; font-weight: 600; }}"
            f"QPushButton:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}"
        )
        self._changed_banner.set_theme(theme)
        self._labels, self._theme, self._language = tuple(labels), theme, language
        if self._form is not None:
            self._form.set_labels(labels, theme, language=language)
        self.show_sentence(self._shown)

    def show_sentence(self, shown: InspectorState) -> None:
        """Show the state of a sentence; a note that is being written stays."""
        self._shown = shown
        self._build_heading.setText(shown.heading)
        self._changed_banner.show_previous(shown.previous, can_write=shown.can_write)
        for key, button in self._buttons.items():
            button.setChecked(key in shown.labels)
            button.setEnabled(shown.can_write)
        self._nothing.setChecked(shown.is_nothing)
        self._nothing.setEnabled(shown.can_write)
        self.note.setReadOnly(not (shown.can_write and shown.is_single))
        self.note.show_note(shown.note)
        self._details.setText(shown.details)
        self._show_fields(shown)

    @property
    def has_fields(self) -> bool:
        """Return whether the labels of the sentence have fields."""
        return self._form is not None and not self._form.isHidden() and self._form.has_rows

    def edit_fields(self) -> None:
        """Move the focus to the first field."""
        if self._form is not None:
            self._form.edit_first()
            focused = self._form.focusWidget()
            if focused is not None:
                self.ensureWidgetVisible(focused)

    def add_section(self, widget: QWidget) -> None:
        """Insert `widget` above the labels."""
        widget.setParent(self.widget())
        self._layout.insertWidget(self._layout.indexOf(self._labels_title), widget)

    def edit_note(self) -> None:
        """Move the focus to the end of the note."""
        self.ensureWidgetVisible(self.note)
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.moveCursor(QTextCursor.MoveOperation.End)

    def commit(self) -> None:
        """Save pending input, for when the sentence changes without a change of focus."""
        if self._form is not None:
            self._form.commit()
        self.note.commit()
        self.note.clearFocus()

    def commit_input(self) -> None:
        """Save pending input, and leave the focus where it is."""
        QGuiApplication.inputMethod().commit()  # the letters that are still being composed
        if self._form is not None:
            self._form.commit_input()
        self.note.commit()

    def _show_fields(self, shown: InspectorState) -> None:
        """Show the form if there is something to fill in, creating it the first time."""
        values = shown.fields or {}
        is_asked = any(label.fields and label.key in shown.labels for label, _look in self._labels)
        is_shown = shown.fields is not None and (is_asked or bool(values))
        if self._form is None and is_shown:
            self._form = self._make_form()
        if self._form is not None and is_shown:
            self._form.show_fields(shown.sentence_id, labels=shown.labels, values=values, can_write=shown.can_write)
        elif self._form is not None:
            self._form.hide()

    def _make_form(self) -> FieldsForm:
        from annotator.gui.inspector.fields_form import FieldsForm  # noqa: PLC0415  # not needed for the start of the window

        form = FieldsForm(self.widget() or self)
        self._layout.insertWidget(self._layout.indexOf(self._note_title), form)
        QWidget.setTabOrder(self._nothing, form)
        if self._theme is not None:
            form.set_labels(self._labels, self._theme, language=self._language)
        form.written.connect(self.fields_written)
        form.left.connect(self.note_left)
        return form

    def _on_label_clicked(self, key: str) -> None:
        self._buttons[key].setChecked(key in self._shown.labels)
        self.label_toggled.emit(key)

    def _on_nothing_clicked(self) -> None:
        self._nothing.setChecked(self._shown.is_nothing)
        self.nothing_chosen.emit()

    def _retitle(self) -> None:
        self._changed_banner.retitle()
        self._labels_title.setText(_("Labels"))
        self._note_title.setText(_("Note"))
        self._nothing.setText(_("No label"))
        self._nothing.setAccessibleName(_("No label"))
        self.note.setPlaceholderText(_("Write what a reviewer should know. Esc goes back to the article."))
        self.note.setAccessibleName(_("Note"))
        self.setAccessibleName(_("Sentence"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retitle()
        super().changeEvent(event)
