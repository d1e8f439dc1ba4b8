from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.fields import Field, FieldKind, Option, fold_name
from annotator.storage.errors import DataFileError
from annotator.storage.workspace.label_fields import fields_to_yaml
from annotator.storage.workspace.label_set import load_builtin_labels, parse_label_set
from annotator.storage.yaml_io.writer import dump_yaml

HEAD = "format: annotator-labels/1\nkey: own\nlabels:\n- key: target\n  fields:\n"


def fields_of(text: str) -> tuple[Field, ...]:
    """The fields that a file of labels with these lines gives its one label."""
    (label,) = parse_label_set((HEAD + text).encode(), name="labels.yaml")
    return label.fields


def faults(text: str) -> list[str]:
    """The sentences about a file of labels with these lines of fields, which begin in line 6."""
    with pytest.raises(DataFileError) as caught:
        fields_of(text)
    return str(caught.value).splitlines()


def test_the_builtin_labels_ask_what_analysts_fill_in() -> None:
    """Target, breakthrough and opinion have their fields, with names in both languages."""
    asked = {label.key: [(field.key, str(field.kind)) for field in label.fields] for label in load_builtin_labels()}
    assert asked == {
        "target": [
            ("indicator", "text"),
            ("comparator", "choice"),
            ("value", "range"),
            ("unit", "unit"),
            ("by", "date"),
            ("body", "text"),
        ],
        "breakthrough": [("area", "text")],
        "opinion": [
            ("speaker", "person"),
            ("role", "text"),
            ("organisation", "text"),
            ("stance", "choice"),
            ("quoted", "choice"),
        ],
    }
    fields = [field for label in load_builtin_labels() for field in label.fields]
    options = [option for field in fields for option in field.options if option.names]
    named: list[Field | Option] = [*fields, *options]
    assert all(set(thing.names) == {"vi", "en"} for thing in named)


def test_the_comparators_and_stances_are_those_agreed() -> None:
    """What is kept in the files does not depend on a language."""
    options = {
        field.key: [option.key for option in field.options]
        for label in load_builtin_labels()
        for field in label.fields
        if field.kind is FieldKind.CHOICE
    }
    assert options == {
        "comparator": ["=", ">", ">=", "<", "<=", "~", "range"],
        "stance": ["agree", "disagree", "neutral", "demand"],
        "quoted": ["quoted", "reported"],
    }


def test_fields_are_read() -> None:
    """A text alone is the key of a text field; what YAML takes for something else stays text; the rest is kept."""
    text = """\
  - area
  - {key: no, kind: choice, names: {vi: Không, en: No}, options: [yes, {key: 5, names: năm, colour: red}]}
  - {key: by, kind: date, hint: When}
"""
    assert fields_of(text) == (
        Field("area"),
        Field(
            "no",
            FieldKind.CHOICE,
            {"vi": "Không", "en": "No"},
            (Option("yes"), Option("5", {"": "năm"}, {"colour": "red"})),
        ),
        Field("by", FieldKind.DATE, extra={"hint": "When"}),
    )


def test_all_faults_are_told_at_once_each_with_its_line_and_cure() -> None:
    """A kind that there is not is one of them, and so are two fields with one key."""
    text = """\
  - {key: value, kind: colour}
  - {key: value, kind: number}
  - {kind: text}
  - [x]
  - {key: a, kind: choice}
  - {key: b, kind: number, options: [x]}
  - {key: c, kind: choice, options: [yes, {key: no, names: {en: Yes}}]}
  - {key: d, kind: unit, options: [[x], {names: {en: m}}]}
  - {key: e, kind: [x]}
  - {key: "", kind: text}
"""
    kinds = "text, number, range, unit, date, choice, person"
    field_cure = "Give the field a name of its own, in a few letters; it is written in each file."
    expected = [
        (6, f'there is no kind of field called "colour". Write one of these: {kinds}.'),
        (7, '"value" is the key of the field in line 6 as well. Give each field of a label its own key.'),
        (8, f'"key" is missing. {field_cure}'),
        (9, 'this is not a field. Write "key", "kind" and "names" there, or delete the entry.'),
        (10, "there is nothing to choose from. List what can be chosen, as options: [one, two]."),
        (11, "a field of the kind number has no options. Delete them, or write kind: choice."),
        (12, '"yes" is what the option in line 12 is called as well. Give each option its own key and its own names.'),
        (13, 'this is not an option. Write "key" and "names" there, or one text.'),
        (13, '"key" is missing. Give the option a name of its own; it is written in each file.'),
        (14, '"kind" is not a text. Write one text after it.'),
        (15, f'"key" is empty. {field_cure}'),
    ]
    assert [f"labels.yaml, line {line}: {sentence}" for line, sentence in expected] == faults(text)


@pytest.mark.parametrize("text", ["    x: 1\n", "    some text\n"])
def test_fields_that_are_no_list_are_told(text: str) -> None:
    """A mapping or a text is not taken for a list."""
    assert len(faults(text)) == 1
    assert '"fields" is not a list' in faults(text)[0]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=8)
NAMES = st.dictionaries(st.sampled_from(["vi", "en"]), WORDS, max_size=2) | st.builds(lambda text: {"": text}, WORDS)


@st.composite
def fields(draw: st.DrawFn) -> tuple[Field, ...]:
    """Fields as a person might declare them."""
    made: list[Field] = []
    for key in draw(st.lists(WORDS, max_size=4, unique=True)):
        kind = draw(st.sampled_from(list(FieldKind)))
        words = draw(st.lists(WORDS, min_size=1, max_size=4, unique_by=fold_name)) if kind.has_options else []
        options = tuple(Option(word, {"vi": word} if draw(st.booleans()) else {}) for word in words)
        made.append(Field(key, kind, draw(NAMES), options))
    return tuple(made)


@given(fields())
def test_fields_written_are_read_again(declared: tuple[Field, ...]) -> None:
    """A label set that is saved asks the same."""
    label = {"key": "target", "fields": fields_to_yaml(declared)}
    text = dump_yaml({"format": "annotator-labels/1", "key": "own", "labels": [label]})
    (found,) = parse_label_set(text.encode(), name="labels.yaml")
    assert declared == found.fields


def test_the_builtin_fields_are_written_as_any_reader_of_yaml_reads_them() -> None:
    """Comparators and percent signs are quoted where they must be."""
    declared = [field for label in load_builtin_labels() for field in label.fields]
    found = yaml.safe_load(dump_yaml(fields_to_yaml(tuple(declared))))
    assert [field.key for field in declared] == [one["key"] for one in found]
    comparators = [one["key"] for one in found[1]["options"]]
    assert comparators == ["=", ">", ">=", "<", "<=", "~", "range"]
