"""Turn what a user types into a field into stored values; no input is refused.

A figure may be typed with all that belongs to it: its comparator and its unit go to their own fields of the label where
these are empty. What states no figure or date, or states one that the label cannot hold, stays as the text that was
typed (`is_plain_text` tells it), so that nothing of it is lost.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from annotator.core.field_values.dates import is_stored_date, parse_date
from annotator.core.field_values.errors import InvalidValueError
from annotator.core.field_values.quantities import multiply, parse_quantity
from annotator.core.field_values.units import find_unit, split_unit, takes_scale_alone
from annotator.core.field_values.values import is_number, parse_value
from annotator.core.fields import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.core.annotation import Value
    from annotator.core.field_values.quantities import Amount, Quantity
    from annotator.core.fields import Field

# Words before a deadline that leave it the same date: "đến hết năm 2030" is 2030. "trước 2030" is not.
_DEADLINE = re.compile(
    r"(?:(?:chậm nhất\s+)?(?:đến|tới|vào|trong)?\s*(?:cuối|hết)?\s*(?=năm|quý|tháng|ngày|\d)"
    r"|(?:by|in|until|till|on)?\s*(?:the\s+)?(?:end\s+of\s+)?)",
    re.IGNORECASE,
)


def read_input(fields: Sequence[Field], typed: str, *, key: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values to store after `typed` was entered in the field `key` of a label with these `fields`.

    Args:
        fields: The fields of the label, `key` among them.
        typed: The input; empty input removes the field, which None stands for.
        key: The key of the field.
        values: The values that the sentence has now, by key.

    Returns:
        The value of `key`, and those that its input gives to empty fields.
    """
    field = next(one for one in fields if one.key == key)
    written = " ".join(typed.split())
    try:
        return {key: parse_value(field, written)}
    except InvalidValueError:
        pass
    try:
        if field.kind is FieldKind.DATE:
            return {key: parse_date(_DEADLINE.sub("", written, count=1))}
        if field.kind in {FieldKind.NUMBER, FieldKind.RANGE}:
            return _place_quantity(parse_quantity(written), field, fields, values)
    except InvalidValueError:
        pass
    return {key: written}


def is_plain_text(field: Field, value: Value) -> bool:
    """Return whether `value` is text in a field that asks for a figure or a date."""
    match field.kind:
        case FieldKind.NUMBER | FieldKind.RANGE:
            parts = value if isinstance(value, list) else [value]
            return value is not None and not all(map(is_number, parts))
        case FieldKind.DATE:
            return value is not None and not is_stored_date(value)
        case _:
            return False


def _place_quantity(
    quantity: Quantity, field: Field, fields: Sequence[Field], values: Mapping[str, Value]
) -> dict[str, Value]:
    """Return the values of the figure `quantity`.

    Raises:
        InvalidValueError: The label has no field for a part of it, or another unit or comparator is there already.
    """
    amount = quantity.amount
    changes: dict[str, Value] = {}
    if isinstance(amount, list) and field.kind is FieldKind.NUMBER:
        raise InvalidValueError
    if quantity.comparator:
        home = next((one for one in fields if one.kind is FieldKind.CHOICE and one.find_key(quantity.comparator)), None)
        there = values.get(home.key) if home else None
        if home is None or (there is not None and there != quantity.comparator):
            raise InvalidValueError
        if there is None:
            changes[home.key] = quantity.comparator
    if quantity.unit:
        unit_field = _find_unit_field(field, fields)
        unit = values.get(unit_field.key) if unit_field else ""
        if unit_field is not None and unit is None:
            changes[unit_field.key] = find_unit(unit_field, quantity.unit)
        else:
            amount = _convert(amount, quantity.unit, str(unit))
    return {field.key: list(amount) if isinstance(amount, list) else amount, **changes}


def _find_unit_field(field: Field, fields: Sequence[Field]) -> Field | None:
    """Return the unit field that belongs to `field`: the next one, else the last one before it."""
    place = [one.key for one in fields].index(field.key)
    ordered = (*fields[place:], *reversed(fields[:place]))
    return next((one for one in ordered if one.kind is FieldKind.UNIT), None)


def _convert(amount: Amount, unit: str, wanted: str) -> Amount:
    """Return `amount`, stated in `unit`, in the unit `wanted`; the scales alone may differ.

    Raises:
        InvalidValueError: They are different units, or `unit` is a scale alone, which `wanted` does not take.
    """
    scale, base = split_unit(unit)
    wanted_scale, wanted_base = split_unit(wanted)
    if base not in {"", wanted_base} or not (base or takes_scale_alone(wanted)):
        raise InvalidValueError
    if not base and scale == wanted_scale:
        return amount
    factor = Fraction(scale, wanted_scale)
    return [multiply(one, factor) for one in amount] if isinstance(amount, list) else multiply(amount, factor)
