"""Record of an annotation for export."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value


@dataclass(frozen=True, slots=True)
class Record:
    """An annotation with its document.

    Attributes:
        document: Path relative to the exported folder.
        number: Position of the sentence in the document, from 1.
        start: Start of the span, in code points with each line end counted as one.
        end: End of the span.
        kind: Kind of the block.
        made: Time of creation, ISO 8601.
        changed: Time of the last change, ISO 8601.
    """

    document: str
    title: str
    id: str
    number: int
    start: int
    end: int
    kind: str
    labels: tuple[str, ...]
    text: str
    before: str
    after: str
    note: str
    annotator: str
    origin: str
    made: str
    changed: str
    fields: Mapping[str, Value] = field(default_factory=dict)
