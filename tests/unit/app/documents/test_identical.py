"""Sentences that say the same, and where work is left, in a document and in a folder."""

from __future__ import annotations

import unicodedata
from itertools import count
from typing import TYPE_CHECKING

import pytest
from app_builders import LANGUAGE, Clock, Work, article, labels_on, sidecar_of, sidecar_path
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.documents import identical, next_undecided
from annotator.app.documents.identical import ClosedDocumentMatches, TaggingRequest, TaggingResult
from annotator.app.persistence import document_store
from annotator.app.session import bulk_commands, commands
from annotator.app.session.segmented_text import SegmentedText, normalize_words
from annotator.core.annotation import Status
from annotator.core.annotation_set import AnnotationSet
from annotator.core.bulk_edit import Decision
from annotator.storage.journal.journal import open_journal
from annotator.storage.paths import ensure_state_folder

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.documents.identical import IdenticalSentence

SAME = "Mọi người đồng ý."
TEXT = f"Tin mới trong ngày\n\nHôm nay có tin. {SAME} Mọi  người\xa0đồng ý.\n\nmọi người đồng ý.\n\n{SAME} Hết.\n"
TARGET, NOTHING = Decision(("target",)), Decision()


def twins(text: str, decision: Decision = TARGET, words: str = SAME) -> tuple[IdenticalSentence, ...]:
    """What is found in a text in which nothing is decided."""
    return identical.find_identical(
        SegmentedText(text, LANGUAGE, AnnotationSet()), AnnotationSet(), words=words, decision=decision
    )


def wish(work: Work, decision: Decision = TARGET) -> TaggingRequest:
    """What is looked for in the folder that is open."""
    assert work.session.workspace is not None
    return TaggingRequest(normalize_words(SAME), decision, work.session.workspace, work.session.author)


def decide(found: ClosedDocumentMatches, wanted: TaggingRequest) -> TaggingResult:
    """Decide all that was found in a document."""
    numbers = count(1)
    spans = [one.span for one in found.sentences]
    return identical.decide_closed_document(
        found, spans, request=wanted, now=Clock(), new_id=lambda: f"new{next(numbers):03}"
    )


def test_white_space_is_folded_and_case_is_kept() -> None:
    """Two spaces and a hard one are a space; a capital is another letter; numbers count from 1."""
    assert [(one.number, one.text) for one in twins(TEXT)] == [
        (3, SAME),
        (4, "Mọi  người\xa0đồng ý."),
        (6, SAME),
    ]


def test_letters_taken_apart_are_the_same() -> None:
    """NFD in the article, NFC in what is looked for."""
    found = twins(unicodedata.normalize("NFD", TEXT))
    assert [one.number for one in found] == [3, 4, 6]


def test_what_is_decided_so_already_is_left_out() -> None:
    """Those with the same labels and no others are not offered; those with others are, and what they have is told."""
    work = Work().on_text(TEXT)
    work.sentence(2)
    commands.tag(work.session, "target")
    work.sentence(3)
    commands.tag(work.session, "opinion")
    reading = work.session.reading
    assert reading is not None
    found = identical.find_identical(reading, work.session.state, words=SAME, decision=TARGET)
    assert [(one.number, one.decision) for one in found] == [(4, Decision(("opinion",))), (6, None)]


def test_a_joined_sentence_is_found() -> None:
    """A sentence that reaches over a line's end is compared as a whole."""
    work = Work().on_text("Một câu dài\nvà hết.\n\nMột câu dài và hết.\n")
    work.sentence(0)
    commands.join(work.session)
    reading = work.session.reading
    assert reading is not None
    found = identical.find_identical(reading, work.session.state, words="Một câu dài và hết.", decision=TARGET)
    assert [one.number for one in found] == [1, 2]


@given(st.lists(st.sampled_from(["Có tin.", "Không  có.", "Có\ttin.", "Xong rồi."]), max_size=12), st.data())
def test_every_sentence_that_says_the_same_is_found(sentences: list[str], data: st.DataObject) -> None:
    """Exactly those whose words are the same, however the sentences are spread over lines."""
    gaps = [data.draw(st.sampled_from([" ", "\n", "\n\n"])) for _ in sentences]
    text = "".join(sentence + gap for sentence, gap in zip(sentences, gaps, strict=True))
    expected = list(SegmentedText(text, LANGUAGE, AnnotationSet()).all_sentences())
    same = [one.span for one in expected if " ".join(text[slice(*one.span)].split()) == "Có tin."]
    assert same == [one.span for one in twins(text, words="Có tin.")]


def test_deciding_here_is_one_step() -> None:
    """Labels that were there are replaced, a mark goes, and one undo brings everything back."""
    work = Work().on_text(TEXT)
    session = work.session
    work.sentence(3)
    commands.tag(session, "opinion", is_staying=True)
    commands.set_note(session, "x")
    work.sentence(5)
    commands.mark_nothing(session)
    before = session.state
    spans = [one.span for one in twins(TEXT)]
    assert identical.decide_in_session(session, spans, decision=TARGET)
    assert [found for _, found in labels_on(session.state)] == [("target",)] * 3
    assert len(session.state.nothing) == 0
    assert [one.note for one in session.state.annotations.values()] == ["", "x", ""]
    session.undo()
    assert session.state == before


def test_nothing_here_can_be_given_too() -> None:
    """Boilerplate is marked *nothing here* likewise; labels go."""
    work = Work().on_text(TEXT)
    work.sentence(2)
    commands.tag(work.session, "target")
    spans = [one.span for one in twins(TEXT, NOTHING)]
    identical.decide_in_session(work.session, spans, decision=NOTHING)
    assert len(work.session.state.nothing) == 3
    assert labels_on(work.session.state) == []


# Other documents


def test_other_documents_are_read_and_not_touched(tmp_path: Path) -> None:
    """What is decided there counts; no file comes to be."""
    first, other = article(tmp_path, "a.txt"), article(tmp_path, "b.txt", TEXT)
    work = Work()
    assert work.open(first.parent)
    found = identical.find_identical_in(other, wish(work))
    assert [one.number for one in found.sentences] == [3, 4, 6]
    assert identical.find_identical_in(first, wish(work)).sentences == ()
    assert not sidecar_path(other).exists()


def test_other_documents_are_written_and_can_be_undone_there(tmp_path: Path) -> None:
    """The file is there at once, as if a person had tagged; opened, the document undoes it as one step."""
    article(tmp_path, "a.txt")
    other = article(tmp_path, "b.txt", TEXT)
    work = Work()
    assert work.open(tmp_path)
    found = identical.find_identical_in(other, wish(work))
    assert decide(found, wish(work)) == TaggingResult(other, 3)
    assert [labels for _, labels in labels_on(sidecar_of(other).decisions)] == [("target",)] * 3
    assert sidecar_of(other).annotator == "mai"
    assert sidecar_of(other).decisions.status is Status.IN_PROGRESS
    again = Work()
    assert again.open(other)
    commands.undo(again.session)
    again.settle()
    again.session.close()
    assert labels_on(sidecar_of(other).decisions) == []
    work.session.close()


def test_only_the_chosen_ones_are_written(tmp_path: Path) -> None:
    """What was not chosen stays as it is."""
    other = article(tmp_path, "b.txt", TEXT)
    work = Work()
    assert work.open(article(tmp_path, "a.txt").parent)
    found = identical.find_identical_in(other, wish(work))
    chosen = [found.sentences[1].span]
    done = identical.decide_closed_document(found, chosen, request=wish(work), now=Clock(), new_id=lambda: "abcdef")
    assert done.sentences == 1
    assert labels_on(sidecar_of(other).decisions) == [("Mọi  người\xa0đồng ý.", ("target",))]
    work.session.close()


def test_a_document_that_another_window_has_is_not_written(tmp_path: Path) -> None:
    """It is said why, and nothing is changed."""
    other = article(tmp_path, "b.txt", TEXT)
    work = Work()
    assert work.open(article(tmp_path, "a.txt").parent)
    found = identical.find_identical_in(other, wish(work))
    with open_journal(other, annotator="", state_folder=ensure_state_folder()):
        done = decide(found, wish(work))
    assert done.sentences == 0
    assert done.trouble
    assert not sidecar_path(other).exists()
    work.session.close()


def test_a_document_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    """The places that were found may mean other words now."""
    other = article(tmp_path, "b.txt", TEXT)
    work = Work()
    assert work.open(article(tmp_path, "a.txt").parent)
    found = identical.find_identical_in(other, wish(work))
    other.write_text("Khác hẳn. " + TEXT, "utf-8")
    done = decide(found, wish(work))
    assert done.sentences == 0
    assert "changed meanwhile" in done.trouble
    assert not sidecar_path(other).exists()
    work.session.close()


@pytest.mark.parametrize("broken", ["labels: [", "nonsense\n"])
def test_a_document_whose_annotations_cannot_be_read_is_told(tmp_path: Path, broken: str) -> None:
    """It is neither searched nor written."""
    other = article(tmp_path, "b.txt", TEXT)
    sidecar_path(other).write_text(broken, "utf-8")
    work = Work()
    assert work.open(article(tmp_path, "a.txt").parent)
    found = identical.find_identical_in(other, wish(work))
    assert (found.sentences, bool(found.trouble)) == ((), True)
    assert sidecar_path(other).read_text("utf-8") == broken
    work.session.close()


def test_a_full_disk_is_told_and_the_work_is_in_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sidecar cannot be written; the step comes back when the document is opened."""
    other = article(tmp_path, "b.txt", TEXT)
    work = Work()
    assert work.open(article(tmp_path, "a.txt").parent)
    found = identical.find_identical_in(other, wish(work))

    def full(*_: object, **_guard: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(document_store, "save_bytes", full)
        done = decide(found, wish(work))
    assert (done.sentences, "the disk is full" in done.trouble) == (3, True)
    again = Work()
    assert again.open(other)
    assert [labels for _, labels in labels_on(again.session.state)] == [("target",)] * 3
    again.session.close()
    work.session.close()


# Where work is left


def test_others_go_once_around(tmp_path: Path) -> None:
    """From the one after the open document to the one before it."""
    paths = [article(tmp_path, name) for name in ("a.txt", "b.txt", "c.txt")]
    work = Work()
    assert work.open(tmp_path)
    assert work.session.workspace is not None
    assert next_undecided.documents_after(work.session.workspace, paths[1]) == (paths[2], paths[0])
    work.session.close()


def test_what_has_work_left(tmp_path: Path) -> None:
    """A new document has, one that is done has not, nor one that is no text."""
    article(tmp_path, "a.txt", "Một câu ở đây. Hai câu ở đây.\n")
    article(tmp_path, "b.txt", "")
    work = Work()
    assert work.open(tmp_path)
    session, workspace = work.session, work.session.workspace
    assert workspace is not None

    def has(name: str) -> bool:
        work.settle()
        return next_undecided.has_undecided(tmp_path / name, workspace=workspace, annotator=session.author)

    assert (has("a.txt"), has("b.txt")) == (True, False)
    assert next_undecided.go_to_first_undecided(session)
    assert next_undecided.go_to_next_undecided(session)
    commands.mark_nothing(session)
    assert has("a.txt")
    commands.finish(session)
    assert not has("a.txt")
    session.close()


# Many at once


def test_many_are_changed_as_one_step() -> None:
    """Labels, notes and clearing on several annotations; each is one step, and places without one are left out."""
    work = Work().on_text(TEXT)
    session = work.session
    for number in (2, 3):
        work.sentence(number)
        commands.tag(session, "target", is_staying=True)
    places = [*session.state.annotations, 9_999]
    assert bulk_commands.add_label(session, places, label="opinion")
    assert not bulk_commands.add_label(session, places, label="opinion")
    assert [found for _, found in labels_on(session.state)] == [("target", "opinion")] * 2
    assert bulk_commands.set_note(session, places, note="chung")
    assert bulk_commands.find_common_note(session, places) == "chung"
    assert bulk_commands.remove_label(session, places[:1], label="target")
    assert bulk_commands.toggle_label(session, places, label="target")
    assert bulk_commands.clear(session, places)
    assert [found for _, found in labels_on(session.state)] == [()] * 2
    assert len(work.memory.kept) == 2 + 5
    for _ in range(5):
        session.undo()
    assert [found for _, found in labels_on(session.state)] == [("target",)] * 2
    assert bulk_commands.set_note(session, places[:1], note="riêng")
    assert bulk_commands.find_common_note(session, places) is None


def test_no_words_have_no_twins() -> None:
    """An empty text has none, and no words find none."""
    assert twins("", words="") == ()
    assert twins(TEXT, words="") == ()
