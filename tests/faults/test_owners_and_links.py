"""Promise 3: a replaced file keeps mode, owner and attributes; links are followed, or left, safely."""

from __future__ import annotations

import errno
import os
import stat
import struct
from typing import TYPE_CHECKING

import pytest

from annotator.storage.atomic import SaveError, save_bytes

if TYPE_CHECKING:
    from pathlib import Path

LIST, FOLDER_LIST = "system.posix_acl_access", "system.posix_acl_default"
NOBODY, SOMEBODY = 65534, 1234
IS_ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not IS_ROOT, reason="only root may give files to others")


def access_list(*, user: int, rights: int) -> bytes:
    """A POSIX access control list: the owner rw, one ``user`` with ``rights``, nobody else; see acl(5)."""
    undefined = 0xFFFFFFFF
    entries = [
        (0x01, 6, undefined),
        (0x02, rights, user),
        (0x04, 0, undefined),
        (0x10, rights, undefined),
        (0x20, 0, undefined),
    ]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def give(path: Path, name: str, value: bytes) -> None:
    """Give a file an attribute, where the disk knows such."""
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"the disk knows no {name}: {os.strerror(error.errno or 0)}")


def names_in(folder: Path) -> list[str]:
    """The names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file to be replaced."""
    made = tmp_path / "a.yaml"
    made.write_bytes(b"old")
    return made


def test_attributes_stay(path: Path) -> None:
    """What a person or a sync client noted at the file is still there, of any size and kind."""
    notes = {"user.comment": "ghi chú".encode(), "user.empty": b"", "user.bytes": bytes(range(256))}
    for name, value in notes.items():
        give(path, name, value)
    save_bytes(path, b"new")
    assert notes == {name: os.getxattr(path, name) for name in os.listxattr(path) if name.startswith("user.")}
    assert path.read_bytes() == b"new"


def test_the_access_list_stays(path: Path) -> None:
    """Who was let in by name still is, and the mode is the same."""
    wanted = access_list(user=SOMEBODY, rights=6)
    give(path, LIST, wanted)
    mode = path.stat().st_mode
    save_bytes(path, b"new")
    assert (wanted, mode) == (os.getxattr(path, LIST), path.stat().st_mode)


def test_the_folders_list_is_for_new_files_alone(path: Path) -> None:
    """A file that lets nobody in by name does not get a list by being replaced; a new file gets the folder's."""
    give(path.parent, FOLDER_LIST, access_list(user=SOMEBODY, rights=6))
    save_bytes(path, b"new")
    save_bytes(path.with_name("b.yaml"), b"new")
    assert LIST not in os.listxattr(path)
    assert LIST in os.listxattr(path.with_name("b.yaml"))


def test_attributes_that_cannot_be_kept_do_not_keep_from_saving(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes none gets the file all the same."""
    give(path, "user.comment", b"x")

    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOTSUP, "no")

    for name in ("setxattr", "listxattr"):
        monkeypatch.setattr(os, name, refuse)
        save_bytes(path, name.encode())
        assert path.read_bytes() == name.encode()


def test_nobody_gets_in_where_the_list_is_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rights of those named there do not become those of a group."""
    give(path, LIST, access_list(user=SOMEBODY, rights=6))
    assert path.stat().st_mode & stat.S_IRWXG

    def refuse(*_args: object) -> None:
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(os, "setxattr", refuse)
    save_bytes(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@as_root
def test_the_owner_stays(path: Path) -> None:
    """Root saves another's file, and it is still his, with its mode."""
    os.chown(path, NOBODY, SOMEBODY)
    path.chmod(0o640)
    save_bytes(path, b"new")
    after = path.stat()
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (NOBODY, SOMEBODY, 0o640)


def test_a_lost_group_lets_no_other_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file's group cannot be given, the group that it has instead gets no more than everybody."""
    path.chmod(0o664)
    real = os.fstat

    def strange(handle: int) -> os.stat_result:
        found = list(real(handle))
        found[5] = SOMEBODY
        return os.stat_result(found)

    def refuse(*_args: object) -> None:
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(os, "fstat", strange)
    monkeypatch.setattr(os, "fchown", refuse)
    save_bytes(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_other_names_of_the_file_keep_the_old_content(path: Path) -> None:
    """A hard link, such as a backup by ``cp -al``, is not written through."""
    backup = path.with_name("backup.yaml")
    os.link(path, backup)
    save_bytes(path, b"new")
    assert (path.read_bytes(), backup.read_bytes()) == (b"new", b"old")
    assert (path.stat().st_nlink, backup.stat().st_nlink) == (1, 1)


def test_a_link_into_another_folder(tmp_path: Path) -> None:
    """What it points to is replaced there, with its own mode; no file is left here."""
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    target = tmp_path / "there" / "kept.yaml"
    target.write_bytes(b"old")
    target.chmod(0o600)
    link = tmp_path / "here" / "a.yaml"
    link.symlink_to("../there/kept.yaml")
    save_bytes(link, b"new")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode), link.is_symlink()) == (b"new", 0o600, True)
    assert names_in(tmp_path / "here") == ["a.yaml"]
    assert names_in(tmp_path / "there") == ["kept.yaml"]


def test_a_link_to_nothing(tmp_path: Path) -> None:
    """Its file is made where it points to; where that folder is gone, the sentence names that folder."""
    link = tmp_path / "a.yaml"
    link.symlink_to("made.yaml")
    save_bytes(link, b"new")
    assert (tmp_path / "made.yaml").read_bytes() == b"new"
    lost = tmp_path / "b.yaml"
    lost.symlink_to("gone/b.yaml")
    with pytest.raises(SaveError, match=r"the folder .*/gone is gone"):
        save_bytes(lost, b"new")
    assert lost.is_symlink()


@pytest.mark.parametrize(
    "name", ["a:b?.txt", "trailing. ", "dot.", "CON", "nul.txt", "x" * 255, "\u0111" * 127, "a\nb"]
)
def test_names_that_other_systems_forbid(tmp_path: Path, name: str) -> None:
    """They are names here."""
    for data in (b"one", b"two"):
        save_bytes(tmp_path / name, data)
        assert data == (tmp_path / name).read_bytes()
    assert [name] == names_in(tmp_path)
