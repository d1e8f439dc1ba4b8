from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from core_builders import Draft, text_of
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import edit
from annotator.core.change import Layer
from annotator.core.field_values.errors import InvalidValueError
from annotator.core.field_values.values import format_plain, format_value, parse_value
from annotator.core.fields import Field, FieldKind, Option
from annotator.core.labels import Label, LabelSet

if TYPE_CHECKING:
    from annotator.core.annotation import Value

LANGUAGES = ("vi", "en", "fr")
STANCE = Field(
    "stance",
    FieldKind.CHOICE,
    options=(
        Option("agree", {"vi": "Đồng tình", "en": "Agrees"}),
        Option("no", {"vi": "Phản đối", "en": "Disagrees"}),
    ),
)
UNIT = Field("unit", FieldKind.UNIT, options=(Option("%"), Option("tỷ đồng", {"vi": "tỷ đồng", "en": "billion VND"})))


def of(kind: FieldKind) -> Field:
    """A field of that kind."""
    return Field("f", kind)


def trouble(field: Field, typed: str) -> str:
    """The sentence about what cannot be taken."""
    with pytest.raises(InvalidValueError) as caught:
        parse_value(field, typed)
    return str(caught.value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("30", 30),
        ("18,3", 18.3),
        ("18.3", 18.3),
        ("5.000", 5000),
        ("5,000", 5000),
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1\u00a0250,5", 1250.5),
        ("1 250,500", 1250.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,567", 1234.567),
        ("0,125", 0.125),
        ("0.500", 0.5),
        ("5,1250", 5.125),
        ("1234.567", 1234.567),
        ("5,0", 5),
        ("-5", -5),
        ("−2,5", -2.5),
        ("+7", 7),
        ("-0", 0),
        ("007", 7),
        ("12.000.000.000.000.000", 12 * 10**15),
    ],
)
def test_a_number_is_read_in_vietnamese_and_in_english_writing(typed: str, value: float) -> None:
    """The marks part groups of three digits or begin the decimals, by the rules of the module."""
    found = parse_value(of(FieldKind.NUMBER), typed)
    assert value == found
    assert type(value) is type(found)


@pytest.mark.parametrize(
    "typed",
    [
        *("abc", "30%", "hơn 30", "1.25.000", "1.2.3", "1..5", "5.", ",5", "1.250,00,0", "1,250.000.5", "12 34", "1e5"),
        *("٣", "0x10", "1 250 00", "1 250.5,5", "--5", "10 - 11", "9" * 31, "0," + "1" * 16, "1" * 200),
    ],
)
def test_what_is_no_number_is_told(typed: str) -> None:
    """Each gets one sentence, and none is taken for something else."""
    assert trouble(of(FieldKind.NUMBER), typed).endswith(".")


def test_the_sentence_says_what_is_wrong_and_what_to_write() -> None:
    """It quotes what was typed, shortened where it is long."""
    expected = "“30%” is not a number alone: write digits, such as 18.3 or 5,000, and nothing else."
    assert expected == trouble(of(FieldKind.NUMBER), " 30% ")
    assert len(trouble(of(FieldKind.NUMBER), "x" * 5000)) < 200


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("10 - 11", [10, 11]),
        ("10-11", [10, 11]),
        ("10 – 11", [10, 11]),
        ("6,5—7", [6.5, 7]),
        ("từ 10 đến 11", [10, 11]),
        (normalize("NFD", "Từ 10 đến 11"), [10, 11]),
        ("From 5,000 to 1 250 000", [5000, 1_250_000]),
        ("180 tới 190,5", [180, 190.5]),
        ("-5 - -3", [-5, -3]),
        ("-10-5", [-10, 5]),
        ("30", 30),
        ("-30", -30),
        ("5.000", 5000),
    ],
)
def test_a_range_is_two_numbers_or_one(typed: str, value: Value) -> None:
    """A hyphen, a dash or a word stands between; the marks are read in each number by itself."""
    assert value == parse_value(of(FieldKind.RANGE), typed)


@pytest.mark.parametrize("typed", ["11 - 10", "10 - 10", "10 -", "- ", "10 - 11 - 12", "1.25.0 - 7", "10 11", "a - b"])
def test_what_is_no_range_is_told(typed: str) -> None:
    """A range that ends before it begins is refused as well."""
    assert trouble(of(FieldKind.RANGE), typed).endswith(".")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2030", 2030),
        ("năm 2030", 2030),
        ("12/5/2025", "2025-05-12"),
        ("12.5.2025", "2025-05-12"),
        ("12-05-2025", "2025-05-12"),
        ("2025-05-12", "2025-05-12"),
        ("ngày 12 tháng 5 năm 2025", "2025-05-12"),
        ("12 May 2025", "2025-05-12"),
        ("May 12, 2025", "2025-05-12"),
        ("5/12/2025", "2025-12-05"),
        ("29/2/2028", "2028-02-29"),
        ("5/2025", "2025-05"),
        ("tháng 5/2025", "2025-05"),
        ("Tháng 5 năm 2025", "2025-05"),
        ("Sept 2025", "2025-09"),
        ("quý II/2025", "2025-Q2"),
        ("Quý IV năm 2025", "2025-Q4"),
        ("Q1 2025", "2025-Q1"),
        ("2025-Q3", "2025-Q3"),
    ],
)
def test_a_date_is_a_year_a_day_a_month_or_a_quarter(typed: str, value: Value) -> None:
    """The day stands before the month; what is kept sorts."""
    assert value == parse_value(of(FieldKind.DATE), typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("20303", "is not a date"),
        ("30", "is not a date"),
        ("2025 - 2030", "is not a date"),
        ("0999", "is not a date"),
        ("12/5/25", "four digits"),
        ("5/13/2025", "no month 13"),
        ("29/2/2025", "not in the calendar"),
        ("31.4.2025", "not in the calendar"),
        ("0/5/2025", "not in the calendar"),
        ("12 Mab 2025", "names no month"),
    ],
)
def test_what_is_no_date_is_told(typed: str, words: str) -> None:
    """The sentence says which part is wrong."""
    assert words in trouble(of(FieldKind.DATE), typed)


@pytest.mark.parametrize("typed", ["agree", "Đồng tình", "đồng tình", "ĐỒNG  TÌNH", "Agrees"])
def test_a_choice_is_known_by_its_key_and_its_names(typed: str) -> None:
    """Case, spaces and the composition of letters do not matter; the key is kept."""
    assert parse_value(STANCE, typed) == "agree"


def test_another_choice_is_refused_with_the_choices() -> None:
    """The person learns what there is."""
    assert trouble(STANCE, "maybe") == "“maybe” is none of the choices: write one of agree, no."


def test_a_unit_is_a_usual_one_or_any_word() -> None:
    """A usual unit is kept by its key in whatever language it was named; a number is no unit."""
    assert [parse_value(UNIT, typed) for typed in ("%", "billion VND", "lượt khách", "m²", "°")] == [
        *("%", "tỷ đồng", "lượt khách", "m²", "°"),
    ]
    assert "has its own field" in trouble(UNIT, "30")


def test_a_person_has_a_name() -> None:
    """Digits and signs alone name nobody."""
    assert parse_value(of(FieldKind.PERSON), " Nguyễn  Văn An ") == "Nguyễn Văn An"
    assert "write who it is" in trouble(of(FieldKind.PERSON), "123")


@pytest.mark.parametrize("kind", list(FieldKind))
def test_nothing_typed_empties_any_field(kind: FieldKind) -> None:
    """Blanks are nothing."""
    assert parse_value(of(kind), " \t ") is None


def test_values_are_shown_in_the_language_of_the_person() -> None:
    """Marks of numbers, dates and names are those of her language."""
    number, range_, date = of(FieldKind.NUMBER), of(FieldKind.RANGE), of(FieldKind.DATE)
    shown: list[tuple[Field, Value, str, str]] = [
        (number, 1_250_000, "1.250.000", "1,250,000"),
        (number, 1234.5, "1.234,5", "1,234.5"),
        (number, 5.125, "5,1250", "5.1250"),
        (range_, [10, 11.5], "10 – 11,5", "10 – 11.5"),
        (date, "2025-05-12", "12/5/2025", "12 May 2025"),
        (date, "2025-Q2", "quý II/2025", "Q2 2025"),
        (date, 2030, "2030", "2030"),
        (STANCE, "no", "Phản đối", "Disagrees"),
        (UNIT, "tỷ đồng", "tỷ đồng", "billion VND"),
    ]
    for field, value, vietnamese, english in shown:
        assert (vietnamese, english) == tuple(format_value(field, value, language=one) for one in ("vi", "en"))


@pytest.mark.parametrize("kind", list(FieldKind))
@pytest.mark.parametrize(
    "value", [None, True, "x", "a\nb", [1], ["a", 2], {"k": [1, None]}, math.nan, math.inf, 1e300, "2025-19-99", 10**40]
)
def test_a_value_that_does_not_fit_is_shown_as_it_stands(kind: FieldKind, value: Value) -> None:
    """What was written into the file by hand is shown on one line, whatever it is."""
    for language in LANGUAGES:
        assert "\n" not in format_value(of(kind), value, language=language)
    assert format_plain({"k": [1, None, True]}) == "k: 1, , true"


NUMBERS = st.integers(-(10**28), 10**28) | st.decimals(-(10**9), 10**9, places=5).map(float).map(
    lambda one: int(one) if one.is_integer() else one
)
VALUES: dict[FieldKind, st.SearchStrategy[Value]] = {
    FieldKind.TEXT: st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
    FieldKind.PERSON: st.text("aăâđ Ng", min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
    FieldKind.NUMBER: NUMBERS,
    FieldKind.RANGE: NUMBERS
    | st.tuples(NUMBERS, NUMBERS).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: [min(pair), max(pair)]),
    FieldKind.DATE: st.integers(1000, 9999)
    | st.dates(min_value=date(1000, 1, 1)).flatmap(
        lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], f"{day.year}-Q{(day.month + 2) // 3}"])
    ),
}


@given(st.data())
def test_parsing_a_shown_value_is_identity(data: st.DataObject) -> None:
    """What is shown, in any language, means the value that is kept, with its type."""
    kind = data.draw(st.sampled_from(sorted(VALUES)))
    value = data.draw(VALUES[kind])
    for language in LANGUAGES:
        found = parse_value(of(kind), format_value(of(kind), value, language=language))
        assert (value, type(value)) == (found, type(found))


@pytest.mark.parametrize("field", [STANCE, UNIT])
def test_parsing_a_shown_option_is_identity(field: Field) -> None:
    """Each option comes back from its name in each language."""
    for option in field.options:
        for language in LANGUAGES:
            assert option.key == parse_value(field, format_value(field, option.key, language=language))


@given(st.sampled_from(list(FieldKind)), st.text(max_size=30) | st.text("0123456789.,-– /đếnto", max_size=30))
def test_anything_typed_is_taken_for_good_or_refused_with_a_sentence(kind: FieldKind, typed: str) -> None:
    """Nothing crashes, and what is taken once is taken again as it is shown."""
    try:
        value = parse_value(of(kind), typed)
    except InvalidValueError:
        assert trouble(of(kind), typed).endswith(".")
        return
    for language in LANGUAGES:
        assert value == parse_value(of(kind), format_value(of(kind), value, language=language))


LABELS = LabelSet(
    "own",
    (
        Label("target", fields=(Field("indicator"), Field("value", FieldKind.RANGE), Field("by", FieldKind.DATE))),
        Label("opinion", fields=(Field("speaker", FieldKind.PERSON), Field("by"))),
    ),
)


class FieldDesk(Draft):
    """A text under edit whose labels have fields."""

    @property
    def writer(self) -> edit.EditContext:
        """The writer of new annotations."""
        return replace(super().writer, labels=LABELS)

    def fill(self, **values: Value) -> None:
        """Fill in fields of the first sentence."""
        self.do(edit.set_fields(self.state, self.sentences[0], values=values, context=self.writer))

    @property
    def fields(self) -> dict[str, Value]:
        """The fields of the first sentence."""
        annotation = self.annotation(0)
        return dict(annotation.fields) if annotation else {}


def test_labels_share_a_field_by_its_key() -> None:
    """The fields of several labels stand in their order, each key once, as the first label has it."""
    keys = [(field.key, field.kind) for field in LABELS.fields_of({"opinion", "target"})]
    assert keys == [("indicator", "text"), ("value", "range"), ("by", "date"), ("speaker", "person")]
    assert LABELS.fields_of({"unknown"}) == ()


def test_fields_are_filled_in_by_one_step_and_stand_in_order() -> None:
    """The order is that of the labels; unknown fields follow; None takes a field away."""
    draft = FieldDesk(text_of(2))
    draft.tag(0)
    draft.fill(unknown="x", by=2030)
    draft.fill(value=[10, 11], indicator="GRDP")
    assert list(draft.fields.items()) == [("indicator", "GRDP"), ("value", [10, 11]), ("by", 2030), ("unknown", "x")]
    draft.fill(value=None, unknown=None)
    assert draft.fields == {"indicator": "GRDP", "by": 2030}
    assert [len(step.changes) for step in draft.steps[1:]] == [1, 1, 1]
    assert all(change.layer is Layer.ANNOTATION for step in draft.steps[1:] for change in step.changes)


def test_filling_in_what_stands_there_changes_nothing() -> None:
    """No step is made; nor is one where nothing is annotated."""
    draft = FieldDesk(text_of(2))
    draft.tag(0)
    draft.fill(value=30)
    assert (
        edit.set_fields(draft.state, draft.sentences[0], values={"value": 30, "by": None}, context=draft.writer) == ()
    )
    assert edit.set_fields(draft.state, draft.sentences[1], values={"value": 30}, context=draft.writer) == ()


def test_the_fields_of_a_label_go_with_it() -> None:
    """What only that label asks for goes, what another one asks for or nobody knows stays, and undo brings all back."""
    draft = FieldDesk(text_of(1))
    draft.tag(0)
    draft.tag(0, label="opinion")
    draft.fill(value=30, by=2030, speaker="An", unknown="x")
    before = draft.state
    draft.tag(0)
    assert draft.fields == {"by": 2030, "speaker": "An", "unknown": "x"}
    assert before.annotations == draft.state.apply(draft.steps[-1].inverse().changes).annotations
