"""Closed, full and broken outputs, standard input, and Ctrl+C: real calls of the program."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_builders import GOAL, TEXT, annotate, article, program
from repository import ROOT

CALLS = {
    "sentences": ("sentences", "article.txt"),
    "check": ("check", "."),
    "status": ("status", "."),
    "find": ("find", ".", "kinh"),
    "export": ("export", ".", "--format", "csv"),
    "review": ("review", "report", "."),
    "doctor": ("doctor",),
    "help": ("--help",),
    "version": ("--version",),
    "wrong verb": ("statsu", "."),
    "wrong call": ("sentences",),
    "missing file": ("sentences", "none.txt"),
}
FAILS = {"wrong verb": 2, "wrong call": 2, "missing file": 1}
SILENT = frozenset(FAILS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article and its annotations."""
    annotate(article(tmp_path), [(GOAL, "target")])
    return tmp_path


def in_shell(folder: Path, call: str, redirection: str) -> subprocess.CompletedProcess[bytes]:
    """Call the program by a shell that redirects its streams."""
    words = " ".join([f'"{sys.executable}"', "-m", "annotator", *CALLS[call]])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "-c", f"{words} {redirection}"],
        env=environment,
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("redirection", [">&-", ">/dev/full"])
@pytest.mark.parametrize("call", CALLS)
def test_an_answer_that_cannot_be_written_is_told(folder: Path, call: str, redirection: str) -> None:
    """One sentence and status 1, or what there is to tell anyway; never a traceback."""
    done = in_shell(folder, call, redirection)
    told = done.stderr.decode()
    assert done.returncode == FAILS.get(call, 1), told
    assert "Traceback" not in told
    assert "Exception ignored" not in told
    assert call in SILENT or "The answer cannot be written" in told


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize("call", CALLS)
def test_messages_that_nobody_can_read_change_nothing(folder: Path, call: str, redirection: str) -> None:
    """The answer and the status are as ever."""
    done = in_shell(folder, call, redirection)
    assert b"Traceback" not in done.stdout + done.stderr
    assert done.returncode in {FAILS.get(call, 0), int(call == "doctor")}
    assert bool(done.stdout) == (call not in SILENT)


@pytest.mark.parametrize("call", [call for call in CALLS if call not in SILENT])
def test_a_reader_that_leaves_is_no_fault_to_tell(folder: Path, call: str) -> None:
    """As with `| head -1`, or `| true`."""
    done = in_shell(folder, call, "| true")
    assert done.stderr == b""


def test_an_export_to_a_file_needs_no_standard_output(folder: Path) -> None:
    """What is written elsewhere is written, and nothing gets into a file that took the number of a stream."""
    done = program("export", ".", "--format", "csv", "-o", "a.csv", folder=folder)
    expected = (folder / "a.csv").read_bytes()
    (folder / "a.csv").unlink()
    words = f'"{sys.executable}" -m annotator export . --format csv -o a.csv <&- >&- 2>&-'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    again = subprocess.run(["bash", "-c", words], env=environment, cwd=folder, check=False)
    assert again.returncode == done.returncode == 0
    assert (folder / "a.csv").read_bytes() == expected


@pytest.mark.parametrize("call", ["sentences", "check", "status", "find", "export", "review"])
def test_ctrl_c_ends_a_verb_at_any_moment_without_a_traceback(folder: Path, call: str) -> None:
    """From the first import of the program to its end: 130, or what it answers when it came too late."""
    for number in range(20):
        article(folder, f"other{number}.txt", TEXT * 40)
    start = time.monotonic()
    usual = program(*CALLS[call], folder=folder).returncode
    whole = time.monotonic() - start
    code = "import os, sys, annotator.__main__ as entry\nos.write(2, b'!')\nsys.exit(entry.main())"
    statuses = set()
    for share in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", code, *CALLS[call]],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as running:
            assert running.stderr is not None
            assert running.stderr.read(1) == b"!"  # Python itself has started, and ours has begun
            time.sleep(whole * share / 8)
            running.send_signal(signal.SIGINT)
            told = running.communicate(timeout=60)[1]
        assert b"Traceback" not in told, told
        assert b"KeyboardInterrupt" not in told, told
        statuses.add(running.returncode)
    assert statuses <= {130, usual}
    assert 130 in statuses
    assert not list(folder.glob(".annotator-*"))


# Standard input, folders, and files that are no articles


def test_sentences_reads_standard_input(tmp_path: Path) -> None:
    """A hyphen stands for it; the sentences are those of a file with the same bytes."""
    path = article(tmp_path)
    words = [sys.executable, "-m", "annotator", "sentences", "-", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for data in (TEXT.encode(), TEXT.encode("utf-16"), b"\xef\xbb\xbf" + TEXT.encode()):
        path.write_bytes(data)
        done = subprocess.run(words, input=data, env=environment, cwd=tmp_path, capture_output=True, check=True)
        assert json.loads(done.stdout) == json.loads(program("sentences", path, "--json").stdout)


@pytest.mark.parametrize("call", ["status -", "check -", "find - x", "export - --format csv"])
def test_other_verbs_say_that_they_read_no_standard_input(tmp_path: Path, call: str) -> None:
    """A wrong call, told with what to give."""
    done = program(*call.split(), folder=tmp_path)
    assert done.returncode == 2
    assert "standard input" in done.stderr.decode()
    (tmp_path / "-").mkdir()
    assert program(*call.split(), folder=tmp_path).returncode != 2


PAGE = "<!DOCTYPE html>\n<html><body><p>Một hai ba.</p></body></html>"
SIDECAR = "format: annotator/1\ndocument: {file: a.txt}\nannotations: []\nnothing: []\n"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.html", PAGE, ("web page", "browser")),
        ("a.txt", PAGE, ("web page", "browser")),
        ("a.txt", '<?xml version="1.0"?>\n<html xmlns="x">', ("web page", "browser")),
        ("a.mhtml", f"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n{PAGE}", ("web page",)),
        ("a.pdf", "%PDF-1.4\n", ("PDF", "copy its text")),
        ("a.docx", "PK\x03\x04word/document.xml", ("Word", "save it as text")),
        ("a.txt.annotations.yaml", SIDECAR, ("holds annotations of a.txt", "annotator check")),
        ("a.txt.annotations.mai.yaml", SIDECAR, ("holds annotations of a.txt", "annotator check")),
        ("b.yaml", SIDECAR, ("file of annotator",)),
        ("annotator.yaml", "format: annotator-workspace/1\n", ("file of annotator",)),
        ("a.png", "\x89PNG\r\n\x1a\n\0", ("picture", "Choose a text file")),
    ],
)
def test_a_file_that_is_no_article_is_told_what_it_is(
    tmp_path: Path, name: str, data: str, told: tuple[str, ...]
) -> None:
    """One sentence says what it is and what to do instead, also where it comes by standard input."""
    (tmp_path / name).write_bytes(data.encode("latin-1") if "\x89" in data else data.encode())
    done = program("sentences", name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert all(words in done.stderr.decode() for words in told), done.stderr.decode()


def test_the_cure_for_a_sidecar_cures(tmp_path: Path) -> None:
    """The call that the sentence names can be copied to the command line."""
    path = article(tmp_path, "bài một.txt")
    sidecar = annotate(path, [(GOAL, "target")])
    told = program("sentences", sidecar.name, folder=tmp_path).stderr.decode()
    words = told.split("`")[1].removeprefix("annotator ")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    call = f'"{sys.executable}" -m annotator {words}'
    done = subprocess.run(["bash", "-c", call], env=environment, cwd=tmp_path, capture_output=True, check=True)
    assert GOAL in done.stdout.decode()


@pytest.mark.parametrize("verb", ["status", "check", "find", "export", "sentences"])
def test_the_current_folder_is_told_by_its_name(tmp_path: Path, verb: str) -> None:
    """A dot in a sentence says nothing to somebody who does not know where the program runs."""
    folder = tmp_path / "trống"
    folder.mkdir()
    words = {"find": (".", "x"), "export": (".", "--format", "csv")}.get(verb, (".",))
    assert str(folder) in program(verb, *words, folder=folder).stderr.decode()


def test_status_tells_programs_the_names_as_they_are(tmp_path: Path) -> None:
    """Relative, not escaped, whatever bytes they have; states and labels by the words that programs know."""
    names = [b"b\xff\xfe.txt", "tên “lạ”.txt".encode(), b"tab\tname.txt", b"sub/a.txt"]
    for name in names:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, "utf-8")
    annotate(tmp_path / "sub" / "a.txt", [(GOAL, "target")])
    sidecar = tmp_path / "sub" / "a.txt.annotations.yaml"
    for state, word in (("new", "new"), ("in progress", "in_progress"), ("done", "done")):
        sidecar.write_text(sidecar.read_text("utf-8").replace("status: new", f"status: {state}"), "utf-8")
        answer = json.loads(program("status", tmp_path, "--json").stdout)["documents"]
        assert sorted(os.fsencode(one["file"]) for one in answer) == sorted(names)
        (found,) = [one for one in answer if one["file"] == "sub/a.txt"]
        assert found == {"file": "sub/a.txt", "status": word, "sentences": 3, "decided": 1, "labels": {"target": 1}}
        sidecar.write_text(sidecar.read_text("utf-8").replace(f"status: {state}", "status: new"), "utf-8")
