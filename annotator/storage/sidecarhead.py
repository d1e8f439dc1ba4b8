"""What a sidecar says about its document, from its head alone. It must not know whether the rest is sound."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from annotator.storage.errors import FaultList
from annotator.storage.yamlform import Form
from annotator.storage.yamlread import Pairs, read_tree

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 64 * 1024


class Head(NamedTuple):
    """The sha256 of the document's bytes, in hexadecimal, and the encoding in which they were read; or nothing."""

    sha256: str
    encoding: str


def find_head(path: Path) -> Head | None:
    """What the sidecar at ``path`` says; None where there is none, or nothing of that can be read in its head."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            data = file.read(_HEAD) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    except (OSError, ValueError):
        return None
    faults = FaultList(path.name)
    tree = read_tree(_entry(data), faults=faults)
    node = tree.entries.get("document") if isinstance(tree, Pairs) else None
    if not isinstance(node, Pairs):
        return None
    form = Form(node, faults=faults)
    return Head(form.text("sha256"), form.text("encoding"))


def _entry(data: bytes) -> bytes:
    """The lines of the entry ``document``, up to the next one that begins at a margin."""
    kept: list[bytes] = []
    for line in data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True):
        if line.startswith(b"document:"):
            kept = [line]
        elif kept and line[:1].strip() and not line.startswith((b"#", b"}")):
            break
        elif kept:
            kept.append(line)
    return b"".join(kept)
