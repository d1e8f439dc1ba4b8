"""The journal as a list of moments, and the annotations as they stood at each."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, Work, article, sidecar_path
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.app.history.restore import (
    compare_states,
    describe_difference,
    find_journal,
    restore,
    save_copy,
    serialize_copy,
)
from annotator.app.history.snapshots import SnapshotWalk
from annotator.app.history.timeline import PeriodStart, Timeline
from annotator.app.outputs.target import OutputTarget, inspect_output
from annotator.app.session import commands
from annotator.core.annotation_set import AnnotationSet
from annotator.storage.journal.journal import StepDone, StepRedone, StepUndone, load_entries
from annotator.storage.journal.tail import JournalTail

if TYPE_CHECKING:
    from annotator.app.session.session import Session


def opened(path: Path) -> Work:
    """A session with this article open."""
    work = Work()
    assert work.open(path)
    return work


def copy_target(work: Work, path: Path) -> OutputTarget:
    """A place for a copy of the open document's annotations."""
    assert work.session.workspace is not None
    return inspect_output(path, work.session.workspace, is_copy=True)


def timeline_of(session: Session) -> Timeline:
    """What the journal of the open document tells."""
    journal = find_journal(session)
    assert journal is not None
    assert session.document is not None
    return Timeline(session.document.identity, load_entries(journal))


def states_of(timeline: Timeline, now: AnnotationSet | None, *, portion: int = 1000) -> list[AnnotationSet | None]:
    """The state at each moment, None where it cannot be had; looked for from the newest to the oldest."""
    look = SnapshotWalk(timeline)
    look.set_latest(now)
    found: list[AnnotationSet | None] = []
    for row in reversed(range(len(timeline.moments))):
        moment = timeline.moments[row]
        if timeline.find_restore_problem(row, can_look_back=now is not None):
            found.append(None)
            continue
        look.start(moment.turn, stretch=moment.period)
        while not look.advance(portion):
            pass
        found.append(look.result)
    return found[::-1]


def after_turns(timeline: Timeline, now: AnnotationSet) -> list[AnnotationSet | None]:
    """The state after each turn of the last stretch, the beginning first."""
    look = SnapshotWalk(timeline)
    look.set_latest(now)
    stretch = len(timeline.periods) - 1
    found: list[AnnotationSet | None] = []
    for turn in range(timeline.periods[stretch].first - 1, len(timeline.turns)):
        look.start(turn, stretch=stretch)
        look.advance(10_000)
        found.append(look.result)
    return found


_WORK = st.lists(
    st.tuples(
        st.sampled_from(["target", "opinion", "nothing", "note", "clear", "join", "finish", "undo", "undo", "redo"]),
        st.integers(0, 7),
    ),
    max_size=25,
)


def act(work: Work, what: str, sentence: int) -> None:
    """Do something at a sentence."""
    session = work.session
    assert session.reading is not None
    work.sentence(sentence % session.reading.sentence_count)
    match what:
        case "undo":
            commands.undo(session)
        case "redo":
            commands.redo(session)
        case "nothing":
            commands.mark_nothing(session)
        case "note":
            commands.set_note(session, f"ghi chú {sentence}")
        case "clear":
            commands.clear(session)
        case "join":
            commands.join(session)
        case "finish":
            commands.finish(session)
        case label:
            commands.tag(session, label)


@settings(max_examples=40)
@given(_WORK, st.integers(0, 25))
def test_each_moment_is_as_it_was(deeds: list[tuple[str, int]], reopened: int) -> None:
    """After any work, also over a restart, the state after each record is the one that really was there then."""
    with tempfile.TemporaryDirectory() as folder:
        path = article(Path(folder))
        work = opened(path)
        journal = find_journal(work.session)
        assert journal is not None
        journal.unlink(missing_ok=True)
        work.session.close()
        work = opened(path)
        was: list[AnnotationSet] = [work.session.state]
        for number, (what, sentence) in enumerate(deeds):
            if number == reopened:
                work.session.close()
                work = opened(path)
            turns = len(timeline_of(work.session).turns)
            act(work, what, sentence)
            if len(timeline_of(work.session).turns) > turns:
                was.append(work.session.state)
        timeline = timeline_of(work.session)
        assert was == after_turns(timeline, work.session.state)
        assert was[-1] == states_of(timeline, work.session.state)[timeline.current or 0]
        records = [entry.record for entry in load_entries(journal)]
        steps = [record for record in records if isinstance(record, StepDone)]
        assert len(steps) == sum(one.step is not None for one in timeline.moments)
        assert len([one for one in records if isinstance(one, StepDone | StepUndone | StepRedone)]) == len(
            timeline.turns
        )
        done = [one.step for row, one in enumerate(timeline.moments) if one.step and row not in timeline.undone]
        assert work.session.history.done == done
        work.session.close()


def test_steps_undone_and_given_up_are_still_there(tmp_path: Path) -> None:
    """New work after an undo ends what could be redone; the moments of the undone steps are listed and reachable."""
    work = opened(article(tmp_path))
    commands.tag(work.session, "target")
    first = work.session.state
    commands.tag(work.session, "opinion")
    second = work.session.state
    commands.undo(work.session)
    commands.mark_nothing(work.session)
    timeline = timeline_of(work.session)
    assert [one.step.verb if one.step else one.start for one in timeline.moments] == [
        PeriodStart.EMPTY,
        "tag",
        "tag",
        "nothing",
    ]
    assert list(timeline.undone) == [2]
    assert timeline.undone[2].author == "mai"
    assert timeline.undone[2].time > "2026"
    assert timeline.current == 3
    assert [AnnotationSet(), first, second, work.session.state] == states_of(timeline, work.session.state)
    work.session.close()


def test_the_start_is_now_when_all_is_undone(tmp_path: Path) -> None:
    """Then the current moment is the beginning."""
    work = opened(article(tmp_path))
    commands.tag(work.session, "target")
    commands.undo(work.session)
    assert timeline_of(work.session).current == 0
    work.session.close()


def test_going_back_is_one_step_that_can_be_undone(tmp_path: Path) -> None:
    """The annotations stand as then, in one step called restore; undo brings them back as they were."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    assert work.session.reading is not None
    then, left = work.session.state, work.session.reading.undecided_count
    commands.mark_nothing(work.session)
    commands.join(work.session)
    commands.finish(work.session)
    before, count = work.session.state, len(work.session.history.done)
    assert restore(work.session, then)
    assert then == work.session.state
    assert [step.verb for step in work.session.history.done[count:]] == ["restore"]
    assert work.session.reading.undecided_count == left
    assert not restore(work.session, then)
    commands.undo(work.session)
    assert before == work.session.state
    assert [AnnotationSet(), then] == states_of(timeline_of(work.session), work.session.state)[:2]
    work.session.close()


def test_to_the_very_beginning(tmp_path: Path) -> None:
    """Going back to the first moment leaves nothing decided, as it was."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    commands.finish(work.session)
    states = states_of(timeline_of(work.session), work.session.state)
    assert states[0] is not None
    restore(work.session, states[0])
    assert AnnotationSet() == work.session.state
    work.session.close()


def test_what_would_change_is_told(tmp_path: Path) -> None:
    """How many sentences differ, and how many tags come, go and become others."""
    work = opened(article(tmp_path))
    work.sentence(2)
    commands.tag(work.session, "target", is_staying=True)
    first = work.session.state
    work.sentence(3)
    commands.tag(work.session, "target", is_staying=True)
    second = work.session.state
    work.sentence(2)
    commands.tag(work.session, "opinion", is_staying=True)
    third = work.session.state
    assert tuple(compare_states(third, first)) == (2, 0, 1, 1)
    told = describe_difference(compare_states(third, first))
    assert told == "Going back changes 2 sentences: 1 label removed, 1 label changed."
    assert describe_difference(compare_states(first, second)) == "Going back changes 1 sentence: 1 label restored."
    assert (
        describe_difference(compare_states(first, first))
        == "Nothing would change: the annotations stand as they stood then."
    )
    work.session.close()


def test_another_text_ends_the_walk(tmp_path: Path) -> None:
    """What was done on another version of the text is listed with its reason and cannot be brought back."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    work.session.close()
    path.write_text(ARTICLE.replace("Mọi đại biểu", "Cả hội trường"), "utf-8")
    work = opened(path)
    commands.tag(work.session, "opinion")
    timeline = timeline_of(work.session)
    assert [one.start for one in timeline.moments if one.start] == [PeriodStart.EMPTY, PeriodStart.TEXT]
    states = states_of(timeline, work.session.state)
    assert states[:2] == [None, None]
    assert None not in states[2:]
    assert "another version of the text" in timeline.find_restore_problem(1, can_look_back=True)
    work.session.close()


def test_a_sidecar_changed_by_another_program(tmp_path: Path) -> None:
    """The walk back ends there, but what began from nothing is found from its beginning."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    commands.tag(work.session, "opinion")
    first = work.session.state
    work.session.close()
    sidecar = sidecar_path(path)
    sidecar.write_text(sidecar.read_text("utf-8").replace("[target]", "[breakthrough]"), "utf-8")
    work = opened(path)
    found = work.session.state
    commands.mark_nothing(work.session)
    timeline = timeline_of(work.session)
    assert [one.start for one in timeline.moments if one.start] == [PeriodStart.EMPTY, PeriodStart.CHANGED]
    states = states_of(timeline, work.session.state)
    assert (AnnotationSet(), first, found, work.session.state) == (states[0], states[2], states[3], states[4])
    work.session.close()


def test_a_sidecar_that_was_there_before(tmp_path: Path) -> None:
    """The beginning is the annotations as they were found; where only reading is possible it is not known."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    journal = find_journal(work.session)
    assert journal is not None
    work.session.close()
    journal.unlink()
    work = opened(path)
    found = work.session.state
    commands.clear(work.session)
    commands.tag(work.session, "opinion")
    timeline = timeline_of(work.session)
    assert timeline.moments[0].start is PeriodStart.FOUND
    assert found == states_of(timeline, work.session.state)[0]
    assert states_of(timeline, None) == [None] * len(timeline.moments)
    assert "read-only" in timeline.find_restore_problem(0, can_look_back=False)
    work.session.close()


def test_another_window_lists_what_the_first_one_does(tmp_path: Path) -> None:
    """A window that may only read sees the same moments, and the states that can be found from the beginning."""
    path = article(tmp_path)
    first = opened(path)
    commands.tag(first.session, "target")
    second = opened(path)
    assert second.session.read_only
    assert [AnnotationSet(), first.session.state] == states_of(timeline_of(second.session), None)
    second.session.close()
    first.session.close()


def test_damaged_records_in_the_middle(tmp_path: Path) -> None:
    """What stands after them is found; what stood before them is found from the beginning."""
    path = article(tmp_path)
    work = opened(path)
    was = []
    for label in ("target", "opinion", "target"):
        commands.tag(work.session, label)
        was.append(work.session.state)
    journal = find_journal(work.session)
    assert journal is not None
    lines = journal.read_bytes().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if b"opinion" in line)
    lines[at] = lines[at].replace(b"opinion", b"opiniom")
    journal.write_bytes(b"".join(lines))
    timeline = timeline_of(work.session)
    assert [one.start for one in timeline.moments if one.start] == [PeriodStart.EMPTY, PeriodStart.LOST]
    assert [AnnotationSet(), was[0], was[1], was[2]] == states_of(timeline, work.session.state)
    work.session.close()


def test_a_walk_goes_on_in_portions(tmp_path: Path) -> None:
    """However small they are, the same is found."""
    work = opened(article(tmp_path))
    for number in range(20):
        act(work, "target" if number % 2 else "opinion", number)
    timeline = timeline_of(work.session)
    assert states_of(timeline, work.session.state) == states_of(timeline, work.session.state, portion=1)
    work.session.close()


def test_the_tail_gives_what_is_new(tmp_path: Path) -> None:
    """Read while it grows, the journal gives each entry once; another file in its place is told."""
    path = article(tmp_path)
    work = opened(path)
    journal = find_journal(work.session)
    assert journal is not None
    tail = JournalTail(journal)
    commands.tag(work.session, "target")
    seen = list(tail.read() or ())
    assert tail.read() == ()
    commands.tag(work.session, "opinion")
    commands.undo(work.session)
    seen += tail.read() or ()
    work.session.close()
    seen += tail.read() or ()
    assert list(load_entries(journal)) == seen
    data = journal.read_bytes()
    journal.unlink()
    assert tail.read() is None
    assert tail.read() == ()
    journal.write_bytes(data)
    assert list(tail.read() or ()) == seen


# Copies


def test_a_copy_is_the_file_as_it_was_then(tmp_path: Path) -> None:
    """It is byte for byte what was saved at that moment."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    assert work.settle()
    saved, then = sidecar_path(path).read_bytes(), work.session.state
    commands.tag(work.session, "opinion")
    assert save_copy(work.session, copy_target(work, tmp_path / "copy.yaml"), state=then) == ""
    assert saved == (tmp_path / "copy.yaml").read_bytes()
    work.session.close()


def test_a_copy_of_now_although_saving_fails(tmp_path: Path) -> None:
    """What is not in the sidecar yet is in the copy."""
    path = article(tmp_path)
    work = opened(path)
    sidecar_path(path).mkdir()
    commands.tag(work.session, "target")
    assert not work.settle()
    assert save_copy(work.session, copy_target(work, tmp_path / "copy.yaml"), state=work.session.state) == ""
    assert b"labels: [target]" in (tmp_path / "copy.yaml").read_bytes()
    work.session.close()


def test_unknown_keys_are_in_the_copy(tmp_path: Path) -> None:
    """What this version does not know is not lost in it."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    work.session.close()
    with sidecar_path(path).open("a", encoding="utf-8") as file:
        file.write("colour of the cover: red\n")
    work = opened(path)
    assert b"colour of the cover: red" in serialize_copy(work.session, work.session.state)
    work.session.close()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("article.txt", "has the name of an article"),
        ("article.txt.annotations.yaml", "has the name of a file of annotations"),
        ("other.txt.annotations.yaml", "has the name of a file of annotations"),
        ("article.txt.annotations.lan.yaml", "has the name of a file of annotations"),
        ("link.yaml", "has the name of a file of annotations"),
        ("other.txt", "has the name of an article"),
        ("annotator.yaml", "holds the labels of its folder"),
        ("no/copy.yaml", "There is no folder"),
    ],
)
def test_a_copy_is_never_written_over_what_is_used(tmp_path: Path, name: str, told: str) -> None:
    """Documents, annotation files and settings stand as they were, whatever link leads to them."""
    path = article(tmp_path)
    other = article(tmp_path, "other.txt", "Một câu.\n")
    (tmp_path / "link.yaml").symlink_to(sidecar_path(path))
    work = opened(tmp_path)
    commands.tag(work.session, "target")
    assert work.settle()
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert told in save_copy(work.session, copy_target(work, tmp_path / name), state=AnnotationSet())
    assert before == {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert other.exists()
    work.session.close()


def test_a_copy_may_be_a_sidecar_where_no_document_is(tmp_path: Path) -> None:
    """In another folder it may have the name of the original; there it is kept like any sidecar."""
    work = opened(article(tmp_path))
    (tmp_path / "kept").mkdir()
    path = tmp_path / "kept" / "article.txt.annotations.yaml"
    assert save_copy(work.session, copy_target(work, path), state=AnnotationSet()) == ""
    before = path.read_bytes()
    assert "has the name of a file of annotations" in save_copy(
        work.session, copy_target(work, path), state=AnnotationSet()
    )
    assert before == path.read_bytes()
    work.session.close()


def test_a_copy_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """The sentence says what to do."""
    work = opened(article(tmp_path))
    target = copy_target(work, tmp_path / "copy.yaml")
    (tmp_path / "copy.yaml").write_text("another program's", "utf-8")
    assert "was changed by another program meanwhile" in save_copy(work.session, target, state=AnnotationSet())
    assert (tmp_path / "copy.yaml").read_text("utf-8") == "another program's"
    work.session.close()
