"""The article for screen readers: a read-only text whose cursor is at the current sentence.

Positions are UTF-16 units here, as in Qt. Qt finds words, sentences and lines in the text itself: PySide cannot answer
those queries, nor report where a selection is, from Python. No selection is offered, therefore; the current sentence is
announced.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary, ref

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleObject,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
)
from PySide6.QtWidgets import QApplication
from shiboken6 import VoidPtr, getCppPointer, isValid

from annotator.core.document import BlockKind
from annotator.gui.article.layout.utf16 import Utf16Map
from annotator.gui.article.layout.visible_characters import make_visible
from annotator.gui.article.scroll_area import ScrollArea

if TYPE_CHECKING:
    from annotator.core.sentence import Sentence
    from annotator.gui.article.layout.page import Page
    from annotator.gui.article.painting.scene import Scene
    from annotator.gui.article.view import ArticleView

_TITLE_SEARCH_BLOCKS = 12  # blocks from the start that are searched for a title
# Python must hold each interface for as long as its view lives.
_interfaces: WeakKeyDictionary[ScrollArea, ArticleInterface] = WeakKeyDictionary()
_is_installed: list[bool] = []


def install_accessibility(view: ArticleView) -> None:
    """Answer screen readers for `view` and announce what it shows.

    The module is loaded after the first painting, since it is not needed before.
    """
    if not _is_installed:
        _is_installed.append(True)
        QAccessible.installFactory(_create_interface)
    view.page_shown.connect(partial(_announce_page, ref(view)))
    view.current_shown.connect(partial(_announce_current, ref(view)))
    view.decision_shown.connect(partial(_announce_decision, ref(view)))


def describe_sentence(page: Page, sentence: Sentence) -> str:
    """Return the text of a sentence followed by the decision about it, as a screen reader says them."""
    text = make_visible(page.text[sentence.span.start : sentence.span.end])
    return f"{text} {page.describe_decision(sentence)}".strip()


def _announce_page(seen: ref[ArticleView]) -> None:
    view = seen()
    if view is not None and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.NameChanged))


def _announce_current(seen: ref[ArticleView]) -> None:
    view = seen()
    if view is None or view.scene is None or view.scene.current is None or not QAccessible.isActive():
        return
    position = ArticleText(view).cursorPosition()
    QAccessible.updateAccessibility(QAccessibleTextCursorEvent(view, position))
    _announce(view, describe_sentence(view.scene.page, view.scene.current))


def _announce_decision(seen: ref[ArticleView]) -> None:
    view = seen()
    if view is not None and view.scene is not None and view.scene.current is not None and QAccessible.isActive():
        _announce(view, view.scene.page.describe_decision(view.scene.current))


class ArticleText(QAccessibleTextInterface):
    """Accessible text of an article view."""

    def __init__(self, view: ScrollArea) -> None:
        super().__init__()
        self._view = ref(view)
        self._utf16_map_cache: tuple[str, Utf16Map] = ("", Utf16Map(""))

    def text(self, startOffset: int, endOffset: int) -> str:  # noqa: N803  # Qt's own names
        """Return the text between two UTF-16 positions."""
        scene = self._scene()
        if scene is None:
            return ""
        start, end = self._to_code_point(scene, startOffset), self._to_code_point(scene, endOffset)
        return "\n".join(make_visible(line) for line in scene.page.text[start:end].split("\n"))

    def characterCount(self) -> int:
        """Return the length of the text in UTF-16 units."""
        scene = self._scene()
        return self._to_utf16(scene, len(scene.page.text)) if scene else 0

    def cursorPosition(self) -> int:
        """Return the position at which the current sentence starts."""
        scene = self._scene()
        return self._to_utf16(scene, scene.current.span.start) if scene and scene.current else 0

    def setCursorPosition(self, position: int) -> None:
        """Choose the sentence at `position`."""
        scene, view = self._scene(), self._view()
        if scene is not None and view is not None:
            view.sentence_chosen.emit(min(self._to_code_point(scene, position), len(scene.page.text) - 1))

    def characterRect(self, offset: int) -> QRect:
        """Return the box of a character in screen coordinates; empty where it is not shown."""
        scene, view = self._scene(), self._view()
        box = scene.character_rect(self._to_code_point(scene, offset)) if scene else None
        return box.translated(view.viewport().mapToGlobal(QPoint(0, 0))) if box and view else QRect()

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the position at a point of the screen, or -1."""
        scene, view = self._scene(), self._view()
        if scene is None or view is None:
            return -1
        offset = scene.offset_at(QPointF(view.viewport().mapFromGlobal(point)))
        return -1 if offset is None else self._to_utf16(scene, offset)

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:  # noqa: N803  # Qt's own names
        """Scroll until a position is at the top of the view."""
        del endIndex  # the start goes to the top of the view, however long the part is
        scene, view = self._scene(), self._view()
        if scene is not None and view is not None:
            view.restore_scroll_position(float(self._to_code_point(scene, startIndex)))

    def selectionCount(self) -> int:
        """Return 0: PySide cannot report where a selection is."""
        return 0

    def addSelection(self, startOffset: int, endOffset: int) -> None:  # noqa: N803  # Qt's own names
        """Do nothing: sentences are chosen, not characters."""

    def removeSelection(self, selectionIndex: int) -> None:  # noqa: N803  # Qt's own names
        """Do nothing, as `addSelection`."""

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int) -> None:  # noqa: N803
        """Do nothing, as `addSelection`."""

    def _scene(self) -> Scene | None:
        view = self._view()
        return view.scene if view is not None and isValid(view) else None

    def _get_utf16_map(self, scene: Scene) -> Utf16Map:
        text = scene.page.text
        if self._utf16_map_cache[0] is not text:
            self._utf16_map_cache = (text, Utf16Map(text))
        return self._utf16_map_cache[1]

    def _to_utf16(self, scene: Scene, offset: int) -> int:
        return self._get_utf16_map(scene).to_utf16(offset)

    def _to_code_point(self, scene: Scene, position: int) -> int:
        return min(self._get_utf16_map(scene).to_code_points(max(0, position)), len(scene.page.text))


class ArticleInterface(QAccessibleObject):
    """Accessible interface of a view: a read-only text field named after the article."""

    def __init__(self, view: ScrollArea) -> None:
        super().__init__(view)
        self._view = ref(view)
        self._text = ArticleText(view)

    def interface_cast(self, arg__1: QAccessible.InterfaceType) -> int:
        """Return the text interface, the only one that is supported."""
        # The stubs say int, but the binding takes a VoidPtr only, and crashes on a number or None.
        is_text = arg__1 == QAccessible.InterfaceType.TextInterface
        return cast("int", VoidPtr(getCppPointer(self._text)[0] if is_text else 0))

    def rect(self) -> QRect:
        """Return the place of the view in screen coordinates."""
        view = self._view()
        return QRect(view.mapToGlobal(QPoint(0, 0)), view.size()) if view is not None and isValid(view) else QRect()

    def role(self) -> QAccessible.Role:
        """Return the role of a text, which screen readers read by lines, words and characters."""
        return QAccessible.Role.EditableText

    def state(self) -> QAccessible.State:
        """Return the state: read-only, multi-line, and whether the view has the focus."""
        state = QAccessible.State()
        view = self._view()
        state.readOnly = state.multiLine = state.focusable = True
        if view is not None and isValid(view):
            state.focused = view.hasFocus()
            state.invisible = not view.isVisible()
            state.disabled = not view.isEnabled()
        return state

    def text(self, t: QAccessible.Text) -> str:
        """Return the title as name, the whole text as value, the current sentence as description."""
        view = self._view()
        scene = view.scene if view is not None and isValid(view) else None
        if view is None or scene is None:
            return view.accessibleName() if view is not None and t == QAccessible.Text.Name else ""
        if t == QAccessible.Text.Name:
            return _find_title(scene.page) or view.accessibleName()
        if t == QAccessible.Text.Value:
            return self._text.text(0, self._text.characterCount())
        if t == QAccessible.Text.Description and scene.current is not None:
            return describe_sentence(scene.page, scene.current)
        return ""

    def parent(self) -> QAccessibleInterface:
        """Return the interface of the parent widget, or of the application."""
        view = self._view()
        above = view.parentWidget() if view is not None and isValid(view) else None
        return QAccessible.queryAccessibleInterface(above or _get_application())

    def childCount(self) -> int:
        """Return 0; the widgets beside the text have keys."""
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        """Return no interface."""
        del index
        return _NO_INTERFACE

    def indexOfChild(self, arg__1: QAccessibleInterface) -> int:
        """Return -1: there are no children."""
        del arg__1
        return -1


_NO_INTERFACE: QAccessibleInterface = None  # type: ignore[assignment]  # Qt expects a null pointer, the stubs do not allow it


def _announce(view: ScrollArea, words: str) -> None:
    event = QAccessibleAnnouncementEvent(view, words)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def _create_interface(key: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Return the interface of an article view, or None for other objects, which Qt's own factories answer."""
    del key
    if not isinstance(thing, ScrollArea):
        return None
    if thing not in _interfaces:
        _interfaces[thing] = ArticleInterface(thing)
    return _interfaces[thing]


def _get_application() -> QObject:
    application = QApplication.instance()
    if application is None:
        raise RuntimeError("A view without an application has been asked what it stands in.")
    return application


def _find_title(page: Page) -> str:
    """Return the article's title, or else its first line."""
    blocks = range(min(_TITLE_SEARCH_BLOCKS, len(page.blocks)))
    block = next((block for block in blocks if page.kind(block) is BlockKind.TITLE), 0)
    return make_visible(page.text[page.blocks[block].start : page.blocks[block].end])
