"""Bases of the panels that are mostly a list: what is shown, the keys that lead in and out, sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QLayout, QLineEdit, QMenu, QStackedLayout, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.widgets.text_label import PlainLabel
from annotator.gui.widgets.threads import Debouncer

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QAbstractItemView

_TYPING = 120  # milliseconds after the last letter of the filter


def placeholder_label(parent: QWidget) -> QLabel:
    """Return a label for passing remarks, in the faint colour of placeholders."""
    label = PlainLabel(parent)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


class ListPanel(QWidget):
    """A list, or a sentence where it is empty; `shown` follows each time that it comes into sight, `left` on Escape."""

    height_hint: ClassVar[int] = 240  # pixels
    least_height: ClassVar[int] = 120  # pixels

    view: QAbstractItemView
    left = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._empty = placeholder_label(self)
        self._empty.setWordWrap(True)
        self._empty.setMargin(18)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedLayout()

    def take_focus(self) -> None:
        """Give the focus to the list, on a row, or to what stands in its place while it is empty."""
        if self.view.model().rowCount():
            if not self.view.currentIndex().isValid():
                self._choose_first()
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._empty_focus().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose_first(self) -> None:
        """Make a row the current one where none is."""
        self.view.setCurrentIndex(self.view.model().index(0, 0))

    def _empty_focus(self) -> QWidget:
        """Return what has the focus while the list is empty."""
        return self

    def _show_list(self, *, advice: str) -> None:
        """Show the list, or `advice` where it is empty."""
        self._empty.setText(advice)
        self._stack.setCurrentIndex(1 if self.view.model().rowCount() else 0)

    def _lay_out_parts(
        self, content: QWidget, *, above: QWidget | QLayout | None = None, below: QLayout | None = None
    ) -> None:
        """Lay out `content`, which gives way to a sentence while the list is empty, between what is always shown."""
        self.view.installEventFilter(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if isinstance(above, QWidget):
            layout.addWidget(above)
        elif above is not None:
            layout.addLayout(above)
        layout.addLayout(self._stack, 1)
        if below is not None:
            layout.addLayout(below)
        if self._empty_focus() is self:
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _retitle(self) -> None:
        """Set all texts in the language of the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retitle()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def sizeHint(self) -> QSize:
        return QSize(640, self.height_hint)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.least_height)


class FilteredPanel(ListPanel):
    """A list under a line in which words are typed that its rows must have, and a count of the rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = placeholder_label(self)
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.words.installEventFilter(self)
        self._soon = Debouncer(self.narrow, self, milliseconds=_TYPING)
        self.words.textChanged.connect(self._soon.request)

    def narrow(self) -> None:
        """List what is asked for above."""
        raise NotImplementedError

    def stop(self) -> None:
        """List nothing any more that was typed just now."""
        self._soon.stop()

    def menu(self) -> QMenu:
        """Return a menu of what can be done with the chosen rows; the caller shows and deletes it."""
        raise NotImplementedError

    def _on_menu_asked(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _empty_focus(self) -> QWidget:
        return self.words

    def _retitle(self) -> None:
        self.words.setPlaceholderText(_("Filter by words"))
        self.words.setAccessibleName(_("Filter by words"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.words and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_down = event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_down and self.view.model().rowCount():
                self.take_focus()
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()
