"""Reading of a journal's content, in either form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.storage.files import find_file_bytes
from annotator.storage.journal.codec import (
    DamagedLineError,
    JournalEntry,
    JournalVersion,
    LostRecords,
    PackedRecords,
    PackSummary,
    encode_entry,
)
from annotator.storage.journal.errors import JournalError, JournalVersionError, open_error_message
from annotator.storage.journal.lazy_step import decode_lazily
from annotator.storage.journal.packing import decode_packed, expand_entries, find_packable, find_summary, pack
from annotator.storage.journal.recovery import SavePoints
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VERSION = 2
"""The version of journals that are begun now; those of version 1 have no line that says so."""

_MAX_BYTES = 1 << 34


def load_entries(path: Path) -> tuple[JournalEntry, ...]:
    """Return the readable entries of the journal at `path` without opening it for work; none if it is missing.

    Raises:
        JournalError: It cannot be read.
    """
    try:
        return expand_entries(parse_entries(find_file_bytes(path, limit=_MAX_BYTES) or b"")[0])
    except OSError as error:
        raise JournalError(open_error_message(error, path)) from error


def parse_entries(data: bytes, *, last: int = 0) -> tuple[tuple[JournalEntry, ...], int]:
    """Return the entries in `data` after number `last`, and the length in bytes before an unreadable tail."""
    entries: list[JournalEntry] = []
    size = at = 0
    while (end := data.find(b"\n", at)) >= 0:
        entry = find_entry(data[at:end])
        at = end + 1
        if entry is not None and isinstance(entry.record, JournalVersion):
            size = size or at
            continue
        if entry is not None and isinstance(entry.record, PackSummary) and entry.number == last:
            is_whole = entry.record.steps == _count_packed(entries)
            entries.append(entry if is_whole else JournalEntry(last, LostRecords()))
            size = at
            continue
        if entry is None or entry.number <= last:  # damaged, or a stray copy of earlier lines
            continue
        if entry.number > last + 1 and not isinstance(entry.record, PackedRecords):
            entries.append(JournalEntry(entry.number - 1, LostRecords()))
        entries.append(entry)
        last = entry.number
        size = at
    return tuple(entries), size


def check_version(data: bytes, path: Path) -> None:
    """Raise `JournalVersionError` if `data` begins with the line of a later version."""
    first = find_entry(data[: data.find(b"\n")]) if data.startswith(b"{") else None
    if first is not None and isinstance(first.record, JournalVersion) and first.record.version > VERSION:
        sentence = _(
            "The journal {file} was written by a later version of annotator. Nothing is changed: use that version, or "
            "only read here."
        )
        raise JournalVersionError(sentence.format(file=format_path(path)))


class Shortened(NamedTuple):
    """The content of a shortened journal, and how much of it is packed."""

    data: bytes
    packed_size: int


def shorten(data: bytes) -> Shortened | None:
    """Return the content `data` of a journal in its compact form, or None if there is nothing to pack."""
    entries, size = parse_entries(data)
    end = find_packable(entries)
    summary = find_summary(entries)
    packed_to = entries[summary[0]].number if summary else 0
    if size < len(data) or end <= packed_to:
        return None
    marks = SavePoints()
    for entry in entries:
        marks.add(entry)
    packable = [entry for entry in entries if entry.number <= end]
    header = encode_entry(JournalEntry(0, JournalVersion(VERSION)))
    lines = pack(packable, breaks=[number for number in marks.breaks if number <= end])
    if not lines:
        return None
    packed = header + lines
    rest = b"".join(encode_entry(entry) for entry in entries if entry.number > end)
    return Shortened(packed + rest, len(packed))


def _count_packed(entries: Sequence[JournalEntry]) -> int:
    return sum(entry.record.steps for entry in entries if isinstance(entry.record, PackedRecords))


def find_packed_size(data: bytes) -> int:
    """Return how many bytes of a journal's content are packed, by the place of its summary."""
    at = data.find(b'"kind":"summary"')
    return data.find(b"\n", at) + 1 if at >= 0 else 0


def find_entry(line: bytes) -> JournalEntry | None:
    """Return the entry in `line`, or None if it is damaged."""
    try:
        return decode_packed(line) or decode_lazily(line)
    except DamagedLineError:
        return None
