"""Files for reviewers on disk: their names, and reads with a size limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.review.model.answer import ReviewFileError
from annotator.review.registry import MAX_RETURNED_MEGABYTES, read_returned_file
from annotator.storage.errors import describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.core.labels import LabelSet
    from annotator.review.model.answer import ReturnedFile


def suggest_file_name(folder: str, *, what: str, day: str, ending: str) -> str:
    """Return the name for a file made from `folder`, such as `articles-review-2026-11-25.xlsx`."""
    return f"{folder or 'annotator'}-{what}-{day[:10]}{ending}"


def read_review_file(path: Path, labels: LabelSet) -> ReturnedFile:
    """Read a reviewer's answers from the file at `path`.

    Raises:
        ReviewFileError: If the file is missing, unreadable, or was not made by this program.
    """
    name = format_path(path.name)
    try:
        if path.is_dir():
            template = _("{file} is a folder. Give the name of a file in it.")
            raise ReviewFileError(template.format(file=format_path(path)))
        if not path.is_file():
            template = _("There is no file {file}. Choose the file that the reviewer sent back.")
            raise ReviewFileError(template.format(file=format_path(path)))
        # Checked before reading: the file comes from outside and may be anything.
        if path.stat().st_size > MAX_RETURNED_MEGABYTES << 20:
            template = _(
                "{file} is larger than {megabytes} MB, more than any review file, so it was not opened. Check "
                "that it is the right file."
            )
            raise ReviewFileError(template.format(file=name, megabytes=MAX_RETURNED_MEGABYTES))
        data = path.read_bytes()
    except OSError as error:
        template = _("{file} cannot be read: {reason}. Get permission to read it, or copy it to this machine.")
        raise ReviewFileError(template.format(file=name, reason=describe_os_error(error))) from error
    return read_returned_file(data, name=name, labels=labels)
