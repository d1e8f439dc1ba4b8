from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_articles import LABELS, article, packet, page_bytes

from annotator.core.verdict import VerdictKind
from annotator.review.html.reader import MAX_ANSWERS, read_page_answers
from annotator.review.model.answer import Answer, ReturnedFile, ReviewFileError
from annotator.review.registry import read_returned_file

TEXT = "Đến năm 2030, kinh tế số đạt 30%."
ONE: dict[str, object] = {
    "file": "bài/một.txt",
    "annotator": "",
    "id": "a4",
    "sentence": 4,
    "text": TEXT,
    "verdict": "agree",
    "labels": [],
    "stood": ["target"],
    "comment": "",
    "said": "2026-11-25T01:02:03Z",
}


def file_of(*answers: object, **more: object) -> bytes:
    """A file of answers as the page saves it."""
    whole = {"format": "annotator-answers/1", "reviewer": "Lan", "annotations": 10, "answers": list(answers), **more}
    return json.dumps(whole).encode()


def read(*answers: object, **more: object) -> ReturnedFile:
    """What such a file says."""
    return read_page_answers(file_of(*answers, **more), name="lan.json", labels=LABELS)


def test_answers_of_every_kind() -> None:
    """Each with its place, in the file's order; what is not answered is counted."""
    found = read(
        ONE,
        {**ONE, "id": "a5", "verdict": "change", "labels": ["opinion", "target"], "comment": " vì \n sao "},
        {**ONE, "id": "a6", "verdict": "drop", "labels": ["target"]},
        {**ONE, "id": "", "text": "Câu trống.", "verdict": "add", "labels": ["Đột phá"]},
        {**ONE, "id": "a7", "verdict": "", "comment": "xem lại"},
        {**ONE, "id": "a8", "verdict": ""},
    )
    assert found.troubles == ()
    assert found.answers[0] == Answer(
        "answer 1", "bài/một.txt", "", "a4", TEXT, VerdictKind.AGREE, (), ("target",), "", "Lan", "2026-11-25T01:02:03Z"
    )
    assert [(one.kind, one.labels, one.comment) for one in found.answers[1:]] == [
        (VerdictKind.CHANGE, ("opinion", "target"), "vì \n sao"),
        (VerdictKind.DROP, (), ""),
        (VerdictKind.ADD, ("breakthrough",), ""),
        (VerdictKind.CHANGE, (), "xem lại"),
    ]
    assert found.unanswered == 6


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"verdict": "maybe"}, "“maybe” is no verdict"),
        ({"verdict": 3}, "“verdict” of this answer should be a text"),
        ({"labels": ["goal"]}, "There is no label “goal”"),
        ({"labels": "target"}, "“labels” of this answer should be a list"),
        ({"labels": [1]}, "should be a list of labels"),
        ({"stood": {}}, "“stood” of this answer should be a list"),
        ({"file": ""}, "does not say which sentence"),
        ({"id": "", "text": "  "}, "does not say which sentence"),
        ({"comment": "x" * 100_001}, "longer than 100000"),
        ({"text": []}, "“text” of this answer should be a text"),
    ],
)
def test_an_answer_that_is_wrong_is_told_and_the_others_are_taken(changed: dict[str, object], words: str) -> None:
    """With its place, and a sentence that says what and what to do."""
    found = read({**ONE, "id": "first"}, {**ONE, **changed}, {**ONE, "id": "last"})
    assert [one.id for one in found.answers] == ["first", "last"]
    (trouble,) = found.troubles
    assert trouble.place == "answer 2"
    assert words in trouble.sentence


def test_a_second_answer_on_the_same_sentence_is_told() -> None:
    """The first is taken; additions are told apart by the sentence."""
    free = {**ONE, "id": "", "verdict": "add", "labels": ["target"]}
    found = read(ONE, {**ONE, "verdict": "drop"}, free, {**free, "sentence": 9}, free, "nothing")
    assert [one.kind for one in found.answers] == [VerdictKind.AGREE, VerdictKind.ADD, VerdictKind.ADD]
    assert [one.place for one in found.troubles] == ["answer 2", "answer 5", "answer 6"]
    assert "answer 1" in found.troubles[0].sentence
    assert "no answer" in found.troubles[2].sentence


def test_lone_surrogates_and_odd_times_do_no_harm() -> None:
    """What cannot be written is replaced; a time that is none is that of the file, or nothing."""
    data = file_of({**ONE, "comment": "a\ud800b", "said": "soon"}, reviewer="\udfffLan", saved="2026-01-02T03:04:05Z")
    (one,) = read_page_answers(data, name="lan.json", labels=LABELS).answers
    assert (one.comment, one.reviewer, one.time) == ("a\ufffdb", "\ufffdLan", "2026-01-02T03:04:05Z")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "damaged"),
        (b"{}", "no file of answers from our page"),
        (b"[]", "no file that a reviewer sends back"),
        (b'{"format": 7, "answers": []}', "no file of answers from our page"),
        (b'{"format": "annotator-answers/2", "answers": []}', "another version (2)"),
        (b'{"format": "annotator-answers/1"}', "no file of answers from our page"),
        (b'{"format": "annotator-answers/1", "answers": [NaN]}', "damaged"),
        (b'{"format": "annotator-answers/1", "answers": [], "answers": []}', "a name stands twice"),
        pytest.param(b'{"a":' * 200_000, "damaged", id="objects in objects"),
        pytest.param(b'{"a": ' + b"[" * 200_000, "without end", id="lists in lists"),
        pytest.param(b'{"a": ' + b"9" * 10_000 + b"}", "damaged", id="a long number"),
        ('{"a": "é"}'.encode("latin-1"), "damaged"),
        pytest.param(file_of(*([0] * (MAX_ANSWERS + 1))), "which no page gives", id="too many"),
        (b"<!DOCTYPE html><p>hello", "none of ours"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    """It names the file and says what to do; never a traceback."""
    with pytest.raises(ReviewFileError) as caught:
        read_returned_file(data, name="lan.json", labels=LABELS)
    assert "lan.json" in str(caught.value)
    assert words in str(caught.value)


def test_the_page_itself_sent_back_is_told_from_its_answers() -> None:
    """Somebody who returns the page hears which button to press."""
    with pytest.raises(ReviewFileError, match="is the page itself, not the answers"):
        read_returned_file(b"\n" + page_bytes(packet(), article()), name="trang.html", labels=LABELS)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from([*ONE, "other"])


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=9) | VALUES, max_size=4), st.dictionaries(KEYS, VALUES))
def test_garbage_is_never_a_traceback(answers: list[object], more: dict[str, object]) -> None:
    """Every answer is taken, told, or says nothing; or the whole is refused."""
    data = json.dumps({"format": "annotator-answers/1", "annotations": 3, **more, "answers": answers}).encode()
    try:
        found = read_page_answers(data, name="x.json", labels=LABELS)
    except ReviewFileError:
        return
    assert len(found.answers) + len(found.troubles) <= len(answers)


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    """With a sentence."""
    with pytest.raises(ReviewFileError):
        read_page_answers(b"{" + data, name="x.json", labels=LABELS)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda words: words.strip())
SAID = st.tuples(st.sampled_from(["agree", "change", "drop"]), st.sampled_from([one.key for one in LABELS]), WORDS)


@given(st.dictionaries(WORDS, SAID, max_size=5))
def test_answers_come_back_as_they_were_given(said: dict[str, tuple[str, str, str]]) -> None:
    """Any ids, texts and comments: written as the page writes them, read as what was said."""
    given_ = [
        {**ONE, "id": key, "text": text, "verdict": verdict, "labels": [label], "comment": text}
        for key, (verdict, label, text) in said.items()
    ]
    found = read(*given_)
    assert found.troubles == ()
    assert [(one.id, one.text, one.kind.value, one.comment) for one in found.answers] == [
        (key, text, verdict, text.strip()) for key, (verdict, _label, text) in said.items()
    ]
    assert all(one.labels == ((said[one.id][1],) if one.kind is VerdictKind.CHANGE else ()) for one in found.answers)
