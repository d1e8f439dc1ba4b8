"""Reader of a journal's lines that leaves the steps in them unparsed.

Parsing a step costs ten times as much as verifying its line, and of a long history hardly any step is looked at again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from annotator.core.change import Change, Layer, Step
from annotator.core.span import Span
from annotator.storage.journal.codec import (
    JournalEntry,
    StepDone,
    decode_entry,
    decode_json,
    step_from_json,
    verify_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

_DID = re.compile(rb'\{"n":(\d{1,18}),"kind":"did","step":(?=\{)')
_ID = re.compile(rb'"id":("(?:[^"\\]|\\.)*")')
_CHANGED = re.compile(rb'\["annotation",(\d{1,18}),\{')
_STEP_FIELDS = ("verb", "changes", "place", "time", "author")


class StepBlock(Protocol):
    """A block of packed records."""

    def encoded_step(self, number: int) -> bytes:
        """Return the step with that number in the block, encoded as JSON."""
        ...

    def ids(self) -> Iterable[str]:
        """Return the ids of all annotations in the block."""
        ...


PackedStep: TypeAlias = "tuple[StepBlock, int]"


class LazyStep(Step):
    """A step still in its written form, parsed when it is first accessed.

    What no known version could have written becomes a step that fits nothing: applying it is refused as stale.
    """

    __slots__ = ("_encoded",)
    _encoded: bytes | PackedStep | None

    @classmethod
    def of(cls, written: bytes | PackedStep) -> Self:
        """Return the step that `written` encodes as JSON, or that is in a block of packed records."""
        made = cls.__new__(cls)
        object.__setattr__(made, "_encoded", written)
        return made

    def ids(self) -> set[str]:
        """Return the ids of all annotations in the step, and possibly more: each text under a key `id`, by a search."""
        written = getattr(self, "_encoded", None)  # missing in a copy
        if written is None:
            return super().ids()
        if isinstance(written, tuple):
            return set(written[0].ids())
        try:
            return {
                decode_json(found) if b"\\" in found else found[1:-1].decode("utf-8", "surrogatepass")
                for found in _ID.findall(written)
            }
        except ValueError:  # no version wrote this; parsing it gives a step that fits nothing
            return Step.ids(self)

    def changed_places(self) -> set[int]:
        """Return the places of the annotations that the step changes or removes, by a search; possibly more."""
        written = getattr(self, "_encoded", None)  # missing in a copy
        if written is None:
            return super().changed_places()
        encoded = written[0].encoded_step(written[1]) if isinstance(written, tuple) else written
        return {int(found) for found in _CHANGED.findall(encoded)}

    @property
    def encoded(self) -> bytes | None:
        """The step as JSON, or None if it was parsed or is in a block."""
        written = getattr(self, "_encoded", None)
        return written if isinstance(written, bytes) else None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # called for a missing part, of any type
        if name not in _STEP_FIELDS:
            raise AttributeError(name)
        written = self._encoded
        if written is not None:
            step = _decode_step(written[0].encoded_step(written[1]) if isinstance(written, tuple) else written)
            for part in _STEP_FIELDS:
                object.__setattr__(self, part, getattr(step, part))
            object.__setattr__(self, "_encoded", None)  # last, as another thread may be parsing too
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Step) and all(getattr(self, part) == getattr(other, part) for part in _STEP_FIELDS)

    def __hash__(self) -> int:
        return hash((self.verb, self.place, self.time, self.author))


class SilentStep(LazyStep):
    """A step of a block of packed records of which another step tells all ids."""

    __slots__ = ()

    def ids(self) -> set[str]:
        """Return nothing while the step is packed."""
        return _NO_IDS if isinstance(getattr(self, "_encoded", None), tuple) else super().ids()

    @classmethod
    def of_all(cls, places: Sequence[PackedStep]) -> list[Self]:
        """Return the steps at `places`."""
        # By the slot itself: of 50,000 steps, checking for a frozen class would take half the time.
        put = LazyStep.__dict__["_encoded"].__set__
        made = [cls.__new__(cls) for _place in places]
        for one, place in zip(made, places, strict=True):
            put(one, place)
        return made


_NO_IDS: set[str] = set()


def decode_lazily(line: bytes) -> JournalEntry:
    """Return the entry in `line` as `decode_entry` does, but parse a step in it only on access.

    Raises:
        DamagedLineError: The line is not what was written.
    """
    found = _DID.match(line)
    if found is None:
        return decode_entry(line)
    return JournalEntry(int(found[1]), StepDone(LazyStep.of(verify_line(line)[found.end() :])))


def _decode_step(written: bytes) -> Step:
    try:
        return step_from_json(decode_json(written))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return Step("", (Change(Layer.STATUS, 0, None, None),), Span(0, 1))
