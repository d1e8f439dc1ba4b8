"""Whether the JSON values of a journal's line are what they should be. It must not know what they mean.

A checksum tells that a line was damaged, not that somebody else wrote it: what is not of its kind is refused here, with
ValueError, before it stands where a step is expected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.core.span import Span

if TYPE_CHECKING:
    from annotator.core.annotation import Value

DEEPEST = 64
"""How many lists and mappings may stand inside each other in a field or an unknown key."""
_LARGEST = 2**63 - 1


def text(value: object) -> str:
    """``value``, which must be a text."""
    if not isinstance(value, str):
        raise ValueError("no text")  # noqa: TRY004  # what is wrong is the line, not a type in the program
    return value


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, which ``value`` must be."""
    if not isinstance(value, list):
        raise ValueError("no list")  # noqa: TRY004  # as above
    return tuple(text(one) for one in value)


def key(value: object) -> int:
    """``value``, which must be a whole number from 0 on, however large."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no whole number")
    return value


def count(value: object) -> int:
    """``value``, which must be a whole number from 0 on that some text or journal can reach."""
    if key(value) > _LARGEST:
        raise ValueError("no count")
    return key(value)


def span(value: object) -> Span:
    """The stretch ``[start, end]``, which ``value`` must be."""
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("no stretch")
    return Span(count(value[0]), count(value[1]))


def share(value: object) -> float:
    """``value``, which must be a number from 0 to 1."""
    if not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError("no share")
    return float(value)


def mapping(value: Any) -> dict[str, Value]:  # noqa: ANN401  # any JSON value
    """``value``, which must be an object no deeper than `DEEPEST`; its own values may be any."""
    if not isinstance(value, dict):
        raise ValueError("no object")  # noqa: TRY004  # as above
    level: list[Any] = [value]
    for _depth in range(DEEPEST):
        level = [inner for one in level for inner in _inner(one)]
        if not level:
            return value
    raise ValueError("too deep")


def _inner(value: object) -> list[Any]:
    """What stands in ``value`` and may itself hold something."""
    if isinstance(value, dict):
        return [one for one in value.values() if isinstance(one, (dict, list))]
    return [one for one in value if isinstance(one, (dict, list))] if isinstance(value, list) else []
