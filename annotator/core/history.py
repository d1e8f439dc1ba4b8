"""What was done and can be undone. It must not know how steps are applied or kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.core.change import Step


@dataclass(slots=True)
class History:
    """Steps done and steps undone, without limit. One of the three mutable things of the program."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def ids(self) -> set[str]:
        """The ids of all annotations that a step made, changed or took away."""
        return {identity for step in (*self.done, *self.undone) for identity in step.ids()}

    def push(self, step: Step) -> None:
        """Note that ``step`` was done; what had been undone cannot be redone any more."""
        self.done.append(step)
        self.undone.clear()

    def undo(self) -> Step | None:
        """Take back the last step done and give it, or None where nothing was done."""
        if not self.done:
            return None
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> Step | None:
        """Do again the last step undone and give it, or None where nothing was undone."""
        if not self.undone:
            return None
        self.done.append(self.undone.pop())
        return self.done[-1]
