from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest

from annotator.storage.atomic import SaveError, remove_leftovers, save_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class FaultyOs:
    """Counts the calls to the system that a save makes, and lets one of them fail."""

    _CALLS = ("open", "stat", "access", "fstat", "fchown", "fchmod", "write", "fsync", "pread", "close", "replace")

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[str] = []
        self.fails_at = -1
        self.number = errno.EIO
        for name in self._CALLS:
            monkeypatch.setattr(os, name, self._counted(name, getattr(os, name)))

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.made.append(name)
            if len(self.made) - 1 == self.fails_at:
                if name == "close":
                    real(*args, **kwargs)
                raise OSError(self.number, os.strerror(self.number))
            return real(*args, **kwargs)

        return call


def test_it_saves_what_it_was_given(tmp_path: Path) -> None:
    """A new file holds exactly the bytes, nothing else is left in the folder, and the umask counts."""
    save_bytes(tmp_path / "a.yaml", b"one\r\ntwo\0")
    assert (tmp_path / "a.yaml").read_bytes() == b"one\r\ntwo\0"
    assert _names(tmp_path) == ["a.yaml"]
    umask = os.umask(0)
    os.umask(umask)
    assert 0o666 & ~umask == stat.S_IMODE((tmp_path / "a.yaml").stat().st_mode)


@pytest.mark.parametrize("data", [b"", b"x", bytes(3_000_000)])
def test_it_replaces_a_file_of_any_size(tmp_path: Path, data: bytes) -> None:
    """Nothing of a longer or shorter old file is left."""
    (tmp_path / "a.yaml").write_bytes(b"old content")
    save_bytes(tmp_path / "a.yaml", data)
    assert data == (tmp_path / "a.yaml").read_bytes()


def test_the_mode_and_the_owner_stay(tmp_path: Path) -> None:
    """The new file has the mode of the old one, and its owner where that is permitted."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    path.chmod(0o640)
    before = path.stat()
    save_bytes(path, b"new")
    after = path.stat()
    assert (before.st_mode, before.st_uid, before.st_gid) == (after.st_mode, after.st_uid, after.st_gid)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file that a link points to is replaced, over several links and folders, and where it is still missing."""
    (tmp_path / "far").mkdir()
    (tmp_path / "second").symlink_to("far/target")
    (tmp_path / "first").symlink_to("second")
    for data in (b"made", b"replaced"):
        save_bytes(tmp_path / "first", data)
        assert data == (tmp_path / "far" / "target").read_bytes()
    assert (tmp_path / "first").is_symlink()
    assert (tmp_path / "second").is_symlink()


def test_a_link_in_a_circle_is_told(tmp_path: Path) -> None:
    """The links stay as they are."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(SaveError, match="the link leads back to itself"):
        save_bytes(tmp_path / "a", b"x")
    assert (tmp_path / "a").is_symlink()


@pytest.mark.parametrize("name", ["x" * 255, "đ" * 127, "a\udcff.yaml", "-", "a b\nc"])
def test_any_name_that_a_file_can_have(tmp_path: Path, name: str) -> None:
    """The longest names, undecodable bytes and controls are saved under as they are."""
    save_bytes(tmp_path / name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"


def test_a_name_too_long_is_told(tmp_path: Path) -> None:
    """The sentence says to shorten it."""
    with pytest.raises(SaveError, match="its name is too long"):
        save_bytes(tmp_path / ("x" * 256), b"x")
    assert _names(tmp_path) == []


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A folder or a pipe of that name stays."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(SaveError, match="not a file has this name"):
            save_bytes(tmp_path / name, b"x")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("is_new", [False, True])
def test_a_fault_at_any_call_leaves_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_new: bool
) -> None:
    """Whatever call fails, the old file stands whole (the new one, once it is renamed), and nothing beside it."""
    path = tmp_path / "a.yaml"
    faulty = FaultyOs(monkeypatch)
    if not is_new:
        path.write_bytes(b"old")
        path.chmod(0o640)
    save_bytes(path, b"new")
    calls = faulty.made
    assert calls.count("fsync") == 2
    renamed = calls.index("replace")
    for at, call in enumerate(calls):
        for number in (errno.EIO, errno.ENOSPC, errno.EACCES):
            path.unlink(missing_ok=True)
            if not is_new:
                path.write_bytes(b"old")
                path.chmod(0o640)
            faulty.made, faulty.fails_at, faulty.number = [], at, number
            with pytest.raises(SaveError, match=r"a\.yaml was not saved: .+\. .+") as caught:
                save_bytes(path, b"new")
            faulty.fails_at = -1
            assert (number, path) == (caught.value.errno, caught.value.path), call
            expected = [b"new"] if at > renamed else [] if is_new else [b"old"]
            assert expected == [(tmp_path / name).read_bytes() for name in _names(tmp_path)], call


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full. Free some space"),
        (errno.EDQUOT, "your share of the disk is used up. Remove files"),
        (errno.EROFS, "its disk is read-only. Your work is kept"),
        (errno.EACCES, "you may not write in"),
        (errno.EIO, "the disk reports an error"),
        (errno.ENOENT, "is gone. Put it back"),
        (errno.EBUSY, "another program uses it. Your work is kept"),
    ],
)
def test_each_cause_has_its_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    """The sentence names the cause and what to do about it."""
    faulty = FaultyOs(monkeypatch)
    save_bytes(tmp_path / "a.yaml", b"old")
    faulty.fails_at, faulty.number = 2 * len(faulty.made) - 3, number
    with pytest.raises(SaveError) as caught:
        save_bytes(tmp_path / "a.yaml", b"new")
    assert words in str(caught.value)


def test_a_folder_that_vanished_is_told(tmp_path: Path) -> None:
    """The sentence names the folder and says to put it back."""
    with pytest.raises(SaveError, match=r"the folder .*/gone is gone. Put it back"):
        save_bytes(tmp_path / "gone" / "a.yaml", b"x")


@pytest.mark.parametrize("lie", [b"", b"nex", b"ne", b"new!"])
def test_a_difference_on_reading_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: bytes) -> None:
    """The old file stands when the disk gives back something else than was written, shorter or longer."""
    (tmp_path / "a.yaml").write_bytes(b"old")
    monkeypatch.setattr(os, "pread", lambda _handle, _size, at: lie[at:])
    with pytest.raises(SaveError, match=r"read back differs .* save a copy on another"):
        save_bytes(tmp_path / "a.yaml", b"new")
    assert (tmp_path / "a.yaml").read_bytes() == b"old"
    assert _names(tmp_path) == ["a.yaml"]


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that takes a byte at a time still gets everything."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:1]))
    save_bytes(tmp_path / "a.yaml", b"new content")
    assert (tmp_path / "a.yaml").read_bytes() == b"new content"


def test_a_folder_that_cannot_be_synced_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network disks do not know how to; the file is saved there as well."""
    fsync = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    save_bytes(tmp_path / "a.yaml", b"new")
    assert (tmp_path / "a.yaml").read_bytes() == b"new"


def test_a_break_by_the_person_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C while writing removes the temporary file."""

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_bytes(tmp_path / "a.yaml", b"new")
    assert _names(tmp_path) == []


def test_leftovers_are_removed_when_old(tmp_path: Path) -> None:
    """A killed program's temporary files go after an hour; a save under way, and other hidden files, stay."""
    for name in (".annotator-0001.tmp", ".annotator-0002.tmp", ".other.tmp"):
        (tmp_path / name).write_bytes(b"x")
    for name in (".annotator-0001.tmp", ".other.tmp"):
        os.utime(tmp_path / name, (1, 1))
    assert remove_leftovers(tmp_path) == 1
    assert _names(tmp_path) == [".annotator-0002.tmp", ".other.tmp"]
    assert remove_leftovers(tmp_path / "gone") == 0
