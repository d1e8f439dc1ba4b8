"""The main job with the real program in a real window: keys in, YAML out."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest
from x_display import Screen, decisions, labels, until

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = (
    "Đến năm 2030, tỉnh phấn đấu đạt 130 triệu đồng một người.",
    "Tỉnh chọn cửa khẩu thông minh làm khâu đột phá.",
    "Ông Hà cho rằng TP. Hải Vân cần đi trước.",
    "Cuộc họp kết thúc lúc 17 giờ.",
    "Đại biểu ra về.",
)
OWN = f"""Con đường của tỉnh biên giới

{SENTENCES[0]} {SENTENCES[1]}

Quang cảnh cuộc họp.
Ảnh: Lê Minh

{SENTENCES[2]} {SENTENCES[3]}

{SENTENCES[4]}
"""


class Article(NamedTuple):
    """A document, and the places of its first four sentences that ask for a decision."""

    path: Path
    places: list[list[int]]

    @property
    def sidecar(self) -> Path:
        """Where its annotations will be."""
        return self.path.with_name(f"{self.path.name}.annotations.yaml")

    @property
    def tagged(self) -> list[tuple[list[int], list[str]]]:
        """What the keys 1 2 3 leave."""
        return list(zip(self.places, [["target"], ["breakthrough"], ["opinion"]], strict=False))

    def has_tagged(self, count: int) -> bool:
        """Return whether the file has what the first `count` of these keys leave, and no more."""
        return labels(self.sidecar) == self.tagged[:count]


@pytest.fixture(params=["own", "seed"])
def article(request: pytest.FixtureRequest, tmp_path: Path) -> Article:
    """An article of ours, and the user's own one where it is at hand, each in a folder of its own."""
    folder = tmp_path / "articles"
    folder.mkdir()
    if request.param == "own":
        path = folder / "own.txt"
        path.write_text(OWN, "utf-8")
        return Article(path, [[OWN.index(one), OWN.index(one) + len(one)] for one in SENTENCES[:4]])
    seed: Path = request.getfixturevalue("seed")
    shutil.copy(seed, folder / seed.name)
    return Article(folder / seed.name, [[100, 269], [315, 571], [572, 788], [790, 913]])


def test_four_keys_decide_the_first_four_sentences(display: Screen, article: Article) -> None:
    """1 2 3 Space leave target, breakthrough, opinion and nothing on the first four decidable sentences."""
    with display.program(article.path.parent) as program:
        program.press("1", "2", "3", "space")
        until(lambda: decisions(article.sidecar)["nothing"] == article.places[3:], "the fourth decision was not saved")
        assert program.quit() == 0
    assert labels(article.sidecar) == article.tagged
    assert decisions(article.sidecar)["status"] == "in progress"


def test_each_step_is_saved_and_undo_takes_each_back(display: Screen, article: Article) -> None:
    """After every key the file says what the screen says; as many times Ctrl+Z leave no annotation."""
    with display.program(article.path.parent) as program:
        for count, key in enumerate(("1", "2", "3"), start=1):
            program.press(key)
            until(partial(article.has_tagged, count), f"step {count} was not saved")
        program.press("space")
        until(lambda: decisions(article.sidecar)["nothing"] == article.places[3:], "nothing here was not saved")
        program.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        until(lambda: not labels(article.sidecar) and not decisions(article.sidecar)["nothing"], "undo was not saved")
        program.press("ctrl+shift+z")
        until(lambda: labels(article.sidecar) == article.tagged[:1], "redo was not saved")


def test_nothing_is_lost_when_the_program_is_killed_after_a_key(display: Screen, article: Article) -> None:
    """What was on the screen when the program was killed is there after the next start, and can be undone."""
    with display.program(article.path.parent) as program:
        program.press("1", "2")
        until(lambda: labels(article.sidecar) == article.tagged[:2], "two steps were not saved")
        program.press("3")
        program.kill()
    with display.program(article.path.parent) as program:
        until(lambda: labels(article.sidecar) == article.tagged, "the third step did not come back")
        program.press("ctrl+z", "ctrl+z", "ctrl+z")
        until(lambda: not labels(article.sidecar), "steps made before the kill cannot be undone")


def test_a_program_started_on_a_broken_sidecar_writes_nothing(display: Screen, article: Article) -> None:
    """A file that cannot be read opens read-only and stays as it is to the last byte."""
    broken = "format: annotator/1\nannotations: [unfinished\n"
    article.sidecar.write_text(broken, "utf-8")
    with display.program(article.path.parent) as program:
        program.press("1", "space", "ctrl+s")
        assert program.quit() == 0
    assert article.sidecar.read_text("utf-8") == broken


def test_split_join_and_note_reach_the_file(display: Screen, article: Article) -> None:
    """S with the word cursor, M and T work from the keyboard alone, and the file holds their outcome."""
    with display.program(article.path.parent) as program:
        program.press("1", "k", "s", "Right", "Right", "Return")
        until(lambda: len(labels(article.sidecar)) == 2, "the split was not saved")
        assert [found for _, found in labels(article.sidecar)] == [["target"], ["target"]]
        program.press("k", "m")
        until(lambda: labels(article.sidecar) == article.tagged[:1], "the join was not saved")
        program.press("t")
        program.screen.xdotool("type", "--delay", "30", "needs a source")
        program.press("Escape", "space")
        until(lambda: "note" in decisions(article.sidecar)["annotations"][0], "the note was not saved")
    assert decisions(article.sidecar)["annotations"][0]["note"] == "needs a source"


def test_finish_marks_the_rest_and_opens_the_next_document(display: Screen, article: Article) -> None:
    """Ctrl+Enter, asked and answered, marks what is undecided as nothing, the document as done, and goes on."""
    following = article.path.with_name("second.txt")
    following.write_text("Mục tiêu là 10%.\n\nĐó là tất cả.\n", "utf-8")
    with display.program(article.path.parent) as program:
        program.press("1", "ctrl+Return", "Return")
        until(lambda: decisions(article.sidecar).get("status") == "done", "the document was not finished")
        program.press("2")
        second = following.with_name("second.txt.annotations.yaml")
        until(lambda: labels(second) == [([0, 16], ["breakthrough"])], "the next document was not opened")
    marked = decisions(article.sidecar)["nothing"]
    assert [place for place in article.places[1:] if place not in marked] == []
