"""The real program as a screen reader hears it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from jeepney.wrappers import DBusErrorResponse
from screen_reader import FOCUSABLE, FOCUSED, PUSHED, READ_ONLY, SHOWING, Node, Reader, reader
from x_display import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from x_display import Program, Screen

TITLE = "Kế hoạch mới của Hải Vân"
FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn 🌱."
THIRD = "Ông Nam cho rằng việc này khó."
UNNAMED = {"filler", "frame", "cell", "list item"}  # the last two are named after what is in them, if anything is
TEXT = f"{TITLE}\n\n{FIRST} {SECOND} {THIRD}\n\nThu ngân sách đạt 12.000 tỷ đồng. Mọi người đồng ý.\n"


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Reader]:
    """A screen reader."""
    folder = tmp_path / "buses"
    folder.mkdir()
    with reader(folder) as found:
        yield found


@pytest.fixture
def program(display: Screen, ear: Reader, tmp_path: Path) -> Iterator[Program]:
    """The program on an article, heard by that screen reader."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    with display.program(folder, environment=ear.environment) as found:
        until(partial(_is_open, ear), "the article was not opened")
        yield found


def _is_open(ear: Reader) -> bool:
    """Return whether the article is at its sentence; while the window is being built, parts of it come and go."""
    try:
        found = ear.program().find("text", TITLE)
        return found is not None and found.caret > 0 and found.is_in(FOCUSED)
    except DBusErrorResponse:
        return False


def _article(ear: Reader) -> Node:
    found = ear.program().find("text", TITLE)
    assert found is not None
    return found


def test_every_control_has_a_name(program: Program, ear: Reader) -> None:
    """Whatever can take the focus or be pushed is called something, and every part is of a known kind.

    With a tagged sentence, so that its fields are there, and with the table of annotations.
    """
    program.press("1", "k", "F7")
    until(lambda: ear.program().find("table", "") is not None, "the table did not show")
    until(lambda: ear.program().find("text", "Indicator") is not None, "the fields did not show")
    nameless, unknown = [], []
    for one in ear.program().all():
        role = one.role
        if role in {"unknown", "invalid"}:
            unknown.append(one.path)
        is_control = role in PUSHED or (one.is_in(FOCUSABLE) and role not in UNNAMED)
        is_seen = one.is_in(SHOWING) or "menu" in role  # what is in a closed menu is read as well
        if is_control and is_seen and not one.name.strip():
            nameless.append((role, one.parent.role, one.parent.name))
    assert (nameless, unknown) == ([], [])


@pytest.mark.usefixtures("program")
def test_the_article_is_a_text_at_the_current_sentence(ear: Reader) -> None:
    """It is named after its title, holds the article's text, and its cursor and description are the sentence's."""
    article = _article(ear)
    assert article.name == TITLE
    assert article.text.rstrip("\n") == TEXT.rstrip("\n")
    assert article.caret == TEXT.index(FIRST)
    assert article.description == f"{FIRST} undecided"
    assert article.is_in(READ_ONLY)
    assert article.is_in(FOCUSED)


def test_decisions_and_sentences_are_announced(program: Program, ear: Reader) -> None:
    """A tag is said, then the sentence that follows; going back says the sentence with its tag."""
    with ear.hearing("Announcement") as heard:
        program.press("1")
        assert ear.words(heard) == "Target"
        assert ear.words(heard) == f"{SECOND} undecided"
        program.press("shift+2")
        assert ear.words(heard) == "Breakthrough"
        program.press("k")
        assert ear.words(heard) == f"{FIRST} Target"
    assert _article(ear).description == f"{FIRST} Target"
    assert _article(ear).caret == TEXT.index(FIRST)


def test_tab_goes_through_everything_and_comes_back(program: Program, ear: Reader) -> None:
    """From the article to the labels, the note and the documents, each once, and back to the article."""
    window = ear.program()
    seen = [_focused(window)]
    for _ in range(30):
        before = seen[-1]
        program.press("Tab")
        until(partial(_has_left, window, before), f"Tab is stuck at {before}")
        seen.append(_focused(window))
        if seen[-1] == seen[0]:
            break
    names = [name for _path, name in seen]
    assert names[0] == names[-1] == TITLE
    wanted = ["Target", "Breakthrough", "Opinion", "No label", "Note", "Documents"]
    assert [name for name in names if name in wanted] == wanted


def _has_left(window: Node, before: tuple[str, str]) -> bool:
    return _focused(window) != before


def _focused(window: Node) -> tuple[str, str]:
    found = [one for one in window.all() if one.is_in(FOCUSED) and one.is_in(SHOWING)]
    # Qt says of a list's current item that it has the focus, whether the list has it or not.
    found.sort(key=lambda one: one.role == "list item")
    return (found[0].path, found[0].name) if found else ("", "")
