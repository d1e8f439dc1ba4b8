"""A file lands at a place only as long as the place is what it was when it was looked at."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from annotator.storage.atomic import SaveError, place_stream
from annotator.storage.place import Place, PlaceChangedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO


def write_after(happens: Callable[[], object]) -> Callable[[BinaryIO], object]:
    """A writer during whose work something happens."""

    def write(out: BinaryIO) -> None:
        out.write(b"ours")
        happens()

    return write


def ours(out: BinaryIO) -> None:
    """Write our content."""
    out.write(b"ours")


def names_in(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_free_place_and_a_taken_one(tmp_path: Path) -> None:
    """A new file is made, and the file that was seen is replaced; it keeps its mode."""
    path = tmp_path / "a.csv"
    place_stream(Place.look(path), ours)
    assert path.read_bytes() == b"ours"
    path.write_bytes(b"older")
    path.chmod(0o640)
    place_stream(Place.look(path), ours)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, names_in(tmp_path)) == (b"ours", 0o640, ["a.csv"])


def make_file(path: Path) -> None:
    """Another program's file."""
    path.write_bytes(b"theirs")


def make_link(path: Path) -> None:
    """A link to nothing."""
    path.symlink_to("none")


def make_folder(path: Path) -> None:
    """A folder."""
    path.mkdir()


@pytest.mark.parametrize("make", [make_file, make_link, make_folder])
@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("is_late", [True, False])
def test_what_appears_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], *, has_links: bool, is_late: bool
) -> None:
    """A file that is made while ours is written, or in the moment before it gets its name, also without hard links."""
    path = tmp_path / "a.csv"
    place = Place.look(path)
    real = os.link

    def link(*words: Any, **more: Any) -> None:
        if is_late:
            make(path)
        if not has_links:
            raise OSError(errno.EPERM, "no hard links here")
        real(*words, **more)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(PlaceChangedError):
        place_stream(place, write_after(lambda: None if is_late else make(path)))
    assert names_in(tmp_path) == ["a.csv"]
    assert not path.is_file() or path.read_bytes() == b"theirs"


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is there all the same, and nothing else."""

    def refuse(*_words: Any, **_more: Any) -> None:
        raise OSError(errno.EOPNOTSUPP, "no")

    monkeypatch.setattr(os, "link", refuse)
    place_stream(Place.look(tmp_path / "a.csv"), ours)
    assert (names_in(tmp_path), (tmp_path / "a.csv").read_bytes()) == (["a.csv"], b"ours")


def rewrite(path: Path) -> None:
    """Write something else."""
    path.write_bytes(b"theirs, and longer")


def replace(path: Path) -> None:
    """Replace the file by one of the same size and time."""
    state = path.stat()
    other = path.with_name("other")
    other.write_bytes(b"older")
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(path)


def relink(path: Path) -> None:
    """Put a link in its place."""
    path.unlink()
    path.symlink_to("none")


@pytest.mark.parametrize("change", [rewrite, replace, relink, os.unlink])
def test_a_file_that_changes_meanwhile_is_kept(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """What was asked about is not there any more, so nothing is replaced."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"older")
    place = Place.look(path)
    with pytest.raises(PlaceChangedError):
        place_stream(place, write_after(lambda: change(path)))
    assert names_in(tmp_path) == ([] if change is os.unlink else ["a.csv"])
    assert not path.is_file() or path.read_bytes() != b"ours"


@pytest.mark.parametrize("is_before", [True, False])
def test_a_folder_that_is_swapped_leads_nowhere_else(tmp_path: Path, *, is_before: bool) -> None:
    """A link in its place is not followed: before the work it is noticed, during it the file goes where it was to."""
    here, away, elsewhere = tmp_path / "here", tmp_path / "away", tmp_path / "elsewhere"
    here.mkdir()
    elsewhere.mkdir()
    place = Place.look(here / "a.csv")

    def swap() -> None:
        here.rename(away)
        here.symlink_to(elsewhere)

    if is_before:
        swap()
        with pytest.raises(PlaceChangedError):
            place_stream(place, ours)
    else:
        place_stream(place, write_after(swap))
    assert names_in(elsewhere) == []
    assert names_in(away) == ([] if is_before else ["a.csv"])


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """A disk that takes nothing, and a guard that says no."""

    def fail(_out: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, "full")

    def refuse() -> None:
        raise RuntimeError

    with pytest.raises(SaveError, match="the disk is full"):
        place_stream(Place.look(tmp_path / "a.csv"), fail)
    with pytest.raises(RuntimeError):
        place_stream(Place.look(tmp_path / "a.csv"), ours, guard=refuse)
    assert names_in(tmp_path) == []
