"""How every verb answers: on standard output its answer, on standard error what the person should know.

It must not know any verb.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TypeVar

from annotator.app.workspace.workspace import Workspace, find_workspace
from annotator.core.i18n import _
from annotator.storage.documents.folder import SUFFIXES, FolderError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

T = TypeVar("T")
DONE, FAULTS, WRONG_CALL = 0, 1, 2
_FEW = 20  # things that are done before anybody would want to know how far it is


def find_folder(path: Path) -> Workspace | None:
    """The folder at ``path``, or the document there by itself; None, with the reason told, where it is neither."""
    try:
        workspace = find_workspace(path)
    except FolderError as error:
        tell(str(error))
        return None
    for warning in workspace.warnings:
        tell(warning)
    if not workspace.documents:
        sentence = _("There are no documents in {folder}: articles are files whose names end in {suffixes}.")
        tell(sentence.format(folder=shown(path), suffixes=", ".join(SUFFIXES)))
    return workspace


def print_json_list(items: Iterable[object], *, key: str = "") -> None:
    """Print ``items`` one by one as they come, as a list, or as an object that has the list under ``key``."""
    print(f'{{"{key}": [' if key else "[", end="")
    for number, item in enumerate(items):
        print(",\n" if number else "\n", json.dumps(item, ensure_ascii=False), sep="", end="")
    print("\n]}" if key else "\n]")


class Pace:
    """Shows on a terminal how many of many things are done; elsewhere, and for few things, nothing."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._done = 0
        self._is_watched = sys.stderr.isatty() and count > _FEW

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._is_watched:
            sys.stderr.write(f"\r{self._done}/{self._count} ")
            sys.stderr.flush()

    def end(self) -> None:
        """All are; the line is taken away."""
        if self._is_watched:
            sys.stderr.write("\r\033[K")


def watched(items: Iterable[T], count: int) -> Iterator[T]:
    """``items``, with a line on a terminal that says how many of ``count`` are done."""
    pace = Pace(count)
    for item in items:
        pace.step()
        yield item
    pace.end()


def fail(sentence: str) -> int:
    """Say ``sentence`` on standard error; the exit status for it."""
    tell(sentence)
    return FAULTS


def tell(sentences: str) -> None:
    """Say each of ``sentences``, one a line, on standard error."""
    sys.stderr.writelines(f"annotator: {sentence}\n" for sentence in sentences.splitlines())


def printable(text: str) -> str:
    """``text`` without what would steer a terminal; a line end inside a sentence is shown as a space."""
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "\ufffd" for letter in text)
