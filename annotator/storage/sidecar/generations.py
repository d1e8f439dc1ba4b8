"""Dated generations of sidecars in the state folder's `backups`.

Those of one document lie in a folder that has the name of its journal. Each file's name is the time at which the
sidecar was written and the SHA-256 of its content.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from annotator.storage.atomic import SaveError, remove_leftovers, save_bytes
from annotator.storage.files import find_file_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_NAME = re.compile(r"(\d{8}T\d{12})-([0-9a-f]{64})\.yaml")
_DAYS = 31
"""Days of which one generation each is kept; of the time before that, one a month."""


class Generation(NamedTuple):
    """A sidecar as it was at `time` (UTC: date, `T`, time to the microsecond)."""

    path: Path
    time: str
    sha256: str

    def load(self) -> bytes | None:
        """Return the content, or None if it is not whole any more."""
        with contextlib.suppress(OSError):
            data = find_file_bytes(self.path)
            if data is not None and hashlib.sha256(data).hexdigest() == self.sha256:
                return data
        return None


def generations_folder(journal: Path) -> Path:
    """Return the folder for the generations of the document that has this `journal`."""
    return journal.parent.parent / "backups" / journal.stem


def list_generations(journal: Path) -> list[Generation]:
    """Return the generations of the document that has this `journal`, the latest last."""
    try:
        names = [path.name for path in generations_folder(journal).iterdir()]
    except OSError:
        return []
    found = (_NAME.fullmatch(name) for name in names)
    folder = generations_folder(journal)
    return sorted(
        (Generation(folder / one[0], one[1], one[2]) for one in found if one),
        key=lambda generation: generation.time,
    )


def keep_generation(journal: Path, sidecar: Path, data: bytes) -> None:
    """Keep `data`, the content of the `sidecar`, unless it is the latest generation; thin out the older ones.

    Failures are ignored: the sidecar itself does not depend on it.
    """
    kept = list_generations(journal)
    sha256 = hashlib.sha256(data).hexdigest()
    if kept and kept[-1].sha256 == sha256:
        return
    with contextlib.suppress(OSError, SaveError, ValueError):
        folder = generations_folder(journal)
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        written = datetime.fromtimestamp(sidecar.stat().st_mtime, tz=UTC)
        time = _later(written.strftime("%Y%m%dT%H%M%S%f"), kept[-1].time if kept else "")
        made = Generation(folder / f"{time}-{sha256}.yaml", time, sha256)
        remove_leftovers(folder)
        save_bytes(made.path, data)
        for old in find_dispensable([*kept, made]):
            old.path.unlink(missing_ok=True)


def find_dispensable(kept: Sequence[Generation]) -> Iterable[Generation]:
    """Return which generations to remove: all of the latest day stay, then one a day, then one a month.

    Of a day and of a month the latest one stays.
    """
    stay: dict[str, Generation] = {}
    for one in kept:
        age = (_day_of(kept[-1]) - _day_of(one)).days
        period = one.path.name if age <= 0 else one.time[:8] if age <= _DAYS else one.time[:6]
        stay[period] = one
    left = {one.path for one in stay.values()}
    return [one for one in kept if one.path not in left]


def rename_generations(old_journal: Path, new_journal: Path) -> None:
    """Let the generations follow a journal that was renamed; failures are ignored."""
    with contextlib.suppress(OSError):
        generations_folder(old_journal).rename(generations_folder(new_journal))


def _day_of(generation: Generation) -> date:
    return date(int(generation.time[:4]), int(generation.time[4:6]), int(generation.time[6:8]))


def _later(time: str, last: str) -> str:
    """Return `time`, or one right after `last` if the clock was put back since."""
    if time > last:
        return time
    day, _t, rest = last.partition("T")
    return f"{day}T{int(rest) + 1:012}"
