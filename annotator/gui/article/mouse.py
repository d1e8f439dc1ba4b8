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


_TICK_MS = 40  # 25 scroll steps a second while the mouse is held beyond the edge


class Pointer(QObject):
    """Translates mouse events of a viewport into chosen sentences; offsets are code points inside sentences."""

    chosen = Signal(int)
    stretched = Signal(int)  # shift-click: from the current sentence to this one
    dragged = Signal(int, int)
    asked = Signal(int, QPoint)
    scrolled = Signal(int)  # pixels, while dragging beyond the edge

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
        self._find_start = find_start
        self._height = height
        self._from: int | None = None
        self._to: int | None = None
        self._last = QPointF()
        self._timer = QBasicTimer()

    @property
    def is_pressed(self) -> bool:
        """Return whether a button is held on a sentence."""
        return self._from is not None

    def take(self, event: QEvent) -> bool:
        """Handle an event of the viewport and return whether it is consumed."""
        if isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        if isinstance(event, QContextMenuEvent) and event.reason() == QContextMenuEvent.Reason.Mouse:
            start = self._find_start(QPointF(event.pos()))
            if start is not None:
                self.asked.emit(start, event.globalPos())
            return True
        return False

    def stop(self) -> None:
        """Cancel a drag."""
        self._from = self._to = None
        self._timer.stop()

    def timerEvent(self, event: QTimerEvent) -> None:
        """Continue scrolling while the mouse is held beyond the edge."""
        del event
        self.scrolled.emit(round(self._beyond()))
        self._drag()

    def _take_mouse(self, event: QMouseEvent) -> bool:
        self._last = event.position()
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
        start = self._find_start(event.position())
        if start is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.stretched.emit(start)
            return
        self._from = self._to = start
        self.chosen.emit(start)

    def _move(self, event: QMouseEvent) -> bool:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.stop()
            return False
        if self._from is None:
            return False
        if self._beyond() and not self._timer.isActive():
            self._timer.start(_TICK_MS, self)
        elif not self._beyond():
            self._timer.stop()
        self._drag()
        return True

    def _drag(self) -> None:
        start = self._find_start(self._last)
        if start is not None and self._from is not None and start != self._to:
            self._to = start
            self.dragged.emit(min(self._from, start), max(self._from, start))

    def _beyond(self) -> float:
        """Return the pixels that the mouse is above (negative) or below the viewport, or 0."""
        y = self._last.y()
        return y if y < 0 else max(0.0, y - self._height())


def find_sentence(page: Page, offset: int) -> Sentence | None:
    """Return the sentence at `offset` (code points), else the nearest in its block, or None."""
    sentences = page.sentences(page.block_at(offset))
    return min(sentences, key=lambda sentence: _distance(sentence, offset), default=None)


def _distance(sentence: Sentence, offset: int) -> int:
    start, end = sentence.span
    return max(start - offset, offset - end + 1, 0)
