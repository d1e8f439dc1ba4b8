"""One field to fill in: its name, where it is typed or chosen, what is wrong with it. It must not know its sentence."""

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


_MOST_SHOWN = 16


class FieldRow(QObject):
    """The widgets of one field, and what stands in them.

    What is typed is checked when the field is left. What fits is given back by ``written``; what does not stays, with a
    sentence under it, and is taken when it has been mended. ``left`` says that the person wants to leave by a key.
    """

    written = Signal(str, object)
    left = Signal()

    def __init__(self, asked: Field, parent: QWidget, *, language: str) -> None:
        super().__init__(parent)
        self.asked = asked
        self._language = language
        self._value: Value = None
        self._shown_text = ""
        self.name = QLabel(asked.name(language), parent)
        self.name.setWordWrap(True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.editor: QLineEdit | FieldChoice
        if asked.kind.has_options:
            self.editor = FieldChoice(asked, parent, language=language)
            self.editor.currentTextChanged.connect(self._on_typed)
        else:
            self.editor = QLineEdit(parent)
            self.editor.setPlaceholderText(_example(asked.kind))
            self.editor.textEdited.connect(self._on_typed)
        self.editor.setObjectName(f"field-{asked.key}")
        self.editor.setAccessibleName(asked.name(language))
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editor.installEventFilter(self)
        self.name.setBuddy(self.editor)
        self.trouble = QLabel(parent)
        self.trouble.setObjectName("trouble")
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._tell("")

    @property
    def draft(self) -> str:
        """What was typed and does not fit; empty where all is well."""
        return self._text() if not self.trouble.isHidden() else ""

    def set_shown(self, *, is_shown: bool) -> None:
        """Show the field, or do not."""
        for widget in (self.name, self.editor):
            widget.setVisible(is_shown)
        self.trouble.setVisible(is_shown and bool(self.trouble.text()))

    def set_writable(self, *, can_write: bool) -> None:
        """Let the field be written, or only read."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setReadOnly(not can_write)
        else:
            self.editor.setEnabled(can_write)

    def show_value(self, value: Value, *, draft: str = "") -> None:
        """Show a kept value, or the ``draft`` that did not fit, whatever stood there."""
        self._value = value
        self._shown_text = format_value(self.asked, value, language=self._language)
        if self._text() != (draft or self._shown_text):
            self._put(draft or self._shown_text)
        self._check()

    def refresh(self, value: Value) -> None:
        """Show a kept value unless the person has just typed something else."""
        is_typing = self.editor.hasFocus() and self._text() != self._shown_text
        self.show_value(value, draft=self._text() if is_typing or self.draft else "")

    def commit(self) -> bool:
        """Take what was typed, if it fits; whether it does."""
        if self._text() == self._shown_text:
            self._tell("")
            return True
        try:
            value = parse_value(self.asked, self._text())
        except InvalidValueError as error:
            self._tell(str(error))
            return False
        is_other = value != self._value
        self.show_value(value)
        if is_other:
            self.written.emit(self.asked.key, value)
        return True

    def _on_typed(self) -> None:
        """A fault that is told goes as soon as it is mended."""
        if not self.trouble.isHidden():
            self._check()

    def _check(self) -> None:
        trouble = ""
        if self._text() != self._shown_text:
            try:
                parse_value(self.asked, self._text())
            except InvalidValueError as error:
                trouble = str(error)
        self._tell(trouble)

    def _tell(self, trouble: str) -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble) and not self.editor.isHidden())
        self.editor.setAccessibleDescription(trouble or _example(self.asked.kind))
        if bool(self.editor.property("wrong")) != bool(trouble):
            self.editor.setProperty("wrong", bool(trouble))
            self.editor.style().polish(self.editor)

    def _text(self) -> str:
        return self.editor.text() if isinstance(self.editor, QLineEdit) else self.editor.currentText()

    def _put(self, text: str) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
        else:
            self.editor.put(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and not self._is_choosing(event):
            self.commit()
        if not isinstance(event, QKeyEvent) or not _is_leaving(event):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while a field is filled in, Ctrl+Enter ends that, not the document
            return True
        if event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape or self.commit():
                self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _is_choosing(self, event: QFocusEvent) -> bool:
        """Whether the focus goes to the field's own list."""
        return event.reason() == Qt.FocusReason.PopupFocusReason and getattr(self.editor, "is_open", False)


class FieldChoice(QComboBox):
    """Options to choose from; of units, others can be typed."""

    def __init__(self, asked: Field, parent: QWidget, *, language: str) -> None:
        super().__init__(parent)
        self.is_open = False
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.setItemDelegate(QStyledItemDelegate(self))  # the usual one of a combo box keeps rows as low as can be
        self.addItem("")
        self.addItems([option.name(language) for option in asked.options])
        self._usual = self.count()
        if asked.kind is FieldKind.UNIT:
            self.setEditable(True)
            if (line := self.lineEdit()) is not None:
                line.setAccessibleName(asked.name(language))
            self.setCompleter(None)  # type: ignore[arg-type]  # none: it would finish words that are still being typed

    def put(self, text: str) -> None:
        """Show ``text``, also where it is none of the options."""
        while self.count() > self._usual:
            self.removeItem(self._usual)
        place = self.findText(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive)
        if place < 0 and not self.isEditable():
            self.addItem(text)
            place = self._usual
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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        middle = QPointF(self.width() - 14, self.height() / 2 + 2)
        painter.drawPolyline([middle + QPointF(-4, -4), middle, middle + QPointF(4, -4)])
        painter.end()


def _is_leaving(event: QKeyEvent) -> bool:
    """Whether a key ends the filling in: Enter or Escape."""
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}


def _example(kind: FieldKind) -> str:
    """How a value of that kind may be written."""
    match kind:
        case FieldKind.NUMBER:
            return _("18.3 or 5,000")
        case FieldKind.RANGE:
            return _("18.3 or 10 - 11")
        case FieldKind.DATE:
            return _("2030 or 12/5/2030")
        case _:
            return ""
