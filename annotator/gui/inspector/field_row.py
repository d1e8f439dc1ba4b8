"""Row of the form for one field: name, editor and error message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSizePolicy, QStyledItemDelegate, QWidget

from annotator.core.field_values.errors import InvalidValueError
from annotator.core.field_values.values import format_value, parse_value
from annotator.core.fields import Field, FieldKind
from annotator.core.i18n import _

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from annotator.core.annotation import Value


_MAX_VISIBLE_ITEMS = 16


class FieldRow(QObject):
    """The widgets of a field and their content.

    Input is checked when the editor loses the focus. A valid value is emitted by `committed`; an invalid one stays,
    with a message under it, until it is corrected. `left` is emitted when the user leaves by a key.
    """

    committed = Signal(str, object)
    left = Signal()

    def __init__(self, asked: Field, parent: QWidget, *, language: str) -> None:
        super().__init__(parent)
        self.field = asked
        self._language = language
        self._value: Value = None
        self._shown_text = ""
        self.name = QLabel(asked.name(language), parent)
        self.name.setWordWrap(True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.editor: QLineEdit | FieldComboBox
        if asked.kind.has_options:
            self.editor = FieldComboBox(asked, parent, language=language)
            self.editor.currentTextChanged.connect(self._on_typed)
        else:
            self.editor = QLineEdit(parent)
            self.editor.setPlaceholderText(_get_example(asked.kind))
            self.editor.textEdited.connect(self._on_typed)
        self.editor.setObjectName(f"field-{asked.key}")
        self.editor.setAccessibleName(asked.name(language))
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editor.installEventFilter(self)
        self.name.setBuddy(self.editor)
        self.error = QLabel(parent)
        self.error.setObjectName("trouble")
        self.error.setWordWrap(True)
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self._show_error("")

    @property
    def draft(self) -> str:
        """The input that was refused; empty if there is none."""
        return self._text() if not self.error.isHidden() else ""

    def set_visible(self, *, is_shown: bool) -> None:
        """Show or hide the row."""
        for widget in (self.name, self.editor):
            widget.setVisible(is_shown)
        self.error.setVisible(is_shown and bool(self.error.text()))

    def set_editable(self, *, can_write: bool) -> None:
        """Make the field editable or read-only."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setReadOnly(not can_write)
        else:
            self.editor.setEnabled(can_write)

    def show_value(self, value: Value, *, draft: str = "") -> None:
        """Show a saved value, or the refused `draft`, in place of the present content."""
        self._value = value
        self._shown_text = format_value(self.field, value, language=self._language)
        if self._text() != (draft or self._shown_text):
            self._put(draft or self._shown_text)
        self._check()

    def refresh(self, value: Value) -> None:
        """Show a saved value unless the user is typing another one."""
        is_typing = self.editor.hasFocus() and self._text() != self._shown_text
        self.show_value(value, draft=self._text() if is_typing or self.draft else "")

    def commit(self) -> bool:
        """Save the input if it is valid and return whether it is."""
        if self._text() == self._shown_text:
            self._show_error("")
            return True
        try:
            value = parse_value(self.field, self._text())
        except InvalidValueError as error:
            self._show_error(str(error))
            return False
        is_other = value != self._value
        self.show_value(value)
        if is_other:
            self.committed.emit(self.field.key, value)
        return True

    def _on_typed(self) -> None:
        """Check the input again while an error message is shown, so that it goes as soon as possible."""
        if not self.error.isHidden():
            self._check()

    def _check(self) -> None:
        trouble = ""
        if self._text() != self._shown_text:
            try:
                parse_value(self.field, self._text())
            except InvalidValueError as error:
                trouble = str(error)
        self._show_error(trouble)

    def _show_error(self, trouble: str) -> None:
        self.error.setText(trouble)
        self.error.setVisible(bool(trouble) and not self.editor.isHidden())
        self.editor.setAccessibleDescription(trouble or _get_example(self.field.kind))
        if bool(self.editor.property("wrong")) != bool(trouble):
            self.editor.setProperty("wrong", bool(trouble))
            self.editor.style().polish(self.editor)

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
            if event.key() == Qt.Key.Key_Escape or self.commit():
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
