from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from annotator.storage.documents.folder import FolderError, Listing, list_documents

if TYPE_CHECKING:
    from pathlib import Path


def _filled(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    return folder


def _names(listing: Listing) -> list[str]:
    return [str(path.relative_to(listing.folder)) for path in listing.documents]


def test_documents_are_listed_and_nothing_else(tmp_path: Path) -> None:
    """Text and Markdown, in any case; no sidecars, no hidden files, no other types."""
    _filled(
        tmp_path,
        "a.txt",
        "b.MD",
        "c.text",
        "a.txt.annotations.yaml",
        "a.txt.annotations.mai.yaml",
        "annotator.yaml",
        "d.pdf",
        ".hidden.txt",
        ".git/e.txt",
        "txt",
    )
    listing = list_documents(tmp_path)
    assert _names(listing) == ["a.txt", "b.MD", "c.text"]
    assert listing.warnings == ()


def test_the_order_is_the_natural_one(tmp_path: Path) -> None:
    """Numbers count as numbers; accents and case count only between names alike; sub-folders come after files."""
    expected = [
        "bai 2.txt",
        "bài 2.txt",
        "Bài 10.txt",
        "Đà Nẵng.txt",
        "e.txt",
        "điều 3.txt",
        "Z.txt",
        "2/a.txt",
        "2/b/c.txt",
        "10/a.txt",
    ]
    expected[4:6] = ["điều 3.txt", "e.txt"]
    _filled(tmp_path, *reversed(expected))
    assert expected == _names(list_documents(tmp_path))


def test_composed_and_decomposed_names_stand_together(tmp_path: Path) -> None:
    """A name in another normal form is not moved to the end."""
    _filled(tmp_path, "a\u0301 1.txt", "\u00e1 2.txt", "a\u0301 3.txt", "b.txt")
    assert _names(list_documents(tmp_path)) == ["a\u0301 1.txt", "\u00e1 2.txt", "a\u0301 3.txt", "b.txt"]


def test_links(tmp_path: Path) -> None:
    """A link to a file is a document; one to a folder is left out and told; broken and circular ones are nothing."""
    _filled(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "broken.txt").symlink_to("gone")
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "circle").symlink_to("circle")
    listing = list_documents(tmp_path)
    assert _names(listing) == ["a.txt", "link.txt", "sub/b.txt"]
    assert (
        f"{tmp_path}/loop is a link to another folder and was left out. Open that folder by itself.",
    ) == listing.warnings


@pytest.mark.parametrize("place", ["phu-luc.txt", "sub/phu-luc.md"])
def test_links_out_of_the_folder_are_left_out(tmp_path: Path, place: str) -> None:
    """A link to a file elsewhere is told with its target, whatever its way there; links within the folder stay."""
    folder, secret = tmp_path / "articles", tmp_path / "articles-private" / "key.txt"
    _filled(folder, "a.txt", "sub/b.txt")
    _filled(secret.parent, secret.name)
    (folder / "sub" / "up.txt").symlink_to("../a.txt")
    (tmp_path / "step").symlink_to(secret.parent)
    up = "../" * (place.count("/") + 1)
    for target in (str(secret), f"{up}articles-private/key.txt", str(tmp_path / "step/key.txt")):
        (folder / place).symlink_to(target)
        listing = list_documents(folder)
        assert _names(listing) == ["a.txt", "sub/b.txt", "sub/up.txt"]
        message = f"{folder}/{place} is a link to {secret}, outside this folder, and was left out."
        assert [one for one in listing.warnings if one.startswith(message)] == list(listing.warnings)
        assert len(listing.warnings) == 1
        (folder / place).unlink()


def test_a_folder_that_is_a_link_itself(tmp_path: Path) -> None:
    """Its documents and the links among them are inside it."""
    _filled(tmp_path / "real", "a.txt")
    (tmp_path / "real" / "b.txt").symlink_to(tmp_path / "real" / "a.txt")
    (tmp_path / "named").symlink_to("real")
    assert _names(list_documents(tmp_path / "named")) == ["a.txt", "b.txt"]


def test_odd_names(tmp_path: Path) -> None:
    """Undecodable bytes, line ends and very long numbers do no harm; a folder called like a document is a folder."""
    names = ["9" * 100 + ".txt", "a\nb.txt", "a\udcff.txt", "-.txt", "folder.txt/x.txt"]
    _filled(tmp_path, *names)
    assert sorted(names) == sorted(_names(list_documents(tmp_path)))


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    """A missing folder and a file are told apart."""
    _filled(tmp_path, "a.txt")
    with pytest.raises(FolderError, match=r"The folder .*/gone is not there"):
        list_documents(tmp_path / "gone")
    with pytest.raises(FolderError, match=r"a\.txt is not a folder"):
        list_documents(tmp_path / "a.txt")


def test_a_failing_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence gives the system's reason."""

    def failing(*_args: Any) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "scandir", failing)
    with pytest.raises(FolderError, match=r"cannot be listed: reading or writing failed"):
        list_documents(tmp_path)


def test_a_subfolder_that_vanishes_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder removed while listing leaves the others; one that fails is told."""
    _filled(tmp_path, "a.txt", "gone/b.txt", "sick/c.txt")
    scandir = os.scandir

    def vanishing(path: str) -> Any:
        if path.endswith("gone"):
            raise FileNotFoundError(errno.ENOENT, "no")
        if path.endswith("sick"):
            raise OSError(errno.EIO, "no")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    listing = list_documents(tmp_path)
    assert _names(listing) == ["a.txt"]
    assert (
        f"The sub-folder {tmp_path}/sick was left out: reading or writing failed. Check that you may read it.",
    ) == listing.warnings


def test_an_empty_folder_is_empty(tmp_path: Path) -> None:
    """Nothing to list is no fault."""
    assert Listing(tmp_path, ()) == list_documents(tmp_path)


def test_a_deep_folder_is_listed(tmp_path: Path) -> None:
    """Two hundred folders inside each other are no trouble."""
    name = "/".join(["d"] * 200) + "/a.txt"
    _filled(tmp_path, name)
    assert [name] == _names(list_documents(tmp_path))


@pytest.mark.parametrize("name", ["exports", "Exports"])
def test_the_folder_for_exports_is_left_out(tmp_path: Path, name: str) -> None:
    """What lies there is not listed; articles in it are told, with what to do; a deeper folder of that name is."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "sub" / "exports").mkdir(parents=True)
    (tmp_path / "sub" / "exports" / "b.txt").write_text("x")
    (tmp_path / name / "deep").mkdir(parents=True)
    (tmp_path / name / "tags.csv").write_text("x")
    found = list_documents(tmp_path)
    assert (found.documents, found.warnings) == (
        (tmp_path / "a.txt", tmp_path / "sub" / "exports" / "b.txt"),
        (),
    )
    (tmp_path / name / "c.txt").write_text("x")
    (tmp_path / name / "deep" / "d.md").write_text("x")
    found = list_documents(tmp_path)
    assert len(found.documents) == 2
    (warning,) = found.warnings
    assert warning == (
        f"2 articles in {tmp_path / name} were left out: that folder is for exports. Move them to another folder."
    )
    assert [path.name for path in list_documents(tmp_path / name).documents] == ["c.txt", "d.md"]
