"""Changes of a finished document, held until there is an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, Work

from annotator.app.session import commands
from annotator.app.session.done_guard import Answer
from annotator.app.session.events import EventKind
from annotator.app.session.finishing import answer_held, find_remainder
from annotator.core.annotation import Status
from annotator.core.change import Change, Layer

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.session.session import Session


@pytest.fixture
def done() -> Work:
    """A session on a finished article, at its first sentence to decide, that asks."""
    work = Work().on_text(ARTICLE)
    commands.tag(work.session, "target")
    commands.finish(work.session)
    commands.go_to_end(work.session, -1)
    work.session.guard.switch_on()
    work.events.clear()
    return work


def labels(session: Session) -> list[tuple[str, ...]]:
    """Return the labels of all annotations."""
    return [one.labels for one in session.state.annotations.values()]


def test_without_a_window_nobody_is_asked() -> None:
    """A session by itself changes a finished document at once."""
    work = Work().on_text(ARTICLE)
    commands.finish(work.session)
    commands.tag(work.session, "target")
    assert (labels(work.session), work.session.guard.held) == ([("target",)], None)


@pytest.mark.parametrize(
    "command",
    [
        lambda session: commands.tag(session, "opinion"),
        lambda session: commands.tag(session, "opinion", is_staying=True),
        commands.clear,
        commands.join,
        lambda session: commands.set_note(session, "x"),
        lambda session: commands.set_fields(session, {"value": 1}),
        lambda session: commands.split(session, session.current.span.start + 5),
        commands.redo,
    ],
)
def test_every_command_that_changes_waits(done: Work, command: Callable[[Session], None]) -> None:
    """Nothing is recorded and one question is asked; dropped, it leaves nothing."""
    session = done.session
    if command is commands.redo:
        session.history.undone.append(session.history.done[0])
    before, kept = session.state, list(done.memory.kept)
    command(session)
    assert [event.kind for event in done.events] == [EventKind.CONFIRMATION_ASKED]
    answer_held(session, Answer.CANCEL)
    assert (session.state, done.memory.kept, session.guard.held) == (before, kept, None)


@pytest.mark.parametrize(
    "command",
    [
        commands.mark_nothing,
        lambda session: commands.tag(session, "target"),
        commands.finish,
        commands.reopen,
        lambda session: commands.go_adjacent(session, 1),
    ],
)
def test_what_changes_nothing_or_is_about_finishing_passes(done: Work, command: Callable[[Session], None]) -> None:
    """Keys that only move, finishing and reopening ask nothing."""
    command(done.session)
    assert done.session.guard.held is None


@pytest.mark.parametrize(("answer", "status"), [(Answer.CHANGE, Status.DONE), (Answer.REOPEN, Status.IN_PROGRESS)])
def test_an_answer_makes_one_step(done: Work, answer: Answer, status: Status) -> None:
    """Change and reopening are undone together."""
    session = done.session
    commands.tag(session, "opinion")
    answer_held(session, answer)
    assert (labels(session), session.state.status) == ([("opinion",)], status)
    session.undo()
    assert (labels(session), session.state.status) == ([("target",)], Status.DONE)


def test_a_change_that_does_not_fit_any_more_is_told(done: Work) -> None:
    """Another program's merge passes; what it changed is not changed again by an answer that comes after."""
    session = done.session
    commands.tag(session, "opinion")
    place = next(iter(session.state.annotations))
    before = session.state.annotations.find(place)
    assert session.apply("merge", [Change(Layer.ANNOTATION, place, before, None)], is_asking=False)
    answer_held(session, Answer.CHANGE)
    assert labels(session) == []
    assert "another program has changed the annotations since" in done.warned


def test_the_remainder_is_what_next_stops_at() -> None:
    """Titles count only where navigation stops at them; more than a third is much."""
    work = Work().on_text(ARTICLE)
    assert len(find_remainder(work.session).undecided) == 6
    for left in (5, 4, 3, 2):
        commands.tag(work.session, "target")
        remainder = find_remainder(work.session)
        assert (len(remainder.undecided), remainder.total, remainder.is_much) == (left, 6, left > 2)
    work.session.set_skipping_headings(is_skipping=False)
    assert (len(find_remainder(work.session).undecided), find_remainder(work.session).total) == (4, 8)
    assert find_remainder(Work().session).undecided == ()
