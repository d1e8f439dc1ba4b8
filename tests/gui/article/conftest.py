from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from article_pages import LOOK

from annotator.gui.article.accessibility import install_accessibility
from annotator.gui.article.view import ArticleView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    """An empty article view of 900 by 600 pixels on the screen."""
    view = ArticleView()
    install_accessibility(view)
    qtbot.addWidget(view)
    view.set_article_style(LOOK)
    view.resize(900, 600)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(lambda: view.isActiveWindow() and view.hasFocus())
    return view
