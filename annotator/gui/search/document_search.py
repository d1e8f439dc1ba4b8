"""Incremental search in one text: folded once and searched in batches, so that typing never waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.gui.widgets.threads import IdleTask
from annotator.search.find import parse_query
from annotator.search.fold import fold
from annotator.search.incremental import Matches

if TYPE_CHECKING:
    from annotator.gui.widgets.threads import Worker
    from annotator.search.fold import FoldedText

_MAX_FOLDED_AT_ONCE = 200_000  # characters, about 10 ms; a longer text is folded in the worker
_MAX_SEARCHED_AT_ONCE = 100_000
_BATCH_SIZE = 64_000


class DocumentSearch(QObject):
    """Searches one text at a time; `matches` is None while the text is being folded."""

    progressed = Signal()  # there are more matches, or the whole text has been searched

    def __init__(self, parent: QObject, worker: Worker) -> None:
        super().__init__(parent)
        self.matches: Matches | None = None
        self._worker = worker
        self._words = ""
        self._text: str | None = None
        self._folded: FoldedText | None = None
        self._idle = IdleTask(self._search_on, self)

    @property
    def is_complete(self) -> bool:
        """Return whether all matches are known."""
        return self.matches is not None and self.matches.is_complete

    def search(self, words: str, *, text: str) -> None:
        """Start to search for `words` in `text`; `progressed` is emitted at least once."""
        self._words = words
        self.matches = None
        self._idle.stop()
        if self._text is not text:
            self._text, self._folded = text, None
            if len(text) <= _MAX_FOLDED_AT_ONCE:
                self._folded = fold(text)
            else:
                self._worker.run(lambda: fold(text), self._set_folded)
        self._start_search()

    def clear(self) -> None:
        """Stop the search and release the text."""
        self._idle.stop()
        self.matches = self._text = self._folded = None

    def _set_folded(self, folded: FoldedText) -> None:
        if folded.original is self._text and self._folded is None:
            self._folded = folded
            self._start_search()

    def _start_search(self) -> None:
        if self._folded is not None:
            self.matches = Matches(self._folded, parse_query(self._words))
            if len(self._folded.text) <= _MAX_SEARCHED_AT_ONCE:
                self.matches.search_next()
            elif not self.matches.search_next(_BATCH_SIZE):
                self._idle.start()
        self.progressed.emit()

    def _search_on(self) -> bool:
        is_complete = self.matches is None or self.matches.search_next(_BATCH_SIZE)
        self.progressed.emit()
        return is_complete
