"""Guards of the program taken out, to see that the judge finds it. Runs in the life that is to be the weaker one."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any, cast

from annotator.app.session.session import Session
from annotator.storage import atomic
from annotator.storage.journal import journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.session.store import Store
    from annotator.storage.place import Place


def _truncate_in_place() -> None:
    """Write over the old file, as most programs do."""

    def replace(
        folder: int,  # noqa: ARG001  # called as the real one is
        target: Path,
        fill: Callable[[int], bool],
        *,
        guard: Callable[[], None] | None,  # noqa: ARG001
        place: Place | None,  # noqa: ARG001
    ) -> None:
        handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o666)
        fill(handle)
        os.close(handle)

    atomic._replace = replace


def _show_first() -> None:
    """Let the screen say that a step was done, and only then put it into the journal."""
    do = Session.apply

    def shown_first(self: Session, what: str, changes: Any, **more: Any) -> bool:
        keeping = self.store
        assert keeping is not None
        waiting: list[Any] = []

        class Late:
            def __getattr__(self, name: str) -> Any:
                return getattr(keeping, name)

            def record_step(self, step: Any) -> str:
                waiting.append(step)
                return ""

        self.store = cast("Store", Late())
        try:
            return do(self, what, changes, **more)
        finally:
            self.store = keeping
            for step in waiting:
                keeping.record_step(step)

    Session.apply = shown_first  # type: ignore[method-assign]


def _forget_failed_steps() -> None:
    """Take a step that could not be put into the journal for done."""
    append = journal.Journal.append

    def careless(self: journal.Journal, *records: Any) -> int:
        try:
            return append(self, *records)
        except journal.JournalError:
            return self.last_number

    journal.Journal.append = careless  # type: ignore[method-assign]


def _no_sync_of(is_dropped: Callable[[int], bool]) -> Callable[[], None]:
    def weaken() -> None:
        real = os.fsync

        def fsync(fd: Any) -> None:
            if not is_dropped(os.fstat(fd).st_mode):
                real(fd)

        os.fsync = fsync

    return weaken


def _no_reading_back() -> None:
    def has_content(handle: int, data: bytes) -> bool:  # noqa: ARG001  # called as the real one is
        return True

    atomic._has_content = has_content


def _no_journal_sync() -> None:
    def fdatasync(fd: Any) -> None:
        """Leave what was written to the system."""

    os.fdatasync = fdatasync


GUARDS: dict[str, Callable[[], None]] = {
    "replace by renaming": _truncate_in_place,
    "keep before showing": _show_first,
    "refuse what is not kept": _forget_failed_steps,
    "sync of the file": _no_sync_of(stat.S_ISREG),
    "sync of the folder": _no_sync_of(stat.S_ISDIR),
    "reading back": _no_reading_back,
    "sync of the journal": _no_journal_sync,
}
