"""Hostile names and things that only look like files: listed, read or told, never waited for, nor followed round."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from bounded import ROOT

from annotator.app.workspace.workspace import load_workspace
from annotator.storage.documents.folder import FolderError, list_documents
from annotator.storage.documents.reader import DocumentError, read_document
from annotator.storage.paths import format_path

TEXT = "Một câu ở đây. Hai câu.\n"

VERBS = [("status", ".", "--json"), ("check", "."), ("find", ".", "cau"), ("export", ".", "--format", "csv")]

NAMES: dict[str, bytes] = {
    "no text": b"\xff\xfe.txt",
    "half a character": b"\xed\xa0\x80.txt",
    "line feed": b"a\nb.txt",
    "carriage return": b"a\rb.txt",
    "tab": b"a\tb.txt",
    "escape": b"\x1b[31mred\x1b[0m.txt",
    "bell": b"\x07.txt",
    "delete": b"\x7f.txt",
    "right to left": "a\u202etxt.exe.txt".encode(),
    "isolate": "\u2066a\u2069.txt".encode(),
    "line separator": "a\u2028b.txt".encode(),
    "mark": "\ufeffa.txt".encode(),
    "no width": "a\u200bb.txt".encode(),
    "dash": b"-x.txt",
    "dashes": b"--help.txt",
    "spaces": b"  .txt",
    "quotes": b"'\"`$(touch pwned);&|<>*?.txt",
    "percent": b"%41%s%n{0}{file}.txt",
    "backslash": b"a..\\..\\a.txt",
    "tilde": b"~.txt",
    "colon": b"con:a.txt",
    "emoji": "👨‍👩‍👧.txt".encode(),
    "decomposed": "a\u0323\u0306.txt".encode(),
    "255 bytes": b"n" * 251 + b".txt",
    "255 bytes of letters": "đ".encode() * 125 + b"a.txt",
    "room for no sidecar": b"m" * 240 + b".txt",
    "like a sidecar": b"a.annotations.txt",
    "like our own file": b"annotator.yaml.txt",
    "markup": b"<b>&amp;<img src=x>.txt",
}


def program(*words: str | bytes | Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """What a real call gives; one that waits for a pipe is stopped."""
    return subprocess.run(
        [sys.executable, "-m", "annotator", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """What is on standard error: sentences that can be shown, no traceback."""
    text = done.stderr.decode()
    assert "Traceback" not in text
    assert all(line.startswith("annotator: ") and line.isprintable() for line in text.splitlines()), text
    return text


@pytest.fixture
def odd_names(tmp_path: Path) -> Path:
    """A folder with an article under each name."""
    for name in NAMES.values():
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture
def no_files(tmp_path: Path) -> Path:
    """A folder of things that are no files, under the names of articles, and as what stands beside articles."""
    folder = tmp_path / "odd"
    folder.mkdir()
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket may have 107 bytes only
    try:
        os.mkfifo("pipe.txt")
        Path("folder.txt").mkdir()
        for name in ("socket.txt", "g.txt.annotations.yaml"):
            with socket.socket(socket.AF_UNIX) as one:
                one.bind(name)
        for name in "abcdefgh":
            Path(f"{name}.txt").write_text(TEXT, "utf-8")
        os.mkfifo("b.txt.annotations.yaml")
        Path("c.txt.annotations.yaml").mkdir()
        Path("d.txt.annotations.yaml").symlink_to("/dev/zero")
        Path("e.txt.annotations.yaml").symlink_to("e.txt.annotations.yaml")
        Path("f.txt.annotations.yaml").symlink_to("gone")
        with Path("h.txt.annotations.yaml").open("wb") as file:
            file.truncate(1 << 40)
        for name, end in (("loop", "."), ("up", ".."), ("self.txt", "self.txt"), ("zero.txt", "/dev/zero")):
            Path(name).symlink_to(end)
    finally:
        os.chdir(here)
    return folder


def test_every_name_is_listed_and_read(odd_names: Path) -> None:
    """Each is a document whose text is there, under a name that can be shown on one line."""
    found = list_documents(odd_names)
    assert len(NAMES) == len(found.documents)
    assert found.warnings == ()
    for path in found.documents:
        document = read_document(path)
        assert document.text == TEXT
        assert document.name.isprintable() or document.name.strip("\u200b\ufeff\u200d").encode()
        assert not set("\n\r\t\x1b\x07\x7f\u202e\u2066\u2028") & set(document.name)


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_every_verb_takes_every_name(odd_names: Path, words: tuple[str, ...]) -> None:
    """A name is neither run, nor an option, nor does it steer the terminal; what cannot have a sidecar is told."""
    done = program(*words, folder=odd_names)
    assert "Traceback" not in done.stderr.decode()
    assert not set(done.stdout.decode().replace("\r\n", "\n")) & set("\r\x1b\x07\x7f\u202e\u2066\u2028")
    assert len(NAMES) == len(list(odd_names.iterdir()))
    if words[0] == "status":
        assert len(NAMES) == len(json.loads(done.stdout)["documents"])
    assert done.returncode in {0, 1}


@pytest.mark.parametrize("name", ["no text", "dash", "dashes", "line feed", "255 bytes", "quotes"])
def test_a_document_of_any_name_is_cut(odd_names: Path, name: str) -> None:
    """Named by its path, its sentences are printed."""
    path = os.fsencode(odd_names) + b"/" + NAMES[name]
    done = program("sentences", path, folder=odd_names)
    assert (done.returncode, told(done), done.stdout.count(b"\n")) == (0, "", 2)


def test_what_is_no_file_is_not_listed(no_files: Path) -> None:
    """Pipes, sockets, folders, devices and links in circles are no documents; links to folders are told."""
    found = list_documents(no_files)
    assert [path.name for path in found.documents] == [f"{name}.txt" for name in "abcdefgh"]
    assert [warning.split(" is a link")[0] for warning in found.warnings] == [f"{no_files}/loop", f"{no_files}/up"]


@pytest.mark.parametrize("name", ["pipe.txt", "socket.txt", "zero.txt", "self.txt", "folder.txt"])
def test_what_is_no_file_is_told_at_once(no_files: Path, name: str) -> None:
    """Named outright, each gets a sentence of its own, and nobody waits for it."""
    with pytest.raises(DocumentError, match=r"not an ordinary file|is a folder|leads back to itself"):
        read_document(no_files / name)
    for verb in ("sentences", "check", "status"):
        done = program(verb, no_files / name, folder=no_files)
        if verb == "sentences" or name != "folder.txt":
            assert (done.returncode, done.stdout) == (1, b"")
            assert len(told(done).splitlines()) == 1


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_a_sidecar_that_is_no_file_is_told_at_once(no_files: Path, words: tuple[str, ...]) -> None:
    """Each of them is named, the other documents are worked on, and nothing is put in its place."""
    done = program(*words, folder=no_files)
    assert done.returncode == 1
    text = told(done) + done.stdout.decode()
    for name in "bcdegh":
        assert f"{name}.txt.annotations.yaml" in text
    assert (no_files / "c.txt.annotations.yaml").is_dir()
    assert (no_files / "d.txt.annotations.yaml").is_symlink()


def test_a_folder_deeper_than_any_path(tmp_path: Path) -> None:
    """What lies too deep for a path is told in a sentence of a bearable length; the rest is listed."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(60):
            Path("d" * 100).mkdir()
            os.chdir("d" * 100)
        Path("z.txt").write_text(TEXT, "utf-8")
    finally:
        os.chdir(here)
    found = list_documents(tmp_path)
    assert [path.name for path in found.documents] == ["a.txt"]
    assert len(found.warnings) == 1
    assert "the name is too long" in found.warnings[0]
    assert len(found.warnings[0]) < 600
    done = program("status", ".", folder=tmp_path)
    assert (done.returncode, len(told(done).splitlines())) == (1, 1)


def test_ten_thousand_documents_are_listed(tmp_path: Path) -> None:
    """In natural order, none missing."""
    for number in range(10_000):
        (tmp_path / f"{number}.txt").touch()
    found = list_documents(tmp_path)
    assert [f"{number}.txt" for number in range(10_000)] == [path.name for path in found.documents]


def test_paths_that_climb(tmp_path: Path) -> None:
    """Points in a path are followed as the system follows them, and what they lead to is worked on where it is."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    done = program("status", "a/../../" + tmp_path.name + "/b.txt", "--json", folder=tmp_path)
    assert done.returncode == 0
    assert [one["file"] for one in json.loads(done.stdout)["documents"]] == ["b.txt"]


@pytest.mark.parametrize("path", ["a\0b", "\ud800", "\ud800/a.txt", "x" * 5000, "/" * 5000 + "none", "a.txt/b", ""])
def test_a_path_that_no_disk_has_is_told(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be typed, but a file may say it: each is one sentence that can be shown and encoded."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")
    if path:
        with pytest.raises(FolderError) as listing:
            load_workspace(Path(path))
        assert str(listing.value).encode()
    with pytest.raises(DocumentError) as reading:
        read_document(Path(path))
    assert str(reading.value).encode()
    format_path(path).encode()
