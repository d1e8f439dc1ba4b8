"""Read what users type for a figure: a comparator, a number or a range, a scale and a unit, in either language.

`trên 75%`, `10 - 11%`, `1,5–2 điểm %`, `không dưới 20 triệu USD`, `from 5 to 6 km` and `30% trở lên` are figures; the
numbers in them follow the rules of `numbers`. Words that belong to no figure, such as a second number, make the whole
input no figure, since nothing of what was typed may be lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import normalize

from annotator.core.field_values.errors import InvalidValueError
from annotator.core.field_values.numbers import NUMBER_PATTERN, Number, parse_number, parse_range
from annotator.core.field_values.units import split_scale, split_unit, takes_scale_alone

if TYPE_CHECKING:
    from collections.abc import Iterable

Amount: TypeAlias = Number | list[Number]

# By the key of the comparator, as label sets have it. Longer wordings come first in the patterns, whatever their order.
_BEFORE: dict[str, tuple[str, ...]] = {
    ">=": (
        *("ít nhất", "tối thiểu", "không dưới", "không thấp hơn", "không ít hơn", "không nhỏ hơn", "chí ít", ">=", "≥"),
        *("at least", "a minimum of", "minimum", "not less than", "no less than", "no fewer than", "not below"),
    ),
    ">": (
        *("trên", "hơn", "vượt", "vượt mức", "quá", "cao hơn", "lớn hơn", "nhiều hơn", ">"),
        *("more than", "over", "above", "greater than", "higher than", "exceeding"),
    ),
    "<=": (
        *("tối đa", "không quá", "không vượt quá", "không vượt", "nhiều nhất", "không trên", "không hơn"),
        *(
            "không cao hơn",
            "không lớn hơn",
            "<=",
            "≤",
            "at most",
            "up to",
            "no more than",
            "not more than",
            "maximum",
            "a maximum of",
        ),
    ),
    "<": (
        *("dưới", "thấp hơn", "ít hơn", "nhỏ hơn", "chưa đến", "chưa tới", "chưa đầy", "<"),
        *("less than", "under", "below", "fewer than", "lower than"),
    ),
    "~": (
        *("khoảng", "gần", "xấp xỉ", "chừng", "tầm", "ước", "ước khoảng", "quanh mức", "vào khoảng", "~", "≈"),
        *("about", "around", "approximately", "approx.", "nearly", "almost", "roughly", "circa", "some"),
    ),
    "=": ("bằng", "đúng", "=", "exactly", "equal to"),
}
_AFTER: dict[str, tuple[str, ...]] = {
    ">=": ("trở lên", "+", "or more", "or above", "and above", "or over", "at least"),
    "<=": ("trở xuống", "or less", "or fewer", "or below", "and below", "at most"),
}
_VERBS = ("đạt", "đạt mức", "ở mức", "mức", "lên", "reach", "reaching")  # they say nothing about the figure
_FROM = ("từ", "from", "between")
_TO = ("đến", "tới", "to", "and")
_DASHES = "-–—\u2212~"
_CURRENCIES = ("US$", "USD", "$", "€", "EUR", "£", "¥", "VND", "VNĐ")

_LONGEST = 120  # characters; longer input is text
_MOST_WORDS = 8  # of a unit
# A digit after a letter belongs to a unit (km2).
_NUMBER = re.compile(rf"(?<![^\W\d_]){NUMBER_PATTERN}")
# Words, signs of units and what joins them; digits only as a power, so that no second figure hides in a unit.
_UNIT = re.compile(r"(?:[^\W\d_](?:[23²³](?!\w))?|[%‰°€$£¥ ./-])*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as it was typed.

    `comparator` is one of `>`, `>=`, `<`, `<=`, `~`, `=` and `range` (for `từ … đến …`), or "". `unit` has the words
    after the number, scale included, or the currency before it.
    """

    amount: Amount
    comparator: str = ""
    unit: str = ""


def parse_quantity(text: str) -> Quantity:
    """Return the figure that `text` states.

    Raises:
        InvalidValueError: The text states no figure, more than one, or anything besides.
    """
    written = " ".join(normalize("NFC", text).split())
    numbers = list(_NUMBER.finditer(written)) if len(written) <= _LONGEST else []
    if not 1 <= len(numbers) <= 2:
        raise InvalidValueError(written)
    first, last = numbers[0], numbers[-1]
    before, is_from, currency = _read_before(written[: first.start()].strip())
    after, words = _read_after(written[last.end() :].strip())
    unit = _join_unit(currency, words)
    if len(numbers) == 1:
        if (before and after) or (is_from and not after):
            raise InvalidValueError(written)
        return Quantity(parse_number(first[0]), before or after, unit)
    if before and after:
        raise InvalidValueError(written)
    low_unit, is_worded, upper = _read_between(written[first.end() : last.start()], last[0])
    low = _convert(parse_number(first[0]), _join_unit(currency, low_unit) if low_unit else unit, unit)
    # `parse_range` refuses bounds in the wrong order.
    amount = parse_range(f"{_format_plainly(low)} - {upper}")
    return Quantity(amount, before or after or ("range" if is_worded and is_from else ""), unit)


def multiply(number: Number, factor: Fraction) -> Number:
    """Return `number` times `factor`, an int where it is whole."""
    exact = Fraction(str(number)) * factor
    return int(exact) if exact.denominator == 1 else float(exact)


def _format_plainly(number: Number) -> str:
    """Return `number` in a notation that `parse_number` cannot take for another one."""
    return str(number) if isinstance(number, int) else f"{number:.15g}0"


def _read_before(words: str) -> tuple[str, bool, str]:
    """Return the comparator, whether `từ` follows, and the currency in the words before the number."""
    _verb, rest = _strip_start(words, _VERBS)
    wordings = {wording: key for key, many in _BEFORE.items() for wording in many}
    wording, rest = _strip_start(rest, wordings)
    start, rest = _strip_start(rest, _FROM)
    currency, rest = _strip_start(rest, _CURRENCIES)
    if rest:
        raise InvalidValueError(words)
    return wordings.get(wording, ""), bool(start), currency


def _read_after(words: str) -> tuple[str, str]:
    """Return the comparator at the end of the words after the number, and the unit before it."""
    plain = words.rstrip(".,; ")
    for key, wordings in _AFTER.items():
        for wording in wordings:
            if plain.casefold().endswith(wording):
                return key, plain[: len(plain) - len(wording)].strip()
    return "", plain


def _read_between(words: str, upper: str) -> tuple[str, bool, str]:
    """Return the unit of the lower bound, whether a word joins the bounds, and the number of the upper bound."""
    plain = words.strip()
    if plain.endswith(tuple(_DASHES)):
        return plain[:-1].strip(), False, upper
    unit, _space, word = plain.rpartition(" ")
    if word.casefold() in _TO:
        return unit.strip(), True, upper
    if upper[0] in _DASHES:  # the dash was taken for a sign
        return plain, False, upper[1:].strip()
    raise InvalidValueError(words)


def _strip_start(words: str, wordings: Iterable[str]) -> tuple[str, str]:
    """Return the longest of `wordings` that `words` begin with, or "", and what follows it."""
    plain = words.casefold()
    for wording in sorted(wordings, key=len, reverse=True):
        folded, rest = wording.casefold(), words[len(wording) :]
        if plain.startswith(folded) and not (folded[-1].isalpha() and rest[:1].isalpha()):
            return wording, rest.strip()
    return "", words


def _join_unit(currency: str, words: str) -> str:
    """Return the unit as one text: `tỷ USD` for `USD 5 tỷ`.

    Raises:
        InvalidValueError: There are words besides a unit, or another unit follows the currency.
    """
    if not _UNIT.fullmatch(words) or len(words.split()) > _MOST_WORDS:
        raise InvalidValueError(words)
    if currency and split_scale(words)[1]:
        raise InvalidValueError(words)
    return f"{words} {currency}".strip()


def _convert(number: Number, unit: str, wanted: str) -> Number:
    """Return `number`, stated in `unit`, in the unit `wanted`, which differs in scale alone.

    Raises:
        InvalidValueError: It differs in more.
    """
    scale, base = split_unit(unit)
    wanted_scale, wanted_base = split_unit(wanted)
    if base not in {"", wanted_base} or (scale > 1 and not (base or takes_scale_alone(wanted))):
        raise InvalidValueError(unit)
    if scale == wanted_scale or (scale == 1 and not base):
        return number
    return multiply(number, Fraction(scale, wanted_scale))
