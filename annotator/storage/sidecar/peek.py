"""What a sidecar says about its document, from its head alone. It must not know whether the rest is sound."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.verdict import Outcome
from annotator.storage.errors import FaultList
from annotator.storage.sidecar.verdicts import read_verdicts
from annotator.storage.yaml_io.reader import Items, Pairs, read_tree
from annotator.storage.yaml_io.validation import Form

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


_SECTION = re.compile(rb"^review:[^\n]*\n?(?:(?:[-# \t\r][^\n]*)?(?:\n|\Z))*", re.MULTILINE)
_FLOW = b"{"  # a file in YAML's other writing, which no program of ours makes


def count_open(data: bytes) -> int:
    """How many verdicts in the bytes of a sidecar are open; what cannot be read counts as none."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.lstrip().startswith(_FLOW):
        found = _SECTION.search(data)
        data = found[0] if found else b""
    if b"verdict" not in data:
        return 0
    faults = FaultList("")
    tree = read_tree(data, faults=faults)
    node = tree.entries.get("review") if isinstance(tree, Pairs) else None
    if not isinstance(node, Items):
        return 0
    return sum(verdict.outcome is Outcome.OPEN for verdict in read_verdicts(node.items, faults=faults))
