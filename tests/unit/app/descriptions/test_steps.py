"""Steps and times in words."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.app.descriptions.steps import StepDescriber, excerpt
from annotator.core.annotation import Annotation, Status
from annotator.core.change import BlockMark, Change, Layer, Step
from annotator.core.document import BlockKind
from annotator.core.formatting import describe_time
from annotator.core.span import Span
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Đến năm 2030 đạt 30%. Ông An nói vậy.\n"
ONE, TWO = Span(0, 21), Span(22, 37)
TELLER = StepDescriber(load_builtin_labels(), "en", TEXT)


def made(span: Span = ONE, *labels: str, note: str = "", **fields: str) -> Annotation:
    """An annotation of a sentence."""
    return Annotation("a", span, labels, TEXT[slice(*span)], note=note, fields=fields)


def told(what: str, *changes: Change, teller: StepDescriber = TELLER) -> str:
    """A step in words."""
    return teller.describe(Step(what, changes, ONE))


def put(before: Annotation | None, after: Annotation | None) -> Change:
    """A change of an annotation."""
    one = after or before
    assert one is not None
    return Change(Layer.ANNOTATION, one.span.start, before, after)


_FIRST = "“Đến năm 2030 đạt 30%.”"
_BEGUN = Change(Layer.STATUS, 0, Status.NEW, Status.IN_PROGRESS)
_TAGGED = put(None, made(ONE, "target"))


@pytest.mark.parametrize(
    ("what", "changes", "words"),
    [
        ("tag", [_TAGGED, _BEGUN], f"Tagged as Target: {_FIRST}"),
        ("tag", [put(made(ONE, "target"), made(ONE))], f"No longer tagged as Target: {_FIRST}"),
        ("tag", [put(made(ONE, "target"), made(ONE, "opinion"))], f"Tagged as Opinion instead of Target: {_FIRST}"),
        ("tag", [put(None, made(TWO, "target")), _TAGGED], f"Tagged as Target: 2 sentences, {_FIRST} …"),
        ("tag", [_TAGGED, put(None, made(TWO, "opinion"))], f"Labels changed: 2 sentences, {_FIRST} …"),
        ("tag", [put(None, made(ONE, "no such label"))], f"Tagged as no such label: {_FIRST}"),
        ("nothing", [Change(Layer.NOTHING, 22, None, 37)], "None of the labels: “Ông An nói vậy.”"),
        ("clear", [put(made(ONE, "target"), None)], f"Cleared of Target: {_FIRST}"),
        ("clear", [Change(Layer.NOTHING, 22, 37, None)], "Reset to undecided: “Ông An nói vậy.”"),
        ("note", [put(made(), made(note="xem\nlại"))], f"Note “xem lại”: {_FIRST}"),
        ("note", [put(made(note="xem"), None)], f"Note removed: {_FIRST}"),
        (
            "fields",
            [put(made(ONE, "target"), made(ONE, "target", indicator="x"))],
            f"Fields filled in (Indicator): {_FIRST}",
        ),
        ("split", [Change(Layer.SPLIT, 8, None, 8), _TAGGED], f"Sentence split: {_FIRST}"),
        (
            "kind",
            [Change(Layer.BLOCK, 0, None, BlockMark(37, BlockKind.TITLE))],
            f"Kind of block: title: “{TEXT[:-1]}”",
        ),
        ("finish", [Change(Layer.STATUS, 0, Status.IN_PROGRESS, Status.DONE)], "Document finished"),
        (
            "finish",
            [Change(Layer.NOTHING, 0, None, 21), _BEGUN],
            "Document finished, 1 undecided sentence marked as nothing",
        ),
        ("reopen", [Change(Layer.STATUS, 0, Status.DONE, Status.IN_PROGRESS)], "Reopened"),
        ("restore", [_TAGGED, Change(Layer.NOTHING, 0, 21, None)], "Went back to an earlier point, 1 sentence changed"),
        ("rename", [_TAGGED], "Labels renamed"),
        ("what is this", [_TAGGED], f"Tagged as Target: {_FIRST}"),
        ("what is this", [Change(Layer.NOTHING, 22, None, 37)], "Other change: “Ông An nói vậy.”"),
        ("", [], "Other change"),
    ],
)
def test_each_step_has_words(what: str, changes: list[Change], words: str) -> None:
    """What was done comes first, then the sentence; a step that is not known is told by its changes."""
    assert words == told(what, *changes)


def test_names_are_in_the_language() -> None:
    """Labels are called as the person calls them."""
    assert "Mục tiêu" in told("tag", _TAGGED, teller=TELLER._replace(language="vi"))


def test_without_the_text_it_says_what_the_step_knows() -> None:
    """Annotations know their words, marks do not."""
    gone = TELLER._replace(text="")
    assert f"Tagged as Target: {_FIRST}" == told("tag", _TAGGED, teller=gone)
    assert told("nothing", Change(Layer.NOTHING, 22, None, 37), teller=gone) == "None of the labels"


def test_an_orphan_is_told_by_its_words() -> None:
    """What lost its sentence still says what it was."""
    orphan = replace(made(ONE, "target"), id="xyz")
    assert told("", Change(Layer.ORPHAN, 7, orphan, None)) == f"Other change: {_FIRST}"


def test_excerpts_are_cut_between_words() -> None:
    """On one line, not in the middle of a word where there is a gap."""
    assert excerpt("a\n b") == "a b"
    assert excerpt("một hai, " * 30) == "một hai, " * 11 + "một hai…"
    assert excerpt("đ" * 500) == "đ" * 110 + "…"


@pytest.fixture
def hanoi() -> Iterator[None]:
    """The clock on the wall is that of Hanoi."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("hanoi")
@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2026-05-13T09:12:44+07:00", "today, 09:12"),
        ("2026-05-12T17:30:00+00:00", "today, 00:30"),
        ("2026-05-12T16:30:00+00:00", "yesterday, 23:30"),
        ("2026-05-11T23:59:00+07:00", "11 May, 23:59"),
        ("2026-05-13T09:12:44", "today, 09:12"),
        ("", ""),
        ("a while ago", "a while ago"),
    ],
)
def test_times_are_told_as_people_say_them(written: str, words: str) -> None:
    """On this computer's clock, whatever the offset with which they were written."""
    assert words == describe_time(written, now="2026-05-13T23:00:00+07:00")
