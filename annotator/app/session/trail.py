"""The trail of a window: in which documents its last steps were done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Trail:
    """Documents of the steps done in this window, the latest last; steps that were undone are not in it."""

    def __init__(self) -> None:
        self._runs: list[tuple[Path, int]] = []  # document and number of steps in a row, so that it stays small

    @property
    def last(self) -> Path | None:
        """The document of the last step, or None if there is none."""
        return self._runs[-1][0] if self._runs else None

    def add(self, path: Path | None) -> None:
        """Note a step in the document at `path`."""
        if path is None:
            return
        count = self._runs.pop()[1] if path == self.last else 0
        self._runs.append((path, count + 1))

    def remove(self, path: Path | None) -> None:
        """Note that the last step in the document at `path` was undone, if it was done in this window."""
        if path is not None and path == self.last:
            _path, count = self._runs.pop()
            if count > 1:
                self._runs.append((path, count - 1))

    def forget(self, path: Path) -> None:
        """Forget the steps in the document at `path`, which cannot be undone any more."""
        runs, self._runs = self._runs, []
        for other, count in runs:
            if other == path:
                continue
            before = self._runs.pop()[1] if other == self.last else 0
            self._runs.append((other, before + count))
