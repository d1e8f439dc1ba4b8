"""Other programs change the annotations of the document that is open: each decision is there, or is a conflict.

The window is idle, has unsaved steps, or a note that is still being written; the other one's file comes at any moment.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from app_builders import Work, sidecar_path
from dialog_driver import focus_widget
from PySide6.QtTest import QTest

from annotator.app.session import commands
from annotator.storage.atomic import save_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from window_driver import WindowDriver

    from annotator.app.session.session import Session
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.span import Span

ROUNDS = 25
KEYS = ("1", "2", "Shift+2", "Shift+3", "Space", "0")
LABELS = ("target", "breakthrough", "opinion")


class Decision(NamedTuple):
    """What is decided at one sentence."""

    labels: frozenset[str]
    note: str
    is_nothing: bool


def decision_at(state: AnnotationSet, place: int) -> Decision:
    """Return what is decided at the sentence that begins at `place`."""
    found = state.annotations.find(place)
    labels, note = (frozenset(found.labels), found.note) if found is not None else (frozenset[str](), "")
    return Decision(labels, note, place in state.nothing)


class OtherMachine:
    """The program on another computer, on the same file."""

    def __init__(self, path: Path, home: Path, random: Random, patch: pytest.MonkeyPatch) -> None:
        self._path, self._home, self._random, self._patch = path, home, random, patch
        self._sidecar = sidecar_path(path)
        self._turn = 0

    def work(self, places: Iterable[int]) -> dict[int, Decision]:
        """Decide at random at the sentences at `places`; return what is decided there, as it was written."""
        self._turn += 1
        with self._patch.context() as patch:
            patch.setenv("ANNOTATOR_STATE_DIR", str(self._home))
            work = Work(who="lan")
            assert work.open(self._path)
        assert work.session.read_only == ""
        for place in places:
            assert work.session.reading is not None
            work.session.go_to(work.session.reading.find_sentence_at(place))
            act = self._random.choice((self._tag, self._add, commands.mark_nothing, commands.clear, self._note))
            act(work.session)
        assert work.settle()
        found = {place: decision_at(work.session.state, place) for place in places}
        assert work.session.close()
        return found

    def read(self) -> bytes:
        """Return the file as it is now."""
        return self._sidecar.read_bytes()

    def write_over(self, stale: bytes, spans: Iterable[Span], text: str) -> dict[int, Decision]:
        """Label one of the sentences at `spans` in an old version of the file, and put that in place of the new one."""
        tree = yaml.safe_load(stale)
        taken = {one["at"][0] for one in tree["annotations"]} | {start for start, _end in tree["nothing"]}
        free = [span for span in spans if span.start not in taken]
        if not free:
            return {}
        self._turn += 1
        label, span = self._random.choice(LABELS), free[0]
        words = text[span.start : span.end]
        tree["annotations"].append({"id": f"x{self._turn}", "labels": [label], "at": [*span], "text": words})
        save_bytes(self._sidecar, yaml.safe_dump(tree, allow_unicode=True).encode())
        return {span.start: Decision(frozenset({label}), "", is_nothing=False)}

    def _tag(self, session: Session) -> None:
        commands.tag(session, self._random.choice(LABELS))

    def _add(self, session: Session) -> None:
        commands.tag(session, self._random.choice(LABELS), is_staying=True)

    def _note(self, session: Session) -> None:
        commands.set_note(session, f"lan {self._turn}")


def fault_at(
    place: int, base: Decision, state: AnnotationSet, *, mine: Decision | None, theirs: Decision | None
) -> str:
    """Return which decision at `place` is neither in `state` nor among its conflicts, empty if all are there."""
    now = decision_at(state, place)
    if mine is None or theirs is None or mine == theirs:
        wanted = mine or theirs
        return "" if now == wanted else f"{place}: {wanted} is not there, but {now}"
    rivals = [one for one in state.conflicts.values() if one.span.start == place]
    labels = now.labels.union(*(one.labels for one in rivals))
    notes = "\n".join([now.note, *(one.note for one in rivals)])
    for one in (mine, theirs):
        if not one.labels - base.labels <= labels:
            return f"{place}: {one} is lost: {now}, {rivals}"
        if one.note != base.note and one.note not in notes:
            return f"{place}: the note of {one} is lost: {now}, {rivals}"
        if one.is_nothing and not base.is_nothing and not (now.is_nothing or rivals):
            return f"{place}: the mark of {one} is lost: {now}"
    return ""


class Rounds:
    """A window and another machine, in which the same document is worked on by turns or at once."""

    def __init__(self, driver: WindowDriver, other: OtherMachine, random: Random) -> None:
        self.driver = driver
        self._other = other
        self._random = random
        assert driver.session.reading is not None
        self._places = {one.span.start: one.span for one in driver.session.reading.all_sentences()}
        self._base = driver.state()
        self._mine: set[int] = set()
        self._theirs: dict[int, Decision] = {}

    def play(self, number: int) -> None:
        """Decide in the window, let the other one write, perhaps decide once more, and bring both together."""
        assert self.driver.save()
        self._base, self._mine = self.driver.state(), set()
        stale = self._other.read()
        kind = self._random.choice(("idle", "unsaved", "note", "both", "stale"))
        some = self._random.sample(list(self._places), 6)
        if kind != "idle":
            self._decide(some[:3])
        if kind in {"note", "both"}:
            self.driver.press("T")
            if not self.driver.is_article_focused():
                QTest.keyClicks(focus_widget(), f" mai {number}")
        if kind == "stale":
            assert self.driver.save()
            self._theirs = self._other.write_over(stale, [self._places[place] for place in some], self.driver.text())
        else:
            self._theirs = self._other.work(self._random.sample(some, 2))
        if kind == "both":
            self.driver.press("Esc")
            self._decide([one for one in some[3:] if one not in self._theirs])
        if not self.driver.is_article_focused():
            self.driver.press("Esc")
        assert self.driver.save()
        ours = {place: decision_at(self.driver.state(), place) for place in self._mine}
        self.driver.qtbot.waitUntil(lambda: not self._faults(ours) and self.driver.is_saved())

    def _decide(self, places: list[int]) -> None:
        """Press a random key at each of those sentences, and stay at the last one."""
        for place in places:
            self.driver.go_to(place)
            self.driver.press(self._random.choice(KEYS))
            self._mine.add(place)
            self.driver.go_to(place)

    def _faults(self, ours: dict[int, Decision]) -> list[str]:
        """Return what is lost now."""
        found = []
        for place in {*ours, *self._theirs}:
            base = decision_at(self._base, place)
            mine, theirs = ours.get(place), self._theirs.get(place)
            found.append(fault_at(place, base, self.driver.state(), mine=mine, theirs=theirs))
        return [fault for fault in found if fault]


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_no_decision_of_either_is_lost(
    articles: Path,
    own_folders: Path,
    open_on: Callable[[Path], WindowDriver],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """After each round the window shows what both decided, and what is shown last is there after the next start."""
    random = Random(seed)  # noqa: S311  # the same decisions each time, no secret
    path = articles / "ga-hang-hoa-ky-lam.txt"
    driver = open_on(path)
    driver.follow_files()
    driver.press("1")
    rounds = Rounds(driver, OtherMachine(path, own_folders / "elsewhere", random, monkeypatch), random)
    for number in range(ROUNDS):
        rounds.play(number)
    shown = driver.state()
    assert shown.conflicts
    driver.press("F8")
    assert len(driver.panel("check").rows()) >= len(shown.conflicts)
    driver.close()
    assert open_on(path).state() == shown
