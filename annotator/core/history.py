"""Undo and redo stacks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core.annotation import Annotation
from annotator.core.change import Layer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value
    from annotator.core.change import Step


@dataclass(slots=True)
class History:
    """Steps done and steps undone, without limit."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    _asked: Step | None = field(default=None, init=False, repr=False, compare=False)
    # Steps of `done` by the places of the annotations that they change, made when it is asked for first.
    _by_place: dict[int, list[Step]] | None = field(default=None, init=False, repr=False, compare=False)

    def ids(self) -> set[str]:
        """Return the ids of all annotations that a step added, changed or removed."""
        return {identity for step in (*self.done, *self.undone) for identity in step.ids()}

    def push(self, step: Step) -> None:
        """Record that `step` was done, and clear the redo stack."""
        self._add(step)
        self.undone.clear()

    def clear(self) -> None:
        """Forget all steps."""
        self.done.clear()
        self.undone.clear()
        self._by_place = None

    def find_fields(self, place: int, *, label: str, text: str) -> Mapping[str, Value]:
        """Return the fields that the sentence `text` at `place` had when it lost `label` last, all of them."""
        if self._by_place is None:
            self._by_place = defaultdict(list)
            for step in self.done:
                for start in step.changed_places():
                    self._by_place[start].append(step)
        for step in reversed(self._by_place.get(place, ())):
            for change in step.changes:
                if change.layer is Layer.ANNOTATION and change.place == place:
                    before, after = change.before, change.after
                    has_gone = not (isinstance(after, Annotation) and label in after.labels)
                    if isinstance(before, Annotation) and label in before.labels and has_gone:
                        return before.fields if before.text == text else {}
        return {}

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
        step = self.done.pop()
        self.undone.append(step)
        if self._by_place is not None:
            for start in step.changed_places():
                steps = self._by_place.get(start, [])
                if steps and steps[-1] is step:  # a step that was not parsed yet may have named more places
                    steps.pop()
        return step

    def redo(self) -> Step | None:
        """Move the last step undone back and return it, or None if there is none."""
        if not self.undone:
            return None
        step = self.undone.pop()
        self._add(step)
        return step

    def _add(self, step: Step) -> None:
        self.done.append(step)
        if self._by_place is not None:
            for start in step.changed_places():
                self._by_place[start].append(step)
