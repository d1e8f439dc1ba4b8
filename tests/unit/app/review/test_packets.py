"""What goes out to reviewers, and how what they say comes in."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, Work, article, sidecar_of
from round_trips import import_batches

from annotator.app.review.matching import MatchResult, locate_verdict, match_answers
from annotator.app.review.packets import iter_articles, make_packet
from annotator.app.session import commands
from annotator.core.review.verdict_edits import accept_verdict, add_verdicts
from annotator.core.verdict import Outcome, VerdictKind
from annotator.review.model.answer import Answer

if TYPE_CHECKING:
    from pathlib import Path

GOAL = "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."
VOICE = "Ông An cho rằng đó là mục tiêu cao."


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A folder of two articles of which the first is open and has a target with a note."""
    article(tmp_path / "bài", "một.txt")
    article(tmp_path / "bài", "hai.txt", "Tin ngắn\n\nMọi đại biểu đều phát biểu. Mọi đại biểu đều phát biểu.\n")
    made = Work()
    assert made.open(tmp_path / "bài")
    assert made.session.workspace is not None
    first = made.session.workspace.index(tmp_path / "bài" / "một.txt")
    assert first is not None
    tagged(made, GOAL, "target", note="số liệu của tỉnh")
    return made


def tagged(work: Work, words: str, label: str, *, note: str = "") -> None:
    """Tag the sentence that says ``words`` in the first article, and save."""
    open_article(work, "một.txt")
    reading = work.session.reading
    assert reading is not None
    sentence = next(one for one in reading.all_sentences() if reading.text[slice(*one.span)] == words)
    work.session.go_to(sentence)
    commands.tag(work.session, label, is_staying=True)
    if note:
        commands.set_note(work.session, note)
    assert work.settle()


def open_article(work: Work, name: str) -> Path:
    """Open the article of that name, if it is not open."""
    from annotator.app.documents.open import open_document  # noqa: PLC0415  # only here

    workspace = work.session.workspace
    assert workspace is not None
    path = next(path for path in workspace.documents if path.name == name)
    if work.session.path != path:
        assert open_document(work.session, path, deliver=work.deliver)
    return path


def matched(work: Work, *answers: Answer) -> MatchResult:
    """What the answers are about."""
    ids = count(1)
    assert work.session.workspace is not None
    return match_answers(answers, work.session.workspace, source="lan.xlsx", new_id=lambda: f"v{next(ids)}")


def goal_id(work: Work) -> str:
    """The id of the annotation on the first sentence tagged."""
    return next(iter(work.session.state.annotations.values())).id


def test_what_goes_out_is_what_stands(work: Work) -> None:
    """An article that was worked on goes out with its sentences, labels, note and neighbours; another one does not."""
    assert work.session.workspace is not None
    packet = make_packet(work.session.workspace, language="vi", made="2026-06-01", by="mai")
    assert (packet.folder, packet.label_names(("target", "new"))) == ("bài", "Mục tiêu, new")
    (one,) = iter_articles(work.session.workspace, language="vi", on_trouble=pytest.fail)
    assert (one.file, one.title, one.text, one.status) == (
        "một.txt",
        "Tạo tiền đề vững chắc để vùng cao bước vào giai đoạn mới",
        ARTICLE,
        "in progress",
    )
    (item,) = one.items
    assert (item.text, item.labels, item.note) == (GOAL, ("target",), "số liệu của tỉnh")
    assert (item.before, item.after) == ("Sáng nay, hội đồng đã họp phiên đầu tiên.", VOICE)
    spans = [span for paragraph in one.paragraphs for span in paragraph.sentences]
    assert (len(spans), one.sentences, one.decided) == (8, 8, 1)
    assert spans[item.number - 1] == item.span


def test_answers_come_in_as_open_verdicts(work: Work) -> None:
    """By id, by words alone and as additions; one step, which undo takes back; said again, they come in once."""
    answers = (
        Answer(
            "Annotations, row 2", "một.txt", "", goal_id(work), GOAL, VerdictKind.CHANGE, ("opinion",), reviewer="Lan"
        ),
        Answer("Annotations, row 3", "một.txt", "", "", GOAL, VerdictKind.AGREE, reviewer="Hoa"),
        Answer("Additions, row 2", "một.txt", "", "", VOICE.replace(" ", "\n", 1), VerdictKind.ADD, ("opinion",)),
    )
    found = matched(work, *answers)
    assert found.troubles == ()
    (logged,) = import_batches(found.batches, work.session)
    assert (logged.added, logged.repeated, logged.trouble) == (3, 0, "")
    verdicts = sorted(work.session.state.verdicts.values(), key=lambda one: one.id)
    assert [(one.kind, one.annotation, one.text) for one in verdicts] == [
        (VerdictKind.CHANGE, goal_id(work), GOAL),
        (VerdictKind.AGREE, goal_id(work), GOAL),
        (VerdictKind.ADD, "", VOICE),
    ]
    assert {(one.outcome, one.source) for one in verdicts} == {(Outcome.OPEN, "lan.xlsx")}
    (logged,) = import_batches(matched(work, *answers).batches, work.session)
    assert (logged.added, logged.repeated) == (0, 3)
    assert work.settle()
    assert sidecar_of(open_article(work, "một.txt")).decisions.verdicts == work.session.state.verdicts
    work.session.undo()
    assert len(work.session.state.verdicts) == 0


def test_verdicts_on_a_document_that_is_not_open(work: Work) -> None:
    """They are in its sidecar all the same, and there when it is opened."""
    path = open_article(work, "một.txt")
    identity = goal_id(work)
    open_article(work, "hai.txt")
    found = matched(work, Answer("row 2", "một.txt", "", identity, GOAL, VerdictKind.DROP))
    (logged,) = import_batches(found.batches, work.session)
    assert (logged.added, logged.trouble) == (1, "")
    assert [one.kind for one in sidecar_of(path).decisions.verdicts.values()] == [VerdictKind.DROP]
    open_article(work, "một.txt")
    assert [one.annotation for one in work.session.state.verdicts.values()] == [identity]


def test_what_finds_nothing_is_told_place_by_place(work: Work) -> None:
    """A document of another folder, an id that is gone, words that are not there or stand twice."""
    found = matched(
        work,
        Answer("row 2", "ba.txt", "", "x", GOAL, VerdictKind.DROP),
        Answer("row 3", "một.txt", "", "nope", "Không có.", VerdictKind.DROP),
        Answer("row 4", "một.txt", "", "", "Không có câu này.", VerdictKind.ADD, ("target",)),
        Answer("row 5", "hai.txt", "", "", "Mọi đại biểu đều phát biểu.", VerdictKind.ADD, ("opinion",)),
        Answer("row 6", "một.txt", "", "", "   ", VerdictKind.ADD, ("opinion",)),
    )
    assert found.batches == ()
    assert [trouble.place for trouble in found.troubles] == ["row 2", "row 3", "row 4", "row 6", "row 5"]
    told = {trouble.place: trouble.sentence for trouble in found.troubles}
    assert "There is no document ba.txt in this folder." in told["row 2"]
    assert "no annotation “nope”" in told["row 3"]
    assert "“Không có câu này.” is not in the document" in told["row 4"]
    assert "stands in 2 sentences" in told["row 5"]


def test_taking_goes_to_the_sentence_as_it_is_now(work: Work) -> None:
    """The place of an addition is found again after sentences were joined; what is gone has none."""
    found = matched(work, Answer("row 2", "một.txt", "", "", VOICE, VerdictKind.ADD, ("opinion",)))
    session = work.session
    assert session.apply("review in", add_verdicts(session.state, found.batches[0].verdicts))
    ((key, verdict),) = session.state.verdicts.items()
    assert session.reading is not None
    place = locate_verdict(verdict, session.state, session.reading)
    assert place == verdict.span
    assert session.apply("review", accept_verdict(session.state, key, place=place, writer=session.writer(), by="mai"))
    assert [one.labels for one in session.state.annotations.values()] == [("target",), ("opinion",)]
    assert work.settle()
    kept = sidecar_of(open_article(work, "một.txt")).decisions
    assert [(one.labels, one.origin) for one in kept.annotations.values()][1] == (("opinion",), "review")
    assert [one.outcome for one in kept.verdicts.values()] == [Outcome.TAKEN]
