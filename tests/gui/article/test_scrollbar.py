"""The scroll bar's handle is painted where the style has it, so that the mouse finds it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QStyle, QStyleFactory, QStyleOptionSlider

from annotator.gui.article.scrollbar import FlatScrollBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("height", [200, 600, 900])
@pytest.mark.parametrize(
    ("end", "page", "value"),
    [(1000, 100, 0), (1000, 100, 500), (1000, 100, 1000), (5_000_000, 800, 2_345_678), (10, 700, 3)],
)
def test_the_handle_is_where_the_style_has_it(qtbot: QtBot, height: int, end: int, page: int, value: int) -> None:
    """To the pixel, for short and long articles, at the beginning, in the middle and at the end."""
    bar = FlatScrollBar()
    qtbot.addWidget(bar)
    bar.setStyle(QStyleFactory.create("Fusion"))
    bar.resize(bar.sizeHint().width(), height)
    bar.setRange(0, end)
    bar.setPageStep(page)
    bar.setValue(value)
    option = QStyleOptionSlider()
    bar.initStyleOption(option)
    part = QStyle.SubControl.SC_ScrollBarSlider
    wanted = bar.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, bar)
    found = bar.handle_rect()
    assert (wanted.top(), wanted.height()) == pytest.approx((found.top(), found.height()), abs=1.0)
