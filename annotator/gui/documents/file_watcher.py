"""A watcher that signals that files or folders may have changed.

The system reports most changes at once; network shares often do not, so that the signal is also sent periodically.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, QFileSystemWatcher, QObject, QTimer, Signal

from annotator.gui.widgets.threads import Debouncer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SIGNAL_DELAY = 150  # milliseconds; programs save in several steps (write, rename), which make one signal
_POLL_INTERVAL = 3_000  # milliseconds between the periodic signals


class FileWatcher(QObject):
    """Watches files and their folders; a file that is replaced or created again is watched on."""

    changed = Signal()

    def __init__(self, parent: QObject, *, milliseconds: int = _POLL_INTERVAL) -> None:
        super().__init__(parent)
        self._paths: tuple[str, ...] = ()
        self._emit_later = Debouncer(self._on_settled, self, milliseconds=_SIGNAL_DELAY)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_changed)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self._on_settled)

    def watch(self, paths: Iterable[Path]) -> None:
        """Watch `paths` and no others; those that are missing are watched once they exist."""
        self._paths = tuple(str(path) for path in paths)
        gone = {*self._watcher.files(), *self._watcher.directories()} - set(self._paths)
        if gone:
            self._watcher.removePaths(sorted(gone))
        self._watch_existing()
        self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        self._paths = ()
        self._timer.stop()
        self._emit_later.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)

    def _on_changed(self, _path: str) -> None:
        self._emit_later.request()

    def _on_settled(self) -> None:
        self._watch_existing()
        self.changed.emit()

    def _watch_existing(self) -> None:
        """Watch the paths that are not watched: the system drops a file when it is replaced."""
        missing = set(self._paths) - {*self._watcher.files(), *self._watcher.directories()}
        there = [path for path in missing if QFileInfo.exists(path)]
        if there:
            self._watcher.addPaths(sorted(there))
