"""The trail of a window: in which documents its steps were done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Trail:
    """Documents of the steps done in this window, the latest last; steps that were undone are not in it."""

    def __init__(self) -> None:
        self._runs: list[tuple[Path, int]] = []  # document and number of steps in a row, so that it stays small
        self._arrival: tuple[Path, Path] | None = None  # the document that was finished, and the one opened by that

    @property
    def last(self) -> Path | None:
        """The document of the last step, or None if there is none."""
        return self._runs[-1][0] if self._runs else None

    def find_left(self, current: Path | None) -> Path | None:
        """Return the document of the last step if undo in the document `current` means that step, else None.

        It does where nothing was done in `current`, or nothing since finishing the other one led there.
        """
        last = self.last
        if last is None or last == current:
            return None
        has_arrived = self._arrival is not None and self._arrival == (last, current)
        return last if has_arrived or all(path != current for path, _count in self._runs) else None

    def add(self, path: Path | None) -> None:
        """Note a step in the document at `path`."""
        self._arrival = None
        if path is None:
            return
        count = self._runs.pop()[1] if path == self.last else 0
        self._runs.append((path, count + 1))

    def add_elsewhere(self, path: Path) -> None:
        """Note that a step was done in the document at `path` while another one was open; it is undone only there."""
        self._runs.insert(0, (path, 1))

    def note_arrival(self, finished: Path, opened: Path) -> None:
        """Note that finishing the document `finished` led to `opened`."""
        self._arrival = (finished, opened)

    def remove(self, path: Path | None) -> None:
        """Note that the last step in the document at `path` was undone, if it was done in this window."""
        for place in reversed(range(len(self._runs))):
            other, count = self._runs[place]
            if other == path:
                self._runs[place : place + 1] = [(other, count - 1)] if count > 1 else []
                return

    def forget(self, path: Path) -> None:
        """Forget the steps in the document at `path`, which cannot be undone any more."""
        self._runs = [run for run in self._runs if run[0] != path]

    def rename(self, old: Path, new: Path) -> None:
        """Note that the document at `old` is at `new` now, in place of what was there."""
        self._runs = [(new if path == old else path, count) for path, count in self._runs if path != new]
        if self._arrival is not None:
            finished, opened = (new if path == old else path for path in self._arrival)
            self._arrival = (finished, opened)
