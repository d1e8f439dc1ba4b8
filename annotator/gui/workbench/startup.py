"""Build the workbench in a window that already shows the article."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.app.preferences.identity import local_time, new_id, user_name
from annotator.app.session.session import Session
from annotator.gui.theme.icons import load_icon
from annotator.gui.workbench.qt_translations import QtTranslator
from annotator.gui.workbench.workbench import Workbench
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from annotator.app.preferences.settings import Settings
    from annotator.gui.mainwindow.window import MainWindow

_IDLE_DELAY = 700  # milliseconds until the tour and the file watcher start, so that they do not delay the first keys


def build_workbench(
    application: QApplication, window: MainWindow, settings: Settings, paths: Sequence[Path]
) -> Workbench:
    """Build the workbench in `window`, open `paths` in it and return it."""
    application.installTranslator(QtTranslator(application))
    session = Session(load_builtin_labels(), author=settings.annotator or user_name(), now=local_time, new_id=new_id)
    context = Workbench(window, session, settings)
    window.setWindowIcon(load_icon("annotator", "#1b5ab5"))
    if paths:
        context.open_path(*paths)
    window.article.setFocus()
    QTimer.singleShot(_IDLE_DELAY, context, lambda: _watch_files(context))
    if not settings.toured:
        QTimer.singleShot(_IDLE_DELAY, context, lambda: _start_tour(context))
    # Modules and widgets loaded so far live until the end: frozen, they are not traversed by later collections.
    gc.freeze()
    gc.enable()
    return context


def _watch_files(workbench: Workbench) -> None:
    """Start to watch the open files for changes by other programs."""
    from annotator.gui.documents.external_changes import ExternalChanges
    from annotator.gui.documents.stray_sidecars import StraySidecars

    workbench.feature(ExternalChanges)
    workbench.feature(StraySidecars)


def _start_tour(workbench: Workbench) -> None:
    """Start the tour if a document is open."""
    from annotator.gui.help.tour import Tour

    if workbench.session.document is None:
        return  # its callouts describe an article; the tour starts with the first one at a later start
    workbench.feature(Tour).start(is_asked=False)
