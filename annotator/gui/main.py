"""Start the window: the text of the article first, then everything else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QEvent, QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication

from annotator.app.preferences.settings import Settings, load_settings
from annotator.gui.mainwindow.window import MainWindow
from annotator.gui.theme.fonts import load_missing_fonts
from annotator.gui.theme.theme import apply_palette, get_theme, make_article_style, window_stylesheet
from annotator.gui.workbench.first_page import find_first_page
from annotator.storage.paths import PathError, ensure_config_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.gui.article.view import ArticleView

_RESTART = "annotator-restart"  # property of the application: whether to start again after the window is closed


def run_window(paths: Sequence[Path]) -> int:
    """Open the window on the first of `paths`, run until it is closed, and return the exit status."""
    settings = _load_settings()
    if settings.opened_with != PySide6.__version__ and (trouble := _find_window_problem()):
        sys.stderr.write(f"annotator: {trouble}\n")
        return 1
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("annotator")
    application.setDesktopFileName("annotator")
    load_missing_fonts()
    paths = paths or [Path(place) for place in settings.recent[:1]]
    window = MainWindow()
    _show_first_page(window, settings, paths[0].absolute() if paths else None)
    _AfterPaint(window, lambda: _build_workbench(application, window, settings, paths))
    window.show()
    status = application.exec()
    settings.opened_with = PySide6.__version__
    from annotator.app.preferences.settings_file import save_user_settings  # noqa: PLC0415  # not needed at the start

    save_user_settings(settings)
    if application.property(_RESTART):
        QProcess.startDetached(sys.executable, sys.orig_argv[1:])  # only now: the journal was locked until here
    return status


def _find_window_problem() -> str:
    """Return why no window can be opened here, or an empty string.

    This runs until a window has been opened once with this version of Qt, since Qt itself would only abort the process.
    """
    from annotator.app.diagnostics.libraries import find_window_problem  # noqa: PLC0415
    from annotator.app.preferences.translation import set_language  # noqa: PLC0415

    set_language("")
    return find_window_problem()


def _show_first_page(window: MainWindow, settings: Settings, path: Path | None) -> None:
    """Show the text of the article in its final face and colours."""
    theme = get_theme(settings.theme)
    apply_palette(theme)
    window.setStyleSheet(window_stylesheet(theme))
    window.restore_layout(geometry=settings.window, panels=settings.panels)
    window.article.set_article_style(make_article_style(theme, (), face=settings.face, language="en"))
    window.article.set_zoom(settings.zoom)
    window.article.set_faded(is_faded=settings.fade)
    _show_article(window.article, settings, path)


def _show_article(article: ArticleView, settings: Settings, path: Path | None) -> None:
    """Show the document at `path`, or the last or else the first one of that folder, where it was left."""
    if path is None:
        article.set_page(None)
        return
    document = settings.find_last_document(str(path)) or str(path)
    page = find_first_page(Path(document))
    article.set_page(page or find_first_page(path))
    _offset, top = settings.places.get(document, (0, 0.0))
    if page is not None and top < len(page.text):
        article.restore_scroll_position(top)


def _build_workbench(application: QApplication, window: MainWindow, settings: Settings, paths: Sequence[Path]) -> None:
    """Load everything else and build the workbench; a fault in that is reported, too."""
    from annotator.gui.mainwindow.failures import FailureReporter  # noqa: PLC0415  # as below
    from annotator.gui.workbench.ending import OrderlyEnd  # noqa: PLC0415
    from annotator.gui.workbench.startup import build_workbench  # noqa: PLC0415  # the article is painted before this is loaded

    def restart() -> None:
        application.setProperty(_RESTART, window.close())

    FailureReporter(window, restart=restart).install()
    workbench = build_workbench(application, window, settings, paths)
    OrderlyEnd(application, workbench)


class _AfterPaint(QObject):
    """Calls a function once the article has been painted."""

    def __init__(self, window: MainWindow, call: Callable[[], None]) -> None:
        super().__init__(window)
        self._viewport = window.article.viewport()
        self._call = call
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._viewport.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return super().eventFilter(watched, event)


def _load_settings() -> Settings:
    try:
        return load_settings(ensure_config_folder() / "settings.json")
    except PathError:
        return Settings()
