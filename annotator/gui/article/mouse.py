"""Mouse input on the article: a click chooses a sentence, a drag several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBasicTimer, QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QTimerEvent

    from annotator.core.sentence import Sentence
    from annotator.gui.article.layout.page import Page


_AUTOSCROLL_INTERVAL_MS = 40  # 25 scroll steps a second while the mouse is held beyond the edge


class MouseHandler(QObject):
    """Translates mouse events of a viewport into chosen sentences; offsets are code points inside sentences."""

    sentence_pressed = Signal(int)
    selection_extended = Signal(int)  # shift-click: from the current sentence to this one
    selection_dragged = Signal(int, int)
    context_menu_requested = Signal(int, QPoint)
    scroll_requested = Signal(int)  # pixels, while dragging beyond the edge

    def __init__(
        self, parent: QObject, *, find_start: Callable[[QPointF], int | None], height: Callable[[], int]
    ) -> None:
        """Create the handler.

        Args:
            parent: The parent object.
            find_start: Returns an offset inside the sentence at a point of the viewport, or None.
            height: Returns the height of the viewport in pixels.
        """
        super().__init__(parent)
        self._find_sentence_at = find_start
        self._height = height
        self._drag_start: int | None = None
        self._drag_end: int | None = None
        self._last_position = QPointF()
        self._timer = QBasicTimer()

    @property
    def is_pressed(self) -> bool:
        """Return whether a button is held on a sentence."""
        return self._drag_start is not None

    def handle_event(self, event: QEvent) -> bool:
        """Handle an event of the viewport and return whether it is consumed."""
        if isinstance(event, QMouseEvent):
            return self._handle_mouse(event)
        if isinstance(event, QContextMenuEvent) and event.reason() == QContextMenuEvent.Reason.Mouse:
            start = self._find_sentence_at(QPointF(event.pos()))
            if start is not None:
                self.context_menu_requested.emit(start, event.globalPos())
            return True
        return False

    def stop(self) -> None:
        """Cancel a drag."""
        self._drag_start = self._drag_end = None
        self._timer.stop()

    def timerEvent(self, event: QTimerEvent) -> None:
        """Continue scrolling while the mouse is held beyond the edge."""
        del event
        self.scroll_requested.emit(round(self._overshoot()))
        self._drag()

    def _handle_mouse(self, event: QMouseEvent) -> bool:
        self._last_position = event.position()
        if event.type() == QEvent.Type.MouseMove:
            return self._move(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.stop()
        elif event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}:
            self._press(event)
        return True

    def _press(self, event: QMouseEvent) -> None:
        start = self._find_sentence_at(event.position())
        if start is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.selection_extended.emit(start)
            return
        self._drag_start = self._drag_end = start
        self.sentence_pressed.emit(start)

    def _move(self, event: QMouseEvent) -> bool:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.stop()
            return False
        if self._drag_start is None:
            return False
        if self._overshoot() and not self._timer.isActive():
            self._timer.start(_AUTOSCROLL_INTERVAL_MS, self)
        elif not self._overshoot():
            self._timer.stop()
        self._drag()
        return True

    def _drag(self) -> None:
        start = self._find_sentence_at(self._last_position)
        if start is not None and self._drag_start is not None and start != self._drag_end:
            self._drag_end = start
            self.selection_dragged.emit(min(self._drag_start, start), max(self._drag_start, start))

    def _overshoot(self) -> float:
        """Return the pixels that the mouse is above (negative) or below the viewport, or 0."""
        y = self._last_position.y()
        return y if y < 0 else max(0.0, y - self._height())


def find_sentence(page: Page, offset: int) -> Sentence | None:
    """Return the sentence at `offset` (code points), else the nearest in its block, or None."""
    sentences = page.sentences(page.block_at(offset))
    return min(sentences, key=lambda sentence: _distance(sentence, offset), default=None)


def _distance(sentence: Sentence, offset: int) -> int:
    start, end = sentence.span
    return max(start - offset, offset - end + 1, 0)
