"""A sidecar that lies beside an article and holds the annotations of another one there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

SENTENCE = (
    "b.txt.annotations.yaml holds the annotations of a.txt, so none of them count here and nothing is written. "
    "Remove that file to begin this article anew, or put the article's own annotation file in its place."
)


@pytest.fixture
def foreign(folder: Path, open_on: Callable[[Path], WindowDriver]) -> Path:
    """The sidecar of the second article, a copy of the finished one of the first."""
    first = open_on(folder)
    first.press("1", "1", "Space", "Space", "Space", "Ctrl+Return")
    assert first.saved()["status"] == "done" or first.save()
    first.close_at_once()
    path = folder / "b.txt.annotations.yaml"
    shutil.copy(folder / "a.txt.annotations.yaml", path)
    return path


def test_nothing_of_it_counts_and_nothing_is_written(
    foreign: Path, folder: Path, open_on: Callable[[Path], WindowDriver]
) -> None:
    """The article opens read-only with a sentence; keys change nothing, and the file stays as it is."""
    before = foreign.read_bytes()
    window = open_on(folder / "b.txt")
    assert window.read_only() == SENTENCE
    assert SENTENCE in window.notice()
    assert not window.state().annotations
    window.press("1", "Space", "Ctrl+S")
    window.close()
    assert foreign.read_bytes() == before
    assert sorted(one.name for one in folder.iterdir() if "annotations" in one.name) == [
        "a.txt.annotations.yaml",
        "b.txt.annotations.yaml",
    ]


def test_without_it_the_article_begins_anew_at_once(
    foreign: Path, folder: Path, open_on: Callable[[Path], WindowDriver]
) -> None:
    """Removing the file is noticed, and keys tag."""
    window = open_on(folder / "b.txt")
    window.follow_files()
    foreign.unlink()
    window.qtbot.waitUntil(lambda: not window.read_only())
    window.press("1")
    assert window.save()
    assert "file: b.txt" in foreign.read_text("utf-8")


@pytest.mark.parametrize("change", ["renamed", "edited", "both"])
def test_an_article_that_was_renamed_or_edited_is_the_same(
    foreign: Path, folder: Path, open_on: Callable[[Path], WindowDriver], change: str
) -> None:
    """Where the file that is named is not there, or no longer has the text, the annotations count as ever."""
    if change == "edited":
        text = (folder / "a.txt").read_text("utf-8")
        (folder / "b.txt").write_text(f"{text}\nThêm một câu.\n", "utf-8")
        (folder / "a.txt").write_text("Khác hẳn.\n", "utf-8")
    else:
        (folder / "a.txt").replace(folder / "b.txt")
        (folder / "a.txt.annotations.yaml").unlink()
    if change == "both":
        with (folder / "b.txt").open("a", encoding="utf-8") as file:
            file.write("\nThêm một câu.\n")
    window = open_on(folder / "b.txt")
    assert not window.read_only()
    assert len(window.state().annotations) == 2
    assert foreign.exists()


def test_a_file_with_the_very_text_may_be_a_copy(
    foreign: Path, folder: Path, open_on: Callable[[Path], WindowDriver]
) -> None:
    """An article that was copied together with its annotations keeps them."""
    shutil.copy(folder / "a.txt", folder / "b.txt")
    window = open_on(folder / "b.txt")
    assert not window.read_only()
    assert len(window.state().annotations) == 2
    assert foreign.exists()
