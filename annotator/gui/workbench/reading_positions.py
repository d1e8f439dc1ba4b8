"""Where the person was in each document, to come back there. It must not know how settings are written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.app.preferences.settings_file import save_user_settings
from annotator.gui.widgets.threads import Soon

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.gui.mainwindow.context import Context

_REST = 2_000  # milliseconds after a document was opened, until what is remembered is written


class PlaceKeeper(QObject):
    """Notes the place when a document is left, and goes there when it is opened again."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context
        self._path: Path | None = None
        self._writing = Soon(self._write, self, milliseconds=_REST)
        context.window.closing.connect(self._on_closing)

    def leave(self) -> None:
        """Note the place in the document that the article still shows."""
        article = self._context.article
        current = article.scene.current if article.scene else None
        if self._path is not None and current is not None:
            settings = self._context.settings
            settings.remember_place(str(self._path), offset=current.span.start, top=article.place())
        self._path = None

    def arrive(self) -> None:
        """Go to the place that was noted in the document that the article shows now."""
        session = self._context.session
        if session.path is None or session.reading is None or session.document is None:
            return
        self._path = session.path
        self._writing.ask()
        found = self._context.settings.places.get(str(session.path))
        length = len(session.document.text)
        if found is None or not length:
            return
        offset, top = found
        sentence = session.reading.find_sentence_at(min(offset, length - 1))
        if sentence != session.current:
            session.go_to(sentence)
        if top < length:
            self._context.article.restore_place(top)

    def _write(self) -> None:
        """Write beside the window's thread, so that a crash does not make the program forget what was open."""
        settings = self._context.settings
        copied = replace(settings, recent=[*settings.recent], used=[*settings.used], keys={**settings.keys})
        copied.places = dict(settings.places)
        self._context.worker.run(lambda: save_user_settings(copied), lambda _trouble: None)

    def _on_closing(self) -> None:
        self.leave()
        self._writing.stop()
