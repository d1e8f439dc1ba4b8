"""What a disk may hold when the power goes, by what a program did to it until then. It must not know the program.

The model is harder than most file systems: of a file only that is sure which was there when it was last synced, of a
folder only the names which were there when the folder was last synced. The rest may be there, or not, or in part: names
without their bytes, and bytes of which only half arrived.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = -1


class Cut(NamedTuple):
    """The ``files`` that the disk may hold, by path below the root, and how many states the screen had ``shown``."""

    files: dict[str, bytes]
    shown: int
    where: str


class _Disk:
    """Files by number, names by path; what is there, and what is sure."""

    def __init__(self, root: Path, files: dict[str, bytes], numbers: dict[str, int]) -> None:
        self._root = root
        self._bytes = {numbers[name]: data for name, data in files.items()}
        self._sure_bytes = dict(self._bytes)
        self._names = {str(root / name): numbers[name] for name in files}
        for name in files:
            self._names.update({str(folder): _FOLDER for folder in (root / name).parents})
        self._sure_names = dict(self._names)

    def do(self, op: list[Any]) -> None:
        """Do to the model what the program did to the disk."""
        match op:
            case ["create", path, number]:
                self._names[path] = number
                self._bytes[number] = b""
                self._sure_bytes[number] = b""
            case ["write", number, at, data]:
                old, new = self._bytes.get(number, b""), base64.b64decode(data)
                self._bytes[number] = old[:at].ljust(at, b"\0") + new + old[at + len(new) :]
            case ["truncate", number, size]:
                self._bytes[number] = self._bytes.get(number, b"")[:size]
            case ["sync", number]:
                self._sure_bytes[number] = self._bytes.get(number, b"")
            case ["sync folder", path]:
                self._sync_folder(path)
            case ["rename", old, new]:
                self._names[new] = self._names.pop(old)
            case ["unlink", path]:
                self._names.pop(path, None)
            case ["mkdir", path]:
                self._names[path] = _FOLDER
            case _:
                pass

    def pictures(self) -> Iterator[tuple[str, dict[str, bytes]]]:
        """What may be on the disk now."""
        halves = {number: self._half(number) for number in self._bytes}
        for names_told, names in (("sure names", self._sure_names), ("all names", self._names)):
            for told, content in (("sure", self._sure_bytes), ("all", self._bytes), ("half", halves)):
                yield f"{names_told}, {told} bytes", self._picture(names, content)

    def _half(self, number: int) -> bytes:
        """Half of the bytes that are not sure."""
        sure, there = self._sure_bytes[number], self._bytes[number]
        if there.startswith(sure):
            return there[: len(sure) + (len(there) - len(sure)) // 2]
        return there[: len(there) // 2]

    def _picture(self, names: dict[str, int], content: dict[int, bytes]) -> dict[str, bytes]:
        found = {}
        for path, number in names.items():
            folders = [str(folder) for folder in Path(path).parents if folder.is_relative_to(self._root)]
            if number != _FOLDER and all(folder in names for folder in folders):
                found[str(Path(path).relative_to(self._root))] = content[number]
        return found

    def _sync_folder(self, path: str) -> None:
        for names in (self._sure_names, self._names):
            for name in [one for one in names if str(Path(one).parent) == path]:
                if name in self._names:
                    self._sure_names[name] = self._names[name]
                else:
                    del self._sure_names[name]


def cuts(root: Path, files: dict[str, bytes], numbers: dict[str, int], *, ops: list[list[Any]]) -> list[Cut]:
    """Every different disk that a power cut after any of ``ops`` may leave, which began with ``files``.

    ``numbers`` are the inode numbers of these. A disk that is the same as one before, with the same shown, is left out.
    """
    disk = _Disk(root, files, numbers)
    found: list[Cut] = []
    seen: set[tuple[int, frozenset[tuple[str, bytes]]]] = set()
    shown = 0
    for place, op in enumerate(ops):
        disk.do(op)
        shown += op[0] == "shown"
        for told, picture in disk.pictures():
            key = shown, frozenset(picture.items())
            if key not in seen:
                seen.add(key)
                found.append(Cut(picture, shown, f"after call {place} ({op[0]}), {told}"))
    return found
