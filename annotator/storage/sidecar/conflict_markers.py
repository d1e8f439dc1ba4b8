"""The two versions in a file in which git left its conflict marks. It must not know what is in them."""

from __future__ import annotations

from typing import NamedTuple

_OURS, _BASE, _MIDDLE, _THEIRS = b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"


class Versions(NamedTuple):
    """The versions of a file, and the line (from 1) of the first mark; ``base`` is None where git did not leave it."""

    ours: bytes
    theirs: bytes
    base: bytes | None
    line: int


def find_versions(data: bytes) -> Versions | None:
    """The versions in ``data``, or None where it has no conflict marks, or marks that do not go together."""
    if _OURS not in data:
        return None
    texts: dict[bytes, list[bytes]] = {_OURS: [], _BASE: [], _THEIRS: []}
    part = b""  # which version the lines belong to, empty where they belong to all
    first, has_base = 0, False
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        mark = line[: len(_OURS)]
        after = {(_OURS, b""): _OURS, (_BASE, _OURS): _BASE, (_MIDDLE, _OURS): _THEIRS, (_MIDDLE, _BASE): _THEIRS}
        if (mark, part) in after:
            part = after[mark, part]
            first = first or number
            has_base = has_base or part == _BASE
        elif mark == _THEIRS and part == _THEIRS:
            part = b""
        elif mark in {_OURS, _THEIRS} and line[len(mark) : len(mark) + 1] in {b" ", b"\n", b"\r", b""}:
            return None
        else:
            for name, lines in texts.items():
                if part in {b"", name}:
                    lines.append(line)
    if part or not first:
        return None
    ours, base, theirs = (b"".join(lines) for lines in texts.values())
    return Versions(ours, theirs, base if has_base else None, first)
