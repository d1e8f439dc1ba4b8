"""Scroll area with the page on it: size, zoom and scrolling."""

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
_LINES_KEPT = 2  # lines that stay visible when paging
_NOTCH = 120  # Qt counts the wheel in eighths of a degree; a usual mouse has notches of 15 degrees


class Desk(QAbstractScrollArea):
    """Shows an article at a zoom and a scroll position; what is visible keeps its place when sizes change."""

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
        self._room = 0  # pixels that the label bar needs beside the paper
        self._bar = QuietScrollBar()
        self.setVerticalScrollBar(self._bar)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Fetching Qt's own viewport for the first time costs ten milliseconds, since PySide has to wrap it.
        viewport = QWidget(self)
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setViewport(viewport)
        self._faces = self._measured()

    @property
    def scene(self) -> Scene | None:
        """The scene that is shown, or None while the view is empty."""
        return self._scene

    @property
    def zoom(self) -> float:
        """The zoom, 1 for the size of the look."""
        return self._zoom

    def place(self) -> float:
        """Return the scroll position, for `restore_place`.

        Its whole part is the code point at which the top line starts, its fraction the share of that line that is
        scrolled away (at most 0.99).
        """
        if self._scene is None or (self._scene.sight.value == 0):
            return 0.0
        offset, top = self._top_line()
        pitch = self._scene.column.line_height(offset)
        return offset + min(0.99, max(0.0, -top / pitch))

    def restore_place(self, place: float) -> None:
        """Scroll to a position that `place` returned."""
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
        """Use other colours, fonts or labels, and keep the scroll position."""
        self._look = look
        self._bar.set_look(look)
        self._dress()

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom within its limits; the current sentence, or else the top line, keeps its place."""
        self._zoom = max(_LEAST_ZOOM, min(zoom, _GREATEST_ZOOM))
        self._dress()

    def set_faded(self, *, is_faded: bool) -> None:
        """Fade the sentences that are not tagged, or stop doing so; the layout stays."""
        self._is_faded = is_faded
        if self._scene is not None:
            self._scene.is_faded = is_faded
            self.viewport().update()

    def set_empty_text(self, title: str, text: str) -> None:
        """Set the title and text that are shown while there is no article."""
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
        """Return a code point that keeps its place, and the top of its line in the viewport.

        It is that of the current sentence if it is visible, else of the top line. Until the next scrolling the answer
        stays the same, so that several size changes in a row do not add up rounding errors.
        """
        if self._held is None:
            current = self._scene.current if self._scene else None
            top = self._scene.sight.top_of(current.span.start) if self._scene and current else None
            is_seen = top is not None and 0 <= top < self.viewport().height()
            self._held = (current.span.start, top) if current and top is not None and is_seen else self._top_line()
        return self._held

    def _top_line(self) -> tuple[int, float]:
        """Return the code point at which the first visible line starts, and the top of that line."""
        entry = self._scene.sight.nearest(0) if self._scene else None
        if entry is None:
            return 0, 0.0
        line = next((line for line in entry.laid.lines if entry.top + line.bottom > 0), entry.laid.lines[-1])
        return entry.laid.line_span(line).start, entry.top + line.top

    def _renew(self) -> None:
        """Update scroll bar, overlays and the whole viewport."""
        self._sync()
        self._on_scrolled()
        self.viewport().update()

    def _sync(self) -> None:
        """Set range and value of the scroll bar from the viewport."""
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
        """Scroll by `distance` pixels; the part that stays visible is moved instead of painted again."""
        if self._scene is None or not distance:
            return
        self._held = None
        gone = self._scene.sight.move(distance)
        viewport = self.viewport()
        # With a fractional ratio the moved part and the repainted part would not meet at a device pixel.
        if 0 < abs(gone) < viewport.height() and viewport.devicePixelRatio().is_integer():
            viewport.scroll(0, -gone)
        elif gone or abs(distance) >= viewport.height():
            viewport.update()
        self._sync()
        self._on_scrolled()

    def _go(self, value: int) -> None:
        """Scroll to a value of the scroll bar."""
        if self._scene is None:
            return
        sight, bar = self._scene.sight, self.verticalScrollBar()
        self._held = None
        # Heights that were never laid out are estimates: a short way is walked exactly, a long one goes by them.
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
        """Place what stands beside the text; for subclasses, called after the text moved."""

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        del dx, dy
        if not self._is_syncing:
            self._go(self.verticalScrollBar().value())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the exposed part of the article."""
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        if self._scene is None:
            paint_empty(painter, area, look=self._look, faces=self._faces, words=self._empty)
        else:
            self._scene.paint(painter, event.region(), size=area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size and keep the scroll position."""
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
        """Scroll on Page Up, Page Down, Ctrl+Home and Ctrl+End; leave other keys to the window."""
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
