"""Checks of the JSON values in a journal's line.

A checksum detects damage, not a line that another program wrote: each function returns its `value` if it has the
expected shape and raises ValueError otherwise, before the value gets into a step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.core.span import Span

if TYPE_CHECKING:
    from annotator.core.annotation import Value

MAX_VALUE_DEPTH = 64
"""Deepest nesting of lists and mappings in a field or an unknown key."""
_MAX_COUNT = 2**63 - 1


def check_text(value: object) -> str:
    """Return `value`, which must be a text."""
    if not isinstance(value, str):
        raise ValueError("no text")  # noqa: TRY004  # the line is at fault, not a type in the program
    return value


def check_texts(value: object) -> tuple[str, ...]:
    """Return the texts in `value`, which must be a list of texts."""
    if not isinstance(value, list):
        raise ValueError("no list")  # noqa: TRY004  # as above
    return tuple(check_text(one) for one in value)


def check_whole_number(value: object) -> int:
    """Return `value`, which must be a whole number of at least 0, however large."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:  # bool is a subclass of int
        raise ValueError("no whole number")
    return value


def check_count(value: object) -> int:
    """Return `value`, which must be a whole number from 0 to 2**63 - 1."""
    if check_whole_number(value) > _MAX_COUNT:
        raise ValueError("no count")
    return check_whole_number(value)


def check_span(value: object) -> Span:
    """Return the span `[start, end]` that `value` must be."""
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("no stretch")
    return Span(check_count(value[0]), check_count(value[1]))


def check_share(value: object) -> float:
    """Return `value`, which must be a number from 0 to 1."""
    if not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError("no share")
    return float(value)


def check_mapping(value: Any) -> dict[str, Value]:  # noqa: ANN401  # any JSON value
    """Return `value`, which must be an object nested no deeper than `MAX_VALUE_DEPTH`; its own values may be any."""
    if not isinstance(value, dict):
        raise ValueError("no object")  # noqa: TRY004  # as above
    # Level by level: recursion would meet the interpreter's limit before ours.
    level: list[Any] = [value]
    for _depth in range(MAX_VALUE_DEPTH):
        level = [inner for one in level for inner in _get_containers(one)]
        if not level:
            return value
    raise ValueError("too deep")


def _get_containers(value: object) -> list[Any]:
    """Return the lists and mappings directly inside `value`."""
    if isinstance(value, dict):
        return [one for one in value.values() if isinstance(one, (dict, list))]
    return [one for one in value if isinstance(one, (dict, list))] if isinstance(value, list) else []
