"""The one writer of files that a user names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.outputs.target import OutputRefusedError, check_output
from annotator.core.i18n import _
from annotator.storage.atomic import place_stream
from annotator.storage.place import PlaceChangedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from annotator.app.outputs.target import OutputTarget


class OutputKeptError(OutputRefusedError):
    """What was at the place when the file was ready is kept, and the file is not written; the message says why."""


def write_output(
    target: OutputTarget,
    write: Callable[[BinaryIO], object],
    *,
    replaces: bool,
    is_complete: Callable[[], bool] = lambda: True,
) -> None:
    """Write what `write` writes to the file at `target`, atomically and in constant memory. Callable from any thread.

    A file that is there is replaced only if it is still the one that was inspected.

    Args:
        target: The place, as it was inspected.
        write: Writes the file from front to back; what it raises is passed on, and nothing is replaced.
        replaces: True if the user wants an older file replaced.
        is_complete: Tells, once all is written, whether everything could be read that belongs into the file. What is
            not complete replaces nothing.

    Raises:
        OutputRefusedError: The file may not be written.
        OutputKeptError: An older file is kept, as the new one is not complete or the older one changed meanwhile.
        SaveError: The file cannot be written; an existing one is left as it was.
    """
    check_output(target, replaces=replaces)
    if target.place is None:
        raise OutputRefusedError(target.refusal)

    def guard() -> None:
        if target.is_taken and not is_complete():
            sentence = _(
                "{file} is kept as it was, as not everything could be read. Repair that or choose another name."
            )
            raise OutputKeptError(sentence.format(file=target.name))

    try:
        place_stream(target.place, write, guard=guard)
    except PlaceChangedError as error:
        sentence = _("{file} was changed by another program meanwhile and is kept. Choose another name.")
        raise OutputKeptError(sentence.format(file=target.name)) from error
