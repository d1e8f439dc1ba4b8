"""What windows have shown of documents, to compare it with what they show when they open them again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.app.session.events import EventKind

if TYPE_CHECKING:
    from pathlib import Path

    from window_driver import WindowDriver

    from annotator.app.session.events import Event
    from annotator.core.annotation_set import AnnotationSet


class ShownStates:
    """The last state of each document in the window that could write it; `lost` are those that came back otherwise."""

    def __init__(self) -> None:
        self.states: dict[Path, AnnotationSet] = {}
        self.lost: list[str] = []

    def follow(self, driver: WindowDriver) -> WindowDriver:
        """Look at what this window shows now, and from now on; return it."""
        driver.session.changed.connect(partial(self._note, driver))
        self._look(driver, is_opening=True)
        return driver

    def _note(self, driver: WindowDriver, event: Event) -> None:
        if event.kind in {EventKind.DOCUMENT_OPENED, EventKind.DECISIONS_CHANGED}:
            self._look(driver, is_opening=event.kind is EventKind.DOCUMENT_OPENED)

    def _look(self, driver: WindowDriver, *, is_opening: bool) -> None:
        path = driver.path()
        if path is None or driver.session.store is None:  # closed, or for reading only
            return
        if is_opening and path in self.states and driver.state() != self.states[path]:
            self.lost.append(path.name)
        self.states[path] = driver.state()
