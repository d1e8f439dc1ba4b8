"""The dialog that edits the fields of a label."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from annotator.app.labels.draft import (
    LANGUAGES,
    editable_name,
    find_field_fault,
    format_options,
    make_field_key,
    parse_options,
    with_name,
)
from annotator.core.fields import Field, FieldKind
from annotator.core.i18n import N_, _
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.widgets.editable_list import EditableList, list_stylesheet
from annotator.gui.widgets.text_label import PlainLabel, make_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.theme.theme import Theme

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
"""Names of languages in the language itself, by code."""
_KIND_NAMES = {
    FieldKind.TEXT: N_("Free text"),
    FieldKind.NUMBER: N_("Single number"),
    FieldKind.RANGE: N_("Number or range"),
    FieldKind.UNIT: N_("Unit of measure"),
    FieldKind.DATE: N_("Date or year"),
    FieldKind.CHOICE: N_("Choice from a list"),
    FieldKind.PERSON: N_("Person"),
}


def ask_fields(parent: QWidget, fields: Sequence[Field], *, theme: Theme, language: str) -> tuple[Field, ...] | None:
    """Return `get_fields` as the user changes them, or None if the dialog is cancelled."""
    dialog = _FieldDialog(parent, fields, theme=theme, language=language)
    return dialog.ask(dialog.get_fields)


class _Row(NamedTuple):
    """A field being edited, and its state before."""

    origin: Field
    field: Field


class _FieldDialog(Dialog):
    def __init__(self, parent: QWidget, fields: Sequence[Field], *, theme: Theme, language: str) -> None:
        super().__init__(parent, _("Fields of a label"), size=(780, 480), theme=theme)
        self.setStyleSheet(list_stylesheet(theme))
        self._rows = [_Row(field, field) for field in fields]
        self._language = language
        self._list = EditableList(_("Fields"), self)
        self._form = _FieldForm(self)
        self._lay_out()
        self.add_buttons(_("Save fields"))
        self._connect()
        self._list.fill(len(self._rows), place=0)
        (self._list.rows if self._rows else self._list.add).setFocus()

    def get_fields(self) -> tuple[Field, ...]:
        """Return the fields; options are kept only for kinds that have them."""
        made = (row.field for row in self._rows)
        return tuple(field if field.kind.has_options else replace(field, options=()) for field in made)

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(20)
        sides.addWidget(self._list, 2)
        sides.addWidget(self._form, 4)
        self.body.addLayout(sides, 1)
        hint = _(
            "Nothing that is filled in gets lost: where a field is removed or has another key, "
            "it stays in the files and is shown with its sentence."
        )
        self.add_text(hint, is_quiet=True)

    def _connect(self) -> None:
        self._list.chosen.connect(self._on_row_changed)
        self._form.edited.connect(self._on_edited)
        self._list.added.connect(self._on_added)
        self._list.removed.connect(self._on_removed)
        self._list.moved.connect(self._on_moved)

    def _on_row_changed(self, place: int) -> None:
        self._form.setEnabled(place >= 0)
        blank = Field("")
        self._form.show_field(*(self._rows[place] if place >= 0 else _Row(blank, blank)))
        self._refresh()

    def _refresh(self) -> None:
        """Show the result of the edits, and whether the fields can be used."""
        fault = find_field_fault(self.get_fields())
        for place, row in enumerate(self._rows):
            is_faulty = fault is not None and fault.place == place
            name = row.field.name(self._language) or _("(no key)")
            self._list.rows.item(place).setText(f"{name}{'  ⚠' if is_faulty else ''}")
            self._list.rows.item(place).setToolTip(make_tooltip(_(_KIND_NAMES[row.field.kind])))
        self._list.update_buttons()
        self.set_fault(fault.sentence if fault else "")

    # Edits

    def _on_edited(self, field: Field) -> None:
        place = self._list.rows.currentRow()
        if place >= 0:
            self._rows[place] = self._rows[place]._replace(field=field)
            self._refresh()

    def _on_added(self) -> None:
        made = Field(make_field_key([row.field for row in self._rows]))
        self._rows.append(_Row(made, made))
        self._list.fill(len(self._rows), place=len(self._rows) - 1)
        self._form.key.setFocus()
        self._form.key.selectAll()

    def _on_removed(self) -> None:
        place = self._list.rows.currentRow()
        if place >= 0:
            del self._rows[place]
            self._list.fill(len(self._rows), place=place)
            (self._list.rows if self._rows else self._list.add).setFocus()

    def _on_moved(self, by: int) -> None:
        place = self._list.rows.currentRow()
        if 0 <= place + by < len(self._rows) and place >= 0:
            self._rows.insert(place + by, self._rows.pop(place))
            self._list.fill(len(self._rows), place=place + by)


class _FieldForm(QWidget):
    """Editors of a field; each edit emits the changed field. Attributes without an editor are kept."""

    edited = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._origin = self._field = Field("")
        self._is_showing = False
        self.key = QLineEdit(self)
        self.kind = QComboBox(self)
        self.kind.addItems([_(name) for name in _KIND_NAMES.values()])
        self.names = {code: QLineEdit(self) for code in LANGUAGES}
        self.options = QPlainTextEdit(self)
        self.options.setTabChangesFocus(True)
        self._options_hint = PlainLabel(self, _("One a line: key = Vietnamese = English, or just a word"))
        self._options_hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._options_hint.setWordWrap(True)
        self._options_title = PlainLabel(self, _("Options"))
        self._lay_out()
        self.key.textEdited.connect(lambda text: self._edit(key=text.strip()))
        self.kind.currentIndexChanged.connect(self._on_kind_chosen)
        for code, editor in self.names.items():
            editor.textEdited.connect(partial(self._on_name_edited, code))
        self.options.textChanged.connect(self._on_options_edited)

    def show_field(self, origin: Field, field: Field) -> None:
        """Show `field`, which was `origin` when the dialog was opened."""
        self._is_showing = True  # signals of the editors meanwhile are no edits
        self.key.setText(field.key)
        self.kind.setCurrentIndex(list(_KIND_NAMES).index(field.kind))
        for code, editor in self.names.items():
            editor.setText(editable_name(field.names, code))
        self.options.setPlainText(format_options(field.options))
        self._origin, self._field = origin, field
        self._update_dependents()
        self._is_showing = False

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Key in files"), self.key),
            (_("Kind"), self.kind),
            *((f"{_('Name')}, {LANGUAGE_NAMES[code]}", editor) for code, editor in self.names.items()),
        )
        for row, (text, editor) in enumerate(rows):
            title = PlainLabel(self, text)
            title.setBuddy(editor)
            editor.setAccessibleName(text)
            grid.addWidget(title, row, 0)
            grid.addWidget(editor, row, 1)
        last = len(rows)
        self._options_title.setBuddy(self.options)
        self._options_title.setContentsMargins(0, 6, 0, 0)
        self.options.setAccessibleName(_("Options"))
        self.options.setAccessibleDescription(self._options_hint.text())
        grid.addWidget(self._options_title, last, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.options, last, 1)
        grid.addWidget(self._options_hint, last + 1, 1)
        grid.setRowStretch(last, 1)

    def _update_dependents(self) -> None:
        """Update what depends on other editors: placeholders, and the options of kinds that have them."""
        for code, editor in self.names.items():
            editor.setPlaceholderText(self._field.name(code))
        for widget in (self._options_title, self.options, self._options_hint):
            widget.setVisible(self._field.kind.has_options)

    def _on_kind_chosen(self, place: int) -> None:
        self._edit(kind=list(_KIND_NAMES)[place])

    def _on_name_edited(self, code: str, text: str) -> None:
        self._edit(names=with_name(self._field.names, code, text))

    def _on_options_edited(self) -> None:
        self._edit(options=parse_options(self.options.toPlainText(), self._origin.options))

    def _edit(self, **changes: object) -> None:
        made = replace(self._field, **changes)  # type: ignore[arg-type]  # a field of the dataclass each
        if self._is_showing or made == self._field:
            return
        self._field = made
        self._update_dependents()
        self.edited.emit(made)
