"""Annotations as JSON lines (https://jsonlines.org)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from annotator.formats.record import Record


def write_jsonl(records: Iterable[Record], file: TextIO) -> None:
    """Write each of `records` as an object on a line of its own, with keys in the order of `Record`."""
    file.writelines(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records)
