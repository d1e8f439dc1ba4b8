from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, Work

from annotator.app.session import commands
from annotator.app.session.events import Event, EventKind, Signal
from annotator.core.annotation import Status
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import Change, Layer
from annotator.core.document import BlockKind
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.session.session import Session

LEAD, FIRST, SECOND, THIRD, FOURTH, LAST = 2, 3, 4, 5, 6, 7


@pytest.fixture
def work() -> Work:
    """A session on the article, at its first sentence to decide."""
    return Work().on_text(ARTICLE)


def number(work: Work) -> int:
    """The number of the current sentence, from 0."""
    session = work.session
    assert session.reading is not None
    assert session.current is not None
    return (session.reading.number_of(session.current) or 0) - 1


def test_an_article_opens_at_its_first_sentence_to_decide(work: Work) -> None:
    """Headings and titles are passed over."""
    assert (LEAD, work.words()[:4]) == (number(work), "Tỉnh")
    assert [event.kind for event in work.events] == [EventKind.DOCUMENT_OPENED]


def test_a_tag_goes_on_to_the_next_sentence(work: Work) -> None:
    """One key tags and goes on; the step is kept before it shows, and the state is to be saved."""
    commands.tag(work.session, "target")
    assert (number(work), work.memory.kept) == (FIRST, ["tag"])
    assert [(work.session.state, 8)] == work.memory.saved
    assert work.session.state.label_counts == {"target": 1}


def test_a_tag_that_is_there_only_goes_on(work: Work) -> None:
    """The same key on the same sentence twice does what once does."""
    commands.tag(work.session, "target")
    work.sentence(LEAD)
    commands.tag(work.session, "target")
    assert (number(work), work.session.state.decided_count, work.memory.kept) == (FIRST, 1, ["tag"])


def test_a_tag_that_stays_is_taken_away_again(work: Work) -> None:
    """Added and removed with the same key, the sentence is undecided again."""
    for expected in (1, 0):
        commands.tag(work.session, "target", is_staying=True)
        assert (number(work), work.session.state.decided_count) == (LEAD, expected)


def test_a_tag_replaces_another_one(work: Work) -> None:
    """The sentence has one label then, and its note still."""
    commands.tag(work.session, "target", is_staying=True)
    commands.set_note(work.session, "xem lại")
    commands.tag(work.session, "opinion")
    found = [(one.labels, one.note) for one in work.session.state.annotations.values()]
    assert (found, number(work)) == ([(("opinion",), "xem lại")], FIRST)


def test_adding_a_second_label_stays(work: Work) -> None:
    """With stay, the sentence remains the current one, with both labels in the order of the set."""
    commands.tag(work.session, "opinion", is_staying=True)
    commands.tag(work.session, "target", is_staying=True)
    assert number(work) == LEAD
    assert [one.labels for one in work.session.state.annotations.values()] == [("target", "opinion")]


def test_nothing_here_goes_on_even_where_it_stands_already(work: Work) -> None:
    """Space decides and goes on; where it was decided so, it only goes on."""
    commands.mark_nothing(work.session)
    work.sentence(LEAD)
    commands.mark_nothing(work.session)
    assert (number(work), work.session.state.decided_count, work.memory.kept) == (FIRST, 1, ["nothing"])


def test_nothing_here_is_toggled_in_place(work: Work) -> None:
    """The mark is put and taken away without going on."""
    commands.toggle_nothing(work.session)
    assert (number(work), work.session.state.decided_count) == (LEAD, 1)
    commands.toggle_nothing(work.session)
    assert (number(work), work.session.state.decided_count) == (LEAD, 0)


def test_a_document_is_new_in_progress_and_new_again(work: Work) -> None:
    """The first step starts the work; undoing it takes that back."""
    states = [work.session.state.status]
    for command in (partial(commands.tag, work.session, "target"), partial(commands.undo, work.session)):
        command()
        states.append(work.session.state.status)
    assert states == [Status.NEW, Status.IN_PROGRESS, Status.NEW]


def test_undo_returns_to_the_place_of_the_step(work: Work) -> None:
    """After undo and redo, the sentence of the step is the current one."""
    commands.tag(work.session, "target")
    commands.tag(work.session, "opinion")
    work.sentence(LAST)
    commands.undo(work.session)
    assert number(work) == FIRST
    commands.undo(work.session)
    assert number(work) == LEAD
    work.sentence(LAST)
    commands.redo(work.session)
    assert (number(work), work.memory.kept) == (LEAD, ["tag", "tag", "undo", "undo", "redo"])


def test_where_there_is_nothing_to_undo(work: Work) -> None:
    """It is said, and nothing is kept."""
    commands.undo(work.session)
    commands.redo(work.session)
    assert work.said == ["There is nothing to undo.", "There is nothing to redo."]
    assert work.memory.kept == []


def test_a_step_that_cannot_be_kept_is_not_done(work: Work) -> None:
    """Where the journal fails, the person is told why, nothing changes, and one stays where one was."""
    work.memory.trouble = "The disk is full."
    commands.tag(work.session, "target")
    assert (AnnotationSet(), LEAD, ["The disk is full."]) == (work.session.state, number(work), work.said)
    work.memory.trouble = ""
    commands.tag(work.session, "target")
    work.memory.trouble = "The disk is full."
    before = work.session.state
    commands.undo(work.session)
    assert before is work.session.state
    assert len(work.session.history.done) == 1


def test_a_step_that_no_longer_fits_is_not_undone(work: Work) -> None:
    """Where what a step did is no longer there, undo says so and changes nothing."""
    commands.tag(work.session, "target")
    work.session.state = AnnotationSet()
    commands.undo(work.session)
    assert (AnnotationSet(), ["tag"]) == (work.session.state, work.memory.kept)
    assert "cannot be turned back" in work.said[0]


def test_a_document_that_can_only_be_read(work: Work) -> None:
    """Each step is refused with the reason; undo too."""
    commands.tag(work.session, "target")
    work.session.set_read_only("Somebody else has it.")
    before = work.session.state
    for command in (commands.mark_nothing, commands.undo, commands.join, commands.clear):
        command(work.session)
    assert before is work.session.state
    answer = "Nothing was changed: this document can only be read here. The message above says why."
    assert {"Somebody else has it.", answer} == set(work.said)
    other = Work().on_text(ARTICLE, is_kept=False)
    commands.tag(other.session, "target")
    assert other.said == ["This document can only be read.", answer]
    assert (other.session.save_now(), other.session.undo()) == (True, False)


@pytest.mark.parametrize(
    ("command", "layer", "goes_to"),
    [
        (lambda session: commands.tag(session, "target"), Layer.ANNOTATION, FIRST),
        (lambda session: commands.tag(session, "target", is_staying=True), Layer.ANNOTATION, LEAD),
        (commands.mark_nothing, Layer.NOTHING, FIRST),
        (commands.toggle_nothing, Layer.NOTHING, LEAD),
    ],
)
def test_a_key_is_one_event(work: Work, command: Callable[[Session], None], layer: Layer, goes_to: int) -> None:
    """It tells which places and layers differ and if the current sentence does; then there is something to save."""
    assert work.session.current is not None
    span = work.session.current.span
    work.events.clear()
    seen: list[tuple[int, bool]] = []
    work.session.changed.connect(lambda _event: seen.append((number(work), work.session.is_saved)))
    command(work.session)
    event = Event(EventKind.DECISIONS_CHANGED, (span,), frozenset({layer, Layer.STATUS}), is_moved=goes_to != LEAD)
    assert work.events == [event]
    assert seen == [(goes_to, False)]


def test_undo_is_one_event(work: Work) -> None:
    """Undo and redo change decisions and go to their place in one event as well."""
    commands.tag(work.session, "target")
    for command in (commands.undo, commands.redo):
        work.sentence(LAST)
        work.events.clear()
        command(work.session)
        assert [(event.kind, event.is_moved) for event in work.events] == [(EventKind.DECISIONS_CHANGED, True)]
        assert number(work) == LEAD


def test_the_last_sentence_is_tagged_and_said_to_be_the_last(work: Work) -> None:
    """Where there is no next sentence, the step does not move and a message follows."""
    work.sentence(LAST)
    work.events.clear()
    commands.tag(work.session, "target")
    assert [(event.kind, event.is_moved) for event in work.events] == [
        (EventKind.DECISIONS_CHANGED, False),
        (EventKind.NOTIFIED, False),
    ]
    assert number(work) == LAST
    assert "This is the last sentence" in work.said[0]


def test_saved_is_only_what_was_written(work: Work) -> None:
    """It counts as saved when the state as it is now was written without trouble."""
    session = work.session
    assert session.document is not None
    commands.tag(session, "target")
    first = session.state
    commands.tag(session, "opinion")
    session.record_save(session.document, first, trouble="")
    assert not session.is_saved
    session.record_save(session.document, session.state, trouble="Disk full.")
    assert (session.is_saved, session.trouble, work.said) == (False, "Disk full.", ["Disk full."])
    session.record_save(session.document, session.state, trouble="")
    assert (session.is_saved, session.trouble) == (True, "")


def test_what_was_written_of_another_document_says_nothing_of_this_one(work: Work) -> None:
    """A late word on the document that was left is told where it is bad, and changes nothing here."""
    session = work.session
    assert session.document is not None
    commands.tag(session, "target")
    other = session.document._replace(name="other.txt")
    session.record_save(other, session.state, trouble="")
    assert not session.is_saved
    session.record_save(other, session.state, trouble="Disk full.")
    assert (session.trouble, work.said) == ("", ["Disk full."])


def test_closing_leaves_nothing_open(work: Work) -> None:
    """The keeper is closed, whether all is written is said, and the session is empty."""
    commands.tag(work.session, "target")
    work.memory.trouble = "x"
    assert not work.session.close()
    session = work.session
    assert (work.memory.is_closed, session.document, session.current, session.selection) == (True, None, None, ())
    assert session.close()
    commands.tag(session, "target")
    commands.finish(session)
    commands.go_undecided(session, 1)
    assert AnnotationSet() == session.state


def test_stepping_passes_over_what_asks_for_nothing(work: Work) -> None:
    """Up and down go to sentences that ask for a decision, with any kind also to the others."""
    commands.go_adjacent(work.session, -1)
    assert number(work) == LEAD
    commands.go_adjacent(work.session, -1, is_any_kind=True)
    assert number(work) == LEAD - 1
    for expected in (LEAD, FIRST, SECOND):
        commands.go_adjacent(work.session, 1)
        assert expected == number(work)
    commands.go_to_end(work.session, 1)
    assert number(work) == LAST
    commands.go_to_end(work.session, -1)
    assert number(work) == LEAD


def test_going_to_what_is_undecided(work: Work) -> None:
    """The next undecided one, then on from the other end; when all are decided, that is said."""
    commands.tag(work.session, "target")
    commands.go_undecided(work.session, -1)
    assert number(work) == LAST
    commands.go_undecided(work.session, 1)
    assert number(work) == FIRST
    commands.finish(work.session)
    commands.go_undecided(work.session, 1)
    assert work.said == ["Every sentence of this document is decided."]


def test_a_tag_goes_to_every_selected_sentence(work: Work) -> None:
    """A stretched selection is tagged as one step, and one goes on from its end."""
    commands.extend_selection(work.session, 1)
    commands.extend_selection(work.session, 1)
    commands.extend_selection(work.session, 1)
    commands.extend_selection(work.session, -1)
    assert (commands.describe_selection(work.session), number(work)) == ("3 sentences", SECOND)
    commands.tag(work.session, "target")
    assert (work.session.state.decided_count, number(work), work.memory.kept) == (3, THIRD, ["tag"])
    commands.undo(work.session)
    assert work.session.state.decided_count == 0


def test_a_selection_can_turn_about_its_beginning(work: Work) -> None:
    """Stretching back over the first sentence selects upwards."""
    work.sentence(FIRST)
    commands.extend_selection(work.session, -1)
    assert (number(work), len(work.session.selection)) == (LEAD, 2)
    commands.extend_selection(work.session, 1)
    assert (number(work), commands.describe_selection(work.session)) == (FIRST, "1 sentence")


def test_joining_with_the_next(work: Work) -> None:
    """Two sentences become one, also over a line break; the last one has none to be joined with."""
    commands.join(work.session)
    assert work.words().startswith("Tỉnh")
    assert work.words().endswith("phiên đầu tiên.")
    commands.undo(work.session)
    work.sentence(LAST)
    commands.join(work.session)
    assert work.said == ["This is the last sentence: there is none to join it with."]


def test_joining_what_is_selected(work: Work) -> None:
    """All selected sentences become one."""
    work.sentence(FIRST)
    commands.extend_selection(work.session, 1)
    commands.extend_selection(work.session, 1)
    commands.join(work.session)
    assert (work.session.reading.sentence_count if work.session.reading else 0, len(work.session.selection)) == (6, 1)


def test_splitting(work: Work) -> None:
    """The first half stays the current sentence; a place that cuts off nothing is refused with a sentence."""
    work.sentence(SECOND)
    place = ARTICLE.index("kinh tế số")
    commands.split(work.session, place)
    assert work.words() == "Đến năm 2030,"
    commands.split(work.session, ARTICLE.index("Đến năm"))
    commands.split(work.session, place + 100)
    assert work.said == ["A sentence can only be split between two of its words."] * 2


def test_notes(work: Work) -> None:
    """A note stays on its sentence and does not decide it."""
    commands.set_note(work.session, "xem lại")
    assert (
        [one.note for one in work.session.state.annotations.values()],
        work.session.state.decided_count,
    ) == (["xem lại"], 0)
    commands.clear(work.session)
    assert work.memory.kept == ["note"]


def test_finishing_and_reopening(work: Work) -> None:
    """Finishing decides the rest and marks the document done, in one step; reopening says that it is not."""
    commands.tag(work.session, "target")
    assert commands.finish(work.session)
    # Title and heading are not asked about and stay as they are.
    assert (work.session.state.decided_count, work.session.state.status) == (6, Status.DONE)
    commands.reopen(work.session)
    assert Status.IN_PROGRESS is work.session.state.status
    commands.undo(work.session)
    commands.undo(work.session)
    assert (work.session.state.decided_count, work.session.state.status) == (1, Status.IN_PROGRESS)


def test_correcting_the_kind_of_a_block(work: Work) -> None:
    """A paragraph said to be a caption is passed over from now on."""
    assert work.session.reading is not None
    left = work.session.reading.undecided_count
    commands.set_block_kind(work.session, BlockKind.CAPTION)
    assert (left - 1, BlockKind.CAPTION) == (work.session.reading.undecided_count, work.session.current.kind)  # type: ignore[union-attr]


def test_counting_a_long_article_in_pieces(work: Work) -> None:
    """It is said once when all is counted."""
    assert work.session.count_on(5)
    other = Work()
    assert other.session.count_on(5)
    assert other.events == []


def test_a_step_without_a_sentence_does_nothing() -> None:
    """In an article without words no step is done."""
    work = Work().on_text("  ")
    for command in (commands.mark_nothing, commands.toggle_nothing, commands.join, commands.clear, commands.go_next):
        command(work.session)
    commands.tag(work.session, "target")
    commands.set_note(work.session, "n")
    commands.split(work.session, 1)
    commands.go_to_end(work.session, 1)
    assert not work.session.apply("x", [Change(Layer.NOTHING, 0, None, 1)])
    assert ([], AnnotationSet()) == (work.memory.kept, work.session.state)


def test_the_selection_follows_a_split_of_what_is_selected(work: Work) -> None:
    """After a change of sentences the selection is of sentences that exist."""
    work.sentence(FIRST)
    commands.extend_selection(work.session, 1)
    first, second = work.session.selection
    work.session.apply("join", [Change(Layer.JOIN, first.span.start, None, second.span.end)])
    assert [Span(first.span.start, ARTICLE.index(" Ông An"))] == [one.span for one in work.session.selection]


def test_undoing_an_earlier_step_leaves_the_status_that_began_with_it(work: Work) -> None:
    """The work that followed it still is in progress; as the last step it takes the status back as well."""
    work.sentence(FIRST)
    commands.tag(work.session, "target")
    first = work.session.history.done[-1]
    commands.tag(work.session, "opinion")
    commands.revert(work.session, first)
    assert [one.labels for one in work.session.state.annotations.values()] == [("opinion",)]
    assert work.session.state.status is Status.IN_PROGRESS
    for _ in range(3):
        commands.undo(work.session)
    assert work.session.state == AnnotationSet()
    commands.tag(work.session, "target")
    commands.revert(work.session, work.session.history.done[-1])
    assert work.session.state == AnnotationSet()


def test_what_was_replaced_since_cannot_be_undone_any_more(work: Work) -> None:
    """The status alone is nothing to undo."""
    work.sentence(FIRST)
    commands.tag(work.session, "target")
    first = work.session.history.done[-1]
    work.sentence(FIRST)
    commands.tag(work.session, "opinion")
    before = work.session.state
    assert commands.find_reversal(before, first) == ()
    commands.revert(work.session, first)
    assert work.session.state is before
    assert "cannot be undone any more" in work.said[-1]


def test_finishing_and_reopening_are_undone_whatever_followed(work: Work) -> None:
    """They are about the status."""
    work.sentence(FIRST)
    commands.tag(work.session, "target")
    commands.finish(work.session)
    finishing = work.session.history.done[-1]
    work.sentence(FIRST)
    commands.set_note(work.session, "Đã đọc.")
    commands.revert(work.session, finishing)
    assert work.session.state.status is Status.IN_PROGRESS


def test_a_signal_calls_its_listeners_in_order() -> None:
    """All that are connected are called; one that is disconnected is not, and may be disconnected twice."""
    heard: list[str] = []
    signal: Signal[str] = Signal()

    def one(what: str) -> None:
        heard.append(f"one {what}")

    def other(what: str) -> None:
        heard.append(f"other {what}")

    signal.connect(one)
    signal.connect(other)
    signal.send("a")
    signal.disconnect(one)
    signal.disconnect(one)
    signal.send("b")
    assert heard == ["one a", "other a", "other b"]
