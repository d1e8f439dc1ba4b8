"""What a person without rights is told. As root, the tests give up their rights for the time of the call."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.documents.folder import FolderError, list_documents
from annotator.storage.documents.reader import DocumentError, read_document
from annotator.storage.journal.journal import Journal, JournalError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOBODY = 65534


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextlib.contextmanager
def plain_user() -> Iterator[None]:
    """Run the body as a user who is not root."""
    if os.geteuid() != 0:
        yield
        return
    try:
        os.seteuid(_NOBODY)
    except OSError:
        pytest.skip("runs as root and cannot become somebody else")
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that another user may enter; named relatively, as the folders above it are closed to him."""
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return Path()


def test_a_document_that_may_not_be_read(here: Path) -> None:
    """Opening it says so, and what to do."""
    (here / "a.txt").write_text("x")
    (here / "a.txt").chmod(0)
    with plain_user(), pytest.raises(DocumentError, match=r"You may not read a\.txt.*Get permission"):
        read_document(here / "a.txt")


def test_a_folder_that_may_not_be_listed(here: Path) -> None:
    """Listing it says so, and what to do."""
    (here / "closed").mkdir(mode=0)
    with plain_user(), pytest.raises(FolderError, match=r"You may not look into the folder closed\."):
        list_documents(here / "closed")


def test_a_closed_subfolder_is_a_warning(here: Path) -> None:
    """The rest of the folder is listed all the same."""
    (here / "a.txt").write_text("x")
    (here / "closed").mkdir(mode=0)
    with plain_user():
        listing = list_documents(here)
    assert (Path("a.txt"),) == listing.documents
    assert list(listing.warnings) == [
        "The sub-folder ./closed was left out: no permission. Check that you may read it."
    ]


def test_a_folder_that_may_not_be_written(here: Path) -> None:
    """Saving says so; the old file stands and nothing is left beside it."""
    (here / "a.yaml").write_bytes(b"old")
    (here / "a.yaml").chmod(0o666)
    here.chmod(0o555)
    with plain_user(), pytest.raises(SaveError, match=r"you may not write in .*\. Your work is kept"):
        save_bytes(here / "a.yaml", b"new")
    assert (here / "a.yaml").read_bytes() == b"old"
    assert _names(here) == ["a.yaml"]


def test_a_write_protected_file_is_left_alone(here: Path) -> None:
    """A file that somebody protected is not replaced, although its folder would allow it."""
    here.chmod(0o777)
    (here / "a.yaml").write_bytes(b"old")
    (here / "a.yaml").chmod(0o444)
    with plain_user(), pytest.raises(SaveError, match=r"a\.yaml was not saved: it is write-protected"):
        save_bytes(here / "a.yaml", b"new")
    assert (here / "a.yaml").read_bytes() == b"old"


def test_a_group_file_of_somebody_else_is_replaced(here: Path) -> None:
    """Where the owner may not be kept, the mode still is."""
    here.chmod(0o777)
    (here / "a.yaml").write_bytes(b"old")
    (here / "a.yaml").chmod(0o666)
    with plain_user():
        save_bytes(here / "a.yaml", b"new")
    assert (here / "a.yaml").read_bytes() == b"new"
    assert (here / "a.yaml").stat().st_mode & 0o777 == 0o666


def test_a_journal_that_may_not_be_written(here: Path) -> None:
    """Opening it says so, and where."""
    (here / "state").mkdir(mode=0o555)
    with plain_user(), pytest.raises(JournalError, match=r"you may not write in state"):
        Journal(here / "state" / "a.jsonl")
