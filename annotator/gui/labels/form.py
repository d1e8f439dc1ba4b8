"""The form of a label: key, names, letters, hints, colour, fields."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from annotator.app.labels.draft import LANGUAGES
from annotator.core.i18n import _
from annotator.core.labels import Label
from annotator.gui.labels.colour_chooser import ColourChooser
from annotator.gui.labels.field_dialog import LANGUAGE_NAMES, ask_fields
from annotator.gui.widgets.text_label import PlainLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.gui.theme.theme import Theme

_HINT_LINES = 4


class LabelForm(QWidget):
    """Editors of a label; each edit emits the changed label. Attributes without an editor are kept."""

    edited = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, *, language: str) -> None:
        super().__init__(parent)
        self._label = Label("")
        self._is_showing = False
        self._theme = theme
        self._language = language
        self.key = QLineEdit(self)
        self.names = {code: QLineEdit(self) for code in LANGUAGES}
        self.letters = {code: QLineEdit(self) for code in LANGUAGES}
        self.hints = {code: QPlainTextEdit(self) for code in LANGUAGES}
        self.colour = ColourChooser(theme, self)
        self._usage, self._fields = (TextLabel("", self, is_quiet=True) for _number in range(2))
        self._change_fields = QPushButton(_("Fields…"), self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(9)
        self._lay_out()
        self._set_accessible_names()
        self._connect()

    def show_label(self, label: Label, *, usage: str) -> None:
        """Show `label`, and `usage` on how it is used."""
        self._is_showing = True  # signals of the editors meanwhile are no edits
        self.key.setText(label.key)
        for code in LANGUAGES:
            for editor, texts in ((self.names[code], label.names), (self.letters[code], label.letters)):
                editor.setText(texts.get(code, ""))
            self.names[code].setPlaceholderText(label.name(code) if label.names else "")
            self.letters[code].setPlaceholderText(label.letter(code))
            self.hints[code].setPlainText(label.hints.get(code, ""))
            self.hints[code].setPlaceholderText(label.hint(code))
        self.colour.show_code(label.colour)
        self.colour.show_label(label, language=self._language)
        self._show_fields(label)
        self.set_usage(usage)
        self._label = label
        self._is_showing = False

    def set_usage(self, usage: str) -> None:
        """Show beside the key how the label is used."""
        self._usage.setText(usage)

    def _lay_out(self) -> None:
        self._grid.addWidget(self._build_title(_("Key in files"), self.key), 0, 0)
        self._grid.addWidget(self.key, 0, 1)
        self._grid.addWidget(self._usage, 0, 2)
        for column, code in enumerate(LANGUAGES, start=1):
            self._grid.addWidget(self._build_muted_label(LANGUAGE_NAMES[code]), 1, column)
            self._grid.addWidget(self.names[code], 2, column)
            self._grid.addWidget(self.letters[code], 3, column, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(self.hints[code], 4, column)
            self._grid.setColumnStretch(column, 1)
            self.letters[code].setFixedWidth(56)
            self.hints[code].setTabChangesFocus(True)
            line = self.hints[code].fontMetrics().lineSpacing()
            self.hints[code].setFixedHeight(_HINT_LINES * line + 22)
        first = LANGUAGES[0]
        for row, text, editor in (
            (2, _("Name"), self.names[first]),
            (3, _("Letter"), self.letters[first]),
            (4, _("Definition"), self.hints[first]),
            (5, _("Colour"), self.colour.code_field),
        ):
            self._grid.addWidget(self._build_title(text, editor), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.colour, 5, 1, 1, 2)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self._fields, 1)
        fields.addWidget(self._change_fields, 0, Qt.AlignmentFlag.AlignTop)
        self._change_fields.setAutoDefault(False)
        self._grid.addWidget(self._build_title(_("Fields"), self._change_fields), 6, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(fields, 6, 1, 1, 2)
        self._grid.setRowStretch(7, 1)
        self._usage.setMinimumHeight(2 * self._usage.fontMetrics().lineSpacing())

    def _set_accessible_names(self) -> None:
        self.key.setAccessibleName(_("Key in files"))
        self.key.setToolTip(_("Written in each file; renaming it changes all of them"))
        for code in LANGUAGES:
            for editor, name in (
                (self.names[code], _("Name")),
                (self.letters[code], _("Letter")),
                (self.hints[code], _("Definition")),
            ):
                editor.setAccessibleName(f"{name}, {LANGUAGE_NAMES[code]}")
            self.letters[code].setToolTip(_("Stands for the label where colour alone would not do"))

    def _connect(self) -> None:
        self.key.textEdited.connect(lambda text: self._edit(key=text.strip()))
        self._change_fields.clicked.connect(self._on_change_fields_clicked)
        self.colour.chosen.connect(lambda colour: self._edit(colour=colour))
        for code in LANGUAGES:
            self.names[code].textEdited.connect(partial(self._edit_text, "names", code))
            self.letters[code].textEdited.connect(partial(self._edit_text, "letters", code))
            hint = self.hints[code]
            hint.textChanged.connect(lambda hint=hint, code=code: self._edit_text("hints", code, hint.toPlainText()))

    def _show_fields(self, label: Label) -> None:
        self._fields.setText(", ".join(field.name(self._language) for field in label.fields) or "–")

    def _on_change_fields_clicked(self) -> None:
        fields = ask_fields(self, self._label.fields, theme=self._theme, language=self._language)
        if fields is not None:
            self._edit(fields=fields)
            self._show_fields(self._label)

    def _edit_text(self, what: str, code: str, text: str) -> None:
        texts: Mapping[str, str] = getattr(self._label, what)
        rest = {language: one for language, one in texts.items() if language != code}
        self._edit(**{what: {**texts, code: text.strip()} if text.strip() else rest})

    def _edit(self, **changes: object) -> None:
        made = replace(self._label, **changes)  # type: ignore[arg-type]  # a field of the label each
        if self._is_showing or made == self._label:
            return
        self._label = made
        self.colour.show_label(made, language=self._language)
        self.edited.emit(made)

    def _build_title(self, text: str, buddy: QWidget | None) -> QLabel:
        title = PlainLabel(self, text)
        title.setContentsMargins(0, 6, 0, 0)
        if buddy is not None:
            title.setBuddy(buddy)
        return title

    def _build_muted_label(self, text: str) -> QLabel:
        title = PlainLabel(self, text)
        title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return title
