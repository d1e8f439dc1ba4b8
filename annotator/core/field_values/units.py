"""Scales and units of figures by all the names that they go by: `tr`, `triệu` and `million`; `$`, `đô la` and `USD`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.fields import fold_name

if TYPE_CHECKING:
    from annotator.core.fields import Field

# Scales by their size; the first word is the one that units are stored with.
_SCALES: dict[int, tuple[str, ...]] = {
    10**3: ("nghìn", "ngàn", "thousand", "k"),
    10**6: ("triệu", "tr", "tr.", "million", "mn"),
    10**9: ("tỷ", "tỉ", "billion", "bn"),
    10**12: ("nghìn tỷ", "nghìn tỉ", "ngàn tỷ", "ngàn tỉ", "trillion"),
    10**15: ("triệu tỷ", "triệu tỉ", "quadrillion"),
}
_SCALE_OF_WORD = {word: scale for scale, words in _SCALES.items() for word in words}
# Units by the key of the label set that comes with the program.
_NAMES: dict[str, tuple[str, ...]] = {
    "%": ("phần trăm", "percent", "per cent", "pct"),
    "điểm phần trăm": ("điểm %", "điểm%", "đ%", "percentage points", "percentage point", "pp", "pps"),
    "đồng": ("đ", "vnd", "vnđ", "dong", "đồng việt nam"),
    "usd": ("$", "us$", "đô la", "đô-la", "đôla", "đô la mỹ", "đô-la mỹ", "dollar", "dollars", "us dollars"),
    "người": ("people", "persons", "person"),
    "doanh nghiệp": ("dn", "enterprises", "enterprise"),
    "km": ("ki-lô-mét", "kilômét", "cây số", "kilometres", "kilometers"),
    "ha": ("héc-ta", "hécta", "hec-ta", "hectares", "hectare"),
    "mw": ("megawatt", "megawatts", "mê-ga-oát"),
}
# Units that nobody means when saying a scale alone: with `%` in the unit field, "20 triệu" is no figure in percent.
_UNSCALABLE = frozenset(
    {
        *("%", "‰", "điểm phần trăm", "điểm", "điểm cơ bản", "bps", "lần", "độ", "°c", "độ c"),
        *("mm", "cm", "m", "km", "mét", "m2", "m²", "km2", "km²", "m3", "m³", "ha", "mẫu", "sào"),
        *("kw", "mw", "gw", "kwh", "mwh", "gwh", "kv", "mva", "gb", "tb", "mbps", "gbps"),
        *("giây", "phút", "giờ", "ngày", "tuần", "tháng", "quý", "năm", "tuổi"),
        *("days", "day", "weeks", "week", "months", "month", "years", "year", "hours", "hour", "times"),
    }
)
_UNIT_OF_NAME = {name: unit for unit, names in _NAMES.items() for name in names}


def split_scale(words: str) -> tuple[int, str]:
    """Return the scale that the unit `words` begins with and the rest: (1,000,000, "USD") for `triệu USD`."""
    parts = words.split()
    for count in (2, 1):
        scale = _SCALE_OF_WORD.get(fold_name(" ".join(parts[:count])))
        if scale is not None and len(parts) >= count:
            return scale, " ".join(parts[count:])
    if fold_name(words).startswith("tr.") and len(words) > 3:  # tr.đ
        return 10**6, words[3:].strip()
    return 1, words


def split_unit(words: str) -> tuple[int, str]:
    """Return scale and name of a unit in a form in which two wordings of the same unit are equal."""
    scale, rest = split_scale(words)
    name = fold_name(rest)
    return scale, _UNIT_OF_NAME.get(name, name)


def takes_scale_alone(unit: str) -> bool:
    """Return whether a scale alone, such as `triệu`, may state a figure in `unit`: in đồng, but not in `%/năm`.

    A unit that has a scale itself takes another one.
    """
    scale, rest = split_scale(unit)
    name = fold_name(rest.partition("/")[0])
    return scale > 1 or _UNIT_OF_NAME.get(name, name) not in _UNSCALABLE


def find_unit(field: Field, words: str) -> str:
    """Return the key of the predefined unit of `field` that `words` name, else `words`."""
    option = field.find_option(words)
    if option is None:
        wanted = split_unit(words)
        option = next((one for one in field.options if split_unit(one.key) == wanted), None)
    return option.key if option else words
