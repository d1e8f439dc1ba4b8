"""Marks that contradict what stands at their places, kept among the conflicts until a user decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.annotation import Annotation
from annotator.core.document import BlockKind

if TYPE_CHECKING:
    from annotator.core.span import Span

NOTHING, JOIN = "nothing", "join"
"""What is marked, as it stands in the sidecar; else it is the kind of a block."""
_KEY = "mark"
_WORDS = frozenset({NOTHING, JOIN, *BlockKind})


def make_mark_conflict(word: str, span: Span, *, text: str) -> Annotation:
    """Return the mark `word` (*nothing here*, a join, the kind of a block) at `span` as a conflict."""
    identity = f"{word}-{span.start}-{span.end}"
    return Annotation(identity, span, (), text, origin="", extra={_KEY: word})


def find_mark(conflict: Annotation) -> str:
    """Return what is marked by `conflict`, or an empty string if it is the version of an annotation."""
    word = conflict.extra.get(_KEY)
    return word if isinstance(word, str) and word in _WORDS and not conflict.labels else ""
