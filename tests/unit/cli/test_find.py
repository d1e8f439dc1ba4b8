"""`annotator find`: which sentences it prints, and what it says where there are none."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cli_builders import GOAL, OPINION, TEXT, annotate, article, program

if TYPE_CHECKING:
    from pathlib import Path


def lines(done: subprocess.CompletedProcess[bytes]) -> list[list[str]]:
    """The answer, line by line, column by column."""
    return [line.split("\t") for line in done.stdout.decode().splitlines()]


def test_sentences_with_the_words_are_printed(tmp_path: Path) -> None:
    """Document, number, labels, sentence; accents and case count only where they are typed."""
    annotate(article(tmp_path, "b/one.txt"), [(GOAL, "target"), (OPINION, "opinion")])
    article(tmp_path, "a.txt", "Không có gì ở đây.\nMục tiêu là kinh tế SỐ.\n")
    done = program("find", tmp_path, "kinh te so")
    assert done.returncode == 0
    assert done.stderr == b""
    assert lines(done) == [
        ["a.txt", "2", "", "Mục tiêu là kinh tế SỐ."],
        ["b/one.txt", "2", "target", GOAL],
    ]
    assert lines(program("find", tmp_path, "SO")) == [["a.txt", "2", "", "Mục tiêu là kinh tế SỐ."]]


def test_words_need_no_quotation_marks(tmp_path: Path) -> None:
    """Several words are looked for as they stand, one after the other."""
    path = article(tmp_path)
    done = program("find", path, "kinh", "tế", "số")
    assert [line[3] for line in lines(done)] == [GOAL]
    assert lines(program("find", path, "số", "kinh")) == []


def test_a_label_narrows_it(tmp_path: Path) -> None:
    """Only sentences that have it, whoever gave it."""
    path = article(tmp_path)
    (tmp_path / "annotator.yaml").write_text("format: annotator-workspace/1\nannotators: [mai, nam]\n", "utf-8")
    annotate(path, [(GOAL, "target")], annotator="mai")
    annotate(path, [(GOAL, "breakthrough"), (OPINION, "opinion")], annotator="nam")
    assert [line[2] for line in lines(program("find", tmp_path, "a"))] == ["", "target,breakthrough", "opinion"]
    done = program("find", tmp_path, "a", "--label", "opinion")
    assert [line[3] for line in lines(done)] == [OPINION]


def test_programs_read_json(tmp_path: Path) -> None:
    """A list, each with the places of the words in the whole document, in code points."""
    path = article(tmp_path)
    annotate(path, [(GOAL, "target")])
    (found,) = json.loads(program("find", path, "kinh te", "--json").stdout)
    start = TEXT.index(GOAL)
    at = TEXT.index("kinh tế")
    assert found == {
        "file": "article.txt",
        "number": 2,
        "start": start,
        "end": start + len(GOAL),
        "kind": "paragraph",
        "labels": ["target"],
        "text": GOAL,
        "matches": [[at, at + 7]],
    }


def test_nothing_found_is_no_fault(tmp_path: Path) -> None:
    """Status 0, nothing on standard output, a sentence on standard error that says what may help."""
    path = article(tmp_path)
    done = program("find", path, "Đà Lạt")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == (
        "annotator: “Đà Lạt” was not found. Without accents and capital letters, more is found.\n"
    )
    assert program("find", path, "xyz").stderr.decode() == "annotator: “xyz” was not found.\n"
    done = program("find", path, "kinh", "--label", "opinion")
    assert done.stderr.decode() == "annotator: “kinh” stands in no sentence with the label opinion.\n"
    assert json.loads(program("find", path, "xyz", "--json").stdout) == []


@pytest.mark.parametrize("words", [" ", "\u200b", "\u0301"])
def test_blank_words_are_a_wrong_call(tmp_path: Path, words: str) -> None:
    """There is nothing to look for."""
    done = program("find", article(tmp_path), words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "annotator: There is nothing to look for: give a word.\n"


def test_too_many_words_are_a_wrong_call(tmp_path: Path) -> None:
    """Nobody looks for a thousand characters."""
    done = program("find", article(tmp_path), "a" * 1_001)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("annotator: The search text is longer than 1000 characters")


def test_an_unknown_label_is_told(tmp_path: Path) -> None:
    """With the one that may be meant, or all there are."""
    path = article(tmp_path)
    done = program("find", path, "a", "--label", "targt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == "annotator: There is no label targt here. Did you mean target?\n"
    done = program("find", path, "a", "--label", "zzz")
    assert "There are: target, breakthrough, opinion." in done.stderr.decode()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The rest is searched all the same; the status says that there were faults."""
    path = article(tmp_path)
    (tmp_path / "empty.txt").write_bytes(b"")
    article(tmp_path, "z.txt").with_name("z.txt.annotations.yaml").write_text("annotations: [", "utf-8")
    done = program("find", tmp_path, "kinh te")
    assert done.returncode == 1
    assert [line[0] for line in lines(done)] == [path.name, "z.txt"]
    assert "empty.txt is empty" in done.stderr.decode()
    assert "z.txt.annotations.yaml" in done.stderr.decode()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Or one without articles."""
    assert program("find", tmp_path / "no", "a").returncode == 1
    assert program("find", tmp_path, "a").returncode == 1


def test_the_answer_comes_as_it_is_found(tmp_path: Path) -> None:
    """The first sentence is there before the last document is read."""
    for number in range(300):
        article(tmp_path, f"{number:03}.txt", "Kinh tế số. " * 400)
    with subprocess.Popen(
        [sys.executable, "-m", "annotator", "find", str(tmp_path), "kinh te"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline().decode().startswith("000.txt\t1\t")
        assert running.poll() is None
        running.stdout.close()
        assert running.wait(timeout=60) == 1


def test_help_has_examples() -> None:
    """It says what accents mean."""
    told = program("find", "--help").stdout.decode()
    assert 'annotator find documents/ "kinh te so"' in told
    assert "--label" in told
