"""Output of the verbs: answers on standard output, messages and progress on standard error."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, TypeVar

from annotator.app.outputs.target import OutputRefusedError, OutputTarget, check_output, inspect_output
from annotator.app.outputs.writer import write_output
from annotator.app.workspace.workspace import Workspace, load_workspace
from annotator.cli.arguments import STANDARD_OUTPUT
from annotator.cli.streams import write_message
from annotator.core.formatting import show_hidden
from annotator.core.i18n import _
from annotator.review.model.answer import ReviewFileError
from annotator.storage.atomic import SaveError
from annotator.storage.documents.folder import SUFFIXES, FolderError
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO


T = TypeVar("T")
EXIT_DONE, EXIT_FAULTS, EXIT_WRONG_CALL = 0, 1, 2
STANDARD_TARGET = OutputTarget(STANDARD_OUTPUT, "-")
"""Standard output as a place to write to."""

_MIN_PROGRESS_ITEMS = 20  # items that are done too soon for progress to be worth showing

_CONTROLS = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def find_workspace_or_report(path: Path) -> Workspace | None:
    """Return the workspace of the folder or document at `path`, or None, with a message, if it is neither."""
    try:
        workspace = load_workspace(path)
    except FolderError as error:
        print_message(str(error))
        return None
    for warning in workspace.warnings:
        print_message(warning)
    if not workspace.documents:
        sentence = _("There are no documents in {folder}: articles are files whose names end in {suffixes}.")
        print_message(sentence.format(folder=name_place(path), suffixes=", ".join(SUFFIXES)))
    return workspace


def name_place(path: Path) -> str:
    """Return `path` fit for display; the whole path where it has no name of its own, as `.` and `..`."""
    return format_path(path if path.name not in {"", ".."} else path.resolve())


def find_target_or_report(path: Path, workspace: Workspace, *, replaces: bool) -> OutputTarget | None:
    """Return the place at `path` for a file that is made from `workspace`; None, with a message, if it is refused."""
    if path == STANDARD_OUTPUT:
        return STANDARD_TARGET
    target = inspect_output(path, workspace)
    try:
        check_output(target, replaces=replaces)
    except OutputRefusedError as error:
        print_message(str(error))
        return None
    return target


def save_or_report(
    target: OutputTarget,
    write: Callable[[BinaryIO], object],
    *,
    replaces: bool,
    is_complete: Callable[[], bool],
) -> bool:
    """Write a file that the user named; return whether it is written, or print a message why not."""
    if target is STANDARD_TARGET:
        write(sys.stdout.buffer)
        return True
    try:
        write_output(target, write, replaces=replaces, is_complete=is_complete)
    except (OutputRefusedError, SaveError, ReviewFileError) as error:
        print_message(str(error))
        return False
    return True


def encode_json(value: object) -> str:
    """Return `value` as JSON in readable letters, with escapes for what would control a terminal."""
    return _CONTROLS.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))


def print_json_list(items: Iterable[object], *, key: str = "", more: Mapping[str, object] | None = None) -> None:
    """Print `items` one by one as they come, as a JSON list, or as an object with the list under `key`.

    `more` are further entries of the object.
    """
    # By hand, so that an answer of any length needs no memory and can be read while it is made.
    print(f'{{"{key}": [' if key else "[", end="")
    for number, item in enumerate(items):
        print(",\n" if number else "\n", encode_json(item), sep="", end="")
    entries = (more or {}).items()
    rest = "".join(f", {json.dumps(one)}: {encode_json(value)}" for one, value in entries)
    print(f"\n]{rest}}}" if key else "\n]")


class Progress:
    """Progress on a terminal, for more than a few items; silent elsewhere."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._done = 0
        self._is_visible = sys.stderr.isatty() and count > _MIN_PROGRESS_ITEMS

    def step(self) -> None:
        """Count one more item as done."""
        self._done += 1
        if self._is_visible:
            write_message(f"\r{self._done}/{self._count} ")

    def end(self) -> None:
        """Clear the line."""
        if self._is_visible:
            write_message("\r\033[K")  # to the beginning of the line, then erase it


def with_progress(items: Iterable[T], count: int) -> Iterator[T]:
    """Yield `items`, with progress out of `count` on a terminal."""
    pace = Progress(count)
    for item in items:
        pace.step()
        yield item
    pace.end()


def print_failure(sentence: str) -> int:
    """Print `sentence` on standard error; return the exit status for a fault."""
    print_message(sentence)
    return EXIT_FAULTS


def print_message(sentences: str) -> None:
    """Print each of `sentences` on a line of its own on standard error."""
    write_message("".join(f"annotator: {show_hidden(sentence)}\n" for sentence in sentences.splitlines()))


def escape_controls(text: str) -> str:
    """Return `text` without what would control a terminal; a line end becomes a space."""
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "\ufffd" for letter in text)
