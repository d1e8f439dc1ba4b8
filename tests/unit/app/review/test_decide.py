"""Deciding what reviewers said: one step each, alone and together, here and in other documents."""

from __future__ import annotations

from itertools import count, permutations
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from app_builders import Work, article, labels_on, sidecar_path
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.documents.open import open_document
from annotator.app.review.closed_documents import accept_in_closed_document, count_pending, find_agreed
from annotator.app.review.decide import (
    accept,
    accept_batch,
    by_reviewer,
    describe_batch,
    is_agreement,
    refuse,
    reopen,
    select_batch,
)
from annotator.app.review.verdict_groups import SkipReason, VerdictIndex, find_wanted_labels, group_verdicts
from annotator.app.session import commands
from annotator.core.review.verdict_edits import add_verdicts
from annotator.core.verdict import Outcome, Verdict, VerdictKind

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.review.verdict_groups import VerdictGroup

GOAL = "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."
VOICE = "Ông An cho rằng đó là mục tiêu cao."
LONG = "Phiên họp kéo dài cả ngày."
ALL = "Mọi đại biểu đều phát biểu."
OTHER = "Tin ngắn\n\nĐến năm 2028, giải ngân đạt 95%. Bà Hoa đề nghị rút ngắn thủ tục.\n"
_ids = count(1)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A folder of two articles; the first is open and has a target and an opinion."""
    article(tmp_path / "bài", "một.txt")
    article(tmp_path / "bài", "hai.txt", OTHER)
    made = Work()
    assert made.open(tmp_path / "bài")
    open_article(made, "một.txt")
    tag(made, GOAL, "target")
    tag(made, VOICE, "opinion")
    return made


def open_article(work: Work, name: str) -> Path:
    """Open the article of that name, if it is not open."""
    workspace = work.session.workspace
    assert workspace is not None
    path = next(path for path in workspace.documents if path.name == name)
    if work.session.path != path:
        assert open_document(work.session, path, deliver=work.deliver)
    return path


def go(work: Work, words: str) -> None:
    """Go to the sentence that says ``words``."""
    reading = work.session.reading
    assert reading is not None
    work.session.go_to(next(one for one in reading.all_sentences() if reading.text[slice(*one.span)] == words))


def tag(work: Work, words: str, label: str) -> None:
    """Give a sentence a label."""
    go(work, words)
    commands.tag(work.session, label, is_staying=True)


def said(work: Work, words: str, kind: VerdictKind, *labels: str, who: str = "Lan", stood: str = "") -> int:
    """Let an open verdict on the sentence that says ``words`` come in; its key."""
    go(work, words)
    session = work.session
    assert session.current is not None
    annotation = session.state.annotations.find(session.current.span.start)
    verdict = Verdict(
        id=f"v{next(_ids)}",
        kind=kind,
        span=session.current.span,
        text=words,
        annotation=annotation.id if annotation else "",
        labels=labels,
        labels_seen=(stood,) if stood else annotation.labels if annotation else (),
        reviewer=who,
        source=f"{who}.xlsx",
    )
    (change,) = add_verdicts(session.state, [verdict])
    assert session.apply("review in", [change])
    return change.place


def matters(work: Work) -> tuple[VerdictGroup, ...]:
    """All that was said of the open document."""
    assert work.session.reading is not None
    return group_verdicts(work.session.state, work.session.reading)


def outcomes(work: Work) -> list[Outcome]:
    """What came of each verdict, in the order in which they came in."""
    verdicts = sorted(work.session.state.verdicts.values(), key=lambda one: int(one.id[1:]))
    return [one.outcome for one in verdicts]


def in_file(path: Path) -> dict[str, Any]:
    """The sidecar as anybody reads it."""
    found: dict[str, Any] = yaml.safe_load(sidecar_path(path).read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    ("words", "kind", "labels", "after"),
    [
        (GOAL, VerdictKind.CHANGE, ("breakthrough",), (("breakthrough",), "review")),
        (GOAL, VerdictKind.CHANGE, ("target", "opinion"), (("target", "opinion"), "review")),
        (GOAL, VerdictKind.CHANGE, (), (("target",), "person")),
        (GOAL, VerdictKind.AGREE, (), (("target",), "person")),
        (GOAL, VerdictKind.ADD, ("opinion",), (("target", "opinion"), "review")),
        (GOAL, VerdictKind.DROP, (), None),
        (LONG, VerdictKind.ADD, ("opinion",), (("opinion",), "review")),
    ],
)
def test_taking_one_is_one_step(
    work: Work, words: str, kind: VerdictKind, labels: tuple[str, ...], after: tuple[tuple[str, ...], str] | None
) -> None:
    """It does what the reviewer wants, says so in the file with who and when, and one undo brings all back."""
    path = open_article(work, "một.txt")
    key = said(work, words, kind, *labels)
    before = work.session.state
    assert accept(work.session, key)
    assert work.settle()
    file = in_file(path)
    found = {one["text"]: (tuple(one["labels"]), one["origin"]) for one in file["annotations"]}
    assert found.get(words) == after
    (entry,) = file["review"]
    assert (entry["outcome"], entry["by"], str(entry["decided"])[:10]) == ("taken", "mai", "2026-05-13")
    work.session.undo()
    assert work.session.state == before
    work.session.redo()
    assert outcomes(work) == [Outcome.TAKEN]


def test_refusing_and_opening_again(work: Work) -> None:
    """Refused, nothing but the verdict differs; opened again, it waits as before; each is a step."""
    key = said(work, GOAL, VerdictKind.DROP)
    before = work.session.state
    assert refuse(work.session, key)
    assert (outcomes(work), work.session.state.annotations) == ([Outcome.REFUSED], before.annotations)
    assert not refuse(work.session, key)
    assert not accept(work.session, key)
    assert reopen(work.session, key)
    assert work.session.state == before
    assert not reopen(work.session, key)
    work.session.undo()
    work.session.undo()
    assert work.session.state == before


def test_what_is_gone_cannot_be_taken(work: Work) -> None:
    """It is listed with the words that were seen, and it is said why; it can be refused."""
    key = said(work, LONG, VerdictKind.ADD, "opinion")
    old = work.session.state.verdicts.find(key)
    assert old is not None
    commands.split(work.session, old.span.start + LONG.index("kéo"))
    (matter,) = matters(work)
    assert (matter.place, matter.text, matter.verdicts[0].reason) == (None, LONG, SkipReason.GONE)
    assert not accept(work.session, key)
    assert "gone from the text" in work.said[-1]
    assert refuse(work.session, key)


def test_agreed_ones_are_taken_together(work: Work) -> None:
    """Those that agree are taken in one step; one that another reviewer contradicts is left and told."""
    said(work, GOAL, VerdictKind.AGREE)
    said(work, GOAL, VerdictKind.AGREE, who="Hoa")
    said(work, VOICE, VerdictKind.AGREE)
    said(work, VOICE, VerdictKind.CHANGE, "target", who="Hoa")
    said(work, LONG, VerdictKind.ADD, "opinion")
    before = work.session.state
    found = accept_batch(work.session, is_agreement)
    assert outcomes(work) == [Outcome.TAKEN, Outcome.TAKEN, Outcome.OPEN, Outcome.OPEN, Outcome.OPEN]
    assert describe_batch(len(found.places), found.skipped) == (
        "2 verdicts were taken. Left for you to decide: 1 on which reviewers differ."
    )
    assert work.session.state.annotations == before.annotations
    work.session.undo()
    assert work.session.state == before


def test_all_of_one_reviewer_and_all_open_ones(work: Work) -> None:
    """What contradicts, names no label, or is about labels that changed since, is left out, each counted."""
    said(work, GOAL, VerdictKind.CHANGE, "breakthrough")
    said(work, GOAL, VerdictKind.CHANGE, "breakthrough", who="Hoa")
    said(work, VOICE, VerdictKind.CHANGE)
    said(work, LONG, VerdictKind.ADD, "opinion", who="Hoa")
    said(work, ALL, VerdictKind.DROP, stood="target")
    tag(work, ALL, "opinion")
    before = work.session.state
    found = accept_batch(work.session, by_reviewer("Hoa"))
    assert (len(found.places), dict(found.skipped)) == (2, {})
    assert ((LONG, ("opinion",)) in labels_on(work.session.state), outcomes(work)[1]) == (True, Outcome.TAKEN)
    work.session.undo()
    assert work.session.state == before
    found = accept_batch(work.session, lambda _verdict: True)
    assert (len(found.places), dict(found.skipped)) == (3, {SkipReason.UNNAMED: 1, SkipReason.CHANGED: 1})
    assert labels_on(work.session.state) == [
        (GOAL, ("breakthrough",)),
        (VOICE, ("opinion",)),
        (LONG, ("opinion",)),
        (ALL, ("opinion",)),
    ]
    work.session.undo()
    assert work.session.state == before


def test_what_was_taken_for_one_is_not_overridden_for_another(work: Work) -> None:
    """Once one of two contradicting wishes is taken, the other one still waits for a person."""
    first = said(work, GOAL, VerdictKind.CHANGE, "breakthrough")
    said(work, GOAL, VerdictKind.AGREE, who="Hoa")
    assert accept(work.session, first)
    assert accept_batch(work.session, lambda _verdict: True).places == {}
    assert labels_on(work.session.state)[0] == (GOAL, ("breakthrough",))
    refuse(work.session, next(one.key for one in matters(work)[0].verdicts if one.is_open))
    assert not matters(work)[0].is_disputed


def test_several_reviewers_of_one_sentence_stand_together(work: Work) -> None:
    """Sentences are in order of place, the verdicts on one by name; the index gives the same for one sentence."""
    said(work, VOICE, VerdictKind.DROP, who="Nam")
    said(work, GOAL, VerdictKind.AGREE, who="Lan")
    said(work, GOAL, VerdictKind.DROP, who="Hoa")
    found = matters(work)
    assert [(one.text, [each.verdict.reviewer for each in one.verdicts]) for one in found] == [
        (GOAL, ["Hoa", "Lan"]),
        (VOICE, ["Nam"]),
    ]
    assert [one.is_disputed for one in found] == [True, False]
    index, document = VerdictIndex(work.session.state.verdicts), work.session.document
    assert document is not None
    for matter in found:
        assert matter.place is not None
        assert index.group_at(matter.place, work.session.state, text=document.text) == matter


@given(st.lists(st.sampled_from(["agree", "drop", "change target", "add opinion", "change"]), max_size=3))
def test_whether_reviewers_differ_does_not_depend_on_their_order(kinds: list[str]) -> None:
    """However the verdicts on a sentence come in, what can be taken together is the same."""
    work = Work().on_text(f"Tin\n\n{GOAL}\n")
    tag(work, GOAL, "target")
    start = work.session.state
    seen = set()
    for order in permutations(kinds):
        work.session.state = start
        for nth, words in enumerate(order):
            kind, *labels = words.split()
            said(work, GOAL, VerdictKind(kind), *labels, who=f"{words}{nth}")
        seen.add(tuple(sorted(one.kind for one in _taken(work))))
    assert len(seen) == 1


def _taken(work: Work) -> list[Verdict]:
    keys = select_batch(matters(work), lambda _verdict: True).places
    return [one for key, one in work.session.state.verdicts.items() if key in keys]


def test_a_wish_names_labels_or_not() -> None:
    """A change or an addition without a label says nothing that could be done by itself."""
    verdict = Verdict("v", VerdictKind.CHANGE, (0, 1), "x")  # type: ignore[arg-type]
    assert find_wanted_labels(verdict, ("target",)) is None


def test_agreed_ones_in_documents_that_are_not_open(work: Work) -> None:
    """They are seen before, taken as one step of that document, and undone there; nothing else of it differs."""
    second = open_article(work, "hai.txt")
    tag(work, "Đến năm 2028, giải ngân đạt 95%.", "target")
    said(work, "Đến năm 2028, giải ngân đạt 95%.", VerdictKind.AGREE)
    said(work, "Bà Hoa đề nghị rút ngắn thủ tục.", VerdictKind.ADD, "opinion")
    before = work.session.state
    assert work.settle()
    open_article(work, "một.txt")
    workspace = work.session.workspace
    assert workspace is not None
    known = count_pending(workspace.documents, workspace, annotator="mai", known={})
    assert {path.name: one.verdicts for path, one in known.items()} == {"một.txt": 0, "hai.txt": 2}
    assert count_pending(workspace.documents, workspace, annotator="mai", known=known) == known
    found = find_agreed(second, workspace=workspace, annotator="mai")
    ((number, matter, keys),) = found.agreed
    assert (number, matter.text, len(keys)) == (2, "Đến năm 2028, giải ngân đạt 95%.", 1)
    ids = count(1)
    done = accept_in_closed_document(
        second,
        keys,
        workspace=workspace,
        annotator="mai",
        now=lambda: "2026-06-01T08:00:00+07:00",
        new_id=lambda: f"n{ids}",
    )
    assert (done.verdicts, done.trouble) == (1, "")
    assert [(one["verdict"], one["outcome"]) for one in in_file(second)["review"]] == [
        ("agree", "taken"),
        ("add", "open"),
    ]
    again = accept_in_closed_document(
        second, keys, workspace=workspace, annotator="mai", now=lambda: "x", new_id=lambda: "x"
    )
    assert (again.verdicts, again.trouble) == (0, "Its verdicts were decided meanwhile.")
    open_article(work, "hai.txt")
    work.session.undo()
    assert work.session.state == before


def test_a_document_that_cannot_be_read_is_told(work: Work) -> None:
    """Its name and the reason are given, and nothing is taken."""
    path = open_article(work, "hai.txt")
    said(work, "Bà Hoa đề nghị rút ngắn thủ tục.", VerdictKind.AGREE)
    open_article(work, "một.txt")
    path.unlink()
    assert work.session.workspace is not None
    found = find_agreed(path, workspace=work.session.workspace, annotator="mai")
    assert found.agreed == ()
    assert "hai.txt" in found.trouble
    done = accept_in_closed_document(path, [1], workspace=work.session.workspace, annotator="mai", now=str, new_id=str)
    assert (done.verdicts, "hai.txt" in done.trouble) == (0, True)
