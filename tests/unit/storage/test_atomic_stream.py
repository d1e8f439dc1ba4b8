from __future__ import annotations

import errno
import io
import os
import tracemalloc
from typing import TYPE_CHECKING, BinaryIO

import pytest

from annotator.storage.atomic import SaveError, save_stream

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_stands_in_the_file(tmp_path: Path) -> None:
    """Pieces of any size, one after the other, take the place of what was there, whose mode stays."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"something longer than what comes")
    path.chmod(0o640)

    def write(out: BinaryIO) -> None:
        for piece in (b"one", b"", bytearray(b"two\0"), memoryview(b"three")):
            assert out.write(piece) == len(piece)
        out.writelines([b"4", b"5"])

    save_stream(path, write)
    assert path.read_bytes() == b"onetwo\0three45"
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["a.csv"]


def test_nothing_is_held(tmp_path: Path) -> None:
    """A hundred megabytes take no more memory than the pieces that they are written in."""
    piece = os.urandom(1 << 20)
    tracemalloc.start()
    save_stream(tmp_path / "a", lambda out: [out.write(piece) for _number in range(100)])
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path / "a").stat().st_size == 100 << 20
    assert peak < 6 << 20


def test_what_fails_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    """What the writer raises is raised, nothing is left behind, and what it still holds back goes nowhere."""
    path = tmp_path / "a.csv"
    path.write_text("old", "utf-8")
    held: list[io.TextIOWrapper] = []

    def write(out: BinaryIO) -> None:
        held.append(io.TextIOWrapper(out, "utf-8"))
        held[0].write("half a ")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_stream(path, write)
    held[0].flush()
    assert path.read_text("utf-8") == "old"
    assert names(tmp_path) == ["a.csv"]


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """An error of the system inside the writer becomes the sentence about the file."""

    def write(_out: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(SaveError, match=r"a\.csv was not saved: the disk is full"):
        save_stream(tmp_path / "a.csv", write)
    assert names(tmp_path) == []


def test_what_is_read_back_must_be_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that gives something else is found out before the old file is gone."""
    path = tmp_path / "a.csv"
    path.write_text("old", "utf-8")
    real = os.pread
    monkeypatch.setattr(os, "pread", lambda *at: real(*at).replace(b"x", b"y"))
    with pytest.raises(SaveError, match="differs from what was written"):
        save_stream(path, lambda out: out.write(b"xxx"))
    assert path.read_text("utf-8") == "old"
    assert names(tmp_path) == ["a.csv"]


def test_it_cannot_be_read_nor_turned_back(tmp_path: Path) -> None:
    """Whoever writes goes from the beginning to the end."""

    def write(out: BinaryIO) -> None:
        assert (out.writable(), out.readable(), out.seekable()) == (True, False, False)
        out.write(b"x")

    save_stream(tmp_path / "a", write)
