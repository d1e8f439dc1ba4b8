"""The real window on hostile folders, sidecars, journals and names: a sentence, the article, no wait."""

from __future__ import annotations

import hashlib
import os
import socket
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.app.preferences.settings import Settings, load_settings
from annotator.storage.journal.journal import journal_path
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from window_driver import WindowDriver

TEXT = "Mục tiêu là 10%. Hai câu.\n"
HEAD = "format: annotator/1\ndocument: {file: a.txt, sha256: SUM}\nannotations: []\nnothing: []\n"


def article(folder: Path, name: str | bytes = "a.txt") -> Path:
    """An article of that name in the folder."""
    path = folder / os.fsdecode(name)
    path.write_text(TEXT, "utf-8")
    return path


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        (b"x: !!python/object/apply:os.system ['touch pwned']\n", "tag of YAML"),
        (b"x: &a [*a]\n", "anchor of YAML"),
        (b"x: " + b"[" * 1_000 + b"]" * 1_000 + b"\n", "more than 32 deep"),
        (b"nothing: []\n", "second time"),
        (b"x: " + b"9" * 100_000, "more than 300 digits"),
        (b"x: \xed\xa0\x80\n", "not UTF-8"),
        (b"x: \x1b[31m\n", "control character"),
    ],
    ids=["tag", "anchor", "depth", "key twice", "digits", "half a character", "control"],
)
def test_a_hostile_sidecar_is_told_and_left_alone(
    tmp_path: Path, open_on: Callable[[Path], WindowDriver], tail: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article is there to read, the sentence says what and where, keys change nothing on disk."""
    monkeypatch.chdir(tmp_path)
    article(tmp_path)
    sidecar = tmp_path / "a.txt.annotations.yaml"
    sidecar.write_bytes(HEAD.encode() + tail)
    driver = open_on(tmp_path)
    assert "line 5" in driver.notice()
    assert words in driver.notice()
    assert driver.current() == "Mục tiêu là 10%."
    driver.press("1", "Space", "S", "M")
    driver.close()
    assert sidecar.read_bytes() == HEAD.encode() + tail
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "a.txt.annotations.yaml"]


@pytest.mark.parametrize(
    "marks",
    [
        "nothing: [[3, 2000000000]]\n",
        "nothing: []\nsentences: {join: [[0, 2147483647]], split: [2147483647]}\n",
        "nothing: []\nsentences: {join: [[0, 20], [5, 26], [7, 12]]}\n",
        "nothing: []\nblocks: {caption: [[0, 2147483647], [5, 7]]}\n",
    ],
    ids=["nothing", "join", "joins", "blocks"],
)
def test_marks_that_reach_beyond_the_text_are_told(
    tmp_path: Path, open_on: Callable[[Path], WindowDriver], marks: str
) -> None:
    """They are open again and said to be; sentences are those of the text, and can be tagged."""
    article(tmp_path)
    total = hashlib.sha256(TEXT.encode()).hexdigest()
    text = HEAD.replace("nothing: []\n", marks).replace("SUM", total)
    (tmp_path / "a.txt.annotations.yaml").write_text(text, "utf-8")
    driver = open_on(tmp_path)
    assert "lost" in driver.notice() or "waits for your decision" in driver.notice()
    driver.press("Home", "1", "1")
    ends = [one["at"][1] for one in driver.saved()["annotations"]]
    assert ends
    assert max(ends) <= len(TEXT)


@pytest.mark.parametrize(
    "body",
    [
        b'{"n":1e999,"kind":"undid"',
        b'{"n":1,"kind":"saved","sha256":[],"after":"x"',
        b'{"n":1,"kind":"did","step":{"what":"x","at":[0,1],"when":"","who":"","changes":[["status",0,{},7]]}',
        b'{"n":' + b"9" * 5000 + b',"kind":"did","step":{"what":"x"}',
        b'{"n":1,"kind":"did","step":' + b"[" * 100_000,
    ],
    ids=["number", "sum", "status", "digits", "depth"],
)
def test_a_hostile_journal_does_not_keep_the_article_shut(
    tmp_path: Path, open_on: Callable[[Path], WindowDriver], body: bytes
) -> None:
    """What is no step is put aside; the work goes on and is saved, and the next start is sound."""
    path = journal_path(article(tmp_path), annotator="", state_folder=ensure_state_folder())
    path.parent.mkdir(parents=True)
    path.write_bytes(b'%b,"crc":"%08x"}\n' % (body, zlib.crc32(body)))
    driver = open_on(tmp_path)
    driver.press("1")
    assert driver.labels() == [("Mục tiêu là 10%.", ["target"])]
    again = driver.reopen()
    assert again.labels() == [("Mục tiêu là 10%.", ["target"])]
    again.close()


@pytest.mark.parametrize(
    "name",
    [
        b"\xff\xfe.txt", b"a\nb.txt", b"a\tb.txt", b"\x1b[31m.txt", "a\u202etxt.exe.txt".encode(), b"-x.txt",
        b"n" * 251 + b".txt", "đ".encode() * 125 + b"a.txt", b"<b>&amp;.txt", b"&a&&b.txt", b"%s{0}.txt",
        b"'\"`$(x).txt",
    ],
)  # fmt: skip
def test_any_name_is_shown_and_worked_on(tmp_path: Path, open_on: Callable[[Path], WindowDriver], name: bytes) -> None:
    """The article opens, its name steers nothing; where no sidecar can have its name, that is said."""
    article(tmp_path, name)
    driver = open_on(tmp_path)
    assert driver.current() == "Mục tiêu là 10%."
    assert not set("\n\t\x1b\u202e") & set(driver.title())
    driver.press("1")
    driver.save()
    written = [path.name for path in tmp_path.iterdir() if path.name.endswith(".annotations.yaml")]
    if len(name) > 250:
        assert written == []
        assert "too long" in driver.notice().lower()
    else:
        assert [os.fsdecode(name) + ".annotations.yaml"] == written


def test_things_that_are_no_files_keep_nobody_waiting(
    tmp_path: Path, open_on: Callable[[Path], WindowDriver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with pipes, sockets, devices and circles opens on its one article."""
    monkeypatch.chdir(tmp_path)
    article(tmp_path)
    os.mkfifo(tmp_path / "b.txt")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("c.txt")
    (tmp_path / "d.txt").mkdir()
    (tmp_path / "e.txt").symlink_to("/dev/zero")
    (tmp_path / "f.txt").symlink_to("f.txt")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "annotator.yaml")
    driver = open_on(tmp_path)
    assert driver.documents() == ["a.txt"]
    assert "loop" in driver.notice()
    assert "not an ordinary file" in driver.notice()
    assert driver.current() == "Mục tiêu là 10%."


@pytest.mark.parametrize("kind", ["pipe", "folder", "socket", "device", "circle", "huge"])
def test_a_sidecar_that_is_no_file_opens_read_only(
    tmp_path: Path, open_on: Callable[[Path], WindowDriver], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article can be read; nothing is put in the place of what stands there, and the sentence names it."""
    monkeypatch.chdir(tmp_path)
    article(tmp_path)
    sidecar = tmp_path / "a.txt.annotations.yaml"
    match kind:
        case "pipe":
            os.mkfifo(sidecar)
        case "folder":
            sidecar.mkdir()
        case "socket":
            with socket.socket(socket.AF_UNIX) as one:
                one.bind(sidecar.name)
        case "device":
            sidecar.symlink_to("/dev/zero")
        case "circle":
            sidecar.symlink_to(sidecar.name)
        case _:
            with sidecar.open("wb") as file:
                file.truncate(1 << 40)
    before = sidecar.lstat()
    driver = open_on(tmp_path)
    driver.qtbot.waitUntil(lambda: sidecar.name in driver.notice())  # a large one is looked at in another thread
    assert driver.current() == "Mục tiêu là 10%."
    driver.press("1", "Ctrl+S")
    assert (before.st_ino, before.st_mode) == (sidecar.lstat().st_ino, sidecar.lstat().st_mode)


@pytest.mark.parametrize("name", ["b.txt", "c.txt", "d.txt"])
def test_a_place_that_is_no_file_is_told(
    tmp_path: Path, open_on: Callable[[Path], WindowDriver], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named outright, a pipe, a socket and a device get a sentence and an empty window."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("b.txt")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("c.txt")
    Path("d.txt").symlink_to("/dev/zero")
    driver = open_on(tmp_path / name)
    assert name in driver.notice()
    assert not driver.has_document()


def test_hostile_preferences_open_a_usual_window(tmp_path: Path, open_on: Callable[..., WindowDriver]) -> None:
    """Half characters, wrong types and names of no disk in the preferences are as if they were not there."""
    path = tmp_path / "settings.json"
    path.write_bytes(
        b'{"language": "en", "window": "\\ud800", "panels": "////", "zoom": 1e999, "toured": true, "keys": {"1": [5]},'
        b' "recent": ["\\ud800", "a\\u0000b", 7, "/none"], "used": ["\\ud800"], "places": {"\\ud800": [1, 2]}}'
    )
    folder = tmp_path / "articles"
    folder.mkdir()
    article(folder)
    driver = open_on(folder, load_settings(path))
    assert driver.current() == "Mục tiêu là 10%."
    assert Settings().window == load_settings(path).window
    driver.press("1", "Ctrl+K", "Escape")
    assert driver.labels() == [("Mục tiêu là 10%.", ["target"])]
