"""Faults in our own files, as the person reads them. It must not know how they are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.limits import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file: where (``line`` from 1, 0 for the whole file), what, and what to do."""

    line: int
    what: str
    cure: str

    def sentence(self, path: str) -> str:
        """The fault as one line of text for the person."""
        text = _("{path}, line {line}: {what}. {cure}") if self.line else _("{path}: {what}. {cure}")
        whole = text.format(path=path, line=self.line, what=self.what, cure=self.cure).strip()
        return "".join(character if character.isprintable() else "\ufffd" for character in whole)


class SidecarError(Exception):
    """A file of ours (sidecar, label set, workspace) that cannot be taken as it is; all of its faults, by line."""

    def __init__(self, path: str, *, faults: Sequence[Fault]) -> None:
        """``path`` is what the person knows the file by, ``faults`` at least one."""
        self.path = path
        self.faults = tuple(faults)
        super().__init__(path, self.faults)

    def __str__(self) -> str:
        return "\n".join(fault.sentence(self.path) for fault in self.faults)


class FaultList:
    """The faults of one file, collected while it is read."""

    def __init__(self, path: str) -> None:
        """``path`` is what the person knows the file by."""
        self.path = path
        self._faults: list[Fault] = []

    def __len__(self) -> int:
        return len(self._faults)

    @property
    def is_full(self) -> bool:
        """Whether looking for more faults is of no use to the person."""
        return len(self._faults) >= MOST_FAULTS

    def add(self, line: int, *, what: str, cure: str) -> None:
        """Note a fault."""
        if not self.is_full:
            self._faults.append(Fault(line, what, cure))

    def error(self) -> SidecarError:
        """The faults so far as an error, in order of their lines."""
        faults = sorted(self._faults, key=lambda fault: fault.line)
        if self.is_full:
            faults.append(Fault(0, _("there may be more faults"), _("Mend these and look again.")))
        return SidecarError(self.path, faults=faults)

    def raise_any(self) -> None:
        """Raise the faults, where there are any.

        Raises:
            SidecarError: there are.
        """
        if self._faults:
            raise self.error()
