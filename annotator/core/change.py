"""Changes and steps: the only way in which annotations come to be different. It must not know how they are kept."""

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
"""What may stand in a slot: a place is an int, None says that nothing stands there."""


class Slot(StrEnum):
    """Which part of an annotation set a change is about, and what stands in it."""

    ANNOTATION = "annotation"  # at the start of its span: an Annotation
    NOTHING = "nothing"  # at the start of a sentence: its end
    SPLIT = "split"  # at a place where a sentence is cut: that place
    JOIN = "join"  # at the start of sentences held together: their end
    BLOCK = "block"  # at the start of a block: a BlockMark
    STATUS = "status"  # at 0: a Status
    ORPHAN = "orphan"  # at the key of its id: an Annotation that lost its sentence
    VERDICT = "verdict"  # at the key of its id: a Verdict
    RIVAL = "rival"  # at a key from its id on: an Annotation that contradicts what stands at its span


@dataclass(frozen=True, slots=True)
class BlockMark:
    """The kind that a person gave to the block which ends at ``end``."""

    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Change:
    """What stands at one place of one slot, before and after; None where nothing stands."""

    slot: Slot
    place: int
    before: Content
    after: Content

    @property
    def reach(self) -> Span:
        """The stretch of text whose look may differ by it, at least one character."""
        if self.slot is Slot.ORPHAN:
            return Span(0, 1)
        if self.slot in {Slot.RIVAL, Slot.VERDICT}:
            held = (one.span for one in (self.after, self.before) if isinstance(one, Annotation | Verdict))
            return next(held, Span(0, 1))
        ends = [_end_of(content) for content in (self.before, self.after)]
        return Span(self.place, max(self.place + 1, *ends))

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """What one key press did: undone and redone as a whole.

    ``what`` is the verb (``tag``, ``nothing``, ``clear``, ``split``, ``join``, ``note``, ``finish``, ...), ``place``
    the sentence at which it was done, ``when`` ISO 8601, ``who`` the annotator.
    """

    what: str
    changes: tuple[Change, ...]
    place: Span
    when: str = ""
    who: str = ""

    def ids(self) -> set[str]:
        """The ids of all annotations that it makes, changes or takes away."""
        contents = (content for change in self.changes for content in (change.before, change.after))
        return {content.id for content in contents if isinstance(content, Annotation)}

    def inverse(self) -> Step:
        """The step that takes this one back."""
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
