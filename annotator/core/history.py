"""Undo and redo stacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.core.change import Step


@dataclass(slots=True)
class History:
    """Steps done and steps undone, without limit."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    _asked: Step | None = field(default=None, init=False, repr=False, compare=False)

    def ids(self) -> set[str]:
        """Return the ids of all annotations that a step added, changed or removed."""
        return {identity for step in (*self.done, *self.undone) for identity in step.ids()}

    def push(self, step: Step) -> None:
        """Record that `step` was done, and clear the redo stack."""
        self.done.append(step)
        self.undone.clear()

    def clear(self) -> None:
        """Forget all steps."""
        self.done.clear()
        self.undone.clear()

    def confirm_undo(self) -> bool:
        """Note a request to undo the last step; return whether it was requested before."""
        last = self.done[-1] if self.done else None
        is_confirmed = last is not None and last is self._asked
        self._asked = last
        return is_confirmed

    def undo(self) -> Step | None:
        """Move the last step done to the redo stack and return it, or None if there is none."""
        if not self.done:
            return None
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> Step | None:
        """Move the last step undone back and return it, or None if there is none."""
        if not self.undone:
            return None
        self.done.append(self.undone.pop())
        return self.done[-1]
