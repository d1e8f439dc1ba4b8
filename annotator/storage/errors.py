"""Faults in the program's own files and reasons of the system, in the words that the user reads."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core.i18n import N_, _
from annotator.storage.limits import MAX_FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

_IN_USE = N_("another program uses it")
_REASONS = {
    "EACCES EPERM": N_("no permission"),
    "ENOSPC": N_("the disk is full"),
    "EDQUOT": N_("your share of the disk is used up"),
    "EROFS": N_("the disk is read-only"),
    "ENOENT": N_("it is not there any more"),
    "EISDIR": N_("it is a folder"),
    "ENOTDIR": N_("a part of its path is not a folder"),
    "EEXIST": N_("it is there already"),
    "ENOTEMPTY": N_("the folder is not empty"),
    "ENAMETOOLONG": N_("the name is too long"),
    "EIO EREMOTEIO": N_("reading or writing failed"),
    "ENXIO ENODEV ENOMEDIUM": N_("the disk is not connected"),
    "ENOTCONN ENETDOWN ENETUNREACH ENETRESET EHOSTDOWN EHOSTUNREACH ECONNRESET ECONNABORTED ECONNREFUSED ETIMEDOUT "
    "ESTALE": N_("the connection to the network is lost"),
    "EBUSY ETXTBSY EAGAIN EDEADLK ENOLCK": _IN_USE,
    "EMFILE ENFILE": N_("too many files are open"),
    "EFBIG": N_("the file is too large for the disk"),
    "ELOOP": N_("the link leads back to itself"),
    "EXDEV": N_("it is on another disk"),
    "ENOMEM": N_("there is not enough memory"),
    "EINVAL ENOTSUP EOPNOTSUPP ENOSYS EILSEQ": N_("the disk does not allow it"),
    "EPIPE": N_("the program that reads it has ended"),
}
"""Reasons, by the names of their numbers; not every system has every name."""

_BY_NUMBER = {
    number: reason
    for names, reason in _REASONS.items()
    for name in names.split()
    if (number := getattr(errno, name, None)) is not None
}
_SHARING_VIOLATIONS = {32, 33}  # Windows: Python makes them EACCES, but another program has the file open or locked


class UnsuitableFileError(OSError):
    """What stands at a path cannot be used as a file; `strerror` says why in the user's language."""


def describe_os_error(error: OSError) -> str:
    """Return why the system refused, as a phrase in the user's language that begins small and has no full stop.

    The system's own text is in its own language, or in English.
    """
    if isinstance(error, UnsuitableFileError):
        return str(error.strerror)
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return _(_IN_USE)
    if error.errno in _BY_NUMBER:
        return _(_BY_NUMBER[error.errno])
    return _("error {number} of the system").format(number=error.errno) if error.errno else _("an error of the system")


_MAX_ALIKE = 3  # faults that differ by their lines only, before they are told as one


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
        faults = _group(sorted((*self._faults, *self._remarks), key=lambda fault: fault.line))
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


def _group(faults: Sequence[Fault]) -> list[Fault]:
    """Return `faults`, those that are told more than `_MAX_ALIKE` times as one each, in the line of the first."""
    alike: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.problem, fault.remedy), []).append(fault)
    found: list[Fault] = []
    for group in alike.values():
        if len(group) <= _MAX_ALIKE:
            found += group
            continue
        template = _("{what} ({count} times, the last in line {line})")
        what = template.format(what=group[0].problem, count=len(group), line=group[-1].line)
        found.append(Fault(group[0].line, what, group[0].remedy))
    return sorted(found, key=lambda fault: fault.line)
