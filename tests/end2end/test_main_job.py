"""The main job with the real program in a real window: keys in, YAML out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from screen import Screen, decisions, labels, until

if TYPE_CHECKING:
    from pathlib import Path

FIRST_FOUR = [([100, 269], ["target"]), ([315, 571], ["breakthrough"]), ([572, 788], ["opinion"])]


@pytest.fixture
def article(seed: Path, tmp_path: Path) -> Path:
    """The seed article in a folder of its own."""
    folder = tmp_path / "articles"
    folder.mkdir()
    return shutil.copy(seed, folder / seed.name)


@pytest.fixture
def sidecar(article: Path) -> Path:
    """Where its annotations will be."""
    return article.with_name(f"{article.name}.annotations.yaml")


def test_four_keys_decide_the_first_four_sentences(display: Screen, article: Path, sidecar: Path) -> None:
    """1 2 3 Space leave target, breakthrough, opinion and nothing on the first four decidable sentences."""
    with display.program(article.parent) as program:
        program.press("1", "2", "3", "space")
        until(lambda: decisions(sidecar)["nothing"] == [[790, 913]], "the fourth decision was not saved")
        assert program.quit() == 0
    assert labels(sidecar) == FIRST_FOUR
    assert decisions(sidecar)["status"] == "in progress"


def test_each_step_is_saved_and_undo_takes_each_back(display: Screen, article: Path, sidecar: Path) -> None:
    """After every key the file says what the screen says; as many times Ctrl+Z leave no annotation."""
    with display.program(article.parent) as program:
        for count, key in enumerate(("1", "2", "3"), start=1):
            program.press(key)
            until(lambda count=count: labels(sidecar) == FIRST_FOUR[:count], f"step {count} was not saved")
        program.press("space")
        until(lambda: decisions(sidecar)["nothing"] == [[790, 913]], "nothing here was not saved")
        program.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        until(lambda: not labels(sidecar) and not decisions(sidecar)["nothing"], "undo was not saved")
        program.press("ctrl+shift+z")
        until(lambda: labels(sidecar) == FIRST_FOUR[:1], "redo was not saved")


def test_nothing_is_lost_when_the_program_is_killed_after_a_key(display: Screen, article: Path, sidecar: Path) -> None:
    """What was on the screen when the program was killed is there after the next start, and can be undone."""
    with display.program(article.parent) as program:
        program.press("1", "2")
        until(lambda: labels(sidecar) == FIRST_FOUR[:2], "two steps were not saved")
        program.press("3")
        program.kill()
    with display.program(article.parent) as program:
        until(lambda: labels(sidecar) == FIRST_FOUR, "the third step did not come back")
        program.press("ctrl+z", "ctrl+z", "ctrl+z")
        until(lambda: not labels(sidecar), "steps made before the kill cannot be undone")


def test_a_program_started_on_a_broken_sidecar_writes_nothing(display: Screen, article: Path, sidecar: Path) -> None:
    """A file that cannot be read opens read-only and stays as it is to the last byte."""
    broken = "format: annotator/1\nannotations: [unfinished\n"
    sidecar.write_text(broken, "utf-8")
    with display.program(article.parent) as program:
        program.press("1", "space", "ctrl+s")
        assert program.quit() == 0
    assert sidecar.read_text("utf-8") == broken


def test_split_join_and_note_reach_the_file(display: Screen, article: Path, sidecar: Path) -> None:
    """S with the word cursor, M and T work from the keyboard alone, and the file holds their outcome."""
    with display.program(article.parent) as program:
        program.press("1", "k", "s", "Right", "Right", "Return")
        until(lambda: len(labels(sidecar)) == 2, "the split was not saved")
        assert [found for _, found in labels(sidecar)] == [["target"], ["target"]]
        program.press("k", "m")
        until(lambda: labels(sidecar) == FIRST_FOUR[:1], "the join was not saved")
        program.press("t")
        program.screen.xdotool("type", "--delay", "30", "needs a source")
        program.press("Escape", "space")
        until(lambda: "note" in decisions(sidecar)["annotations"][0], "the note was not saved")
    assert decisions(sidecar)["annotations"][0]["note"] == "needs a source"


def test_finish_marks_the_rest_and_opens_the_next_document(display: Screen, article: Path, sidecar: Path) -> None:
    """Ctrl+Enter marks what is undecided as nothing, the document as done, and goes to the next one."""
    following = article.with_name("second.txt")
    following.write_text("Mục tiêu là 10%.\n\nĐó là tất cả.\n", "utf-8")
    with display.program(article.parent) as program:
        program.press("1", "ctrl+Return")
        until(lambda: decisions(sidecar).get("status") == "done", "the document was not finished")
        program.press("2")
        second = following.with_name("second.txt.annotations.yaml")
        until(lambda: labels(second) == [([0, 16], ["breakthrough"])], "the next document was not opened")
    assert len(decisions(sidecar)["nothing"]) == 34
