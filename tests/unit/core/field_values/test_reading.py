"""What a user types into a field: every figure with its comparator and unit is understood, nothing is refused."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.field_values.reading import is_plain_text, read_input
from annotator.core.field_values.values import format_value
from annotator.core.fields import Field, FieldKind, Option

if TYPE_CHECKING:
    from annotator.core.annotation import Value

UNITS = (
    *("%", "điểm phần trăm", "đồng", "triệu đồng", "tỷ đồng", "nghìn tỷ đồng", "USD", "triệu USD", "tỷ USD"),
    *("người", "km", "ha", "MW"),
)
FIELDS = (
    Field("indicator"),
    Field("comparator", FieldKind.CHOICE, options=tuple(map(Option, ("=", ">", ">=", "<", "<=", "~", "range")))),
    Field("value", FieldKind.RANGE),
    Field("unit", FieldKind.UNIT, options=tuple(map(Option, UNITS))),
    Field("by", FieldKind.DATE),
    Field("speaker", FieldKind.PERSON),
)
BY_KEY = {one.key: one for one in FIELDS}


def read(typed: str, *, key: str = "value", values: dict[str, Value] | None = None) -> dict[str, Value]:
    """What is stored after that was typed."""
    return read_input(FIELDS, typed, key=key, values=values or {})


@pytest.mark.parametrize(
    ("typed", "value", "comparator", "unit"),
    [
        ("20 triệu", 20, None, "triệu"),
        ("20tr", 20, None, "tr"),
        ("trên 75%", 75, ">", "%"),
        ("Trên 75 %", 75, ">", "%"),
        ("> 75%", 75, ">", "%"),
        (">75%", 75, ">", "%"),
        ("10 - 11%", [10, 11], None, "%"),
        ("10% - 11%", [10, 11], None, "%"),
        ("10%-11%", [10, 11], None, "%"),
        ("10-11 %", [10, 11], None, "%"),
        ("1,5–2 điểm %", [1.5, 2], None, "điểm phần trăm"),
        ("1,5 – 2 điểm phần trăm", [1.5, 2], None, "điểm phần trăm"),
        ("từ 10 đến 11%", [10, 11], "range", "%"),
        ("từ 10% đến 11%", [10, 11], "range", "%"),
        ("from 5 to 6 km", [5, 6], "range", "km"),
        ("10 đến 11%", [10, 11], None, "%"),
        ("30% trở lên", 30, ">=", "%"),
        ("từ 30% trở lên", 30, ">=", "%"),
        ("30% trở xuống", 30, "<=", "%"),
        ("75%+", 75, ">=", "%"),
        ("≥ 30", 30, ">=", None),
        (">=30", 30, ">=", None),
        ("ít nhất 1.250 người", 1250, ">=", "người"),
        ("không dưới 20 triệu USD", 20, ">=", "triệu USD"),
        ("không quá 1,5%", 1.5, "<=", "%"),
        ("không vượt quá 3,5%", 3.5, "<=", "%"),
        ("tối đa 5 km", 5, "<=", "km"),
        ("dưới 1%", 1, "<", "%"),
        ("chưa đến 2%", 2, "<", "%"),
        ("khoảng 180 - 190 nghìn tỷ đồng", [180, 190], "~", "nghìn tỷ đồng"),
        ("gần 4.500 ha", 4500, "~", "ha"),
        ("xấp xỉ 8%", 8, "~", "%"),
        ("~8%", 8, "~", "%"),
        ("đạt trên 8%", 8, ">", "%"),
        ("đạt 8%", 8, None, "%"),
        ("at least 30 percent", 30, ">=", "%"),
        ("more than 5 million USD", 5, ">", "triệu USD"),
        ("about 5.5 billion dollars", 5.5, "~", "tỷ USD"),
        ("$5 billion", 5, None, "tỷ USD"),
        ("US$ 20 million", 20, None, "triệu USD"),
        ("USD 5 tỷ", 5, None, "tỷ USD"),
        ("3 tỉ đô la", 3, None, "tỷ USD"),
        ("500 tr.đ", 500, None, "triệu đồng"),
        ("5-6 tỷ USD", [5, 6], None, "tỷ USD"),
        ("5 tỷ - 6 tỷ USD", [5, 6], None, "tỷ USD"),
        ("900 triệu - 1 tỷ đồng", [0.9, 1], None, "tỷ đồng"),
        ("-5 - -3 %", [-5, -3], None, "%"),
        ("-2%", -2, None, "%"),
        ("5000ha", 5000, None, "ha"),
        ("20 km2", 20, None, "km2"),
        ("8 - 8,5%/năm", [8, 8.5], None, "%/năm"),
        ("45 triệu đồng/người/năm", 45, None, "triệu đồng/người/năm"),
        ("500 nghìn căn hộ", 500, None, "nghìn căn hộ"),
        ("30%.", 30, None, "%"),
        (normalize("NFD", "không dưới 20 triệu đồng"), 20, ">=", "triệu đồng"),
    ],
)
def test_a_figure_is_read_with_its_comparator_and_its_unit(
    typed: str, value: Value, comparator: str | None, unit: str | None
) -> None:
    """They go to their own fields."""
    expected = {"value": value, "comparator": comparator, "unit": unit}
    assert read(typed) == {key: one for key, one in expected.items() if one is not None}


SCALES = ("triệu", "nghìn", "tỷ", "tr", "million")
UNSCALABLE = ("%", "phần trăm", "%/năm", "điểm phần trăm", "điểm %", "km", "Km", "km/h", "ha", "MW", "GWh", "m²", "năm")
COUNTED = ("đồng", "đ", "USD", "$", "người", "doanh nghiệp", "lượt khách", "hộ", "căn hộ", "tấn", "đồng/người/năm")


@pytest.mark.parametrize(
    ("typed", "values", "stored"),
    [
        ("20 triệu", {"unit": "đồng"}, {"value": 20_000_000}),
        ("20 triệu", {"unit": "triệu đồng"}, {"value": 20}),
        ("1,5 tỷ", {"unit": "triệu đồng"}, {"value": 1500}),
        ("1,5 - 2 tỷ đồng", {"unit": "triệu đồng"}, {"value": [1500, 2000]}),
        ("75%", {"unit": "%"}, {"value": 75}),
        ("75 phần trăm", {"unit": "%"}, {"value": 75}),
        ("20 km", {"unit": "%"}, {"value": "20 km"}),
        ("trên 75%", {"comparator": ">="}, {"value": "trên 75%"}),
        ("trên 75%", {"comparator": ">=", "unit": "%"}, {"value": "trên 75%"}),
        ("dưới 20%", {"comparator": ">="}, {"value": "dưới 20%"}),
        ("từ 5 đến 6%", {"comparator": "~", "unit": "%"}, {"value": "từ 5 đến 6%"}),
        ("trên 75%", {"comparator": [">", "="]}, {"value": "trên 75%"}),
        ("trên 75%", {"comparator": ">"}, {"value": 75, "unit": "%"}),
        ("trên 75%", {"comparator": ">", "unit": "%"}, {"value": 75}),
        ("75%", {"comparator": ">=", "unit": "%"}, {"value": 75}),
        *((f"20 {scale}", {"unit": unit}, {"value": f"20 {scale}"}) for scale, unit in product(SCALES, UNSCALABLE)),
        *(("20 triệu", {"unit": unit}, {"value": 20_000_000}) for unit in COUNTED),
        ("20 triệu", {"unit": "triệu ha"}, {"value": 20}),
        ("20 triệu ha", {"unit": "ha"}, {"value": 20_000_000}),
        ("1 nghìn - 2000", {"unit": "%"}, {"value": [1000, 2000]}),
        ("1 nghìn - 2000 km", {}, {"value": "1 nghìn - 2000 km"}),
        ("20 triệu", {}, {"value": 20, "unit": "triệu"}),
    ],
)
def test_what_stands_in_the_other_fields_is_kept(
    typed: str, values: dict[str, Value], stored: dict[str, Value]
) -> None:
    """A figure of another scale is converted; of another unit or comparator it stays text: alone it would be wrong."""
    assert read(typed, values=values) == stored


@pytest.mark.parametrize(
    "typed",
    [
        *("abc", "hai mươi", "1/3", "11 - 10%", "gấp đôi", "8% (ước)", "10 - 11 - 12", "quý III/2027", "30 năm 2030"),
        *("trên 30% trở lên", "5 km - 6 ha", "1.25.000%", "từ 30%", "9" * 31, "x" * 5000, "5 " + "a " * 60, "٣%"),
    ],
)
def test_what_is_no_figure_stays_as_it_was_typed(typed: str) -> None:
    """It is told from a figure."""
    stored = read(typed)
    assert stored == {"value": " ".join(typed.split())}
    assert is_plain_text(BY_KEY["value"], stored["value"])
    assert format_value(BY_KEY["value"], stored["value"], language="vi") == stored["value"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("quý III/2027", "2027-Q3"),
        ("đến năm 2030", 2030),
        ("đến hết năm 2030", 2030),
        ("cuối năm 2030", 2030),
        ("trong năm 2026", 2026),
        ("đến hết quý III/2027", "2027-Q3"),
        ("chậm nhất đến ngày 30/6/2027", "2027-06-30"),
        ("by 2030", 2030),
        ("by the end of 2030", 2030),
        ("until 12 May 2030", "2030-05-12"),
    ],
)
def test_a_deadline_is_read_with_the_words_before_it(typed: str, value: Value) -> None:
    """The words that leave it the same date."""
    assert read(typed, key="by") == {"by": value}
    assert not is_plain_text(BY_KEY["by"], value)


@pytest.mark.parametrize("typed", ["trước 2030", "2026 - 2030", "31/2/2030", "12/5/30", "sớm nhất", "đầu nhiệm kỳ"])
def test_another_deadline_stays_as_text(typed: str) -> None:
    """A period, and what would become another date."""
    assert read(typed, key="by") == {"by": typed}
    assert is_plain_text(BY_KEY["by"], typed)


@pytest.mark.parametrize(("key", "typed"), [("unit", "123"), ("speaker", "123"), ("comparator", "gần như")])
def test_no_other_field_refuses_anything_either(key: str, typed: str) -> None:
    """It is stored as typed."""
    assert read(typed, key=key) == {key: typed}
    assert not is_plain_text(BY_KEY[key], typed)


def test_a_label_without_the_other_fields_keeps_the_words() -> None:
    """What has no field of its own is not dropped; a scale alone becomes a part of the figure."""
    alone = (Field("count", FieldKind.NUMBER),)
    assert read_input(alone, "trên 75%", key="count", values={}) == {"count": "trên 75%"}
    assert read_input(alone, "75%", key="count", values={}) == {"count": "75%"}
    assert read_input(alone, "20 triệu", key="count", values={}) == {"count": 20_000_000}
    assert read_input(alone, "10 - 11", key="count", values={}) == {"count": "10 - 11"}


def test_empty_input_removes_the_field_alone() -> None:
    """Its comparator and unit stay."""
    assert read("  ", values={"comparator": ">", "unit": "%", "value": 3}) == {"value": None}


PIECES = ("1", "5", ",", ".", "-", "%", "trên", "từ", "đến", "tr", "tỷ", "a+", "$", "2030", "≥", "/")


@given(
    key=st.sampled_from([one.key for one in FIELDS]),
    typed=st.text() | st.lists(st.sampled_from([*PIECES, " "]), max_size=9).map("".join),
)
def test_whatever_is_typed_is_stored_and_shown(key: str, typed: str) -> None:
    """No input is refused, and what it was stored as is read again as the same."""
    stored = read(typed, key=key)
    shown = format_value(BY_KEY[key], stored[key], language="vi")
    again = read_input(FIELDS, shown, key=key, values=stored)
    assert {**stored, **again} == stored
