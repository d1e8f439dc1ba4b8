"""One annotation as it goes into foreign formats. It must not know any of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value


@dataclass(frozen=True, slots=True)
class Record:
    """An annotation with its document.

    ``document`` is the path below the folder exported; ``start`` and ``end`` are code points of its text with each line
    end counted as one; ``number`` is the place of the sentence in the document, from 1; times are ISO 8601.
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
