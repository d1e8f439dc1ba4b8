"""Row of the form for one field: name, editor and a mark for what is no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QStyledItemDelegate, QWidget

from annotator.core.field_values.reading import is_plain_text
from annotator.core.field_values.values import format_value
from annotator.core.fields import Field, FieldKind
from annotator.core.i18n import _
from annotator.gui.widgets.text_label import PlainLabel, escape_ampersands

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from annotator.core.annotation import Value


_MAX_VISIBLE_ITEMS = 16


class FieldRow(QObject):
    """The widgets of a field and their content.

    Changed input is emitted by `committed`, with the key of the field, when the editor loses the focus, or before when
    everything is saved: the user then goes on typing, and the wording stays as it is. None is refused. A value that is
    text in a field for figures or dates has a mark beside it. `left` is emitted when the user leaves by a key.
    """

    committed = Signal(str, str, bool)  # key, input, whether the user goes on typing
    left = Signal()

    def __init__(self, asked: Field, parent: QWidget, *, language: str) -> None:
        super().__init__(parent)
        self.field = asked
        self._language = language
        self._value: Value = None
        self._shown_text = ""
        self._is_going_on = False
        self.name = PlainLabel(parent, escape_ampersands(asked.name(language)))
        self.name.setWordWrap(True)
        self.editor: QLineEdit | FieldComboBox
        if asked.kind.has_options:
            self.editor = FieldComboBox(asked, parent, language=language)
        else:
            self.editor = QLineEdit(parent)
            self.editor.setPlaceholderText(_get_example(asked.kind))
        self.editor.setObjectName(f"field-{asked.key}")
        self.editor.setAccessibleName(asked.name(language))
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editor.installEventFilter(self)
        self.name.setBuddy(self.editor)
        self.mark = PlainLabel(parent, _("text"))
        self.mark.setObjectName("mark")
        self.mark.setToolTip(_("Kept as it was typed: it is no figure and no date that can be counted."))
        self._update_mark()

    def set_visible(self, *, is_shown: bool) -> None:
        """Show or hide the row."""
        for widget in (self.name, self.editor):
            widget.setVisible(is_shown)
        self._update_mark()

    def set_editable(self, *, can_write: bool) -> None:
        """Make the field editable or read-only."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setReadOnly(not can_write)
        else:
            self.editor.setEnabled(can_write)

    def show_value(self, value: Value) -> None:
        """Show a saved value in place of the present content."""
        self._value, self._is_going_on = value, False
        self._shown_text = format_value(self.field, value, language=self._language)
        if self._text() != self._shown_text:
            self._put(self._shown_text)
        self._update_mark()

    @property
    def is_going_on(self) -> bool:
        """True if the input was saved and the user may be typing more of it."""
        return self._is_going_on

    def keep_wording(self, value: Value) -> None:
        """Take `value` as saved, and leave the wording for which it stands until the editor is left."""
        self._value, self._is_going_on = value, True
        self._update_mark()

    def refresh(self, value: Value) -> None:
        """Show a saved value unless the user is typing another one."""
        if self._is_going_on and value == self._value:
            return
        if not self.editor.hasFocus() or self._text() == self._shown_text:
            self.show_value(value)

    def commit(self, *, is_going_on: bool = False) -> None:
        """Emit the input if it was changed; its wording stays if the user `is_going_on`."""
        typed = self._text()
        if typed != self._shown_text:
            # Shown as saved until the session answers: what holds then may be another wording of it.
            self._shown_text = typed
            self.committed.emit(self.field.key, typed, is_going_on)
        elif self._is_going_on and not is_going_on:
            self.show_value(self._value)

    def _update_mark(self) -> None:
        is_text = is_plain_text(self.field, self._value)
        self.mark.setVisible(is_text and not self.editor.isHidden())
        self.editor.setAccessibleDescription(self.mark.toolTip() if is_text else _get_example(self.field.kind))

    def _text(self) -> str:
        return self.editor.text() if isinstance(self.editor, QLineEdit) else self.editor.currentText()

    def _put(self, text: str) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
        else:
            self.editor.set_text(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and not self._is_choosing(event):
            self.commit()
        if not isinstance(event, QKeyEvent) or not _is_leaving(event):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # Ctrl+Enter ends the input here, not the document
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.commit()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _is_choosing(self, event: QFocusEvent) -> bool:
        """Return whether the focus moves to the pop-up list of the field."""
        return event.reason() == Qt.FocusReason.PopupFocusReason and getattr(self.editor, "is_open", False)


class FieldComboBox(QComboBox):
    """Combo box with the options of a field; for units it is editable."""

    def __init__(self, asked: Field, parent: QWidget, *, language: str) -> None:
        super().__init__(parent)
        self.is_open = False
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(_MAX_VISIBLE_ITEMS)
        self.setItemDelegate(
            QStyledItemDelegate(self)
        )  # the default one of a combo box ignores the height of rows in style sheets
        self.addItem("")
        self.addItems([option.name(language) for option in asked.options])
        self._option_count = self.count()
        if asked.kind is FieldKind.UNIT:
            self.setEditable(True)
            if (line := self.lineEdit()) is not None:
                line.setAccessibleName(asked.name(language))
            self.setCompleter(None)  # type: ignore[arg-type]  # none: it would complete text that is still being typed

    def set_text(self, text: str) -> None:
        """Show `text` even if it is none of the options."""
        while self.count() > self._option_count:
            self.removeItem(self._option_count)
        place = self.findText(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive)
        if place < 0 and not self.isEditable():
            self.addItem(text)
            place = self._option_count
        self.setCurrentIndex(place)
        if self.isEditable():
            self.setEditText(text)

    def showPopup(self) -> None:
        self.is_open = True
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        self.is_open = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the panel

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # With a style sheet the arrow could only be an image file; this one follows the palette.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        middle = QPointF(self.width() - 14, self.height() / 2 + 2)
        painter.drawPolyline([middle + QPointF(-4, -4), middle, middle + QPointF(4, -4)])
        painter.end()


def _is_leaving(event: QKeyEvent) -> bool:
    """Return whether the key ends the input: Enter or Escape."""
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}


def _get_example(kind: FieldKind) -> str:
    """Return an example of a value of that kind, or an empty string."""
    match kind:
        case FieldKind.NUMBER:
            return _("18.3 or 5,000")
        case FieldKind.RANGE:
            return _("18.3 or 10 - 11")
        case FieldKind.DATE:
            return _("2030 or 12/5/2030")
        case _:
            return ""
