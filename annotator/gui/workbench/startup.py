"""Makes the workbench in a window that already shows the article. It must not know how the window was made."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.app.preferences.identity import local_time, new_id, user_name
from annotator.app.session.session import Session
from annotator.gui.theme.icons import icon
from annotator.gui.workbench.qt_translations import QtWording
from annotator.gui.workbench.workbench import Workbench
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from annotator.app.preferences.settings import Settings
    from annotator.gui.mainwindow.window import Window

_BREATH = 700  # milliseconds to look at the window before the tour begins


def furnish(application: QApplication, window: Window, settings: Settings, paths: Sequence[Path]) -> Workbench:
    """Let ``window`` be worked in, on ``paths``."""
    application.installTranslator(QtWording(application))
    session = Session(load_builtin_labels(), who=settings.annotator or user_name(), now=local_time, new_id=new_id)
    bench = Workbench(window, session, settings)
    window.setWindowIcon(icon("annotator", "#1b5ab5"))
    if paths:
        bench.open_place(*paths)
    window.article.setFocus()
    QTimer.singleShot(_BREATH, bench, lambda: _follow(bench))
    if not settings.toured:
        QTimer.singleShot(_BREATH, bench, lambda: _tour(bench))
    gc.freeze()  # what was loaded stays; it need not be looked through again
    gc.enable()
    return bench


def _follow(bench: Workbench) -> None:
    """Look from now on whether other programs change the files of what is open."""
    from annotator.gui.documents.external_changes import Follower

    bench.feature(Follower)


def _tour(bench: Workbench) -> None:
    """Lead who is here for the first time through the window."""
    from annotator.gui.help.tour import Tour

    if bench.session.document is None:
        return  # it would speak of what is not there; it begins with the first article at a later start
    bench.feature(Tour).start(is_asked=False)
