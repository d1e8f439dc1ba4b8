"""What every format owes, and what each is read by that is not ours."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import FORMATS, Format, Record, find_format
from annotator.formats.csv_format import COLUMNS, escape_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RECORD = Record(
    document="b/lạng sơn.txt",
    title="Tiêu đề",
    id="k3f9x2",
    number=3,
    start=10,
    end=24,
    kind="paragraph",
    labels=("target", "opinion"),
    text='Đạt "30%", vâng; 😀\nvà nữa.',
    before="a\n\n",
    after="",
    note="xem lại\r\nnăm sau",
    annotator="mai",
    origin="person",
    made="2026-05-13T09:12:44+07:00",
    changed="2026-05-13T09:13:02+07:00",
    fields={"value": 30, "unit": "%", "range": [1, 2], "by": None},
)
EMPTY = replace(RECORD, labels=(), text="", note="", fields={})
TEXTS = st.text(max_size=20)
RECORDS = st.builds(
    Record,
    **dict.fromkeys(
        (
            "document",
            "title",
            "id",
            "kind",
            "text",
            "before",
            "after",
            "note",
            "annotator",
            "origin",
            "made",
            "changed",
        ),
        TEXTS,
    ),
    **dict.fromkeys(("number", "start", "end"), st.integers(0, 10**9)),
    labels=st.lists(TEXTS, max_size=3).map(tuple),
    fields=st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans() | st.none(), max_size=3),
)


def written(chosen: Format, records: list[Record]) -> str:
    """The text of a file with these records."""
    file = io.StringIO(newline="")
    chosen.write(records, file)
    return file.getvalue()


def read_csv(text: str) -> list[dict[str, Any]]:
    """The rows as the standard reader has them, with what was made harmless taken back."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    plain = [{key: value.removeprefix("'") for key, value in row.items()} for row in rows]
    return [
        {**row, "labels": row["labels"], "fields": json.loads(row["fields"] or "{}")}
        | {key: int(row[key]) for key in ("number", "start", "end")}
        for row in plain
    ]


def read_jsonl(text: str) -> list[dict[str, Any]]:
    """The objects as the standard reader has them."""
    return [json.loads(line) for line in io.StringIO(text, newline="\n")]


READERS: dict[str, Callable[[str], list[dict[str, Any]]]] = {"csv": read_csv, "jsonl": read_jsonl}
each_format = pytest.mark.parametrize("chosen", FORMATS, ids=[one.name for one in FORMATS])


def expected(name: str, record: Record) -> dict[str, Any]:
    """What a reader should find of a record."""
    found = asdict(record)
    found["labels"] = "; ".join(record.labels) if name == "csv" else list(record.labels)
    return found


@each_format
class TestEachFormat:
    """The contract: a format that passes it can be offered."""

    def test_it_is_described(self, chosen: Format) -> None:
        """It has a name by which it is found, an ending, and a purpose."""
        assert find_format(chosen.name) is chosen
        assert chosen.extension.startswith(".")
        assert chosen.purpose

    def test_it_has_a_reader_that_is_not_ours(self, chosen: Format) -> None:
        """This suite reads it by other people's code."""
        assert chosen.name in READERS

    def test_what_is_written_is_read(self, chosen: Format) -> None:
        """Every value comes back, in order, whatever characters it has."""
        records = [RECORD, EMPTY, replace(RECORD, id="z", text="=1+1", note="'quoted'", title="\tTab")]
        assert READERS[chosen.name](written(chosen, records)) == [expected(chosen.name, one) for one in records]

    def test_no_records_are_a_file_all_the_same(self, chosen: Format) -> None:
        """A reader finds none."""
        assert READERS[chosen.name](written(chosen, [])) == []

    def test_records_are_written_one_by_one(self, chosen: Format) -> None:
        """What was given is in the file before the next one is asked for, so that memory stays flat."""
        file = io.StringIO(newline="")
        sizes: list[int] = []

        def watched() -> Iterator[Record]:
            for _ in range(3):
                sizes.append(len(file.getvalue()))
                yield RECORD

        chosen.write(watched(), file)
        assert sizes == sorted(set(sizes))

    def test_it_ends_with_a_line_end(self, chosen: Format) -> None:
        """The last line is a whole one, and the same records give the same file."""
        text = written(chosen, [RECORD])
        assert text.endswith("\n")
        assert text == written(chosen, [RECORD])


@given(st.lists(RECORDS, max_size=3))
def test_any_record_comes_back_from_csv(records: list[Record]) -> None:
    """Whatever the texts are, the standard reader has them back."""
    assert read_csv(written(FORMATS[0], records)) == [expected("csv", one) for one in records]


@given(st.lists(RECORDS, max_size=3))
def test_any_record_comes_back_from_jsonl(records: list[Record]) -> None:
    """Whatever the texts are, the standard reader has them back, each on its line."""
    assert read_jsonl(written(FORMATS[1], records)) == [expected("jsonl", one) for one in records]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_runs_as_a_formula(start: str) -> None:
    """Each cell of text that begins like a formula begins with an apostrophe instead."""
    risky = f"{start}cmd|' /C calc'!A0"
    texts: dict[str, Any] = {one.name: risky for one in fields(Record) if one.type == "str"}
    record = replace(RECORD, **texts, labels=(risky,), fields={})
    (row,) = csv.DictReader(io.StringIO(written(FORMATS[0], [record]), newline=""))
    assert {row[name] for name in (*texts, "labels")} == {f"'{risky}"}


def test_what_is_harmless_stays() -> None:
    """Ordinary text is not touched; an apostrophe is doubled, so that it can be taken off again."""
    assert [escape_formula(text) for text in ("a=b", "", "30%", "'a")] == ["a=b", "", "30%", "''a"]


def test_the_columns_are_the_fields_of_a_record() -> None:
    """None is forgotten when a record grows."""
    assert set(COLUMNS) == {one.name for one in fields(Record)}


def test_an_unknown_format() -> None:
    """There is none."""
    assert find_format("xyz") is None
