"""Another program damages, replaces or removes a sidecar: every decision is back after at most two clicks or keys."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from annotator.app.persistence.background_writer import BackgroundWriter
from annotator.app.persistence.document_store import DocumentStore
from annotator.core.annotation import Status
from annotator.storage.errors import DataFileError
from annotator.storage.paths import ensure_state_folder
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

    from annotator.core.annotation_set import AnnotationSet

NEVER = 3600.0  # seconds
SOON = 0.8  # seconds until a step is written, by when the file is damaged
MOST_ACTIONS = 2
LISTS = re.compile(rb"annotations:.*", re.DOTALL)
OTHER = """\
format: annotator/1
document: {file: other.txt, sha256: %s}
labels: policy
annotations:
- {id: strange, labels: [target], at: [0, 5], text: Khác.}
nothing: []
"""


def write(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Return a way to write what `change` makes of the file."""

    def act(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return act


def replaced(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Return a way to put another file in its place, as sync clients do."""

    def act(path: Path) -> None:
        new = path.with_name("new.tmp")
        new.write_bytes(change(path.read_bytes()))
        new.replace(path)

    return act


def instead(make: Callable[[Path], Any]) -> Callable[[Path], None]:
    """Return a way to remove the file and make something else in its place."""

    def act(path: Path) -> None:
        path.unlink()
        make(path)

    return act


def bind_socket(path: Path) -> None:
    """Leave a socket; its name may be longer than the system allows, so it is made in the folder."""
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


def fill_folder(path: Path) -> None:
    """Make a folder with a file in it."""
    path.mkdir()
    (path / "notes.txt").write_text("in the way", "utf-8")


def make_archive(path: Path) -> None:
    """Make a ZIP archive."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Hải Vân")


def without_decisions(data: bytes) -> bytes:
    """Return the file with nothing decided."""
    return LISTS.sub(b"annotations: []\nnothing: []\n", data)


def conflict(data: bytes) -> bytes:
    """What git leaves where both changed the labels of the first annotation."""
    return re.sub(rb"(  labels: \[)(\w+)(\]\n)", rb"<<<<<<< HEAD\n\1\2\3=======\n\1\2\3>>>>>>> other\n", data, count=1)


WAYS: dict[str, Callable[[Path], None]] = {
    "zeroed": write(lambda data: bytes(len(data))),
    "zeroed at its end": write(lambda data: data[:200] + bytes(len(data) - 200)),
    "a page of NULs in it": write(lambda data: data[:150] + bytes(64) + data[214:]),
    "emptied": write(lambda _data: b""),
    "emptied by a sync client": replaced(lambda _data: b""),
    "only a line end": write(lambda _data: b"\n"),
    "only a comment": write(lambda _data: b"# nothing\n"),
    "only white space": write(lambda _data: b"   \n\t\n"),
    "half of it": write(lambda data: data[: len(data) // 2]),
    "all but the last byte": write(lambda data: data[:-1]),
    "all but its last lines": write(lambda data: b"".join(data.splitlines(keepends=True)[:-2])),
    "cut after the annotations": write(lambda data: data[: data.index(b"nothing:")]),
    "the second half": write(lambda data: data[len(data) // 2 :]),
    "without its head": write(lambda data: data[data.index(b"annotations:") :]),
    "two glued together": write(lambda data: data + data),
    "two documents": write(lambda data: data + b"---\n" + data),
    "binary": write(lambda _data: bytes(range(256)) * 8),
    "a picture": write(lambda _data: b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "gzipped": write(gzip.compress),
    "UTF-16": write(lambda data: data.decode().encode("utf-16")),
    "windows-1258 by mistake": write(
        lambda data: data.decode().encode("utf-8").decode("cp1252", "replace").encode("cp1252", "replace")
    ),
    "latin letters with bytes lost": write(lambda data: data.decode().encode("latin-1", "replace")),
    "seven bits": write(lambda data: data.decode().encode("ascii", "replace")),
    "with a BOM": write(lambda data: b"\xef\xbb\xbf" + data),
    "with CRLF": write(lambda data: data.replace(b"\n", b"\r\n")),
    "tabs for its indent": write(lambda data: data.replace(b"\n  ", b"\n\t")),
    "git's conflict marks": write(conflict),
    "half of git's conflict marks": write(lambda data: b"<<<<<<< HEAD\n" + data),
    "a placeholder of a sync client": replaced(
        lambda _data: b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n"
    ),
    "a web page": write(lambda _data: b"<!DOCTYPE html><title>Sign in</title>"),
    "JSON": write(lambda _data: b'{"annotations": []}'),
    "someone's notes": write("Nhớ hỏi lại tỉnh.\n".encode().__add__),
    "without decisions": write(without_decisions),
    "another document's": replaced(lambda _data: (OTHER % ("0" * 64)).encode()),
    "a list": write(lambda _data: b"- 1\n- 2\n"),
    "deeply nested": write(lambda _data: b"[" * 5000),
    "a bomb of aliases": write(lambda data: data + b"extra: &a [*a, *a]\n"),
    "labels gone": write(lambda data: data.replace(b"labels: [", b"labels: {")),
    "places gone": write(lambda data: re.sub(rb"  at: .*\n", b"", data)),
    "removed": lambda path: path.unlink(),
    "an empty folder": instead(lambda path: path.mkdir()),
    "a folder with a file": instead(fill_folder),
    "a pipe": instead(os.mkfifo),
    "a socket": instead(bind_socket),
    "a link to nothing": instead(lambda path: path.symlink_to(path.with_name("gone"))),
    "a link into a folder that is gone": instead(lambda path: path.symlink_to(path.parent / "gone" / "gone.yaml")),
    "a link to itself": instead(lambda path: path.symlink_to(path.name)),
    "a link to a folder": instead(lambda path: path.symlink_to(path.parent, target_is_directory=True)),
    "a link to the article": instead(lambda path: path.symlink_to(path.with_name("a.txt"))),
    "an archive": instead(make_archive),
    "not readable": lambda path: path.chmod(0),
}


def decisions(state: AnnotationSet) -> tuple[object, ...]:
    """Return what is decided, and where."""
    found = sorted((one.span, one.labels, one.note) for one in state.annotations.values())
    return (found, list(state.nothing.items()), len(state.orphans))


def is_whole(driver: WindowDriver, before: tuple[object, ...]) -> bool:
    """Return whether all decisions are in the window, can be changed, and are in the file."""
    if (
        driver.read_only()
        or not driver.is_saved()
        or decisions(driver.state()) != before
        or not driver.sidecar.is_file()
    ):
        return False
    try:
        return decisions(parse_sidecar(driver.sidecar.read_bytes(), name="a").decisions) == before
    except (DataFileError, OSError):
        return False


def is_told(driver: WindowDriver) -> bool:
    """Return whether a message is shown, and nothing is on its way to the file any more."""
    return bool(driver.notice()) and (driver.is_saved() or bool(driver.offers()) or bool(driver.session.trouble))


def mend(driver: WindowDriver, before: tuple[object, ...]) -> int:
    """Do what the window offers, or else what its message names; return how many clicks and keys that took."""
    for count in range(MOST_ACTIONS):
        driver.follow_files()
        driver.qtbot.waitUntil(lambda: is_whole(driver, before) or is_told(driver))
        if is_whole(driver, before):
            return count
        if driver.offers():
            driver.offers()[0].click()
        else:
            driver.press("Ctrl+S" if "removed" in driver.notice() else "Ctrl+Z")
        driver.save()
        driver.qtbot.waitUntil(lambda: is_whole(driver, before) or driver.is_saved())
    driver.qtbot.waitUntil(lambda: is_whole(driver, before))
    return MOST_ACTIONS


@pytest.fixture
def worked_on(driver: WindowDriver) -> WindowDriver:
    """A window that follows its files, with three decisions that are saved."""
    driver.follow_files()
    driver.press("1", "2", "Space")
    assert driver.save()
    assert decisions(driver.state())[1]
    return driver


@pytest.mark.parametrize("way", WAYS)
def test_while_it_is_closed(worked_on: WindowDriver, way: str) -> None:
    """What is opened again shows every decision at once, or says how to get them."""
    before = decisions(worked_on.state())
    worked_on.open_row(1)
    WAYS[way](worked_on.sidecar)
    worked_on.open_row(0)
    assert mend(worked_on, before) <= MOST_ACTIONS


@pytest.mark.parametrize("way", WAYS)
def test_while_it_is_open(worked_on: WindowDriver, way: str) -> None:
    """Everything was saved: what is on the screen is in the file again."""
    before = decisions(worked_on.state())
    WAYS[way](worked_on.sidecar)
    assert mend(worked_on, before) <= MOST_ACTIONS


@pytest.mark.parametrize("way", WAYS)
def test_while_steps_are_pending(worked_on: WindowDriver, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that no file has yet is there as well."""
    monkeypatch.setitem(BackgroundWriter.__init__.__kwdefaults__ or {}, "delay", SOON)
    worked_on.open_row(1)
    worked_on.open_row(0)
    worked_on.follow_files()
    worked_on.press("End", "3")
    before = decisions(worked_on.state())
    WAYS[way](worked_on.sidecar)
    assert mend(worked_on, before) <= MOST_ACTIONS


@pytest.mark.parametrize("way", WAYS)
def test_before_it_is_opened_by_a_program_that_was_killed(
    worked_on: WindowDriver, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps that only the journal has are among what comes back."""
    defaults = BackgroundWriter.__init__.__kwdefaults__ or {}
    delay = defaults["delay"]
    monkeypatch.setitem(defaults, "delay", NEVER)
    worked_on.open_row(1)
    worked_on.open_row(0)
    good = worked_on.sidecar.read_bytes()
    worked_on.press("End", "3")
    before = decisions(worked_on.state())
    journals = ensure_state_folder() / "journals"
    copy = journals.with_name("copy")
    shutil.copytree(journals, copy)  # as a kill would leave it: with the step, without what closing adds
    worked_on.open_row(1)
    shutil.rmtree(journals)
    copy.rename(journals)
    worked_on.sidecar.write_bytes(good)
    WAYS[way](worked_on.sidecar)
    defaults["delay"] = delay
    worked_on.open_row(0)
    assert mend(worked_on, before) <= MOST_ACTIONS


def test_in_a_finished_document(worked_on: WindowDriver) -> None:
    """Nothing asks whether the finished document may be changed, and everything is back with it."""
    worked_on.press("Ctrl+Return")
    for offer in worked_on.offers()[:1]:
        offer.click()
    worked_on.open_row(0)
    before = decisions(worked_on.state())
    assert worked_on.state().status is Status.DONE
    worked_on.open_row(1)
    worked_on.sidecar.write_bytes(without_decisions(worked_on.sidecar.read_bytes()))
    worked_on.open_row(0)
    worked_on.dismiss_toast()
    assert mend(worked_on, before) <= MOST_ACTIONS
    assert worked_on.state().status is Status.DONE


def test_what_could_not_be_put_back_is_still_offered(worked_on: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal refuses the step: nothing claims that the annotations are back."""
    before = decisions(worked_on.state())
    worked_on.open_row(1)
    worked_on.sidecar.write_bytes(without_decisions(worked_on.sidecar.read_bytes()))
    worked_on.open_row(0)
    with monkeypatch.context() as patched:
        patched.setattr(DocumentStore, "record_step", lambda _store, _step: "The disk is full.")
        worked_on.offer("Bring them back").click()
    assert "back in their file" not in worked_on.toast()
    while not worked_on.offers():  # the reasons come first
        worked_on.press("Esc")
    worked_on.offer("Bring them back").click()
    worked_on.qtbot.waitUntil(lambda: is_whole(worked_on, before))


@pytest.mark.parametrize("way", ["zeroed", "half of it", "someone's notes", "labels gone", "a web page", "a pipe"])
def test_the_window_that_is_opened_on_it_offers_to_put_it_back(
    worked_on: WindowDriver, open_on: Callable[[Path], WindowDriver], way: str
) -> None:
    """Also in the document that a window opens with, and the offer is said before what is wrong with the file."""
    before = decisions(worked_on.state())
    worked_on.close()
    WAYS[way](worked_on.sidecar)
    again = open_on(worked_on.folder)
    again.follow_files()
    assert any(line.startswith("What you see is the last state") for line in again.notice().split("\n")[:2])
    assert again.offer().accessibleName() == "Put it back (Enter)"
    again.press("Return")
    again.qtbot.waitUntil(lambda: is_whole(again, before))
