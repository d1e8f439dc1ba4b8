"""Starts the window: first the page with the article's text, then all the rest. It must not know the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from annotator.app.settings import Settings, load_settings
from annotator.gui.firstpage import find_first_page
from annotator.gui.theme import look_of, palette_of, style_of, wanted_theme
from annotator.gui.window import Window
from annotator.storage.paths import PathError, config_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def run_window(paths: Sequence[Path]) -> int:
    """Open the window on the first of ``paths`` and stay until it is closed; gives the exit status."""
    settings, file = _settings()
    if settings.opened_with != PySide6.__version__ and (trouble := _trouble()):
        sys.stderr.write(f"annotator: {trouble}\n")
        return 1
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("annotator")
    application.setDesktopFileName("annotator")
    window = Window()
    _show_first(window, settings, paths[0] if paths else None)
    _AfterPaint(window, lambda: _finish(application, window, settings, paths))
    window.show()
    status = application.exec()
    settings.opened_with = PySide6.__version__
    if file is not None:
        from annotator.app.settingsfile import save_settings  # noqa: PLC0415  # nothing of it is needed at the start

        save_settings(settings, file)
    return status


def _trouble() -> str:
    """Why no window can be opened here; asked until one was, since Qt itself would only end the program."""
    from annotator.app.libraries import window_trouble  # noqa: PLC0415
    from annotator.app.translation import choose_language  # noqa: PLC0415

    choose_language("")
    return window_trouble()


def _show_first(window: Window, settings: Settings, path: Path | None) -> None:
    """Show the article's text, in the face and colours that it will have."""
    theme = wanted_theme(settings.theme)
    QApplication.setPalette(palette_of(theme))
    window.setStyleSheet(style_of(theme))
    window.restore(geometry=settings.window, panels=settings.panels)
    window.article.set_look(look_of(theme, (), face=settings.face, language="en"))
    window.article.set_zoom(settings.zoom)
    window.article.set_page(find_first_page(path) if path is not None else None)


def _finish(application: QApplication, window: Window, settings: Settings, paths: Sequence[Path]) -> None:
    """Load and join all the rest."""
    from annotator.gui.furnish import furnish  # noqa: PLC0415  # the article is painted before this is loaded

    furnish(application, window, settings, paths)


class _AfterPaint(QObject):
    """Makes a call once the article has been painted."""

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


def _settings() -> tuple[Settings, Path | None]:
    try:
        file = config_folder() / "settings.json"
    except PathError:
        return Settings(), None
    return load_settings(file), file
