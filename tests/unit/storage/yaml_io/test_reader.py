from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.errors import DataFileError
from annotator.storage.limits import MAX_DEPTH
from annotator.storage.yaml_io import reader
from annotator.storage.yaml_io.core_schema import is_safe_plain, resolve_plain
from annotator.storage.yaml_io.reader import MappingNode, SequenceNode, parse_yaml, to_value
from annotator.storage.yaml_io.writer import FlowStyle, SingleLine, Timestamp, dump_yaml

if TYPE_CHECKING:
    from annotator.core.annotation import Value

TRICKY = " \n\t\r\x85\u2028\u2029\ufeff\xa0:#-'\"{}[],&*!|>%@`?=~.0123abenoxyNT😀\ue000\uffff\x00"
TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(TRICKY)))
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS, st.sampled_from(["no", "12:30", "0o7"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def value_of(text: str) -> Value:
    """What a file with this text holds."""
    return to_value(parse_yaml(text.encode(), name="x.yaml"))


def faults_of(data: bytes) -> list[str]:
    """The sentences about a file with these bytes."""
    with pytest.raises(DataFileError) as caught:
        parse_yaml(data, name="x.yaml")
    return str(caught.value).splitlines()


def is_read_or_refused(data: bytes) -> bool:
    """Whether a file with these bytes is read, or refused with a sentence."""
    try:
        parse_yaml(data, name="x.yaml")
    except DataFileError as error:
        return bool(str(error))
    return True


@given(st.dictionaries(TEXTS, VALUES))
def test_dump_then_read_is_identity(value: dict[str, Value]) -> None:
    """Whatever value is written, in block style or on one line, comes back the same."""
    assert value == value_of(dump_yaml(value))
    assert {"k": value} == value_of(dump_yaml({"k": FlowStyle(value)}))


@given(TEXTS)
def test_a_text_is_the_same_to_any_reader(text: str) -> None:
    """A text comes back from a plain reader of YAML 1.1 too, as a value, a key, on one line, and in a list."""
    written = dump_yaml(
        {"a": text, "b": [text, SingleLine(text)], "c": FlowStyle({text: [text]}), text + "d": {text: 1}}
    )
    expected = {"a": text, "b": [text, text], "c": {text: [text]}, text + "d": {text: 1}}
    assert expected == yaml.safe_load(written)
    assert expected == value_of(written)


@given(st.lists(TEXTS, min_size=1))
def test_each_item_of_a_written_list_begins_with_a_hyphen_at_the_margin(texts: list[str]) -> None:
    """The text of a list can be taken apart at its hyphens, whatever stands in it."""
    written = dump_yaml([{"id": SingleLine(text), "text": text} for text in texts])
    assert len(texts) == len(written.split("\n- "))
    assert written.endswith("\n")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2026-01-02", "2026-01-02"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("null", None),
        ("~", None),
        ("", None),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("-12", -12),
        ("+1", 1),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("٣", "٣"),
    ],
)
def test_plain_scalars_mean_what_the_core_schema_says(text: str, value: Value) -> None:
    """Only the words and numbers of YAML 1.2's core schema are something else than text."""
    assert value == resolve_plain(text)
    assert type(value) is type(resolve_plain(text))


def test_not_a_number_is_read() -> None:
    """`.nan` is the float that differs from itself."""
    found = value_of("a: .NaN\n")
    assert isinstance(found, dict)
    number = found["a"]
    assert isinstance(number, float)
    assert math.isnan(number)
    assert dump_yaml({"a": math.nan}) == "a: .nan\n"


@pytest.mark.parametrize("text", ["no", "y", "1e3", "0o7", "12:30", "2026-01-02", "~", "null", "=", "<<", " a", "\xa0"])
def test_a_text_that_some_reader_would_take_for_something_else_is_quoted(text: str) -> None:
    """A plain text must be a text by YAML 1.1 and by YAML 1.2 alike."""
    assert not is_safe_plain(text)


def test_lines_are_counted_from_one_and_a_value_has_the_line_of_its_key() -> None:
    """A fault in a value is told at the line where its key stands."""
    tree = parse_yaml(b"# first\na:\n  - 1\n  - b: 2\nc: |\n  x\n", name="x.yaml")
    assert isinstance(tree, MappingNode)
    assert tree.entries["a"].line == 2
    listed = tree.entries["a"]
    assert isinstance(listed, SequenceNode)
    assert [item.line for item in listed.items] == [3, 4]
    assert tree.entries["c"].line == 5


def test_texts_of_several_lines_are_literal_blocks_and_emoji_stand_as_themselves() -> None:
    """What a person reads is written as a person would write it."""
    assert dump_yaml({"a": "Một 😀\nhai"}) == "a: |-\n  Một 😀\n  hai\n"
    assert dump_yaml({"a": "\ue000 😀"}) == "a: \ue000 😀\n"
    assert dump_yaml({"a": SingleLine("\n\nb")}) == 'a: "\\n\\nb"\n'


def test_more_rare_characters_than_stand_ins_are_written_all_the_same() -> None:
    """With 6,400 different astral characters or more, they are escaped and come back."""
    text = "".join(map(chr, range(0x10000, 0x10000 + 7000))) + "\ue000"
    assert {"a": text} == value_of(dump_yaml({"a": text}))


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    """What no file can hold is replaced by one character, so that lengths stay."""
    assert value_of(dump_yaml({"a": "x\ud800y"})) == {"a": "x\ufffdy"}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("2026-05-13T09:12:44+07:00", ""),
        ("2026-05-13T09:12:44Z", ""),
        ("2026-05-13T09:12:44.123456-03:30", ""),
        ("2026-13-13T09:12:44Z", "'"),
        ("2026-05-13", "'"),
        ("soon", ""),
        ("", "'"),
    ],
)
def test_times_are_written_without_quotes_and_anything_else_as_text(text: str, quote: str) -> None:
    """A time that no reader of YAML 1.1 could take is quoted."""
    written = dump_yaml({"a": Timestamp(text)})
    assert f"a: {quote}{text}{quote}\n" == written
    assert value_of(written) == {"a": text}
    yaml.safe_load(written)


def test_a_number_too_long_to_read_is_written_as_text() -> None:
    """The number stays legible, and the file readable."""
    assert {"a": hex(10**400)} == value_of(dump_yaml({"a": 10**400}))


def test_what_is_too_deep_to_read_is_written_as_json() -> None:
    """Nothing is lost, and the file stays readable."""
    deep: list[Value] = []
    for _ in range(60):
        deep = [deep]
    assert "[[" in dump_yaml({"a": deep})
    value_of(dump_yaml({"a": deep}))


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"a: !!python/object/apply:os.system ['x']\n", 1, "tag"),
        (b"b: 1\na: &x 1\n", 2, "anchor"),
        (b"a: *x\n", 1, "*x stands for"),
        (b"*x : 1\n", 1, "*x stands for"),
        (b"a: 1\n<<: {b: 1}\n", 2, "merge"),
        (b"a: 1\nb: 2\na: 3\n", 3, "second time (first in line 1)"),
        (b"a: 1\n---\nb: 2\n", 2, "second YAML document"),
        (b"a: 1\n? [b]\n: 2\n", 2, "a key is a list"),
        (b"a: 1\nb: \xff\n", 2, "not UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "not UTF-8"),
        (b"a: 1\nb: x\x07y\n", 2, "control character (U+0007)"),
        (b"a: 1\nb: [1, 2\nc: 3\n", 2, "a bracket is missing"),
        (b"a:\n\tb: 1\n", 2, "begins with a tab"),
        (b"a: {b: }}\nc: }\n", 1, "bracket"),
        (b"a: ]\n", 1, "cannot be read as YAML"),
        (b"a: " + b"9" * 301, 1, "more than 300 digits"),
        (b"a: " + b"[" * 40 + b"]" * 40, 1, "more than 32 deep"),
        (b"[" * 1_000_000, 1, "more than 32 deep"),
        (b"- " * 1_000_000, 1, "more than 32 deep"),
        (b"? " * 1_000_000, 1, ""),
        (b"{a: " * 100_000, 1, "more than 32 deep"),
        (b"%YAML 9.9\n---\na: 1\n", 1, "begins with %"),
        (b"a: 1\n...\n" + b"".join(b"%%TAG !a%d! x\n" % number for number in range(100_000)), 3, "begins with %"),
    ],
)
def test_hostile_or_broken_yaml_is_told_with_its_line(data: bytes, line: int, what: str) -> None:
    """Each input that is not plain YAML gets one sentence with the line, never a traceback."""
    sentences = faults_of(data)
    assert sentences[0].startswith(f"x.yaml, line {line}: ")
    assert what in sentences[0]


def test_all_faults_are_told_at_once_in_order() -> None:
    """A person mends a file in one go."""
    sentences = faults_of(b"a: !x 1\nb: &y 2\nc: *y\nc: 3\nd: [\n")
    assert [int(sentence.split("line ")[1].split(":")[0]) for sentence in sentences[:4]] == [1, 2, 3, 4]
    assert len(sentences) == 5


def test_a_thousand_faults_are_cut_short() -> None:
    """A hostile file fills neither memory nor screen: faults that differ by their lines alone are told once."""
    sentences = faults_of(b"- *x\n" * 100_000)
    assert len(sentences) == 2
    assert "200 times, the last in line 200" in sentences[0]
    assert "x.yaml: there may be more faults. Fix these and check again." in sentences


def test_a_file_without_content_is_a_fault() -> None:
    """Neither an empty file nor one of comments only is taken for an empty mapping."""
    assert faults_of(b"") == ["x.yaml: the file is empty. Delete it, or restore it from a backup."]
    assert faults_of(b"# a\n") == ["x.yaml: the file is empty. Delete it, or restore it from a backup."]


def test_a_byte_order_mark_and_any_line_ends_are_accepted() -> None:
    """Editors of Windows write both."""
    assert to_value(parse_yaml(b"\xef\xbb\xbfa: 1\r\nb: x\r\n", name="x.yaml")) == {"a": 1, "b": "x"}


def test_nesting_to_the_limit_is_read() -> None:
    """What is just deep enough passes."""
    data = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    value = to_value(parse_yaml(data, name="x.yaml"))
    for _ in range(MAX_DEPTH - 1):
        assert isinstance(value, list)
        value = value[0]
    assert value == []


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No input raises anything else than the error with the faults."""
    assert is_read_or_refused(data)


@given(st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@`# \n\t<0"), max_size=60))
def test_any_text_like_yaml_is_read_or_refused(text: str) -> None:
    """No arrangement of YAML's marks raises anything else than the error with the faults."""
    assert is_read_or_refused(text.encode())


def test_a_file_too_large_for_one_of_ours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Size and number of entries are limited, so that no file takes all of the memory."""
    monkeypatch.setattr(reader, "MAX_NODES", 10)
    assert "too many entries" in faults_of(b"- a\n" * 20)[0]
    monkeypatch.setattr(reader, "MAX_FILE_BYTES", 2 * 1024 * 1024)
    cure = "No file of ours is that large: restore it from a backup."
    assert faults_of(b"#" * 3_000_000) == [f"x.yaml: the file has more than 2 megabytes. {cure}"]


def test_a_sentence_stays_on_one_line_whatever_it_quotes() -> None:
    """What a file says cannot disturb the terminal or window that tells its faults."""
    sentences = faults_of(b'"a\\n\\u001b[31m": 1\n"a\\n\\u001b[31m": 2\n')
    assert len(sentences) == 1
    assert sentences[0].isprintable()
