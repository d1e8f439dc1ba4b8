from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.change import Change, Layer, Step
from annotator.core.history import History
from annotator.core.span import Span
from annotator.storage.journal.journal import (
    JournalEntry,
    LostRecords,
    Record,
    Recovery,
    SaveStarted,
    SidecarPlaced,
    StepDone,
    StepRedone,
    StepUndone,
    WorkOpened,
    recover,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def step(number: int, *, before: int | None = None, after: int | None = -1) -> Step:
    """A step that puts something at place ``number``."""
    return Step("nothing", (Change(Layer.NOTHING, number, before, number + 1 if after == -1 else after),), Span(0, 1))


def numbered(*records: Any) -> list[JournalEntry]:
    """The records as a journal holds them."""
    return [JournalEntry(number, record) for number, record in enumerate(records, 1)]


ONE, TWO, THREE, FOUR = (step(number) for number in (1, 2, 3, 4))


def opened(sidecar: str) -> WorkOpened:
    """A start with that sidecar."""
    return WorkOpened("document", sidecar, "now")


def test_an_empty_journal_knows_no_sidecar_and_its_absence() -> None:
    """Nothing was done: the beginning is known, a sidecar from elsewhere is not."""
    assert recover([], sidecar_sha256="") == Recovery()
    assert recover([], sidecar_sha256="a") == Recovery(is_known=False)


def test_work_that_was_never_saved_is_pending() -> None:
    """All of it, in order, also what was taken back."""
    entries = numbered(opened(""), StepDone(ONE), StepDone(TWO), StepUndone(), StepRedone())
    assert recover(entries, sidecar_sha256="") == Recovery(
        pending=(StepDone(ONE), StepDone(TWO), StepUndone(), StepRedone())
    )


def test_what_a_sidecar_holds_can_be_undone_and_redone() -> None:
    """The undo stack survives a restart, also over several sessions."""
    entries = numbered(
        opened(""),
        StepDone(ONE),
        StepDone(TWO),
        SaveStarted("a", 3),
        opened("a"),
        StepDone(THREE),
        StepUndone(),
        StepUndone(),
        SaveStarted("b", 8),
    )
    assert recover(entries, sidecar_sha256="b") == Recovery(History([ONE], [THREE, TWO]))


def test_steps_made_while_a_save_was_under_way_are_pending() -> None:
    """The save tells up to which record it holds the work."""
    entries = numbered(StepDone(ONE), StepDone(TWO), SaveStarted("a", 1), StepDone(THREE))
    assert recover(entries, sidecar_sha256="a") == Recovery(History([ONE]), (StepDone(TWO), StepDone(THREE)))


def test_a_crash_before_the_renaming_leaves_the_sidecar_before() -> None:
    """The sidecar on disk decides, not the last record."""
    entries = numbered(StepDone(ONE), SaveStarted("a", 1), SidecarPlaced("a"), StepDone(TWO), SaveStarted("b", 4))
    assert recover(entries, sidecar_sha256="a") == Recovery(History([ONE]), (StepDone(TWO),))
    assert recover(entries, sidecar_sha256="b") == Recovery(History([ONE, TWO]))


def test_the_last_of_several_saves_of_the_same_content_counts() -> None:
    """Undoing back to an earlier state gives the same bytes, but more history."""
    entries = numbered(
        StepDone(ONE),
        SaveStarted("a", 1),
        StepDone(TWO),
        SaveStarted("b", 3),
        StepUndone(),
        SaveStarted("a", 5),
        StepDone(THREE),
    )
    assert recover(entries, sidecar_sha256="a") == Recovery(History([ONE], [TWO]), (StepDone(THREE),))


def test_a_sidecar_from_elsewhere_gets_what_was_not_saved() -> None:
    """What was done since the last save, as it comes to in the end."""
    entries = numbered(
        StepDone(ONE), StepDone(TWO), SaveStarted("a", 2), StepUndone(), StepDone(THREE), StepDone(FOUR), StepUndone()
    )
    expected = Recovery(pending=(StepDone(TWO.inverse()), StepDone(THREE)), is_known=False)
    assert expected == recover(entries, sidecar_sha256="x")


def test_nothing_is_pending_where_everything_was_saved() -> None:
    """A sidecar edited after a good save is taken as it is."""
    entries = numbered(StepDone(ONE), SaveStarted("a", 1), SidecarPlaced("a"))
    assert recover(entries, sidecar_sha256="x") == Recovery(is_known=False)


def test_a_save_that_was_not_placed_does_not_count_as_saved() -> None:
    """Where somebody else changed the sidecar after a crash, the work of the lost save is still offered."""
    entries = numbered(StepDone(ONE), SaveStarted("a", 1), SidecarPlaced("a"), StepDone(TWO), SaveStarted("b", 4))
    assert recover(entries, sidecar_sha256="x") == Recovery(pending=(StepDone(TWO),), is_known=False)


def test_an_older_sidecar_put_back_is_somebodys_change() -> None:
    """Work that somebody reverted on purpose does not come back by itself."""
    entries = numbered(
        StepDone(ONE),
        SaveStarted("a", 1),
        SidecarPlaced("a"),
        StepDone(TWO),
        SaveStarted("b", 4),
        SidecarPlaced("b"),
        StepDone(THREE),
    )
    assert recover(entries, sidecar_sha256="a") == Recovery(pending=(StepDone(THREE),), is_known=False)
    entries = numbered(
        StepDone(ONE), SaveStarted("a", 1), StepDone(TWO), SaveStarted("b", 3), opened("b"), StepDone(THREE)
    )
    assert recover(entries, sidecar_sha256="a") == Recovery(pending=(StepDone(THREE),), is_known=False)


def test_a_removed_sidecar_is_made_again_from_the_beginning() -> None:
    """No work is lost with the file."""
    entries = numbered(opened(""), StepDone(ONE), SaveStarted("a", 2), SidecarPlaced("a"), opened("a"), StepDone(TWO))
    assert recover(entries, sidecar_sha256="") == Recovery(pending=(StepDone(ONE), StepDone(TWO)))


def test_the_history_starts_anew_with_a_sidecar_from_elsewhere() -> None:
    """Steps from before it cannot be undone on it, also not after the next save and start."""
    entries = numbered(
        StepDone(ONE),
        SaveStarted("a", 1),
        opened("x"),
        StepDone(TWO),
        SaveStarted("b", 4),
        opened("b"),
        StepDone(THREE),
    )
    assert recover(entries, sidecar_sha256="b") == Recovery(History([TWO]), (StepDone(THREE),))
    assert recover(entries[:4], sidecar_sha256="x") == Recovery(pending=(StepDone(TWO),))


def test_the_history_starts_anew_after_a_loss() -> None:
    """What stands before records that cannot be read is not undone past them."""
    entries = numbered(StepDone(ONE), LostRecords(), StepDone(THREE), SaveStarted("a", 3), StepDone(FOUR))
    assert recover(entries, sidecar_sha256="a") == Recovery(History([THREE]), (StepDone(FOUR),))


def test_a_loss_in_what_is_pending_is_told() -> None:
    """The steps are offered where they fit; taking back a step that was lost is nothing."""
    entries = numbered(StepDone(ONE), SaveStarted("a", 1), StepDone(TWO), LostRecords(), StepUndone(), StepDone(FOUR))
    assert recover(entries, sidecar_sha256="a") == Recovery(pending=(StepDone(TWO), StepDone(FOUR)), is_known=False)


def test_a_start_after_such_a_loss_is_known_again() -> None:
    """What the person went on with is not offered twice."""
    entries = numbered(StepDone(ONE), opened("x"), StepDone(TWO), opened(""), StepDone(THREE))
    assert recover(entries, sidecar_sha256="") == Recovery(pending=(StepDone(THREE),))
    assert recover(numbered(*(entry.record for entry in entries), SaveStarted("b", 5)), sidecar_sha256="b") == Recovery(
        History([THREE])
    )


class Lives(RuleBasedStateMachine):
    """Work, saves that take their time, crashes at any point, restarts, and changes by somebody else."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[Record] = []
        self.contents: dict[str, AnnotationSet] = {"": AnnotationSet()}
        self.disk = ""
        self.state = AnnotationSet()
        self.history = History()
        self.waiting: tuple[AnnotationSet, int] | None = None
        self.to_place = ""
        self.records.append(opened(""))

    def _sha(self, state: AnnotationSet) -> str:
        sha = repr(sorted(state.nothing.items())) if len(state.nothing) else "empty"
        self.contents[sha] = state
        return sha

    @rule(place=st.integers(0, 3))
    def do(self, place: int) -> None:
        """Toggle a mark."""
        before = self.state.nothing.find(place)
        made = step(place, before=before, after=None if before else place + 1)
        self.records.append(StepDone(made))
        self.state = self.state.apply(made.changes)
        self.history.push(made)

    @rule()
    def undo(self) -> None:
        """Take the last step back."""
        if taken := self.history.undo():
            self.records.append(StepUndone())
            self.state = self.state.apply(taken.inverse().changes)

    @rule()
    def redo(self) -> None:
        """Do it again."""
        if taken := self.history.redo():
            self.records.append(StepRedone())
            self.state = self.state.apply(taken.changes)

    @precondition(lambda self: self.waiting is None and not self.to_place)
    @rule()
    def start_save(self) -> None:
        """A worker takes what stands now."""
        self.waiting = self.state, len(self.records)

    @precondition(lambda self: self.waiting is not None)
    @rule()
    def note_save(self) -> None:
        """The worker is about to put the sidecar in place."""
        assert self.waiting is not None
        state, after = self.waiting
        self.waiting = None
        self.to_place = self._sha(state)
        self.records.append(SaveStarted(self.to_place, after))

    @precondition(lambda self: self.to_place)
    @rule(is_noted=st.booleans())
    def place(self, *, is_noted: bool) -> None:
        """The sidecar is put in place; a crash may come before that is noted."""
        self.disk, self.to_place = self.to_place, ""
        if is_noted:
            self.records.append(SidecarPlaced(self.disk))
        else:
            self.restart()

    @rule()
    def restart(self) -> None:
        """Everything in memory is gone; what was shown comes back, with undo and redo."""
        self.waiting, self.to_place = None, ""
        recovery = recover(numbered(*self.records), sidecar_sha256=self.disk)
        assert recovery.is_known
        state = self.contents[self.disk]
        history = recovery.history
        for record in recovery.pending:
            state = _turned(state, history, record)
        assert self.state == state
        assert self.history == history
        self.state, self.history = state, history
        self.records.append(opened(self.disk))

    @rule(marks=st.frozensets(st.integers(0, 3)), is_crashed=st.booleans())
    def change_from_elsewhere(self, marks: Iterable[int], *, is_crashed: bool) -> None:
        """Somebody writes another sidecar between sessions; what was not saved is applied where it fits."""
        if not is_crashed and (self.waiting or self.to_place):
            return
        self.waiting, self.to_place = None, ""
        state = AnnotationSet.of(nothing=[Span(mark, mark + 1) for mark in marks])
        sha = "other " + self._sha(state)
        self.contents[sha] = state
        if sha == self.disk:
            return
        self.disk = sha
        recovery = recover(numbered(*self.records), sidecar_sha256=sha)
        assert not recovery.is_known
        assert recovery.history == History()
        self.records.append(opened(sha))
        self.state, self.history = state, History()
        for record in recovery.pending:
            assert isinstance(record, StepDone)
            try:
                self.state = self.state.apply(record.step.changes)
            except StaleChangeError:
                continue
            self.records.append(record)
            self.history.push(record.step)


def _turned(state: AnnotationSet, history: History, record: StepDone | StepUndone | StepRedone) -> AnnotationSet:
    match record:
        case StepDone(made):
            history.push(made)
            return state.apply(made.changes)
        case StepUndone():
            taken = history.undo()
            assert taken is not None
            return state.apply(taken.inverse().changes)
        case _:
            taken = history.redo()
            assert taken is not None
            return state.apply(taken.changes)


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)


@pytest.mark.parametrize("sidecar", ["", "a", "b", "x"])
def test_an_honest_set_of_records_in_any_order_does_not_crash(sidecar: str) -> None:
    """Taking back more than was done, or a save that holds records to come, gives something all the same."""
    entries = numbered(
        StepUndone(),
        StepRedone(),
        SaveStarted("a", 99),
        SidecarPlaced("b"),
        StepUndone(),
        opened("b"),
        SaveStarted("b", -5),
        LostRecords(),
    )
    assert isinstance(recover(entries, sidecar_sha256=sidecar), Recovery)
