from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, Work, article, labels_on, run_and_kill, sidecar_of, sidecar_path

from annotator.app.documents.open import open_location, open_neighbour
from annotator.app.session import commands
from annotator.core.annotation import Status
from annotator.core.annotation_set import AnnotationSet
from annotator.core.span import Span
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LEAD = "Tỉnh đặt ra năm nhiệm vụ trọng tâm và ba khâu đột phá cho cả giai đoạn."
FIRST = "Sáng nay, hội đồng đã họp phiên đầu tiên."
GOAL = "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."


def opened(path: Path, *, who: str = "mai") -> Work:
    """A session with this article open."""
    work = Work(who=who)
    assert work.open(path)
    return work


def tagged(path: Path, *labels: str) -> Work:
    """An article with its first sentences tagged, written and closed."""
    work = opened(path)
    for label in labels:
        commands.tag(work.session, label)
    assert work.session.close()
    return work


def span_of(words: str, text: str = ARTICLE) -> Span:
    """Where words stand."""
    return Span(text.index(words), text.index(words) + len(words))


def test_a_tag_is_in_the_sidecar_after_it_was_written(tmp_path: Path) -> None:
    """The file has the tag with its words, who made it, the document and its counts."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    was_saved = work.session.is_saved
    assert work.settle()
    assert (was_saved, work.session.is_saved) == (False, True)
    sidecar = sidecar_of(path)
    assert labels_on(sidecar.decisions) == [(LEAD, ("target",))]
    assert (sidecar.annotator, sidecar.labels, sidecar.decisions.status) == ("mai", "policy", Status.IN_PROGRESS)
    document = sidecar.document
    assert ("article.txt", len(ARTICLE), 8) == (document.file, document.characters, document.sentences)
    assert document.title == "Tạo tiền đề vững chắc để vùng cao bước vào giai đoạn mới"
    work.session.close()


def test_looking_at_an_article_writes_nothing(tmp_path: Path) -> None:
    """Opening and closing without a step leaves no file beside it."""
    path = article(tmp_path)
    assert opened(path).session.close()
    assert [path] == list(tmp_path.iterdir())


def test_closing_and_opening_again_is_the_same(tmp_path: Path) -> None:
    """After a restart the decisions are the same, undo and redo go on where they were, and nothing is said."""
    path = article(tmp_path)
    before = opened(path)
    commands.tag(before.session, "target")
    commands.mark_nothing(before.session)
    commands.join(before.session)
    commands.set_note(before.session, "xem lại")
    commands.undo(before.session)
    state = before.session.state
    assert before.session.close()
    work = opened(path)
    assert state == work.session.state
    assert work.said == []
    commands.redo(work.session)
    assert [one.note for one in work.session.state.annotations.values() if one.note] == ["xem lại"]
    for _ in range(4):
        commands.undo(work.session)
    assert AnnotationSet() == work.session.state
    assert work.session.close()
    assert labels_on(sidecar_of(path).decisions) == []


def test_nothing_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    """Steps that were not in the sidecar yet come back with the next start, are said, saved, and can be undone."""
    path = article(tmp_path)
    run_and_kill(
        path, 'commands.tag(session, "target"); commands.mark_nothing(session); commands.tag(session, "opinion")'
    )
    assert not sidecar_path(path).exists()
    work = opened(path)
    assert labels_on(work.session.state) == [(LEAD, ("target",)), (GOAL, ("opinion",))]
    assert [line.split(maxsplit=2)[-1] for line in work.warned.splitlines()] == [
        "steps were recovered from the journal.",
        "Tagged as Target: “Tỉnh đặt ra năm nhiệm vụ trọng tâm…”",
        "None of the labels: “Sáng nay, hội đồng đã họp phiên đầu…”",
        "Tagged as Opinion: “Đến năm 2030, kinh tế số đạt trên…”",
        "shows them.",
    ]
    assert not work.session.is_saved
    assert work.settle()
    assert labels_on(sidecar_of(path).decisions) == [(LEAD, ("target",)), (GOAL, ("opinion",))]
    for _ in range(3):
        commands.undo(work.session)
    assert AnnotationSet() == work.session.state
    work.session.close()
    assert opened(path).warned == ""


def test_killed_again_before_anything_was_written(tmp_path: Path) -> None:
    """Two crashes in a row, with undo in between, bring back what was on the screen."""
    path = article(tmp_path)
    run_and_kill(path, 'commands.tag(session, "target"); commands.tag(session, "opinion")')
    run_and_kill(path, 'commands.undo(session); commands.tag(session, "breakthrough")')
    work = opened(path)
    assert labels_on(work.session.state) == [(LEAD, ("target",)), (FIRST, ("breakthrough",))]
    work.session.close()


def test_what_came_after_the_last_save_comes_back(tmp_path: Path) -> None:
    """With a sidecar on disk, the steps after it are brought back on top of it, undone ones as undone."""
    path = article(tmp_path)
    tagged(path, "target")
    run_and_kill(path, 'commands.tag(session, "opinion"); commands.undo(session); commands.undo(session)')
    work = opened(path)
    assert AnnotationSet() == work.session.state
    commands.redo(work.session)
    assert labels_on(work.session.state) == [(LEAD, ("target",))]
    work.session.close()


def test_work_that_does_not_fit_another_sidecar_is_a_conflict(tmp_path: Path) -> None:
    """What a crash left and what overlaps somebody else's decision is kept beside it as a rival, and that is said."""
    path = article(tmp_path)
    run_and_kill(path, 'commands.tag(session, "target"); commands.tag(session, "opinion")')
    other = Span(span_of(LEAD).start + 5, span_of(LEAD).end)
    sidecar_path(path).write_text(
        "format: annotator/1\ndocument: {file: article.txt}\nnothing: []\nannotations:\n"
        f"- {{id: x, labels: [target], at: [{other.start}, {other.end}], text: '{ARTICLE[slice(*other)]}'}}\n",
        "utf-8",
    )
    work = opened(path)
    assert [(ARTICLE[slice(*other)], ("target",)), (FIRST, ("opinion",))] == labels_on(work.session.state)
    assert [(one.text, one.labels) for one in work.session.state.conflicts.values()] == [(LEAD, ("target",))]
    assert "2 unsaved steps were recovered from the journal.\n1 conflict: " in work.warned
    assert work.session.close()
    kept = sidecar_of(path).decisions
    assert (len(kept.annotations), [one.text for one in kept.conflicts.values()]) == (2, [LEAD])
    again = opened(path)
    assert (again.warned, kept) == ("", again.session.state)
    again.session.close()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"annotations: [", "line 2"),
        (b"\x00\xff\x00", "cannot be read, so nothing is written"),
        (b"", "the file is empty"),
        (b"just words\n", "not a file of annotator"),
        (b"format: annotator/99\ndocument: {file: a}\n", "later version"),
        (b"format: other/1\n", "not a file of annotator"),
        (b"format: annotator/1\nannotations: []\nnothing: [[5, 3]]\n", "line"),
        (b"format: annotator/1\na: &a [*a]\n", "line"),
    ],
)
def test_a_sidecar_that_cannot_be_read(tmp_path: Path, content: bytes, told: str) -> None:
    """The article opens to be read, with a sentence that says why; steps are refused and the file stays as it is."""
    path = article(tmp_path)
    sidecar_path(path).write_bytes(content)
    work = opened(path)
    assert told in work.session.read_only
    assert work.session.read_only in work.warned
    commands.tag(work.session, "target")
    assert AnnotationSet() == work.session.state
    assert work.session.close()
    assert content == sidecar_path(path).read_bytes()


def test_the_same_document_in_two_windows(tmp_path: Path) -> None:
    """The second one shows the first one's work and can only read; after the first is closed it can write."""
    path = article(tmp_path)
    first = opened(path)
    commands.tag(first.session, "target")
    first.settle()
    second = opened(path, who="lan")
    assert labels_on(second.session.state) == [(LEAD, ("target",))]
    assert "open in another window" in second.session.read_only
    commands.tag(second.session, "opinion")
    assert second.session.state.decided_count == 1
    first.session.close()
    assert second.open(path)
    commands.tag(second.session, "opinion")
    assert second.session.close()
    assert sidecar_of(path).decisions.decided_count == 2


def test_text_that_was_changed(tmp_path: Path) -> None:
    """What moved is found again, what is gone is kept as an orphan; it is said, saved, and the old file is kept."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    commands.mark_nothing(work.session)
    commands.tag(work.session, "opinion")
    work.session.close()
    old = sidecar_path(path).read_bytes()
    article(tmp_path, text="Dòng mới.\n\n" + ARTICLE.replace(GOAL, "Câu khác."))
    work = opened(path)
    assert labels_on(work.session.state) == [(LEAD, ("target",))]
    assert [one.text for one in work.session.state.orphans.values()] == [GOAL]
    assert len(work.session.state.nothing) == 1
    assert "2 decisions were found again at other places." in work.warned
    assert "1 annotation has lost its sentence. It is kept as an orphan: see “To check” (F8)." in work.warned
    sidecar = sidecar_of(path)
    assert (work.session.state, len(ARTICLE) + 11 - len(GOAL) + len("Câu khác.")) == (
        sidecar.decisions,
        sidecar.document.characters,
    )
    (kept,) = (ensure_state_folder() / "backups").glob("*.yaml")
    assert old == kept.read_bytes()
    assert str(kept) in work.warned
    assert kept.name.endswith("-article.txt.annotations.yaml")
    work.session.close()


def test_an_orphan_comes_back_with_its_sentence(tmp_path: Path) -> None:
    """When the old text is put back, the orphan is an annotation again, and nothing was lost on the way."""
    path = article(tmp_path)
    tagged(path, "target", "opinion")
    article(tmp_path, text=ARTICLE.replace(FIRST, "Câu khác."))
    opened(path).session.close()
    assert [one.text for one in sidecar_of(path).decisions.orphans.values()] == [FIRST]
    article(tmp_path)
    work = opened(path)
    assert labels_on(work.session.state) == [(LEAD, ("target",)), (FIRST, ("opinion",))]
    assert list(work.session.state.orphans.values()) == []
    work.session.close()


def test_undo_does_not_reach_back_beyond_a_change_of_the_text(tmp_path: Path) -> None:
    """Steps done on other text are not turned back on this one, also not after one more restart."""
    path = article(tmp_path)
    tagged(path, "target", "opinion")
    for text in ("Dòng mới.\n\n" + ARTICLE, ARTICLE + "Câu cuối.\n"):
        article(tmp_path, text=text)
        for _ in range(2):
            work = opened(path)
            assert not work.session.history.done
            commands.undo(work.session)
            assert labels_on(work.session.state) == [(LEAD, ("target",)), (FIRST, ("opinion",))]
            work.session.close()
    work = opened(path)
    commands.tag(work.session, "target")
    work.session.close()
    work = opened(path)
    commands.undo(work.session)
    assert labels_on(work.session.state) == [(LEAD, ("target",)), (FIRST, ("opinion",))]
    work.session.close()


@pytest.mark.parametrize("is_saved_before", [False, True])
def test_killed_and_then_the_text_is_changed(tmp_path: Path, *, is_saved_before: bool) -> None:
    """Unsaved steps are done on the text on which they were done, and then look for their sentences in the new one."""
    path = article(tmp_path)
    if is_saved_before:
        tagged(path, "breakthrough")
        run_and_kill(path, 'commands.tag(session, "target"); commands.tag(session, "opinion"); commands.undo(session)')
        expected = [(LEAD, ("breakthrough",)), (FIRST, ("target",))]
    else:
        run_and_kill(path, 'commands.tag(session, "target"); commands.tag(session, "opinion")')
        expected = [(LEAD, ("target",)), (FIRST, ("opinion",))]
    text = "Dòng mới.\n\n" + ARTICLE
    article(tmp_path, text=text)
    work = opened(path)
    assert expected == labels_on(work.session.state)
    assert span_of(FIRST, text).start in work.session.state.annotations
    assert "recovered" in work.warned
    assert work.session.state == sidecar_of(path).decisions
    work.session.close()
    again = opened(path)
    assert (expected, "") == (labels_on(again.session.state), again.warned)
    again.session.close()


def test_killed_after_the_text_was_changed(tmp_path: Path) -> None:
    """Steps done on the new text come back on the new text."""
    path = article(tmp_path)
    tagged(path, "target")
    article(tmp_path, text=ARTICLE + "Câu cuối.\n")
    run_and_kill(path, 'commands.mark_nothing(session); commands.tag(session, "opinion")')
    work = opened(path)
    assert labels_on(work.session.state) == [(LEAD, ("target",)), (GOAL, ("opinion",))]
    assert len(work.session.state.nothing) == 1
    commands.undo(work.session)
    commands.undo(work.session)
    assert labels_on(work.session.state) == [(LEAD, ("target",))]
    work.session.close()


def test_where_no_backup_can_be_kept_nothing_is_written(tmp_path: Path) -> None:
    """Text changed and no place for the old file: the article can only be read, with the reason, and the file stays."""
    path = article(tmp_path)
    tagged(path, "target")
    old = sidecar_path(path).read_bytes()
    article(tmp_path, text="Dòng mới.\n\n" + ARTICLE)
    shutil.rmtree(ensure_state_folder() / "backups", ignore_errors=True)
    (ensure_state_folder() / "backups").write_text("in the way")
    work = opened(path)
    assert "old version cannot be kept" in work.session.read_only
    assert work.session.read_only in work.warned
    assert labels_on(work.session.state) == [(LEAD, ("target",))]
    commands.tag(work.session, "opinion")
    assert work.session.state.decided_count == 1
    assert work.session.close()
    assert old == sidecar_path(path).read_bytes()


def test_a_sidecar_for_another_text(tmp_path: Path) -> None:
    """Nothing of it fits: all annotations become orphans, marks are lost, all of it is told and the old file kept."""
    path = article(tmp_path)
    work = opened(path)
    commands.tag(work.session, "target")
    commands.mark_nothing(work.session)
    work.session.close()
    article(tmp_path, text="Một bài khác hẳn.\nKhông có gì chung.\n")
    work = opened(path)
    assert [one.text for one in work.session.state.orphans.values()] == [LEAD]
    assert "1 annotation has lost its sentence" in work.warned
    assert "1 mark without a label has lost its place" in work.warned
    assert len(list((ensure_state_folder() / "backups").glob("*.yaml"))) == 1
    work.session.close()


def test_the_journal_cannot_be_made(tmp_path: Path, own_folders: Path) -> None:
    """Without a place for the journal the article can only be read, and the reason is said."""
    path = article(tmp_path)
    (own_folders / "state").write_text("in the way")
    work = opened(path)
    assert "cannot be made" in work.session.read_only
    commands.tag(work.session, "target")
    assert [path] == list(tmp_path.iterdir())


def test_named_annotators_have_sidecars_of_their_own(tmp_path: Path) -> None:
    """Two people work on one article at the same time, each in a file of her own."""
    path = article(tmp_path)
    (tmp_path / "annotator.yaml").write_text("format: annotator-workspace/1\nannotators: [mai, lan]\n")
    mai, lan = opened(path), opened(path, who="lan")
    commands.tag(mai.session, "target")
    commands.tag(lan.session, "opinion")
    assert (mai.session.close(), lan.session.close()) == (True, True)
    assert [labels_on(sidecar_of(path, who).decisions) for who in ("mai", "lan")] == [
        [(LEAD, ("target",))],
        [(LEAD, ("opinion",))],
    ]


def test_another_name_in_the_settings_keeps_undo(tmp_path: Path) -> None:
    """Where one sidecar serves all, the history belongs to it and not to the name of who works on it."""
    path = article(tmp_path)
    tagged(path, "target")
    work = opened(path, who="someone")
    commands.undo(work.session)
    assert AnnotationSet() == work.session.state
    work.session.close()


def test_a_folder_opens_at_its_first_document(tmp_path: Path) -> None:
    """The documents are in natural order; next and previous go through them and say where the folder ends."""
    for name in ("10.txt", "2.txt", "b/1.txt"):
        article(tmp_path, name)
    work = opened(tmp_path)
    names = [work.session.path.name if work.session.path else ""]
    for by in (1, 1, 1, -1, -1, -1):
        open_neighbour(work.session, by, deliver=work.deliver)
        names.append(work.session.path.name if work.session.path else "")
    assert names == ["2.txt", "10.txt", "1.txt", "1.txt", "10.txt", "2.txt", "2.txt"]
    assert work.said == ["This is the last document of the folder.", "This is the first document of the folder."]
    work.session.close()


def test_going_to_the_next_document_saves_the_last(tmp_path: Path) -> None:
    """What was tagged is in the sidecar when the next document is open."""
    one, other = article(tmp_path, "1.txt"), article(tmp_path, "2.txt")
    work = opened(tmp_path)
    commands.tag(work.session, "target")
    assert open_neighbour(work.session, 1, deliver=work.deliver)
    assert (other, 1) == (work.session.path, sidecar_of(one).decisions.decided_count)
    work.session.close()


@pytest.mark.parametrize(
    ("gone", "expected"),
    [("5.txt", ("2.txt", "10.txt")), ("1.txt", (None, "2.txt")), ("11.txt", ("10.txt", "b/1.txt"))],
)
def test_beside_a_document_that_is_gone(tmp_path: Path, gone: str, expected: tuple[str | None, str | None]) -> None:
    """Previous and next are those between which it stood by its name."""
    for name in ("10.txt", "2.txt", "b/1.txt"):
        article(tmp_path, name)
    found = []
    for by in (-1, 1):
        path = article(tmp_path, gone)
        work = Work()
        open_location(work.session, tmp_path, first=path, deliver=work.deliver)
        path.unlink()
        workspace = work.session.workspace
        assert workspace is not None
        documents = tuple(one for one in workspace.documents if one != path)
        work.session.update_workspace(replace(workspace, documents=documents))
        is_open = open_neighbour(work.session, by, deliver=work.deliver)
        found.append(workspace.display_path(work.session.path) if is_open and work.session.path else None)
        work.session.close()
    assert expected == tuple(found)


def missing(folder: Path) -> Path:
    """A path at which there is nothing."""
    return folder / "nothing.txt"


def empty(folder: Path) -> Path:
    """An empty file."""
    return article(folder, text="")


def binary(folder: Path) -> Path:
    """A picture."""
    (folder / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    return folder / "a.txt"


@pytest.mark.parametrize(("make", "told"), [(missing, "is not there"), (empty, "is empty"), (binary, "not like text")])
def test_what_cannot_be_opened(tmp_path: Path, make: Callable[[Path], Path], told: str) -> None:
    """A sentence says what it is and what to do, and no document is open."""
    work = Work()
    assert not work.open(make(tmp_path))
    assert told in work.warned
    assert work.session.document is None
    commands.tag(work.session, "target")


def test_a_folder_without_documents(tmp_path: Path) -> None:
    """It opens, empty."""
    work = Work()
    assert work.open(tmp_path)
    assert (work.session.document, work.session.workspace.documents if work.session.workspace else None) == (None, ())


@pytest.mark.parametrize("name", ["a\nb.txt", "😀.txt", "b\udcffc.txt", "'quote\".txt", "-dash.txt", "đ ấ.txt"])
def test_names_of_any_character(tmp_path: Path, name: str) -> None:
    """The article opens, is tagged and saved under its name, and opens again."""
    path = article(tmp_path, name)
    tagged(path, "target")
    work = opened(path)
    assert labels_on(work.session.state) == [(LEAD, ("target",))]
    assert work.warned == ""
    commands.undo(work.session)
    work.session.close()


def test_an_article_of_many_blocks_is_counted_later(tmp_path: Path) -> None:
    """A long article is open before it is counted, and its count is saved once it is known."""
    path = article(tmp_path, text="Một câu ở đây.\n" * 2500)
    work = opened(path)
    commands.tag(work.session, "target")
    assert work.settle()
    assert sidecar_of(path).document.sentences == 0
    while not work.session.count_on(1000):
        pass
    commands.tag(work.session, "target")
    work.session.close()
    assert sidecar_of(path).document.sentences == 2500
