from __future__ import annotations

from annotator.app.review.files import suggest_file_name


def test_names_tell_what_and_when() -> None:
    """The folder, what it is, and the day."""
    made = suggest_file_name("bài", what="review", day="2026-11-25T08:00:00+07:00", ending=".xlsx")
    assert made == "bài-review-2026-11-25.xlsx"
