"""Reader of a journal's lines that leaves the steps in them unparsed.

Parsing a step costs ten times as much as verifying its line, and of a long history hardly any step is looked at again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from annotator.core.change import Change, Slot, Step
from annotator.core.span import Span
from annotator.storage.journal.codec import Did, Entry, body_of, decode, json_of, step_from_json

if TYPE_CHECKING:
    from typing import Self

_DID = re.compile(rb'\{"n":(\d{1,18}),"kind":"did","step":(?=\{)')
_ID = re.compile(rb'"id":("(?:[^"\\]|\\.)*")')
_PARTS = ("what", "changes", "place", "when", "who")


class WrittenStep(Step):
    """A step still in its written form, parsed when it is first accessed.

    What no known version could have written becomes a step that fits nothing: applying it is refused as stale.
    """

    __slots__ = ("_written",)
    _written: bytes | None

    @classmethod
    def of(cls, written: bytes) -> Self:
        """Return the step that `written` encodes as JSON."""
        made = cls.__new__(cls)
        object.__setattr__(made, "_written", written)
        return made

    def ids(self) -> set[str]:
        """Return the ids of all annotations in the step, and possibly more: each text under a key `id`, by a search."""
        written = getattr(self, "_written", None)  # missing in a copy
        if written is None:
            return super().ids()
        try:
            return {
                json_of(found) if b"\\" in found else found[1:-1].decode("utf-8", "surrogatepass")
                for found in _ID.findall(written)
            }
        except ValueError:  # no version wrote this; parsing it gives a step that fits nothing
            return Step.ids(self)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # called for a missing part, of any type
        if name not in _PARTS:
            raise AttributeError(name)
        written = self._written
        if written is not None:
            step = _read(written)
            for part in _PARTS:
                object.__setattr__(self, part, getattr(step, part))
            object.__setattr__(self, "_written", None)  # last, as another thread may be parsing too
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Step) and all(getattr(self, part) == getattr(other, part) for part in _PARTS)

    def __hash__(self) -> int:
        return hash((self.what, self.place, self.when, self.who))


def skim(line: bytes) -> Entry:
    """Return the entry in `line` as `decode` does, but parse a step in it only on access.

    Raises:
        DamagedLineError: The line is not what was written.
    """
    found = _DID.match(line)
    if found is None:
        return decode(line)
    return Entry(int(found[1]), Did(WrittenStep.of(body_of(line)[found.end() :])))


def _read(written: bytes) -> Step:
    try:
        return step_from_json(json_of(written))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return Step("", (Change(Slot.STATUS, 0, None, None),), Span(0, 1))
