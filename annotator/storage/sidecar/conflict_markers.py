"""The two versions of a file in which git left conflict markers."""

from __future__ import annotations

from typing import NamedTuple

_OURS, _BASE, _MIDDLE, _THEIRS = b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"


class ConflictVersions(NamedTuple):
    """The versions of a file and the line (from 1) of the first marker; `base` is None unless git wrote it (diff3)."""

    ours: bytes
    theirs: bytes
    base: bytes | None
    line: int


def find_conflict_versions(data: bytes) -> ConflictVersions | None:
    """Return the versions in `data`, or None if it has no conflict markers or they do not pair up."""
    if _OURS not in data:
        return None
    texts: dict[bytes, list[bytes]] = {_OURS: [], _BASE: [], _THEIRS: []}
    part = b""  # the version that the lines belong to, empty for all
    first, has_base = 0, False
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        mark = line[: len(_OURS)]
        # By the marker found and the part that it ends, the part that it begins.
        after = {(_OURS, b""): _OURS, (_BASE, _OURS): _BASE, (_MIDDLE, _OURS): _THEIRS, (_MIDDLE, _BASE): _THEIRS}
        if (mark, part) in after:
            part = after[mark, part]
            first = first or number
            has_base = has_base or part == _BASE
        elif mark == _THEIRS and part == _THEIRS:
            part = b""
        elif mark in {_OURS, _THEIRS} and line[len(mark) : len(mark) + 1] in {b" ", b"\n", b"\r", b""}:
            return None  # unpaired; "=======" alone is no marker, as it underlines headings
        else:
            for name, lines in texts.items():
                if part in {b"", name}:
                    lines.append(line)
    if part or not first:
        return None
    ours, base, theirs = (b"".join(lines) for lines in texts.values())
    return ConflictVersions(ours, theirs, base if has_base else None, first)
