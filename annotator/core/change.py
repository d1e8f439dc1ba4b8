"""Changes and steps, the only way to modify an annotation set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from annotator.core.annotation import Annotation, Status
from annotator.core.span import Span
from annotator.core.verdict import Verdict

if TYPE_CHECKING:
    from annotator.core.document import BlockKind

Content: TypeAlias = "Annotation | BlockMark | Status | Verdict | int | None"
"""Content of a slot at one place: an offset is an int, None means that the place is empty."""


class Layer(StrEnum):
    """Part of an annotation set; the comments say by which key and with which content."""

    ANNOTATION = "annotation"  # by the start of its span: an Annotation
    NOTHING = "nothing"  # by the start of a sentence: its end
    SPLIT = "split"  # by the offset of the cut: the same offset
    JOIN = "join"  # by the start of the joined sentences: their end
    BLOCK = "block"  # by the start of a block: a BlockMark
    STATUS = "status"  # at 0: a Status
    ORPHAN = "orphan"  # by the key of its id: an Annotation without a sentence
    VERDICT = "verdict"  # by the key of its id: a Verdict
    CONFLICT = "rival"  # by the key of its id or the next free one: the conflicting version of an Annotation


@dataclass(frozen=True, slots=True)
class BlockMark:
    """The kind that the user gave to a block, and the end of that block."""

    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Change:
    """Content of one place of one slot before and after; None where the place is empty."""

    layer: Layer
    place: int
    before: Content
    after: Content

    @property
    def affected_span(self) -> Span:
        """Span of text that may have to be repainted, at least one character long."""
        if self.layer is Layer.ORPHAN:
            return Span(0, 1)
        if self.layer in {Layer.CONFLICT, Layer.VERDICT}:
            held = (one.span for one in (self.after, self.before) if isinstance(one, Annotation | Verdict))
            return next(held, Span(0, 1))
        ends = [_end_of(content) for content in (self.before, self.after)]
        return Span(self.place, max(self.place + 1, *ends))

    def inverse(self) -> Change:
        """Return the change that undoes this one."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """All changes of one command, undone and redone together.

    Attributes:
        verb: The verb (`tag`, `nothing`, `clear`, `split`, `join`, `note`, `finish`, …).
        changes: The changes in the order in which they are applied.
        place: The sentence at which the command was run.
        time: Time, ISO 8601.
        author: Name of the annotator.
    """

    verb: str
    changes: tuple[Change, ...]
    place: Span
    time: str = ""
    author: str = ""

    def ids(self) -> set[str]:
        """Return the ids of all annotations that the step adds, changes or removes."""
        contents = (content for change in self.changes for content in (change.before, change.after))
        return {content.id for content in contents if isinstance(content, Annotation)}

    def changed_places(self) -> set[int]:
        """Return the places of all annotations that the step changes or removes."""
        return {
            change.place
            for change in self.changes
            if change.layer is Layer.ANNOTATION and isinstance(change.before, Annotation)
        }

    def inverse(self) -> Step:
        """Return the step that undoes this one."""
        return replace(self, changes=tuple(change.inverse() for change in reversed(self.changes)))


def _end_of(content: Content) -> int:
    match content:
        case Annotation():
            return content.span.end
        case BlockMark():
            return content.end
        case int():
            return content
        case _:
            return 0
