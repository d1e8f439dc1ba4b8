"""Scroll area with the page on it: size, zoom and scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.gui.article.layout.geometry import Geometry, compute_geometry
from annotator.gui.article.layout.typography import Typography
from annotator.gui.article.painting.empty_state import paint_empty
from annotator.gui.article.painting.scene import Scene
from annotator.gui.article.scrollbar import FlatScrollBar
from annotator.gui.theme.look import ArticleStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from annotator.gui.article.layout.page import Page

_MIN_ZOOM, _MAX_ZOOM, _ZOOM_STEP = 0.5, 4.0, 1.1
_LEADING = 1.55
_PAGE_OVERLAP_LINES = 2  # lines that stay visible when paging
_WHEEL_NOTCH = 120  # Qt counts the wheel in eighths of a degree; a usual mouse has notches of 15 degrees


class ScrollArea(QAbstractScrollArea):
    """Shows an article at a zoom and a scroll position; what is visible keeps its place when sizes change."""

    sentence_chosen = Signal(int)  # by mouse, or by a screen reader
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article_style = ArticleStyle()
        self._zoom = 1.0
        self._empty_text = ("", "")
        self._is_faded = False
        self._scene: Scene | None = None
        self._held_line: tuple[int, float] | None = None
        self._is_syncing = False
        self._label_bar_width = 0  # pixels that the label bar needs beside the paper
        self._scroll_bar = FlatScrollBar()
        self.setVerticalScrollBar(self._scroll_bar)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Fetching Qt's own viewport for the first time costs ten milliseconds, since PySide has to wrap it.
        viewport = QWidget(self)
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setViewport(viewport)
        self._typography = self._make_typography()

    @property
    def scene(self) -> Scene | None:
        """The scene that is shown, or None while the view is empty."""
        return self._scene

    @property
    def zoom(self) -> float:
        """The zoom, 1 for the size of the look."""
        return self._zoom

    def scroll_position(self) -> float:
        """Return the scroll position, for `restore_scroll_position`.

        Its whole part is the code point at which the top line starts, its fraction the share of that line that is
        scrolled away (at most 0.99).
        """
        if self._scene is None or (self._scene.viewport.value == 0):
            return 0.0
        offset, top = self._top_line()
        pitch = self._scene.column.line_height(offset)
        return offset + min(0.99, max(0.0, -top / pitch))

    def restore_scroll_position(self, place: float) -> None:
        """Scroll to a position that `scroll_position` returned."""
        if self._scene is None:
            return
        self._held_line = None
        offset = int(place)
        if place <= 0:
            self._scene.viewport.go_to_start()
        else:
            gone = (place - offset) * self._scene.column.line_height(offset)
            self._scene.viewport.pin(offset, at=-round(gone))
        self._refresh_all()

    def set_article_style(self, look: ArticleStyle) -> None:
        """Use other colours, fonts or labels, and keep the scroll position."""
        self._article_style = look
        self._scroll_bar.set_article_style(look)
        self._apply_style()

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom within its limits; the current sentence, or else the top line, keeps its place."""
        self._zoom = max(_MIN_ZOOM, min(zoom, _MAX_ZOOM))
        self._apply_style()

    def set_faded(self, *, is_faded: bool) -> None:
        """Fade the sentences that are not tagged, or stop doing so; the layout stays."""
        self._is_faded = is_faded
        if self._scene is not None:
            self._scene.is_faded = is_faded
            self.viewport().update()

    def set_empty_text(self, title: str, text: str) -> None:
        """Set the title and text that are shown while there is no article."""
        self._empty_text = (title, text)
        if self._scene is None:
            self.viewport().update()

    def _set_scene(self, page: Page | None) -> None:
        self._held_line = None
        self._scene = None
        if page is not None and len(page.blocks):
            height = self.viewport().height()
            self._scene = Scene(
                page, look=self._article_style, faces=self._typography, sheet=self._make_geometry(), height=height
            )
            self._scene.is_faded = self._is_faded
        self._refresh_all()

    def _make_typography(self) -> Typography:
        return Typography(self._article_style, zoom=self._zoom, dots_per_inch=self.logicalDpiY())

    def _make_geometry(self) -> Geometry:
        return compute_geometry(self.viewport().width(), faces=self._typography, chips=self._label_bar_width)

    def _apply_style(self) -> None:
        self._typography = self._make_typography()
        if self._scene is not None:
            offset, top = self._hold_line()
            self._scene.geometry = self._make_geometry()
            self._scene.apply_style(self._article_style, self._typography)
            self._scene.viewport.pin(offset, at=top)
        self._refresh_all()

    def _hold_line(self) -> tuple[int, float]:
        """Return a code point that keeps its place, and the top of its line in the viewport.

        It is that of the current sentence if it is visible, else of the top line. Until the next scrolling the answer
        stays the same, so that several size changes in a row do not add up rounding errors.
        """
        if self._held_line is None:
            current = self._scene.current if self._scene else None
            top = self._scene.viewport.top_of(current.span.start) if self._scene and current else None
            is_seen = top is not None and 0 <= top < self.viewport().height()
            self._held_line = (current.span.start, top) if current and top is not None and is_seen else self._top_line()
        return self._held_line

    def _top_line(self) -> tuple[int, float]:
        """Return the code point at which the first visible line starts, and the top of that line."""
        entry = self._scene.viewport.nearest_to(0) if self._scene else None
        if entry is None:
            return 0, 0.0
        line = next((line for line in entry.layout.lines if entry.top + line.bottom > 0), entry.layout.lines[-1])
        return entry.layout.line_span(line).start, entry.top + line.top

    def _refresh_all(self) -> None:
        """Update scroll bar, overlays and the whole viewport."""
        self._sync_scroll_bar()
        self._on_scrolled()
        self.viewport().update()

    def _sync_scroll_bar(self) -> None:
        """Set range and value of the scroll bar from the viewport."""
        self._is_syncing = True
        bar = self.verticalScrollBar()
        if self._scene is None:
            bar.setRange(0, 0)
        else:
            sight = self._scene.viewport
            sight.visible()
            line = round(self._typography.em * _LEADING)
            bar.setRange(0, sight.maximum)
            bar.setPageStep(max(line, sight.height - _PAGE_OVERLAP_LINES * line))
            bar.setSingleStep(line)
            bar.setValue(sight.value)
        self._is_syncing = False

    def _scroll_by(self, distance: int) -> None:
        """Scroll by `distance` pixels; the part that stays visible is moved instead of painted again."""
        if self._scene is None or not distance:
            return
        self._held_line = None
        gone = self._scene.viewport.scroll_by(distance)
        viewport = self.viewport()
        # With a fractional ratio the moved part and the repainted part would not meet at a device pixel.
        if 0 < abs(gone) < viewport.height() and viewport.devicePixelRatio().is_integer():
            viewport.scroll(0, -gone)
        elif gone or abs(distance) >= viewport.height():
            viewport.update()
        self._sync_scroll_bar()
        self._on_scrolled()

    def _go_to_value(self, value: int) -> None:
        """Scroll to a value of the scroll bar."""
        if self._scene is None:
            return
        sight, bar = self._scene.viewport, self.verticalScrollBar()
        self._held_line = None
        # Heights that were never laid out are estimates: a short way is walked exactly, a long one goes by them.
        is_near = abs(value - sight.value) <= 2 * sight.height
        if value >= bar.maximum() and (not is_near or bar.isSliderDown()):
            sight.go_to_end()
        elif value <= 0 and (not is_near or bar.isSliderDown()):
            sight.go_to_start()
        elif is_near:
            self._scroll_by(value - sight.value)
            return
        else:
            sight.go_to(value)
        self._refresh_all()

    def _on_scrolled(self) -> None:
        """Place what stands beside the text; for subclasses, called after the text moved."""

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        del dx, dy
        if not self._is_syncing:
            self._go_to_value(self.verticalScrollBar().value())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the exposed part of the article."""
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        if self._scene is None:
            paint_empty(painter, area, look=self._article_style, faces=self._typography, words=self._empty_text)
        else:
            self._scene.paint(painter, event.region(), size=area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size and keep the scroll position."""
        super().resizeEvent(event)
        if self._scene is not None:
            offset, top = self._hold_line()
            if self._scene.set_geometry(self._make_geometry(), height=self.viewport().height()):
                self._scene.viewport.pin(offset, at=top)
        self._refresh_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        before = self._zoom
        self.set_zoom(round(before * _ZOOM_STEP ** (event.angleDelta().y() / _WHEEL_NOTCH), 3))
        if self._zoom != before:
            self.zoom_changed.emit(self._zoom)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll on Page Up, Page Down, Ctrl+Home and Ctrl+End; leave other keys to the window."""
        bar = self.verticalScrollBar()
        key, is_ctrl = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        is_plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if self._scene is not None and is_ctrl and key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._held_line = None
            if key == Qt.Key.Key_Home:
                self._scene.viewport.go_to_start()
            else:
                self._scene.viewport.go_to_end()
            self._refresh_all()
        elif is_plain and key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._scroll_by(-bar.pageStep() if key == Qt.Key.Key_PageUp else bar.pageStep())
        else:
            event.ignore()
