"""Faults in the program's own files, in the words that the user reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.limits import MAX_FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file: its line (from 1; 0 for the whole file), what is wrong, and what to do."""

    line: int
    problem: str
    remedy: str

    def format(self, path: str) -> str:
        """Return the fault as one printable line of text for the user; `path` names the file."""
        text = _("{path}, line {line}: {what}. {cure}") if self.line else _("{path}: {what}. {cure}")
        whole = text.format(path=path, line=self.line, what=self.problem, cure=self.remedy).strip()
        # Paths and quotations come from outside: nothing in them may control a terminal.
        return "".join(character if character.isprintable() else "\ufffd" for character in whole)

    def format_place(self) -> str:
        """Return the fault as one printable line of text that does not name the file."""
        return self.format("").removeprefix(", ").removeprefix(": ")


class DataFileError(Exception):
    """A sidecar, label set or workspace file cannot be used as it is; holds all of its faults, by line."""

    def __init__(self, path: str, *, faults: Sequence[Fault]) -> None:
        """Hold `faults`, at least one, of the file that the user knows as `path`."""
        self.path = path
        self.faults = tuple(faults)
        super().__init__(path, self.faults)

    def __str__(self) -> str:
        return "\n".join(fault.format(self.path) for fault in self.faults)


class FaultList:
    """The faults of one file, collected while it is read."""

    def __init__(self, path: str) -> None:
        """Collect the faults of the file that the user knows as `path`."""
        self.path = path
        self._faults: list[Fault] = []
        self._remarks: list[Fault] = []

    def __len__(self) -> int:
        return len(self._faults)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults so far, in the order in which they were found."""
        return tuple(self._faults)

    @property
    def remarks(self) -> tuple[Fault, ...]:
        """What was read as it was probably meant, or is strange; the file can be used all the same."""
        return tuple(self._remarks)

    @property
    def is_full(self) -> bool:
        """True once further faults would be of no use to the user."""
        return len(self._faults) >= MAX_FAULTS

    def add(self, line: int, *, what: str, cure: str) -> None:
        """Add a fault, unless the list is full."""
        if not self.is_full:
            self._faults.append(Fault(line, what, cure))

    def add_remark(self, line: int, *, what: str, cure: str) -> None:
        """Add what the user should know although the file can be used, unless there are very many."""
        if len(self._remarks) < MAX_FAULTS:
            self._remarks.append(Fault(line, what, cure))

    def extend(self, other: FaultList) -> None:
        """Add the faults and remarks of `other`."""
        for fault in other.faults:
            self.add(fault.line, what=fault.problem, cure=fault.remedy)
        for remark in other.remarks:
            self.add_remark(remark.line, what=remark.problem, cure=remark.remedy)

    def to_error(self) -> DataFileError:
        """Return the faults so far as an error, sorted by line; with the remarks, so that all is told at once."""
        faults = sorted((*self._faults, *self._remarks), key=lambda fault: fault.line)
        if self.is_full:
            faults.append(Fault(0, _("there may be more faults"), _("Fix these and check again.")))
        return DataFileError(self.path, faults=faults)

    def raise_if_any(self) -> None:
        """Raise the faults, if there are any.

        Raises:
            DataFileError: There are faults.
        """
        if self._faults:
            raise self.to_error()
