"""Quick reader of the entry `document` of a sidecar."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.verdict import Outcome
from annotator.storage.errors import FaultList
from annotator.storage.sidecar.verdicts import read_verdicts
from annotator.storage.yaml_io.reader import MappingNode, ScalarNode, SequenceNode, parse_tree
from annotator.storage.yaml_io.validation import MappingReader

if TYPE_CHECKING:
    from pathlib import Path


_FORMAT = re.compile(rb"^\W*format\W*:\s*[\"']?annotator/\d", re.MULTILINE)
_HEAD_SIZE = 64 * 1024  # bytes; `document` is among the first entries


class SidecarHead(NamedTuple):
    """The sha256 of the document's bytes, in hexadecimal, and the encoding used to decode them; either may be empty."""

    sha256: str
    encoding: str


class SidecarPeek(NamedTuple):
    """What a sidecar says of itself: its annotator, and the name and the sha256 of its document; each may be empty."""

    annotator: str
    file: str
    sha256: str


def find_sidecar_head(path: Path) -> SidecarHead | None:
    """Return the head of the sidecar at `path`, or None if there is none or it cannot be read."""
    data = _read_head(path)
    faults = FaultList(path.name)
    tree = parse_tree(_extract_entry(data, b"document"), faults=faults)
    node = tree.entries.get("document") if isinstance(tree, MappingNode) else None
    if not isinstance(node, MappingNode):
        return None
    form = MappingReader(node, faults=faults)
    return SidecarHead(form.get_text("sha256"), form.get_text("encoding"))


def peek_sidecar(path: Path) -> SidecarPeek | None:
    """Return what the file at `path` says of itself, or None if it is no sidecar by its `format:`."""
    data = _read_head(path)
    if not _FORMAT.search(data):
        return None
    faults = FaultList(path.name)
    own = b"".join(_extract_entry(data, key) for key in (b"document", b"annotator"))
    tree = parse_tree(own, faults=faults)
    entries = tree.entries if isinstance(tree, MappingNode) else {}
    node = entries.get("document")
    form = MappingReader(node, faults=faults) if isinstance(node, MappingNode) else None
    file, sha256 = (form.get_text("file"), form.get_text("sha256")) if form is not None else ("", "")
    annotator = MappingReader(tree, faults=faults).get_text("annotator") if isinstance(tree, MappingNode) else ""
    return SidecarPeek(annotator, file, sha256)


def _read_head(path: Path) -> bytes:
    """Return the beginning of the file at `path`, nothing if there is none or it cannot be read."""
    try:
        # O_NONBLOCK: opening a pipe would wait for a writer.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            return file.read(_HEAD_SIZE) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    except (OSError, ValueError):
        return b""


def _extract_entry(data: bytes, key: bytes) -> bytes:
    """Return the lines of the entry `key`, up to the next one that is not indented."""
    kept: list[bytes] = []
    for line in data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True):
        if line.startswith(key + b":"):
            kept = [line]
        elif kept and line[:1].strip() and not line.startswith((b"#", b"}")):
            break
        elif kept:
            kept.append(line)
    return b"".join(kept)


def find_labels_by_line(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    """Return the labels of each annotation in the bytes of a sidecar, with the line on which they stand."""
    tree = parse_tree(data, faults=FaultList(""))
    node = tree.entries.get("annotations") if isinstance(tree, MappingNode) else None
    found: list[tuple[int, tuple[str, ...]]] = []
    for item in node.items if isinstance(node, SequenceNode) else ():
        labels = item.entries.get("labels") if isinstance(item, MappingNode) else None
        scalars = labels.items if isinstance(labels, SequenceNode) else [labels]
        words = tuple(scalar.text for scalar in scalars if isinstance(scalar, ScalarNode))
        if labels is not None and words:
            found.append((labels.line, words))
    return found


# Indented lines, items, comments and blank lines belong to the section. Each line is matched in one way only, so the
# search is linear.
_SECTION = re.compile(rb"^review:[^\n]*\n?(?:(?:[-# \t\r][^\n]*)?(?:\n|\Z))*", re.MULTILINE)
_FLOW_START = b"{"  # opens a file in flow style, which we never write


def count_open_verdicts(data: bytes) -> int:
    """Return the number of open verdicts in the bytes of a sidecar; what cannot be read counts as none."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.lstrip().startswith(_FLOW_START):
        found = _SECTION.search(data)
        data = found[0] if found else b""
    if b"verdict" not in data:
        return 0
    faults = FaultList("")
    tree = parse_tree(data, faults=faults)
    node = tree.entries.get("review") if isinstance(tree, MappingNode) else None
    if not isinstance(node, SequenceNode):
        return 0
    return sum(verdict.outcome is Outcome.OPEN for verdict in read_verdicts(node.items, faults=faults))
