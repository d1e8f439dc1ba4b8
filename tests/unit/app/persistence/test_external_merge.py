"""The sidecar of an open document is changed by another program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, Work, article, labels_on, run_and_kill, sidecar_of, sidecar_path

from annotator.app.persistence import closed_documents
from annotator.app.persistence.document_store import DocumentStore
from annotator.app.persistence.external_merge import merge_with_disk
from annotator.app.persistence.put_back import restore_lost
from annotator.app.session import commands
from annotator.app.session.store import LostWork
from annotator.app.workspace.sidecar_index import SidecarFile
from annotator.core.annotation import Annotation, Status
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import Change, Layer, Step
from annotator.core.span import Span
from annotator.storage import atomic
from annotator.storage.atomic import save_bytes
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.session.store import Decisions

LEAD = "Tỉnh đặt ra năm nhiệm vụ trọng tâm và ba khâu đột phá cho cả giai đoạn."
FIRST = "Sáng nay, hội đồng đã họp phiên đầu tiên."
GOAL = "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."


def opened(path: Path) -> Work:
    """A session with this article open."""
    work = Work()
    assert work.open(path)
    return work


def tagged(path: Path, *labels: str) -> Work:
    """An article that is open, its first sentences tagged and saved."""
    work = opened(path)
    for label in labels:
        commands.tag(work.session, label)
    assert work.settle()
    return work


def add(path: Path, words: str, label: str, *, identity: str = "theirs") -> None:
    """What another program does: one annotation more, the rest as it stands, put in place as a whole."""
    start = ARTICLE.index(words)
    item = f"- {{id: {identity}, labels: [{label}], at: [{start}, {start + len(words)}], text: {words!r}}}\n"
    text = sidecar_path(path).read_text("utf-8").replace("annotations: []\n", "annotations:\n")
    save_bytes(sidecar_path(path), text.replace("nothing:", item + "nothing:", 1).encode())


def replace_in(path: Path, old: str, new: str) -> None:
    """Another program writes the sidecar with other words in it."""
    text = sidecar_path(path).read_text("utf-8")
    assert old in text
    sidecar_path(path).write_text(text.replace(old, new), "utf-8")


def rivals_on(work: Work) -> list[tuple[str, tuple[str, ...]]]:
    """Words and labels of the rivals."""
    return [(one.text, one.labels) for one in work.session.state.conflicts.values()]


BOTH = [(LEAD, ("target",)), (FIRST, ("opinion",)), (GOAL, ("breakthrough",))]


def test_both_works_are_in_the_session_and_in_the_file(tmp_path: Path) -> None:
    """A tag by another program and one that waits to be saved: both stand, both are saved, one is told."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough")
    commands.tag(work.session, "opinion")
    assert work.settle()
    assert labels_on(work.session.state) == BOTH
    assert labels_on(sidecar_of(path).decisions) == BOTH
    assert "1 decision by another program was taken over." in work.warned
    assert work.session.is_saved
    assert work.session.close()


def test_without_the_guard_the_work_of_the_other_would_be_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test above looks at sees the loss, where the file is written without a look at what is there."""
    monkeypatch.setattr(DocumentStore, "_is_external", staticmethod(lambda *_: False))
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough")
    commands.tag(work.session, "opinion")
    work.settle()
    assert labels_on(sidecar_of(path).decisions) == BOTH[:2]
    work.session.close()


def test_what_comes_while_ours_is_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program is quicker by a moment: after the look, before the renaming. Nothing of it is overwritten."""
    path = article(tmp_path)
    work = tagged(path, "target")
    usual = atomic._has_content
    came: list[bool] = []

    def slow(handle: int, data: bytes) -> bool:
        if not came:
            came.append(True)
            add(path, GOAL, "breakthrough")
        return usual(handle, data)

    monkeypatch.setattr(atomic, "_has_content", slow)
    commands.tag(work.session, "opinion")
    assert work.settle()
    assert (labels_on(sidecar_of(path).decisions), rivals_on(work)) == (BOTH, [])
    assert work.session.close()


def test_the_merge_is_one_step(tmp_path: Path) -> None:
    """It can be undone, asked for twice, and done again, and is in the history after a restart."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough")
    add(path, FIRST, "opinion", identity="more")
    assert merge_with_disk(work.session)
    assert len(work.session.state.annotations) == 3
    assert [step.verb for step in work.session.history.done] == ["tag", "merge"]
    assert work.settle()
    work.session.close()
    work = opened(path)
    assert (work.warned, len(work.session.state.annotations)) == ("", 3)
    commands.undo(work.session)
    assert len(work.session.state.annotations) == 3
    assert "Undo once more" in work.said[-1]
    commands.undo(work.session)
    assert labels_on(work.session.state) == BOTH[:1]
    commands.redo(work.session)
    assert len(work.session.state.annotations) == 3
    assert work.session.close()


def test_what_is_only_taken_over_is_not_written_again(tmp_path: Path) -> None:
    """Where the file says what stands already, it is left as the other program wrote it."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough")
    theirs = sidecar_path(path).read_bytes()
    assert merge_with_disk(work.session)
    assert work.settle()
    assert work.session.is_saved
    assert theirs == sidecar_path(path).read_bytes()
    work.session.close()
    again = opened(path)
    assert (len(again.session.state.annotations), again.warned) == (2, "")
    again.session.close()


def test_a_contradiction_is_kept_on_both_sides(tmp_path: Path) -> None:
    """One sentence tagged differently: ours stands, theirs is a rival, both are in the file, and one is told."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, FIRST, "breakthrough")
    commands.tag(work.session, "opinion")
    assert work.settle()
    assert labels_on(work.session.state) == BOTH[:2]
    assert rivals_on(work) == [(FIRST, ("breakthrough",))]
    assert [one.labels for one in sidecar_of(path).decisions.conflicts.values()] == [("breakthrough",)]
    assert "1 conflict: " in work.warned
    work.session.close()


def test_what_they_changed_and_removed_is_taken_over(tmp_path: Path) -> None:
    """A label changed and an annotation removed by another program are so here, unless they were changed here."""
    path = article(tmp_path)
    work = tagged(path, "target", "opinion")
    text = sidecar_path(path).read_text("utf-8")
    begin, end = text.index("- id: mai2"), text.index("nothing:")
    changed = (text[:begin] + text[end:]).replace("[target]", "[breakthrough]")
    save_bytes(sidecar_path(path), changed.encode())
    assert merge_with_disk(work.session)
    assert labels_on(work.session.state) == [(LEAD, ("breakthrough",))]
    work.session.close()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("annotations: [", "line 2"),
        ("<<<<<<< HEAD\nannotations: []\n", "line"),
        ("", "the file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path, broken: str, told: str) -> None:
    """Half written or broken: told with file and line, not overwritten; when it is sound again, both come together."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough")
    sound = sidecar_path(path).read_bytes()
    sidecar_path(path).write_text(broken, "utf-8")
    commands.tag(work.session, "opinion")
    assert not work.settle()
    assert broken == sidecar_path(path).read_text("utf-8")
    assert sidecar_path(path).name in work.said[-1]
    assert told in work.said[-1]
    assert "cannot be read now" in work.session.trouble
    sidecar_path(path).write_bytes(sound)
    assert work.settle()
    assert (labels_on(sidecar_of(path).decisions), work.session.trouble) == (BOTH, "")
    work.session.close()


def test_what_cannot_be_read_comes_together_at_the_next_start(tmp_path: Path) -> None:
    """Closed while the file is broken, the work waits in the journal and comes back with the sound file."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough")
    sound = sidecar_path(path).read_bytes()
    sidecar_path(path).write_text("annotations: [", "utf-8")
    commands.tag(work.session, "opinion")
    assert not work.session.close()
    sidecar_path(path).write_bytes(sound)
    work = opened(path)
    assert labels_on(work.session.state) == BOTH
    assert work.session.close()
    assert labels_on(sidecar_of(path).decisions) == BOTH


def test_a_removed_sidecar_is_written_again_with_the_next_step(tmp_path: Path) -> None:
    """It is not taken for a removal of all tags: told, a copy kept, and the next step writes everything."""
    path = article(tmp_path)
    work = tagged(path, "target")
    old = sidecar_path(path).read_bytes()
    sidecar_path(path).unlink()
    assert merge_with_disk(work.session)
    assert "was removed by another program" in work.said[-1]
    assert not sidecar_path(path).exists()
    assert not work.session.is_saved
    (kept,) = (ensure_state_folder() / "backups").glob("*.yaml")
    assert old == kept.read_bytes()
    commands.tag(work.session, "opinion")
    assert work.settle()
    assert (labels_on(sidecar_of(path).decisions), work.session.trouble) == (BOTH[:2], "")
    assert work.session.close()


def test_a_sidecar_removed_before_a_step_was_saved(tmp_path: Path) -> None:
    """The step that waits writes it again; nothing stood there that could be overwritten."""
    path = article(tmp_path)
    work = tagged(path, "target")
    sidecar_path(path).unlink()
    commands.tag(work.session, "opinion")
    assert work.settle()
    assert labels_on(sidecar_of(path).decisions) == BOTH[:2]
    assert work.session.close()


def test_a_removed_sidecar_that_comes_back_changed(tmp_path: Path) -> None:
    """Removed and made anew, as some programs save: it is merged like any other change."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough")
    theirs = sidecar_path(path).read_bytes()
    sidecar_path(path).unlink()
    assert merge_with_disk(work.session)
    sidecar_path(path).write_bytes(theirs)
    commands.tag(work.session, "opinion")
    assert work.settle()
    assert labels_on(sidecar_of(path).decisions) == BOTH
    assert work.session.close()


def test_who_did_not_see_our_save_did_not_remove_it(tmp_path: Path) -> None:
    """A version made from an older state, put over what was saved since: it adds, and takes nothing away."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough")
    theirs = sidecar_path(path).read_bytes()
    replace_in(path, "- {id: theirs", "- {id: gone")
    merge_with_disk(work.session)
    commands.undo(work.session)
    assert work.settle()
    commands.tag(work.session, "opinion")
    assert work.settle()
    sidecar_path(path).write_bytes(theirs)
    assert merge_with_disk(work.session)
    assert labels_on(work.session.state) == BOTH
    work.session.close()


def test_an_older_state_put_back(tmp_path: Path) -> None:
    """What was done since stands, and it is said how to go back."""
    path = article(tmp_path)
    work = tagged(path, "target")
    old = sidecar_path(path).read_bytes()
    commands.tag(work.session, "opinion")
    assert work.settle()
    sidecar_path(path).write_bytes(old)
    assert merge_with_disk(work.session)
    assert work.settle()
    assert labels_on(sidecar_of(path).decisions) == BOTH[:2]
    assert "put an earlier state of the annotations back" in work.warned
    work.session.close()


def tag_and_merge(work: Work) -> None:
    """Tag a sentence, let another program tag another one, and bring both together."""
    commands.tag(work.session, "opinion")
    assert work.session.path is not None
    add(work.session.path, GOAL, "breakthrough")
    assert merge_with_disk(work.session)
    assert len(work.session.state.annotations) == 3


def test_killed_between_the_merge_and_the_save(tmp_path: Path) -> None:
    """The merge is in the journal: nothing of either side is missing, and nothing becomes a conflict."""
    path = article(tmp_path)
    tagged(path, "target").session.close()
    run_and_kill(path, tag_and_merge)
    work = opened(path)
    assert labels_on(work.session.state) == BOTH
    assert rivals_on(work) == []
    assert work.session.close()
    assert labels_on(sidecar_of(path).decisions) == BOTH


def test_keys_that_the_other_program_added_are_kept(tmp_path: Path) -> None:
    """What this version does not know is written as it came."""
    path = article(tmp_path)
    work = tagged(path, "target")
    replace_in(path, "nothing:", "colour: blue\nnothing:")
    commands.tag(work.session, "opinion")
    assert work.settle()
    assert sidecar_of(path).extra == {"colour": "blue"}
    work.session.close()


def test_ids_of_the_others_are_not_given_again(tmp_path: Path) -> None:
    """A new annotation never has the id of one that came in."""
    path = article(tmp_path)
    work = tagged(path, "target")
    add(path, GOAL, "breakthrough", identity="mai2")
    assert merge_with_disk(work.session)
    commands.tag(work.session, "opinion")
    assert work.settle()
    assert sorted(one.id for one in sidecar_of(path).decisions.annotations.values()) == ["mai1", "mai2", "mai3"]
    work.session.close()


def test_work_on_a_document_that_is_not_open_is_merged_too(tmp_path: Path) -> None:
    """Its sidecar is changed between reading and writing: both changes are in it."""
    path = article(tmp_path)
    tagged(path, "target").session.close()
    start = ARTICLE.index(FIRST)
    made = Annotation("m", Span(start, start + len(FIRST)), ("opinion",), FIRST)

    def act(decisions: Decisions, store: DocumentStore) -> AnnotationSet:
        add(path, GOAL, "breakthrough")
        change = Change(Layer.ANNOTATION, start, None, made)
        assert store.record_step(Step("tag", (change,), made.span)) == ""
        return decisions.state.apply([change])

    place = closed_documents.DocumentSidecar(path, SidecarFile("", sidecar_path(path)))
    assert closed_documents.edit_closed_document(place, act, now="2026-05-13T10:00:00+07:00") == ""
    assert labels_on(sidecar_of(path).decisions) == BOTH
    work = opened(path)
    assert (work.warned, labels_on(work.session.state)) == ("", BOTH)
    work.session.close()


def lacking(status: Status) -> Work:
    """A session that knows of a decision that is not in its document, which has this status."""
    work = Work().on_text(ARTICLE, state=replace(AnnotationSet(), status=status))
    start = ARTICLE.index(FIRST)
    made = Annotation("m", Span(start, start + len(FIRST)), ("opinion",), FIRST)
    work.session.lost = LostWork(replace(AnnotationSet.of([made]), status=status), "Gone.")
    return work


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.DONE])
def test_what_is_lacking_comes_back(status: Status) -> None:
    """In a finished document too, without a question: it was decided there before."""
    work = lacking(status)
    assert restore_lost(work.session).trouble == ""
    assert labels_on(work.session.state) == [(FIRST, ("opinion",))]
    assert (work.session.state.status, work.session.guard.held) == (status, None)
    assert restore_lost(work.session).trouble == ""  # nothing lacks any more


@pytest.mark.parametrize("is_forbidden", [False, True])
def test_what_cannot_come_back_is_not_said_to_be_back(*, is_forbidden: bool) -> None:
    """The journal refuses the step, or the document may only be read by now."""
    work = lacking(Status.IN_PROGRESS)
    work.memory.trouble = "The disk is full."
    if is_forbidden:
        work.session.set_read_only("Only here.")
    assert restore_lost(work.session).trouble
    assert labels_on(work.session.state) == []
