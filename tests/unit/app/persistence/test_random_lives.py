"""Random lives of one article: steps, saves, crashes, changed text, sidecars put back by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, Work, article, sidecar_of, sidecar_path
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.app.session import commands
from annotator.core.annotation_set import AnnotationSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


TEXTS = (
    ARTICLE,
    "Dòng mới.\n\n" + ARTICLE,
    ARTICLE + "Câu cuối.\n",
    ARTICLE.replace("Sáng nay, hội đồng đã họp phiên đầu tiên. ", ""),
    ARTICLE.replace("Phiên họp kéo dài cả ngày.", "Sáng nay, hội đồng đã họp phiên đầu tiên."),
)
STEPS: dict[str, Callable[[Work, int], object]] = {
    "tag": lambda work, number: commands.tag(work.session, ("target", "opinion")[number % 2]),
    "nothing": lambda work, _number: commands.mark_nothing(work.session),
    "note": lambda work, number: commands.set_note(work.session, "n" * (number % 3)),
    "join": lambda work, _number: commands.join(work.session),
    "split": lambda work, number: commands.split(work.session, number * 3),
    "clear": lambda work, _number: commands.clear(work.session),
    "undo": lambda work, _number: commands.undo(work.session),
    "redo": lambda work, _number: commands.redo(work.session),
    "save": lambda work, _number: work.settle(),
}
MOVES = st.lists(
    st.tuples(st.sampled_from([*STEPS, "tag", "undo", "kill", "kill", "reopen"]), st.integers(0, 120)), max_size=14
)
WILD_MOVES = st.lists(
    st.tuples(
        st.sampled_from([*STEPS, "tag", "kill", "kill", "reopen", "text", "text", "put back"]), st.integers(0, 120)
    ),
    max_size=14,
)


def killed(work: Work) -> None:
    """Leave as a killed program does: nothing is written any more, and the journal is let go."""
    keeper = work.session.store
    if keeper is not None:
        keeper._journal.close()  # type: ignore[attr-defined]
        keeper.close()


class Life:
    """An article, the session that has it open, and the sidecars that it had."""

    def __init__(self, folder: Path) -> None:
        self.path = article(folder)
        self.sidecars: list[bytes] = []
        self.work = Work()
        assert self.work.open(self.path)

    def do(self, move: str, number: int) -> None:
        """Do a step at some sentence, or what happens to the program or its files."""
        session = self.work.session
        if move in STEPS:
            assert session.reading is not None
            self.work.sentence(number % session.reading.sentence_count)
            STEPS[move](self.work, number)
        elif move == "kill":
            killed(self.work)
            self._open()
        elif move == "text":
            killed(self.work) if number % 2 else session.close()
            article(self.path.parent, text=TEXTS[number % len(TEXTS)])
            self._open()
        elif move == "put back" and self.sidecars:
            session.close()
            sidecar_path(self.path).write_bytes(self.sidecars[number % len(self.sidecars)])
            self._open()
        else:
            session.close()
            self._open()
        if sidecar_path(self.path).exists():
            self.sidecars.append(sidecar_path(self.path).read_bytes())

    def _open(self) -> None:
        self.work = Work()
        assert self.work.open(self.path)
        assert self.work.session.read_only == ""


def fresh_life(factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> Life:
    """A life in folders of its own."""
    folder = factory.mktemp("life")
    patch.setenv("ANNOTATOR_STATE_DIR", str(folder / "state"))
    return Life(folder / "articles")


def contents(state: AnnotationSet) -> list[tuple[str, tuple[str, ...], str]]:
    """What nobody may lose: the words that were annotated, labels and notes, of orphans too."""
    kept = (*state.annotations.values(), *state.orphans.values())
    return sorted((one.previous.text if one.previous else one.text, one.labels, one.note) for one in kept)


@settings(deadline=None, max_examples=60)
@given(moves=MOVES)
@example(moves=[("tag", 0), ("tag", 0), ("tag", 0), ("undo", 0), ("kill", 0), ("undo", 0), ("tag", 1)])
def test_what_was_on_the_screen_survives(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int]]
) -> None:
    """After any steps, saves and crashes the state is the one on the screen before, and undo leads to the beginning."""
    with pytest.MonkeyPatch.context() as patch:
        life = fresh_life(tmp_path_factory, patch)
        for move, number in moves:
            before, history = life.work.session.state, life.work.session.history
            life.do(move, number)
            if move in {"kill", "reopen"}:
                assert life.work.session.state == before
                assert life.work.session.history == history
        last = life.work.session.state
        life.work.session.close()
        assert not sidecar_path(life.path).exists() or sidecar_of(life.path).decisions == last
        life.do("reopen", 0)
        while life.work.session.undo():
            pass
        assert life.work.session.state == AnnotationSet()
        life.work.session.close()


@settings(deadline=None, max_examples=80)
@given(moves=WILD_MOVES)
@example(moves=[("tag", 2), ("join", 2), ("text", 73)])
def test_whatever_happens_to_the_files(tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int]]) -> None:
    """With changed texts and old sidecars put back, the article stays writable and sound, and no annotation is lost."""
    with pytest.MonkeyPatch.context() as patch:
        life = fresh_life(tmp_path_factory, patch)
        for move, number in moves:
            before = life.work.session.state
            life.do(move, number)
            state = life.work.session.state
            if move == "text":
                assert contents(state) == contents(before)
            assert not [place for place in (*state.annotations, *state.nothing) if state.has_overlap(place)]
        last = life.work.session.state
        life.work.session.close()
        if sidecar_path(life.path).exists():
            assert sidecar_of(life.path).decisions == last
