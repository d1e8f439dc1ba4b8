"""In which order Tab goes through the window: the article, what is said of its sentence, the rest.

It must not know what the stops do.

Qt's own order is that in which widgets were made, so that a label or a field made later would come after everything
else; here it is the order in which they are seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDockWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.gui.window import Window

_ROW = 12  # pixels; what is less apart stands in one row


def find_next(window: Window, *, step: int) -> QWidget | None:
    """What has the focus after (``step`` 1) or before (-1) what has it now; from the last on to the first."""
    order = list(dict.fromkeys(_in_order(window)))
    now = window.focusWidget()
    if now in order:
        return order[(order.index(now) + step) % len(order)]
    return order[0] if order else None


def _in_order(window: Window) -> Iterator[QWidget]:
    docks = [dock for dock in window.findChildren(QDockWidget) if dock.isVisible() and not dock.isFloating()]
    first = [window.panels["inspector"], window.panels["documents"]]
    docks.sort(key=lambda dock: first.index(dock) if dock in first else len(first))
    yield from _stops([window.article])
    bodies, titles = [dock.widget() for dock in docks], [dock.titleBarWidget() for dock in docks]
    for area in (*bodies, window.centralWidget(), *titles):
        yield from _seen_in(area)


def _seen_in(area: QWidget | None) -> list[QWidget]:
    """What takes the focus in ``area``, row by row."""
    if area is None:
        return []

    def place(widget: QWidget) -> tuple[int, int]:
        middle = widget.mapTo(area, QPoint(0, widget.height() // 2))
        return middle.y() // _ROW, middle.x()

    return _stops([area, *sorted(area.findChildren(QWidget), key=place)])


def _stops(widgets: Iterable[QWidget]) -> list[QWidget]:
    """Those of ``widgets`` at which Tab stops."""
    return [
        one
        for one in widgets
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus.value
        and one.focusProxy() is None
        and one.isVisible()
        and one.isEnabled()
    ]
