"""Files for reviewers on disk: atomic writes, and reads with a size limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.review.model.answer import ReviewFileError
from annotator.review.registry import MAX_RETURNED_MEGABYTES, read_returned_file
from annotator.storage.atomic import save_stream
from annotator.storage.documents.folder import SUFFIXES
from annotator.storage.paths import format_path
from annotator.storage.sidecar.sidecar import find_sidecar_owner
from annotator.storage.workspace.reader import WORKSPACE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from annotator.core.labels import LabelSet
    from annotator.review.model.answer import ReturnedFile
    from annotator.review.model.packet import Article, Packet
    from annotator.review.registry import ReviewFormat


def suggest_file_name(folder: str, *, what: str, day: str, ending: str) -> str:
    """Return the name for a file made from `folder`, such as `articles-review-2026-11-25.xlsx`."""
    return f"{folder or 'annotator'}-{what}-{day[:10]}{ending}"


def find_refusal(path: Path) -> str:
    """Return the reason why `path` must not be written, or "": it may be an article, annotations or settings."""
    names = {path.name}
    # Writing through a link would replace what it points to.
    if path.is_symlink():
        names.add(path.resolve().name)
    for name in sorted(names):
        template = ""
        if find_sidecar_owner(name) is not None:
            template = _(
                "{file} has the name of a file of annotations. Choose another name: nothing is written over them."
            )
        elif name == WORKSPACE_FILE:
            template = _("{file} holds the labels of its folder. Choose another name: it is not written over.")
        elif name.lower().endswith(SUFFIXES):
            template = _("{file} has the name of an article. Choose another name: articles are never written to.")
        if template:
            return template.format(file=format_path(name))
    if path.is_dir():
        return _("{file} is a folder. Give the name of a file in it.").format(file=format_path(path))
    if not path.parent.is_dir():
        return _("There is no folder {folder}. Choose one that is there.").format(folder=format_path(path.parent))
    return ""


def write_review_file(path: Path, chosen: ReviewFormat, packet: Packet, articles: Iterable[Article]) -> None:
    """Write `articles` for a reviewer to the file at `path`, in constant memory.

    Raises:
        SaveError: If the file cannot be written; an existing file is left as it was.
        ReviewFileError: If this format cannot hold the articles, or is not available here.
    """
    save_stream(path, lambda out: chosen.write(packet, articles, out))


def read_review_file(path: Path, labels: LabelSet) -> ReturnedFile:
    """Read a reviewer's answers from the file at `path`.

    Raises:
        ReviewFileError: If the file is missing, unreadable, or was not made by this program.
    """
    name = format_path(path.name)
    try:
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
        raise ReviewFileError(template.format(file=name, reason=error.strerror)) from error
    return read_returned_file(data, name=name, labels=labels)
