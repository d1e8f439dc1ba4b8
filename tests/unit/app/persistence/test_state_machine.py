"""Any sequence of a person's steps, crashes, other programs' edits and changed texts: disk and screen agree."""

from __future__ import annotations

import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from app_builders import ARTICLE, LANGUAGE, Work, article, sidecar_of, sidecar_path
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.app.history.restore import restore
from annotator.app.persistence.background_writer import BackgroundWriter
from annotator.app.persistence.external_merge import merge_with_disk
from annotator.app.session import commands
from annotator.app.session.segmented_text import SegmentedText
from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import BlockKind
from annotator.core.span import Span
from annotator.storage.atomic import save_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.persistence.document_store import DocumentStore
    from annotator.core.annotation import Annotation

NEVER = 3600.0  # seconds
LABELS = st.sampled_from(["target", "breakthrough", "opinion"])
PLACES = st.integers(0, 60)
SENTENCES = ("Hội nghị thống nhất cao.", "Đến năm 2035, tỷ lệ đô thị hóa đạt 45%.", "Bà Bình đề nghị làm sớm.")


def values(state: AnnotationSet) -> tuple[list[Any], ...]:
    """All that is decided, so that it can be compared however it is kept."""
    parts = (state.annotations, state.orphans, state.conflicts)
    kept = [sorted(part.values(), key=lambda one: (one.span, one.id, one.labels)) for part in parts]
    marks = (state.nothing, state.splits, state.joins, state.blocks)
    return (*kept, *(list(part.items()) for part in marks), [state.status])


def everyone(state: AnnotationSet) -> list[Annotation]:
    """Every annotation that is kept, in whatever way."""
    return [one for part in (state.annotations, state.orphans, state.conflicts) for one in part.values()]


class Desk(RuleBasedStateMachine):
    """One article that is worked on, while other programs change its files."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.folder = Path(tempfile.mkdtemp(prefix="desk-"))
        self.patch.setenv("ANNOTATOR_STATE_DIR", str(self.folder / "state"))
        # The file is written when a rule says so: else what can happen next depends on how fast the machine is.
        defaults = BackgroundWriter.__init__.__kwdefaults__
        assert defaults is not None
        self.patch.setitem(defaults, "delay", NEVER)
        self.work = Work()
        self.text = ARTICLE
        self.seen: list[AnnotationSet] = []
        self.count = 0
        self.is_alone = True  # no other program wrote since ours did

    @initialize()
    def begin(self) -> None:
        """The article is opened for the first time."""
        self.path = article(self.folder / "articles")
        self.reopen()

    # A person

    @rule(place=PLACES, label=LABELS)
    def tag(self, place: int, label: str) -> None:
        """Tag a sentence."""
        self.at(place, lambda work: commands.tag(work.session, label))

    @rule(place=PLACES)
    def nothing(self, place: int) -> None:
        """Mark a sentence."""
        self.at(place, lambda work: commands.mark_nothing(work.session))

    @rule(place=PLACES, note=st.sampled_from(["", "xem lại", "hỏi tỉnh\nrồi sửa"]))
    def note(self, place: int, note: str) -> None:
        """Write a note."""
        self.at(place, lambda work: commands.set_note(work.session, note))

    @rule(place=PLACES)
    def clear(self, place: int) -> None:
        """Take all from a sentence."""
        self.at(place, lambda work: commands.clear(work.session))

    @rule(place=PLACES, offset=st.integers(1, 80))
    def split(self, place: int, offset: int) -> None:
        """Cut a sentence."""

        def cut(work: Work) -> None:
            assert work.session.current is not None
            commands.split(work.session, work.session.current.span.start + offset)

        self.at(place, cut)

    @rule(place=PLACES)
    def join(self, place: int) -> None:
        """Join two sentences."""
        self.at(place, lambda work: commands.join(work.session))

    @rule(place=PLACES, kind=st.sampled_from(BlockKind))
    def kind(self, place: int, kind: BlockKind) -> None:
        """Say what a block is."""
        self.at(place, lambda work: commands.set_block_kind(work.session, kind))

    @rule()
    def finish(self) -> None:
        """Be done with the article."""
        commands.finish(self.work.session)

    @rule()
    def undo(self) -> None:
        """Take back a step, after which it can be done again: then all is as it was."""
        before = values(self.state)
        if self.work.session.undo():
            undone = values(self.state)
            if undone == before:  # what another program did since forbids it, which is told
                return
            assert self.work.session.redo()
            assert values(self.state) == before
            assert self.work.session.undo()
            assert values(self.state) == undone

    @rule()
    def redo(self) -> None:
        """Do a step again."""
        self.work.session.redo()

    @rule()
    def remember(self) -> None:
        """Look at what stands now, to come back to it."""
        self.seen.append(self.state)

    @precondition(lambda self: self.seen)
    @rule(number=PLACES)
    def go_back(self, number: int) -> None:
        """Go back to a moment, as one step."""
        then = self.seen[number % len(self.seen)]
        restore(self.work.session, then)
        assert values(self.state) == values(then)

    # The program

    @rule()
    def save(self) -> None:
        """All is written: the file says what the screen shows."""
        assert self.work.settle(), self.work.said
        self.is_alone = True
        if sidecar_path(self.path).exists():
            assert values(sidecar_of(self.path).decisions) == values(self.state)

    @rule()
    def crash(self) -> None:
        """Killed at once and started again: what was on the screen is there, and each step can still be undone."""
        before, steps = values(self.state), len(self.work.session.history.done)
        store = cast("DocumentStore", self.work.session.store)
        store._journal.close()  # a killed program holds nothing any more, and writes nothing
        store.close()
        self.reopen()
        assert self.is_same(before)
        if self.is_alone:
            assert len(self.work.session.history.done) == steps

    @rule()
    def close(self) -> None:
        """Closed and opened again."""
        before = values(self.state)
        assert self.work.session.close()
        if sidecar_path(self.path).exists():
            assert values(self.state_on_disk()) == before
        self.reopen()
        assert self.is_same(before)

    # Others

    @precondition(lambda self: sidecar_path(self.path).exists())
    @rule(place=PLACES, label=LABELS)
    def add_elsewhere(self, place: int, label: str) -> None:
        """Another program tags a sentence that nobody decided in its file; it is there afterwards."""
        held = yaml.safe_load(sidecar_path(self.path).read_text("utf-8"))
        span = self.free(held, place)
        if span is None:
            return
        self.count += 1
        identity = f"other{self.count}"
        words = self.text[slice(*span)]
        entry = {"id": identity, "labels": [label], "at": list(span), "text": words}
        held["annotations"] = sorted([*(held["annotations"] or []), entry], key=lambda one: one["at"])
        self.written_elsewhere(held)
        assert identity in {one.id for one in everyone(self.state)} or any(
            one.span == span and label in one.labels for one in self.state.annotations.values()
        )

    @precondition(lambda self: sidecar_path(self.path).exists())
    @rule(number=PLACES, note=st.sampled_from(["của người khác", "ý khác"]))
    def write_elsewhere(self, number: int, note: str) -> None:
        """Another program writes a note on an annotation; it is there afterwards, unless ours is another one."""
        held = yaml.safe_load(sidecar_path(self.path).read_text("utf-8"))
        if not held["annotations"]:
            return
        one = held["annotations"][number % len(held["annotations"])]
        self.count += 1
        note = one["note"] = f"{note} {self.count}"  # never an old state, which would be undone
        self.written_elsewhere(held)
        assert any(note in found.note for found in everyone(self.state))

    @precondition(lambda self: sidecar_path(self.path).exists())
    @rule(number=PLACES)
    def take_elsewhere(self, number: int) -> None:
        """Another program takes an annotation away: nothing else is lost."""
        held = yaml.safe_load(sidecar_path(self.path).read_text("utf-8"))
        if not held["annotations"]:
            return
        gone = held["annotations"].pop(number % len(held["annotations"]))
        before = [one.id for one in everyone(self.state) if one.id != str(gone["id"])]
        self.written_elsewhere(held)
        assert not set(before) - {one.id for one in everyone(self.state)}

    @rule()
    def remove_file(self) -> None:
        """Another program removes the file: the work stays, and saving writes it again."""
        before = values(self.state)
        self.is_alone = False
        sidecar_path(self.path).unlink(missing_ok=True)
        merge_with_disk(self.work.session)
        assert values(self.state) == before

    @rule(place=PLACES, sentence=st.sampled_from(SENTENCES), change=st.sampled_from(["insert", "cut", "typo", "back"]))
    def change_text(self, place: int, sentence: str, change: str) -> None:
        """The article is edited and read again: each annotation is on its words, to be confirmed, or an orphan."""
        before = {one.id: one for one in everyone(self.state)}
        assert self.work.session.close()
        lines = self.text.split("\n")
        at = [number for number, line in enumerate(lines) if line][place % sum(map(bool, lines))]
        match change:
            case "insert":
                lines.insert(at, sentence)
            case "cut" if len([line for line in lines if line]) > 3:
                del lines[at]
            case "typo":
                lines[at] = lines[at].replace("n", "m", 1)
            case _:
                lines = ARTICLE.split("\n")
        self.text = "\n".join(lines)
        self.path.write_text(self.text, "utf-8")
        self.reopen()
        assert before.keys() <= {one.id for one in everyone(self.state)}
        self.seen.clear()  # states of another text

    # What always holds

    @invariant()
    def stands_on_its_words(self) -> None:
        """Each annotation has the words at its place; no two decisions overlap; sentences are in order."""
        if self.work.session.reading is None:
            return
        for one in self.state.annotations.values():
            assert self.text[slice(*one.span)] == one.text
        places = sorted([*self.state.annotations, *self.state.nothing])
        assert not any(self.state.has_overlap(place) for place in places)
        spans = [one.span for one in self.work.session.reading.all_sentences()]
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert self.work.session.read_only == ""

    def teardown(self) -> None:
        """In the end all is written, and a last start finds it."""
        try:
            if self.work.session.document is not None:
                self.close()
                self.work.session.close()
        finally:
            self.patch.undo()
            shutil.rmtree(self.folder)

    # Hands and eyes

    @property
    def state(self) -> AnnotationSet:
        """What the screen shows."""
        return self.work.session.state

    def state_on_disk(self) -> AnnotationSet:
        """What the file says."""
        return sidecar_of(self.path).decisions if sidecar_path(self.path).exists() else AnnotationSet()

    def at(self, place: int, act: Callable[[Work], object]) -> None:
        """Do something at a sentence."""
        assert self.work.session.reading is not None
        self.work.sentence(place % self.work.session.reading.sentence_count)
        act(self.work)

    def reopen(self) -> None:
        """Start anew."""
        self.work = Work()
        assert self.work.open(self.path)

    def is_same(self, before: tuple[list[Any], ...]) -> bool:
        """Whether all is as ``before``; where others wrote since ours was saved, every annotation still is there."""
        if self.is_alone:
            return values(self.state) == before
        ids = {one.id for part in before[:3] for one in part}
        return ids <= {one.id for one in everyone(self.state)}

    def free(self, held: dict[str, Any], place: int) -> Span | None:
        """A sentence that overlaps nothing that the file decides."""
        taken = [Span(*one["at"]) for one in held["annotations"] or []]
        taken += [Span(*span) for span in held["nothing"] or []]
        reading = SegmentedText(self.text, LANGUAGE, AnnotationSet())
        spans = [one.span for one in reading.all_sentences()]
        open_ones = [span for span in spans if not any(span.is_overlapping(other) for other in taken)]
        return open_ones[place % len(open_ones)] if open_ones else None

    def written_elsewhere(self, held: dict[str, Any]) -> None:
        """Another program puts its version in place, and ours takes note of it."""
        data = yaml.safe_dump(held, allow_unicode=True, sort_keys=False).encode()
        self.is_alone = False
        save_bytes(sidecar_path(self.path), data)
        assert merge_with_disk(self.work.session), self.work.said


def test_a_file_that_is_gone_comes_back_however_often_the_program_is_killed() -> None:
    """What it held on a text that was changed since is brought back at each start, until it is written again."""
    desk = Desk()
    try:
        desk.begin()
        desk.tag(place=3, label="target")
        desk.save()
        desk.add_elsewhere(label="target", place=0)
        desk.change_text(change="insert", place=0, sentence=SENTENCES[0])
        desk.remove_file()
        desk.close()
        for _turn in range(3):
            desk.crash()
            assert len(everyone(desk.state)) == 2
    finally:
        desk.teardown()


def test_steps_that_take_each_other_back_survive_a_kill_on_a_changed_text() -> None:
    """Where the file is still that of the old text, each of them can be undone after the next start."""
    desk = Desk()
    try:
        desk.begin()
        desk.join(place=0)
        desk.save()
        desk.change_text(change="insert", place=0, sentence=SENTENCES[0])
        desk.tag(place=0, label="target")
        desk.tag(place=3, label="target")
        desk.clear(place=3)
        desk.crash()
        assert [step.verb for step in desk.work.session.history.done] == ["tag", "tag", "clear"]
    finally:
        desk.teardown()


def test_a_step_on_a_changed_text_is_brought_back_once_however_often_the_program_is_killed() -> None:
    """It is one step in the history, also after it was saved: the first start wrote it down once more."""
    desk = Desk()
    try:
        desk.begin()
        desk.change_text(change="insert", place=0, sentence=SENTENCES[0])
        desk.join(place=0)
        for turn in range(3):
            desk.crash()
            desk.save()
            assert [step.verb for step in desk.work.session.history.done] == ["join"], turn
        desk.crash()
        assert [step.verb for step in desk.work.session.history.done] == ["join"]
        desk.undo()
    finally:
        desk.teardown()


TestDesk = Desk.TestCase
TestDesk.settings = settings(deadline=None, max_examples=40, stateful_step_count=25)
