"""Hostile YAML: refused with a sentence that has file, line and cure, in bounded memory and time; the file stays."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from bounded import bounded
from hostile_yaml import DEPTH, HEAD, HOSTILE, WHOLE, bomb, lines

from annotator.storage.errors import DataFileError
from annotator.storage.files import find_file_bytes
from annotator.storage.limits import MAX_DEPTH, MAX_FAULTS, MAX_NODES, MAX_NUMBER_LENGTH
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.workspace.reader import parse_workspace
from annotator.storage.yaml_io.reader import parse_yaml, to_value
from annotator.storage.yaml_io.writer import dump_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.storage.yaml_io.writer import StyledValue


def told(data: bytes) -> list[str]:
    """The sentences about a sidecar with these bytes."""
    with pytest.raises(DataFileError) as caught:
        parse_sidecar(data, name="a.txt.annotations.yaml")
    for fault in caught.value.faults:
        assert fault.remedy
    found = str(caught.value).splitlines()
    assert all(one.startswith("a.txt.annotations.yaml") and one.isprintable() for one in found)
    assert all(len(one) < 500 for one in found)
    return found


@pytest.mark.parametrize(("data", "line", "words"), list(HOSTILE.values()), ids=list(HOSTILE))
def test_hostile_yaml_is_told_with_file_line_and_cure(data: bytes, line: int, words: str) -> None:
    """Of each input the first sentence names the line at which it is hostile, and what is wrong there."""
    first = told(data)[0]
    assert first.startswith(f"a.txt.annotations.yaml, line {line}: ")
    assert words in first


@pytest.mark.parametrize(("data", "words"), list(WHOLE.values()), ids=list(WHOLE))
def test_what_is_no_file_of_ours_is_told(data: bytes, words: str) -> None:
    """An empty file and one of another shape get a sentence as well."""
    assert words in told(data)[0]


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_workspace_file_is_as_safe(name: str) -> None:
    """The settings of a folder are read by the same rules."""
    data = HOSTILE[name][0].replace(HEAD, b"format: annotator-workspace/1\nlanguages: [vi]\nannotations: 1\nx2: 1\n", 1)
    with pytest.raises(DataFileError) as caught:
        parse_workspace(data)
    assert str(caught.value).startswith("annotator.yaml")
    assert all(fault.remedy for fault in caught.value.faults)


def test_cures_fit() -> None:
    """Of what a person may have done by mistake, the cure says how to write it instead."""
    assert "at most 1024 characters" in told(HOSTILE["long key"][0])[0]
    assert "never of half a one" in told(HOSTILE["half a character escaped"][0])[0]
    assert "put 2 spaces there" in told(HOSTILE["tab as indentation"][0])[0]
    assert "Write it in quotes" in told(HOSTILE["number of a million digits"][0])[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_end_of_yaml_is_one(end: str) -> None:
    """Whichever editor wrote the file, it is read, and the lines of its faults are counted alike."""
    data = HEAD.decode().replace("\n", end)
    assert parse_sidecar(data.encode(), name="x").document.file == "a.txt"
    assert told(f"{data}x: &a 1{end}".encode())[0].startswith("a.txt.annotations.yaml, line 5: ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e999999", float("inf")),
        ("-1e999999", float("-inf")),
        ("1e-999999", 0.0),
        ("190:20:30", "190:20:30"),
        ("0b101", "0b101"),
        ("0x" + "f" * 200, 16**200 - 1),
        ("9" * MAX_NUMBER_LENGTH, 10**MAX_NUMBER_LENGTH - 1),
        ("0x" + "f" * (MAX_NUMBER_LENGTH - 2), 16 ** (MAX_NUMBER_LENGTH - 2) - 1),
        ("1_000", "1_000"),
        ("017", 17),
        ("+.inf", float("inf")),
    ],
    ids=lambda value: str(value)[:12],
)
def test_odd_numbers_are_read_or_stay_text(text: str, value: StyledValue) -> None:
    """What overflows is infinite, what is a number only to YAML 1.1 is text; all comes back as it was written."""
    sidecar = parse_sidecar(lines(f"x: {text}"), name="x")
    assert dict(sidecar.extra) == {"x": value}
    assert {"x": value} == to_value(parse_yaml(dump_yaml({"x": value}).encode(), name="x"))


def test_a_long_key_is_written_so_that_it_is_read() -> None:
    """What YAML does not take before a colon is written after a question mark; nothing that we write is refused."""
    for key in ("k" * 5000, "k\n" * 900, "k " * 3000, "😀" * 2000):
        value: dict[str, StyledValue] = {key: {key: [key]}, "b": {key: 1}}
        assert value == to_value(parse_yaml(dump_yaml(value).encode(), name="x"))


def test_the_faults_of_a_file_are_limited() -> None:
    """Two hundred are looked for, those alike are told as one, and that there may be more."""
    found = told(HEAD + b"- &a 1\n" * 10_000)
    assert len(found) <= MAX_FAULTS + 1
    found = told(lines("x:", *["- !a 1"] * 10_000))
    assert len(found) == 2
    assert f"{MAX_FAULTS} times" in found[0]
    assert any("there may be more faults" in one for one in found)


# Five million entries take twelve seconds; one million shows as well that it is their number that is bounded.
FEWER = 1_000_000
READ = """
from annotator.storage.yaml_io import reader
from annotator.storage.errors import DataFileError
from annotator.storage.sidecar.reader import parse_sidecar
kind, size, reader.MAX_NODES = sys.argv[1], 100 << 20, int(sys.argv[2])
head = b"format: annotator/1\\ndocument: {file: a.txt}\\nannotations: []\\nnothing: []\\nx:"
data = {
    "items": lambda: head + b"\\n- a" * (size // 4),
    "scalar": lambda: head + b" " + b"a" * size,
    "line": lambda: head + b' [1, "' + b"ab cd ef " * (size // 9) + b'"',
}[kind]()
try:
    parse_sidecar(data, name="x")
    print("read")
except DataFileError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("items", "the file has too many entries"),
        ("scalar", "read"),
        ("line", "the file ends within a list or a text"),
    ],
)
def test_a_hundred_megabytes_are_read_or_told_in_bounded_memory(kind: str, words: str) -> None:
    """Many small entries are refused when there are more than any file has; one huge text is only a text."""
    assert FEWER < MAX_NODES
    done = bounded(READ, kind, str(FEWER), megabytes=1000, seconds=60)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()[-500:]
    assert words.rsplit(":", maxsplit=1)[-1] in done.stdout.decode()
    assert done.stdout.count(b"\n") <= 3


def test_a_file_beyond_the_limit_is_not_even_read(tmp_path: Path) -> None:
    """Its size alone is enough, so that no memory is asked for."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate((256 << 20) + 1)
    with pytest.raises(OSError, match="more than 256 megabytes") as caught:
        find_file_bytes(path)
    assert caught.value.errno == errno.EFBIG


# That the inputs are hostile: what PyYAML by itself does with them, in a process that may die of it.


PLAIN = "import yaml\ndata = open(sys.argv[1], encoding='utf-8').read()\n"


@pytest.fixture
def plain(tmp_path: Path) -> Callable[[str, str], int]:
    """Gives the exit status of a plain program that reads a text with PyYAML, bounded to 300 MB and 4 s."""

    def run(text: str, code: str) -> int:
        path = tmp_path / "plain.yaml"
        path.write_text(text, "utf-8")
        return bounded(PLAIN + code, path, megabytes=300, seconds=4, folder=tmp_path).returncode

    return run


def test_the_bombs_are_bombs(plain: Callable[[str, str], int]) -> None:
    """Without the guards the same inputs exhaust memory, time or the stack; with them each is a sentence."""
    read = "yaml.safe_load(data)"
    assert plain("a: 1\n", read) == 0
    assert plain(bomb(9), "str(yaml.safe_load(data))") != 0
    assert plain("[" * DEPTH, "yaml.load(data, yaml.SafeLoader)") != 0
    assert plain("- " * DEPTH, "yaml.load(data, yaml.CSafeLoader)") != 0
    assert plain("x: " + "9" * 1_000_000, read) != 0
    for text in (bomb(9), "[" * DEPTH, "- " * DEPTH, "x: " + "9" * 1_000_000):
        assert told(text.encode())


def test_the_tag_runs_a_program_where_it_is_let(plain: Callable[[str, str], int], tmp_path: Path) -> None:
    """A loader that takes tags does what the file says; ours leaves no trace."""
    text = HOSTILE["tag that runs a program"][0].decode()
    told(text.encode())
    assert not (tmp_path / "pwned").exists()
    assert plain(text, "yaml.load(data, yaml.UnsafeLoader)") == 0
    assert (tmp_path / "pwned").exists()


def test_duplicate_keys_are_lost_where_nobody_looks() -> None:
    """PyYAML takes the last of two, so that work would vanish without a word; we refuse the file."""
    text = "annotations: [1]\nannotations: []\n"
    assert yaml.safe_load(text) == {"annotations": []}
    assert any("second time" in one for one in told(text.encode()))


def test_the_recursion_limit_is_not_what_saves_us() -> None:
    """Nothing in the reader is recursive but on trees of the depth that is allowed."""
    depth = sys.getrecursionlimit()
    sys.setrecursionlimit(len(_stack()) + 120)
    try:
        assert told(b"[" * DEPTH)
        to_value(parse_yaml(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, name="x"))
    finally:
        sys.setrecursionlimit(depth)


def _stack() -> list[object]:
    frame: object = sys._getframe()
    found = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back  # type: ignore[attr-defined]
    return found
