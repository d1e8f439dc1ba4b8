"""Widget that shows an article with its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent

from annotator.core.span import Span
from annotator.gui.article.layout.viewport import distance_to_reveal
from annotator.gui.article.mouse import MouseHandler, find_sentence
from annotator.gui.article.painting.scene import SPILL
from annotator.gui.article.painting.search_highlights import SearchHighlights
from annotator.gui.article.scroll_area import ScrollArea
from annotator.gui.article.splitter import SplitChooser
from annotator.gui.widgets.key_places import find_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget

    from annotator.core.sentence import Sentence
    from annotator.gui.article.label_bar import LabelBar
    from annotator.gui.article.layout.page import Page
    from annotator.gui.theme.look import ArticleStyle

_MARGIN = 0.2  # share of the viewport kept free above and below the current sentence
_FAR_JUMP_TOP = 0.3  # share of the viewport above a sentence that is jumped to
_LABEL_BAR_MARGIN = 8  # pixels between the label bar and the edges of the viewport


class KeyHandler(Protocol):
    """What answers keys before the window's shortcuts."""

    def claims(self, event: QKeyEvent) -> bool:
        """Return whether no shortcut may see `event`."""

    def handle(self, event: QKeyEvent) -> bool:
        """Do what the key is for, if it is claimed, and return whether it is."""


class ArticleView(ScrollArea):
    """An article as a page, with current sentence, selection and marks; offsets are code points."""

    sentences_dragged = Signal(int, int)
    context_menu_requested = Signal(int, QPoint)
    label_clicked = Signal(str)
    split_chosen = Signal(int)
    split_cancelled = Signal()
    key_ignored = Signal(int)  # a key with its modifiers that nothing here answers
    page_shown = Signal()
    current_shown = Signal()
    decision_shown = Signal()  # of the current sentence

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A Vietnamese input method would hold letters back to compose them, and the keys of actions would not arrive.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.viewport().setMouseTracking(True)
        self._label_bar: LabelBar | None = None
        self._key_handler: KeyHandler | None = None
        self._mouse = MouseHandler(self, find_start=self._find_in_sentence, height=self.viewport().height)
        self._mouse.sentence_pressed.connect(self.sentence_chosen)
        self._mouse.selection_dragged.connect(self.sentences_dragged)
        self._mouse.context_menu_requested.connect(self.context_menu_requested)
        self._mouse.selection_extended.connect(self._on_selection_extended)
        self._mouse.scroll_requested.connect(self._scroll_by)
        self._split_chooser = SplitChooser(self)
        self._split_chooser.moved.connect(self._on_split_moved)
        self._split_chooser.chosen.connect(self.split_chosen)
        self._split_chooser.cancelled.connect(self.split_cancelled)
        self.set_article_style(self._article_style)

    def set_key_handler(self, handler: KeyHandler) -> None:
        """Let `handler` answer keys before the window's shortcuts."""
        self._key_handler = handler

    def set_page(self, page: Page | None) -> None:
        """Show another article from its start, or none."""
        self._split_chooser.cancel()
        self._mouse.stop()
        self._set_scene(page)
        self.page_shown.emit()

    def show_current(
        self, current: Sentence | None, *, selection: Sequence[Sentence] = (), changed: Sequence[Span] = ()
    ) -> None:
        """Outline `current`, highlight `selection`, and scroll until `current` is visible.

        The `changed` spans, in which decisions or sentence boundaries changed, are repainted.
        """
        scene = self._scene
        if scene is None:
            return
        before = scene.current
        self._update_spans(changed, part=scene.fragment_bands)
        # Announced before the move: a step that moves on decided the sentence that was current until now.
        if before is not None and any(span.is_overlapping(before.span) for span in changed):
            self.decision_shown.emit()
        if before != current:
            self._split_chooser.cancel()
            self._held = None
        chosen = frozenset(sentence.span for sentence in selection)
        outlined = {sentence.span for sentence in (before, current) if sentence} if before != current else set()
        outlined |= scene.selection ^ chosen
        scene.current, scene.selection = current, chosen
        self._update_spans(outlined, part=scene.line_bands)
        # Scrolling places the label bar already.
        if current is None or not self._reveal(current.span):
            self._place_label_bar()
        if current is not None and current != before:
            self.current_shown.emit()

    def refresh_kinds(self, blocks: Iterable[int]) -> None:
        """Lay out `blocks`, whose kinds changed, again."""
        if self._scene is not None:
            offset, top = self._hold_line()
            self._scene.column.invalidate(blocks)
            self._scene.viewport.pin(offset, at=top)
            self._refresh_all()

    def set_matches(self, spans: Sequence[Span], *, current: Span | None) -> None:
        """Highlight the search matches at `spans`, and scroll to `current`, the active one."""
        scene = self._scene
        if scene is None or not (spans or scene.search_highlights.spans):
            return
        is_elsewhere = current is not None and current != scene.search_highlights.current
        scene.search_highlights = SearchHighlights(spans, current)
        self.viewport().update()
        if is_elsewhere and current is not None:
            self._reveal(current)

    def uncover(self, height: int) -> None:
        """Scroll by `height` if the current sentence is in the uppermost `height` pixels, which are covered now."""
        bands = self._scene.line_bands(self._scene.current.span) if self._scene and self._scene.current else []
        if bands and bands[0].top() < height and bands[-1].bottom() > 0:
            self._scroll_by(-height)

    @property
    def is_splitting(self) -> bool:
        """True while the user chooses where to split a sentence."""
        return self._split_chooser.is_active

    def begin_split(self) -> None:
        """Let the user choose where the current sentence is split, until it is split or cancelled."""
        if self._scene is not None and self._scene.current is not None:
            self._split_chooser.start(self._scene.page.text, self._scene.current.span)

    def selected_text(self) -> str:
        """Return the text of the selected sentences, or else of the current one."""
        if self._scene is None:
            return ""
        spans = set(self._scene.selection)
        if not spans and self._scene.current is not None:
            spans = {self._scene.current.span}
        if not spans:
            return ""
        return self._scene.page.text[min(span.start for span in spans) : max(span.end for span in spans)]

    def copy(self) -> None:
        """Copy the selected sentences, or the current one, to the clipboard."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    def set_article_style(self, look: ArticleStyle) -> None:
        """Use other colours, fonts or labels, and keep the scroll position."""
        if look.labels and self._label_bar is None:
            self._label_bar = self._make_label_bar()
        if self._label_bar is not None:
            self._label_bar.set_article_style(look)
            self._room = self._label_bar.width_with_names() if look.labels else 0
        super().set_article_style(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size; a current sentence that was visible stays visible."""
        scene = self._scene
        was_seen = scene is not None and scene.current is not None and bool(scene.line_bands(scene.current.span))
        super().resizeEvent(event)
        if was_seen and scene is not None and scene.current is not None:
            bands = scene.line_bands(scene.current.span)
            if not bands or bands[0].top() < 0 or bands[-1].bottom() > self.viewport().height():
                self._reveal(scene.current.span)
        self._place_label_bar()

    def _reveal(self, span: Span) -> bool:
        """Scroll until a sentence is well visible and return whether that moved it; a pressed one moves the least."""
        scene = self._scene
        if scene is None:
            return False
        distance = distance_to_reveal(scene.viewport, span, margin=0.0 if self._mouse.is_pressed else _MARGIN)
        if distance is None:
            scene.viewport.pin(span.start, at=round(_FAR_JUMP_TOP * scene.viewport.height))
            self._refresh_all()
        else:
            self._scroll_by(distance)
        return distance != 0

    def _update_spans(self, spans: Iterable[Span], *, part: Callable[[Span], list[QRect]]) -> None:
        """Repaint the bands that `part` returns for those of `spans` that are on the screen."""
        shown = self._scene.viewport.visible() if self._scene else []
        if not shown:
            return
        seen = Span(shown[0].layout.span.start, shown[-1].layout.span.end)
        for span in spans:
            if span.is_overlapping(seen):
                for band in part(span):
                    self.viewport().update(band)

    def _make_label_bar(self) -> LabelBar:
        from annotator.gui.article.label_bar import LabelBar  # noqa: PLC0415  # not needed for the first painting

        chips = LabelBar(self.viewport())
        chips.clicked.connect(self.label_clicked)
        return chips

    def _place_label_bar(self) -> None:
        """Place the label bar beside the current sentence, or hide it where that is not visible."""
        scene, chips = self._scene, self._label_bar
        if chips is None:
            return
        bands = scene.line_bands(scene.current.span) if scene and scene.current else []
        is_seen = bool(bands) and bands[0].top() < self.viewport().height() and bands[-1].bottom() > 0
        if not scene or not scene.current or not is_seen or not self._article_style.labels:
            chips.hide()
            return
        mark = scene.page.mark(scene.current)
        chips.set_narrow(is_narrow=not scene.geometry.has_side_room)
        if scene.geometry.label_bar_left + chips.width() > self.viewport().width():  # no margin is left beside the text
            chips.hide()
            return
        chips.set_active(mark.labels, is_nothing=mark.is_nothing)
        lowest = self.viewport().height() - chips.height() - _LABEL_BAR_MARGIN
        chips.move(scene.geometry.label_bar_left, max(_LABEL_BAR_MARGIN, min(bands[0].top() + SPILL, lowest)))
        chips.show()

    def _find_in_sentence(self, point: QPointF) -> int | None:
        """Return a code point of the sentence at, or nearest to, a point of the viewport."""
        scene = self._scene
        offset = scene.offset_at(point) if scene else None
        sentence = find_sentence(scene.page, offset) if scene and offset is not None else None
        if sentence is None or offset is None:
            return None
        return max(sentence.span.start, min(offset, sentence.span.end - 1))

    def _on_selection_extended(self, offset: int) -> None:
        current = self._scene.current if self._scene else None
        if current is None:
            self.sentence_chosen.emit(offset)
        else:
            self.sentences_dragged.emit(min(current.span.start, offset), max(current.span.start, offset))

    def _on_split_moved(self) -> None:
        if self._scene is not None and self._scene.current is not None:
            self._scene.split_offset = self._split_chooser.offset
            self._update_spans({self._scene.current.span}, part=self._scene.line_bands)

    def _on_scrolled(self) -> None:
        self._place_label_bar()

    def _split_by_mouse(self, event: QMouseEvent) -> bool:
        """Move the word cursor with the mouse and split at a press."""
        offset = self._scene.offset_at(event.position()) if self._scene else None
        if event.type() == QEvent.Type.MouseMove and offset is not None:
            self._split_chooser.move_near(offset)
        elif event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._split_chooser.press(offset)
        return True

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the word cursor from shortcuts."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_claimed = self._key_handler is not None and self._key_handler.claims(event)
            if is_claimed or self._split_chooser.is_own_key(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the word cursor or scroll; leave other keys to the window, and tell which these are."""
        if self._split_chooser.handle_key(event):
            return
        if self._key_handler is None or not self._key_handler.handle(event):
            super().keyPressEvent(event)
            if not event.isAccepted():
                self.key_ignored.emit(QKeyCombination(event.modifiers(), Qt.Key(find_key(event))).toCombined())

    def viewportEvent(self, event: QEvent) -> bool:
        """Choose sentences with the mouse; emit `context_menu_requested` on a right click."""
        if isinstance(event, QMouseEvent) and self._split_chooser.is_active:
            return self._split_by_mouse(event)
        if isinstance(event, QMouseEvent | QContextMenuEvent) and self._mouse.handle_event(event):
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Emit `context_menu_requested` for the current sentence when the menu key is pressed."""
        current = self._scene.current if self._scene else None
        box = self._scene.caret_rect(current.span.start) if self._scene and current else None
        if current is None or box is None:
            event.ignore()
        else:
            self.context_menu_requested.emit(
                current.span.start, self.viewport().mapToGlobal(box.bottomLeft().toPoint())
            )
