"""Layouts that are written in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def row_of_widgets(
    *widgets: QWidget | tuple[QWidget, int] | int, margins: tuple[int, int, int, int], spacing: int = 8
) -> QHBoxLayout:
    """Return a row of widgets, each alone or with its stretch; a bare number is room that stretches so much.

    `margins` are left, top, right and bottom, in pixels like `spacing`.
    """
    row = QHBoxLayout()
    row.setContentsMargins(*margins)
    row.setSpacing(spacing)
    for widget in widgets:
        if isinstance(widget, int):
            row.addStretch(widget)
        elif isinstance(widget, tuple):
            row.addWidget(*widget)
        else:
            row.addWidget(widget)
    return row
