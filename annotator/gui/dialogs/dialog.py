"""The base of all dialogs: title, content that scrolls, error line, buttons, a size that fits on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from annotator.core.i18n import _
from annotator.gui.widgets.text_label import ErrorLine, TextLabel, make_tooltip, make_window_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from annotator.gui.theme.theme import Theme

T = TypeVar("T")
_UNKNOWN_FRAME = QMargins(4, 34, 4, 4)
"""Room for the frame of a window on X11, which tells its size only after the window is shown."""
_LEAST_CONTENT = QSize(160, 60)  # pixels
_SCROLL_KEYS = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
}


class Dialog(QDialog):
    """A dialog that is never larger than the screen: content without room scrolls, the buttons stay.

    A subclass puts its widgets into `body` and calls `add_buttons`. It takes values, and `ask` returns one: it reads
    and writes no files.

    Attributes:
        body: The layout of the content.
        foot: The row of the buttons; what a subclass inserts stands at its left.
        accept_button: The primary button, if there is one.
        cancel_button: The button that does what Escape does.
    """

    accept_button: QPushButton
    cancel_button: QPushButton

    def __init__(
        self, parent: QWidget | None, title: str, *, size: tuple[int, int] = (0, 0), theme: Theme | None = None
    ) -> None:
        """Build a dialog without content.

        Args:
            parent: The window to which it belongs.
            title: The title of the window.
            size: The width and height that it likes to have, in pixels; 0 is what the content wants.
            theme: The theme whose colour for errors is used.
        """
        super().__init__(parent)
        self.setWindowTitle(make_window_title(title))
        self._preferred = QSize(*size)
        self._wanted = QSize()
        self._is_placed = False
        self._primary: QPushButton | None = None
        self._content = _Content(self)
        self._scroll = _ScrollArea(self._content, self)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self._error = ErrorLine(theme, self)
        self.foot = QHBoxLayout()
        self.foot.addWidget(self._error, 1)
        self.foot.addStretch(0)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(20, 18, 20, 16)
        self._whole.setSpacing(14)
        self._whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it would not let the window fit
        self._whole.addWidget(self._scroll, 1)
        self._whole.addLayout(self.foot)
        self._content.installEventFilter(self)

    def ask(self, get: Callable[[], T]) -> T | None:
        """Show the dialog and return what `get` returns after it is accepted, or None after it is cancelled.

        The widget that had the focus before has it afterwards. The dialog is deleted.
        """
        before = QApplication.focusWidget()
        try:
            return get() if self.exec() == QDialog.DialogCode.Accepted else None
        finally:
            self.deleteLater()
            if before is not None and shiboken6.isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_buttons(self, accept: str, *, cancel: str = "", is_default: bool = True) -> None:
        """Add the buttons that close the dialog.

        Args:
            accept: The text of the primary button; without a text there is none.
            cancel: The text of the other button, if it is not "Cancel".
            is_default: Whether Enter presses the primary button from wherever it means nothing else.
        """
        self.cancel_button = self._add_button(cancel or _("Cancel"), self.reject, is_default=is_default)
        if accept:
            self.accept_button = self._add_button(accept, self.accept, is_default=is_default)
            self.accept_button.setDefault(is_default)
            self._primary = self.accept_button

    def add_text(self, text: str, *, is_quiet: bool = False) -> TextLabel:
        """Add a text without markup to the content and return its label."""
        label = TextLabel(text, self, is_quiet=is_quiet)
        self.body.addWidget(label)
        return label

    def fill_with(self, content: QLayout) -> None:
        """Fill the whole dialog with `content`, which has its own buttons."""
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self.body.addLayout(content)

    def show_error(self, sentence: str) -> None:
        """Show beside the buttons why the input cannot be accepted; nothing with an empty sentence."""
        self._error.show_error(sentence)

    def set_fault(self, sentence: str) -> None:
        """Show why the input cannot be accepted, and let it be accepted only after an empty sentence."""
        self.show_error(sentence)
        self.accept_button.setEnabled(not sentence)
        self.accept_button.setToolTip(make_tooltip(sentence))

    def _add_button(self, text: str, press: Callable[[], object], *, is_default: bool) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(is_default)
        button.clicked.connect(press)
        self.foot.addWidget(button)
        return button

    # The size

    def _fit(self) -> None:
        """Be as large as wanted where the screen has room for it."""
        room = self._get_room()
        self._wanted = self._measure(room.size())
        self.setMinimumSize(self.minimumSizeHint().boundedTo(room.size()))
        self.resize(self._wanted.boundedTo(room.size()))

    def _grow(self) -> None:
        """Be larger if the content wants more than before, and still fit on the screen."""
        room = self._get_room()
        wanted = self._measure(room.size())
        has_grown = wanted.width() > self._wanted.width() or wanted.height() > self._wanted.height()
        self._wanted = wanted
        if has_grown:
            self.resize(self.size().expandedTo(wanted).boundedTo(room.size()))
            self._move_into(room)

    def _get_room(self) -> QRect:
        """Return where on its screen the dialog may be, without its frame."""
        parent = self.parentWidget()
        place = parent if parent is not None and not self._is_placed else self
        # The screen that a window is on is told late: it is the primary one while the window is being shown.
        screen = QGuiApplication.screenAt(place.window().geometry().center()) or place.window().screen()
        handle = self.windowHandle()
        frame = handle.frameMargins() if handle is not None else QMargins()
        return screen.availableGeometry().marginsRemoved(_UNKNOWN_FRAME if frame.isNull() else frame)

    def _measure(self, room: QSize) -> QSize:
        """Return the size that the dialog likes to have; its width is that of `room` at the most."""
        self._whole.activate()
        self.body.activate()
        sides = self._whole.contentsMargins().left() + self._whole.contentsMargins().right()
        liked = self._preferred.width() or self.body.sizeHint().width() + sides
        least = max(self.body.minimumSize().width() + sides, self._whole.minimumSize().width())
        width = min(max(liked, least), room.width())
        height = self._measure_height(width, inside=width - sides)
        if height > room.height():  # the scroll bar needs room as well
            width += self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(width, height)

    def _measure_height(self, width: int, *, inside: int) -> int:
        """Return the height that is liked at a width, `inside` pixels of which are the content's."""
        least, liked = self.body.minimumSize().height(), self.body.sizeHint().height()
        if self.body.hasHeightForWidth():
            least, liked = self.body.minimumHeightForWidth(inside), self.body.totalHeightForWidth(inside)
        whole = self._whole.totalSizeHint().height()
        if self._whole.hasHeightForWidth():
            whole = self._whole.totalHeightForWidth(width)
        around = whole - _LEAST_CONTENT.height()
        return max(self._preferred.height() or liked + around, least + around)

    def _move_into(self, room: QRect) -> None:
        area = self.geometry()
        left = max(room.left(), min(area.left(), room.right() - area.width() + 1))
        top = max(room.top(), min(area.top(), room.bottom() - area.height() + 1))
        self.move(self.pos() + QPoint(left, top) - area.topLeft())

    def _focus_first(self) -> None:
        """Give the focus to the first widget that takes it, or to the content if that can only be scrolled."""
        stops = (one for one in self._content.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        bar = self._scroll.verticalScrollBar()
        if bar.maximum() > bar.minimum() and not any(one.isVisible() for one in stops):
            self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._scroll.setAccessibleName(self.windowTitle())
            self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.focusWidget() is None:
            self.focusNextChild()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._is_placed = False
            self._fit()
        super().showEvent(event)  # places it over its parent
        if not event.spontaneous():
            self._move_into(self._get_room())
            self._is_placed = True
            self._focus_first()
            focused = self.focusWidget()
            if focused is not None and focused.visibleRegion().isEmpty():
                self._scroll.ensureWidgetVisible(focused, 0, 0)

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return is_done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content and self.isVisible():
            self._grow()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = Qt.Key(event.key()), self._scroll.verticalScrollBar()
        is_enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._primary is not None:
            self._primary.click()  # also from an editor, where Enter alone is a new line
        elif key in _SCROLL_KEYS and bar.maximum() > bar.minimum():
            bar.triggerAction(_SCROLL_KEYS[key])
        else:
            super().keyPressEvent(event)


class _Content(QWidget):
    """The content, which takes less height than it likes before it scrolls."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1


class _ScrollArea(QScrollArea):
    """The content of a dialog, which decides the size itself."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        return _LEAST_CONTENT

    def minimumSizeHint(self) -> QSize:
        return _LEAST_CONTENT
