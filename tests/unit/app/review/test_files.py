from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.app.review.files import find_refusal, suggest_file_name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("tin.txt", "has the name of an article"),
        ("TIN.MD", "has the name of an article"),
        ("tin.txt.annotations.yaml", "has the name of a file of annotations"),
        ("tin.txt.annotations.mai.yaml", "has the name of a file of annotations"),
        ("annotator.yaml", "holds the labels of its folder"),
        ("folder", "is a folder"),
        ("none/a.xlsx", "There is no folder"),
    ],
)
def test_nothing_goes_over_what_is_precious(tmp_path: Path, name: str, sentence: str) -> None:
    """Articles, annotations and settings are refused by their names, whether they are there or not."""
    (tmp_path / "folder").mkdir()
    assert sentence in find_refusal(tmp_path / name)


def test_a_link_to_an_article_is_seen(tmp_path: Path) -> None:
    """Writing through a link would replace what it points to."""
    (tmp_path / "tin.txt").write_text("x", "utf-8")
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "tin.txt")
    assert "article" in find_refusal(tmp_path / "a.xlsx")


@pytest.mark.parametrize("name", ["a.xlsx", "notes.yaml", "bài.csv", "txt"])
def test_any_other_name_will_do(tmp_path: Path, name: str) -> None:
    """Also one that is there already: whoever asks for it is asked about that elsewhere."""
    (tmp_path / name).write_text("x", "utf-8")
    assert find_refusal(tmp_path / name) == ""


def test_names_tell_what_and_when() -> None:
    """The folder, what it is, and the day."""
    made = suggest_file_name("bài", what="review", day="2026-11-25T08:00:00+07:00", ending=".xlsx")
    assert made == "bài-review-2026-11-25.xlsx"
