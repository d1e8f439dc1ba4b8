"""Form with the fields of a sentence's labels.

It is created when a sentence first has such a label; the rows of a label are then kept and only shown or hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.core.field_values.reading import read_input
from annotator.core.field_values.values import format_plain
from annotator.core.i18n import _
from annotator.gui.inspector.field_row import FieldRow
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.core.annotation import Value
    from annotator.core.labels import Label
    from annotator.gui.theme.look import LabelStyle
    from annotator.gui.theme.theme import Theme

_NAME_WIDTH = 13  # average characters


class FieldsForm(QWidget):
    """Fields grouped by label; below them, read-only, the values that no label asks for.

    `written` emits a mapping of field keys to new values, None for an emptied field.
    """

    written = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: list[Label] = []
        self._language = ""
        self._colours: dict[str, str] = {}
        self._sections: dict[str, _Section] = {}
        self._sentence_id: object = None
        self._other_fields = PlainLabel(self)
        self._other_fields.setObjectName("others")
        self._other_fields.setWordWrap(True)
        self._other_fields.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 4)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._other_fields)
        self.hide()

    def set_labels(self, labels: Sequence[tuple[Label, LabelStyle]], theme: Theme, *, language: str) -> None:
        """Set the labels, in the colours of `theme`; pending input is saved first."""
        asked = [label for label, _look in labels]
        self.setStyleSheet(_make_stylesheet(theme))
        if asked != self._labels or language != self._language:
            self.commit()
            self._labels, self._language, self._sentence_id = asked, language, None
            for section in self._sections.values():
                self._layout.removeWidget(section)
                section.hide()
                section.deleteLater()
            self._sections.clear()
        self._colours = {look.key: look.colour for _label, look in labels}
        for key, section in self._sections.items():
            section.set_colour(self._colours[key])

    def show_fields(
        self, about: object, *, labels: frozenset[str], values: Mapping[str, Value], can_write: bool
    ) -> None:
        """Show the fields of the sentence identified by `about`; what is being typed there stays."""
        is_new = about != self._sentence_id
        self._sentence_id = about
        asked: set[str] = set()
        for label in self._labels:
            is_shown = label.key in labels and any(one.key not in asked for one in label.fields)
            if is_shown:
                section = self._get_section(label)
                section.show_fields(values, is_new=is_new, without=frozenset(asked))
                section.set_editable(can_write=can_write)
                asked.update(one.key for one in label.fields)
            if label.key in self._sections:
                self._sections[label.key].setVisible(is_shown)
        lines = [f"{key}: {format_plain(value)}" for key, value in values.items() if key not in asked]
        self._other_fields.setText("\n".join([_("Fields that no label here asks for"), *lines]) if lines else "")
        self._other_fields.setVisible(bool(lines))
        self.setVisible(bool(asked or lines))

    @property
    def has_rows(self) -> bool:
        """Return whether there is a field to fill in."""
        return bool(self._rows())

    def edit_first(self) -> None:
        """Move the focus to the first field."""
        row = next((row for row in self._rows() if not row.editor.isHidden()), None)
        if row is not None:
            row.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        """Save pending input, for when the sentence changes without a change of focus."""
        for row in self._rows():
            if row.editor.hasFocus():
                row.editor.clearFocus()

    def commit_input(self) -> None:
        """Save pending input, and leave the focus where it is."""
        for row in self._rows():
            if row.editor.hasFocus():
                row.commit(is_going_on=True)

    def _rows(self) -> list[FieldRow]:
        """Return the rows of the sections that are shown."""
        shown = (self._sections[one.key] for one in self._labels if one.key in self._sections)
        return [row for section in shown if not section.isHidden() for row in section.rows]

    def _get_section(self, label: Label) -> _Section:
        section = self._sections.get(label.key)
        if section is None:
            section = self._sections[label.key] = _Section(label, self, language=self._language)
            before = [one for one in self._labels[: self._labels.index(label)] if one.key in self._sections]
            self._layout.insertWidget(len(before), section)
            section.set_colour(self._colours[label.key])
            previous: QWidget = self
            for one in self._labels:
                for row in self._sections[one.key].rows if one.key in self._sections else ():
                    QWidget.setTabOrder(previous, row.editor)
                    previous = row.editor
            for row in section.rows:
                row.committed.connect(section.enter)
                row.left.connect(self.left)
            section.written.connect(self.written)
        return section


class _Section(QWidget):
    """The fields of one label under its name."""

    written = Signal(object)

    def __init__(self, label: Label, parent: QWidget, *, language: str) -> None:
        super().__init__(parent)
        title = PlainLabel(self, label.name(language))
        title.setObjectName("section")
        self._title = title
        self._fields = label.fields
        self._values: Mapping[str, Value] = {}
        # While the user goes on typing what was saved: the values before, and those that the input gave so far.
        self._before: Mapping[str, Value] = {}
        self._given: frozenset[str] = frozenset()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.addWidget(title, 0, 0, 1, 3)
        self.rows: list[FieldRow] = []
        for place, asked in enumerate(label.fields):
            row = FieldRow(asked, self, language=language)
            row.name.setFixedWidth(self.fontMetrics().averageCharWidth() * _NAME_WIDTH)
            grid.addWidget(row.name, place + 1, 0)
            grid.addWidget(row.editor, place + 1, 1)
            grid.addWidget(row.mark, place + 1, 2)
            self.rows.append(row)

    def set_colour(self, colour: str) -> None:
        """Show the name in the colour of the label."""
        self._title.setStyleSheet(f"color: {colour}; font-weight: 600;")

    def show_fields(self, values: Mapping[str, Value], *, is_new: bool, without: frozenset[str]) -> None:
        """Show `values` in all fields but `without`; what is being typed stays unless the sentence is a new one."""
        self._values = values
        for row in self.rows:
            key = row.field.key
            row.set_visible(is_shown=key not in without)
            if is_new:
                row.show_value(values.get(key))
            else:
                row.refresh(values.get(key))

    def enter(self, key: str, typed: str, is_going_on: bool) -> None:  # noqa: FBT001  # a slot
        """Emit the values that `typed` in the field `key` stands for, if they differ from those that are saved.

        What a beginning of the input gave to other fields when it was saved is taken back if the whole does not.
        """
        row = next(one for one in self.rows if one.field.key == key)
        before, given = (self._before, self._given) if row.is_going_on else (self._values, frozenset[str]())
        values = read_input(self._fields, typed, key=key, values=before)
        self._before, self._given = before, given | values.keys()
        values = {**{name: before.get(name) for name in given}, **values}
        changed = {name: value for name, value in values.items() if value != self._values.get(name)}
        if changed:
            self.written.emit(changed)
        if is_going_on:
            row.keep_wording(values[key])
        else:
            row.show_value(values[key])

    def set_editable(self, *, can_write: bool) -> None:
        """Make the fields editable or read-only."""
        for row in self.rows:
            row.set_editable(can_write=can_write)


def _make_stylesheet(theme: Theme) -> str:
    """Return the style sheet of the form."""
    return f"""
        QLineEdit, QComboBox {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 3px 6px; min-height: 20px;
            background: {theme.field}; color: {theme.ink}; }}
        QLineEdit {{ placeholder-text-color: {theme.faint}; }}
        QComboBox QLineEdit {{ border: none; padding: 0; min-height: 0; background: transparent; }}
        QComboBox {{ padding-right: 22px; combobox-popup: 0; }}
        QComboBox::drop-down {{ border: none; width: 22px; }}
        QComboBox::down-arrow {{ image: none; width: 0; }}
        QComboBox QAbstractItemView {{ border: 1px solid {theme.line}; background: {theme.field}; color: {theme.ink};
            selection-background-color: {theme.selection}; selection-color: {theme.ink}; padding: 3px; outline: 0; }}
        QComboBox QAbstractItemView::item {{ min-height: 24px; padding: 0 4px; }}
        QLineEdit:focus, QComboBox:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}
        QComboBox QLineEdit:focus {{ border: none; }}
        QComboBox:disabled, QLineEdit:read-only {{ color: {theme.muted}; }}
        #mark {{ color: {theme.muted}; font-size: 11px; }}
        #others {{ color: {theme.muted}; }}
    """
