"""Start the window: the text of the article first, then everything else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from annotator.app.preferences.settings import Settings, load_settings
from annotator.gui.mainwindow.window import Window
from annotator.gui.theme.fonts import provide_faces
from annotator.gui.theme.theme import dress_widgets, look_of, style_of, wanted_theme
from annotator.gui.workbench.first_page import find_first_page
from annotator.storage.paths import PathError, ensure_config_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.gui.article.view import ArticleView


def run_window(paths: Sequence[Path]) -> int:
    """Open the window on the first of `paths`, run until it is closed, and return the exit status."""
    settings = _settings()
    if settings.opened_with != PySide6.__version__ and (trouble := _trouble()):
        sys.stderr.write(f"annotator: {trouble}\n")
        return 1
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("annotator")
    application.setDesktopFileName("annotator")
    provide_faces()
    paths = paths or [Path(place) for place in settings.recent[:1]]
    window = Window()
    _show_first(window, settings, paths[0].absolute() if paths else None)
    _AfterPaint(window, lambda: _finish(application, window, settings, paths))
    window.show()
    status = application.exec()
    settings.opened_with = PySide6.__version__
    from annotator.app.preferences.settings_file import save_user_settings  # noqa: PLC0415  # not needed at the start

    save_user_settings(settings)
    return status


def _trouble() -> str:
    """Return why no window can be opened here, or an empty string.

    This runs until a window has been opened once with this version of Qt, since Qt itself would only abort the process.
    """
    from annotator.app.diagnostics.libraries import find_window_problem  # noqa: PLC0415
    from annotator.app.preferences.translation import set_language  # noqa: PLC0415

    set_language("")
    return find_window_problem()


def _show_first(window: Window, settings: Settings, path: Path | None) -> None:
    """Show the text of the article in its final face and colours."""
    theme = wanted_theme(settings.theme)
    dress_widgets(theme)
    window.setStyleSheet(style_of(theme))
    window.restore(geometry=settings.window, panels=settings.panels)
    window.article.set_look(look_of(theme, (), face=settings.face, language="en"))
    window.article.set_zoom(settings.zoom)
    window.article.set_faded(is_faded=settings.fade)
    _show_page(window.article, settings, path)


def _show_page(article: ArticleView, settings: Settings, path: Path | None) -> None:
    """Show the document at `path`, or the last or else the first one of that folder, where it was left."""
    if path is None:
        article.set_page(None)
        return
    document = settings.find_last_document(str(path)) or str(path)
    page = find_first_page(Path(document))
    article.set_page(page or find_first_page(path))
    _offset, top = settings.places.get(document, (0, 0.0))
    if page is not None and top < len(page.text):
        article.restore_place(top)


def _finish(application: QApplication, window: Window, settings: Settings, paths: Sequence[Path]) -> None:
    """Load everything else and build the workbench."""
    from annotator.gui.workbench.startup import furnish  # noqa: PLC0415  # the article is painted before this is loaded

    furnish(application, window, settings, paths)


class _AfterPaint(QObject):
    """Calls a function once the article has been painted."""

    def __init__(self, window: Window, call: Callable[[], None]) -> None:
        super().__init__(window)
        self._viewport = window.article.viewport()
        self._call = call
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._viewport.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return super().eventFilter(watched, event)


def _settings() -> Settings:
    try:
        return load_settings(ensure_config_folder() / "settings.json")
    except PathError:
        return Settings()
