"""The scroll area with the paper on it: size, zoom, scrolling. It must not know what is chosen or marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.gui.article.layout.geometry import Sheet, sheet
from annotator.gui.article.layout.typography import Faces
from annotator.gui.article.painting.empty_state import paint_empty
from annotator.gui.article.painting.scene import Scene
from annotator.gui.article.scrollbar import QuietScrollBar
from annotator.gui.theme.look import Look

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from annotator.gui.article.layout.page import Page

_LEAST_ZOOM, _GREATEST_ZOOM, _ZOOM_STEP = 0.5, 4.0, 1.1
_LEADING = 1.55
_LINES_KEPT = 2  # on the screen when paging
_NOTCH = 120


class Desk(QAbstractScrollArea):
    """Shows an article as large and as far down as asked; what was seen stays where it is when sizes change."""

    sentence_chosen = Signal(int)  # by mouse, or by a screen reader
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look()
        self._zoom = 1.0
        self._empty = ("", "")
        self._is_faded = False
        self._scene: Scene | None = None
        self._held: tuple[int, float] | None = None
        self._is_syncing = False
        self._room = 0  # wanted beside the paper, in pixels
        self._bar = QuietScrollBar()
        self.setVerticalScrollBar(self._bar)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A viewport made here is known to Python; to be handed Qt's own one costs ten milliseconds at the first time.
        viewport = QWidget(self)
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setViewport(viewport)
        self._faces = self._measured()

    @property
    def scene(self) -> Scene | None:
        """What is shown and where, or None while the view is empty."""
        return self._scene

    @property
    def zoom(self) -> float:
        """The zoom, 1 for the look's own size."""
        return self._zoom

    def place(self) -> float:
        """What is at the top, to come back to: the code point of the top line, and the share of the line gone by."""
        if self._scene is None or (self._scene.sight.value == 0):
            return 0.0
        offset, top = self._top_line()
        pitch = self._scene.column.line_height(offset)
        return offset + min(0.99, max(0.0, -top / pitch))

    def restore_place(self, place: float) -> None:
        """Come back to a ``place``."""
        if self._scene is None:
            return
        self._held = None
        offset = int(place)
        if place <= 0:
            self._scene.sight.go_to_start()
        else:
            gone = (place - offset) * self._scene.column.line_height(offset)
            self._scene.sight.hold(offset, at=-round(gone))
        self._renew()

    def set_look(self, look: Look) -> None:
        """Take other colours, faces or labels; the place stays."""
        self._look = look
        self._bar.set_look(look)
        self._dress()

    def set_zoom(self, zoom: float) -> None:
        """Take another zoom; the current sentence, or else the top line, stays where it is."""
        self._zoom = max(_LEAST_ZOOM, min(zoom, _GREATEST_ZOOM))
        self._dress()

    def set_faded(self, *, is_faded: bool) -> None:
        """Let what is not tagged stand back, or not; nothing is moved by it."""
        self._is_faded = is_faded
        if self._scene is not None:
            self._scene.is_faded = is_faded
            self.viewport().update()

    def set_empty_text(self, title: str, text: str) -> None:
        """What the view says while it has no article."""
        self._empty = (title, text)
        if self._scene is None:
            self.viewport().update()

    def _set_scene(self, page: Page | None) -> None:
        self._held = None
        self._scene = None
        if page is not None and len(page.blocks):
            height = self.viewport().height()
            self._scene = Scene(page, look=self._look, faces=self._faces, sheet=self._sheet(), height=height)
            self._scene.is_faded = self._is_faded
        self._renew()

    def _measured(self) -> Faces:
        return Faces(self._look, zoom=self._zoom, dots_per_inch=self.logicalDpiY())

    def _sheet(self) -> Sheet:
        return sheet(self.viewport().width(), faces=self._faces, chips=self._room)

    def _dress(self) -> None:
        self._faces = self._measured()
        if self._scene is not None:
            offset, top = self._hold()
            self._scene.sheet = self._sheet()
            self._scene.dress(self._look, self._faces)
            self._scene.sight.hold(offset, at=top)
        self._renew()

    def _hold(self) -> tuple[int, float]:
        """A code point to keep where it is: the current sentence's if it is seen, else the top line's."""
        if self._held is None:
            current = self._scene.current if self._scene else None
            top = self._scene.sight.top_of(current.span.start) if self._scene and current else None
            is_seen = top is not None and 0 <= top < self.viewport().height()
            self._held = (current.span.start, top) if current and top is not None and is_seen else self._top_line()
        return self._held

    def _top_line(self) -> tuple[int, float]:
        """The code point at the start of the first line on the screen, and where the line's top is."""
        entry = self._scene.sight.nearest(0) if self._scene else None
        if entry is None:
            return 0, 0.0
        line = next((line for line in entry.laid.lines if entry.top + line.bottom > 0), entry.laid.lines[-1])
        return entry.laid.line_span(line).start, entry.top + line.top

    def _renew(self) -> None:
        """Show all anew."""
        self._sync()
        self._on_scrolled()
        self.viewport().update()

    def _sync(self) -> None:
        """Make the scroll bar say what is shown."""
        self._is_syncing = True
        bar = self.verticalScrollBar()
        if self._scene is None:
            bar.setRange(0, 0)
        else:
            sight = self._scene.sight
            sight.shown()
            line = round(self._faces.em * _LEADING)
            bar.setRange(0, sight.maximum)
            bar.setPageStep(max(line, sight.height - _LINES_KEPT * line))
            bar.setSingleStep(line)
            bar.setValue(sight.value)
        self._is_syncing = False

    def _scroll(self, distance: int) -> None:
        """Scroll by so many pixels; what stays on the screen is moved, not painted again."""
        if self._scene is None or not distance:
            return
        self._held = None
        gone = self._scene.sight.move(distance)
        viewport = self.viewport()
        if 0 < abs(gone) < viewport.height() and viewport.devicePixelRatio().is_integer():
            viewport.scroll(0, -gone)
        elif gone or abs(distance) >= viewport.height():
            viewport.update()
        self._sync()
        self._on_scrolled()

    def _go(self, value: int) -> None:
        """Go where the scroll bar says."""
        if self._scene is None:
            return
        sight, bar = self._scene.sight, self.verticalScrollBar()
        self._held = None
        is_near = abs(value - sight.value) <= 2 * sight.height
        if value >= bar.maximum() and (not is_near or bar.isSliderDown()):
            sight.go_to_end()
        elif value <= 0 and (not is_near or bar.isSliderDown()):
            sight.go_to_start()
        elif is_near:
            self._scroll(value - sight.value)
            return
        else:
            sight.go_to(value)
        self._renew()

    def _on_scrolled(self) -> None:
        """For what stands beside the text: the text has moved."""

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        del dx, dy
        if not self._is_syncing:
            self._go(self.verticalScrollBar().value())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what of the article needs it."""
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        if self._scene is None:
            paint_empty(painter, area, look=self._look, faces=self._faces, words=self._empty)
        else:
            self._scene.paint(painter, event.region(), size=area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the new size; the place stays."""
        super().resizeEvent(event)
        if self._scene is not None:
            offset, top = self._hold()
            if self._scene.shape(self._sheet(), height=self.viewport().height()):
                self._scene.sight.hold(offset, at=top)
        self._renew()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        before = self._zoom
        self.set_zoom(round(before * _ZOOM_STEP ** (event.angleDelta().y() / _NOTCH), 3))
        if self._zoom != before:
            self.zoom_changed.emit(self._zoom)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, with Ctrl and Home or End to the top or end; leave all other keys to the window."""
        bar = self.verticalScrollBar()
        key, is_ctrl = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        is_plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if self._scene is not None and is_ctrl and key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._held = None
            if key == Qt.Key.Key_Home:
                self._scene.sight.go_to_start()
            else:
                self._scene.sight.go_to_end()
            self._renew()
        elif is_plain and key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._scroll(-bar.pageStep() if key == Qt.Key.Key_PageUp else bar.pageStep())
        else:
            event.ignore()
