"""Reading positions: the place in each document to which the view returns when it is opened again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.app.preferences.settings_file import save_user_settings
from annotator.gui.widgets.threads import Debouncer

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.gui.mainwindow.context import Context

_SAVE_DELAY = (
    2_000  # milliseconds from opening a document until the settings are saved, so that browsing writes only once
)


class ReadingPositions(QObject):
    """Saves the position when a document is left, and restores it when the document is opened again."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context
        self._path: Path | None = None
        self._save_later = Debouncer(self._save_settings, self, milliseconds=_SAVE_DELAY)
        context.window.closing.connect(self._on_closing)

    def remember(self) -> None:
        """Save the position in the document that the article still shows."""
        article = self._context.article
        current = article.scene.current if article.scene else None
        if self._path is not None and current is not None:
            settings = self._context.settings
            settings.remember_place(str(self._path), offset=current.span.start, top=article.scroll_position())
        self._path = None

    def restore(self) -> None:
        """Restore the saved position in the document that the article shows now."""
        session = self._context.session
        if session.path is None or session.reading is None or session.document is None:
            return
        self._path = session.path
        self._save_later.request()
        found = self._context.settings.places.get(str(session.path))
        length = len(session.document.text)
        if found is None or not length:
            return
        offset, top = found
        sentence = session.reading.find_sentence_at(min(offset, length - 1))
        if sentence != session.current:
            session.go_to(sentence)
        if top < length:
            self._context.article.restore_scroll_position(top)

    def _save_settings(self) -> None:
        """Save the settings in the worker, so that a crash does not lose which documents were open."""
        settings = self._context.settings
        # Copied, since the worker writes while the window goes on changing the settings.
        copied = replace(settings, recent=[*settings.recent], used=[*settings.used], keys={**settings.keys})
        copied.places = dict(settings.places)
        self._context.worker.run(lambda: save_user_settings(copied), lambda _trouble: None)

    def _on_closing(self) -> None:
        self.remember()
        self._save_later.stop()
