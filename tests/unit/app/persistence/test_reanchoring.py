"""Decisions that look for their sentences in a changed text, one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app_builders import LANGUAGE
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.app.persistence.reanchoring import reanchor
from annotator.app.session.segmented_text import automatic_sentences
from annotator.core.anchoring.anchor import AnchoringResult, quote_at
from annotator.core.annotation import CONTEXT, Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import BlockMark
from annotator.core.document import BlockKind
from annotator.core.span import Span

TEXT = """Kế hoạch của tỉnh

Tỉnh đặt ra năm nhiệm vụ trọng tâm cho cả giai đoạn. Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm.

Ông An cho rằng đó là mục tiêu cao; bà Bình thì thấy vừa sức. Mọi đại biểu đều phát biểu.
"""
GOAL = "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."
TASKS = "Tỉnh đặt ra năm nhiệm vụ trọng tâm cho cả giai đoạn."
VIEW = "Ông An cho rằng đó là mục tiêu cao; bà Bình thì thấy vừa sức."
ALL = "Mọi đại biểu đều phát biểu."


def place(text: str, words: str) -> Span:
    """Where words stand."""
    return Span(text.index(words), text.index(words) + len(words))


def annotated(words: str, *, text: str = TEXT) -> Annotation:
    """An annotation of words, called after them."""
    span = place(text, words)
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Annotation(words, span, ("target",), words, before=before, after=after)


def moved(new: str, state: AnnotationSet, *, old: str = TEXT, is_same_text: bool = False) -> AnchoringResult:
    """``state`` on ``new``."""
    quotes = {at: quote_at(old, at) for at in (*state.nothing, *state.splits, *state.joins, *state.blocks)}
    return reanchor(state, new, quotes=quotes, is_same_text=is_same_text, language=LANGUAGE)


def only(found: AnchoringResult) -> Annotation:
    """The one annotation."""
    (one,) = found.state.annotations.values()
    return one


def test_a_changed_sentence_is_to_be_confirmed() -> None:
    """Its annotation has its labels, the new words, and what it was made on."""
    new = TEXT.replace("trên 30%", "khoảng 35%")
    found = moved(new, AnnotationSet.of([annotated(GOAL)]))
    one = only(found)
    assert (found.changed, found.moved, found.orphaned, found.is_changed) == (1, 0, 0, True)
    assert (one.text, one.labels) == ("Đến năm 2030, kinh tế số đạt khoảng 35% tổng sản phẩm.", ("target",))
    assert one.previous is not None
    assert (one.previous.text, one.previous.before, 0.5 < one.previous.likeness < 1) == (
        GOAL,
        annotated(GOAL).before,
        True,
    )


def test_it_is_stable() -> None:
    """In the same text nothing is looked for again, neither what is to be confirmed nor an orphan."""
    new = TEXT.replace("trên 30%", "khoảng 35%").replace(ALL, "")
    found = moved(new, AnnotationSet.of([annotated(GOAL), annotated(ALL)]))
    again = moved(new, found.state, is_same_text=True)
    assert (again.state, again.is_changed) == (found.state, False)
    assert moved(new, found.state).changed == 0


def test_it_remembers_the_first_words() -> None:
    """A sentence that changes once more is still compared with the one that was annotated."""
    once = TEXT.replace("trên 30%", "khoảng 35%")
    twice = once.replace("tổng sản phẩm", "tổng sản phẩm của tỉnh")
    one = only(moved(twice, moved(once, AnnotationSet.of([annotated(GOAL)])).state, old=once))
    assert one.previous is not None
    assert (one.previous.text, one.text) == (GOAL, "Đến năm 2030, kinh tế số đạt khoảng 35% tổng sản phẩm của tỉnh.")


def test_the_old_words_stand_again() -> None:
    """Then there is nothing to confirm any more."""
    state = AnnotationSet.of([annotated(GOAL)])
    new = TEXT.replace("trên 30%", "khoảng 35%")
    back = moved(TEXT, moved(new, state).state, old=new)
    assert (list(back.state.annotations.values()), back.moved, back.changed) == ([annotated(GOAL)], 1, 0)


def test_another_writing_needs_no_answer() -> None:
    """Typography and white space are taken over without a question."""
    new = TEXT.replace("Ông An cho rằng", "Ông An\u00a0cho  rằng")
    found = moved(new, AnnotationSet.of([annotated(VIEW)]))
    assert (found.moved, found.changed, only(found).previous) == (1, 0, None)
    assert only(found).text == VIEW.replace("An cho rằng", "An\u00a0cho  rằng")


def test_several_sentences_in_one_annotation() -> None:
    """They are found as a run, also where one of them changed, or the run moved to another paragraph."""
    both = f"{TASKS} {GOAL}"
    for new in (
        TEXT.replace("năm nhiệm vụ", "sáu nhiệm vụ"),
        TEXT.replace(both, "Câu khác.").replace(VIEW, f"{VIEW} {both}"),
        TEXT.replace(f"{TASKS} ", f"{TASKS}\n"),
    ):
        one = only(moved(new, AnnotationSet.of([annotated(both)])))
        assert one.text.startswith("Tỉnh đặt ra")
        assert one.text.endswith("tổng sản phẩm.")


def test_a_part_of_a_sentence() -> None:
    """Two halves of a sentence are found as its halves, though the cut is lost and one of them changed."""
    cut = TEXT.index("bà Bình")
    halves = ["Ông An cho rằng đó là mục tiêu cao;", "bà Bình thì thấy vừa sức."]
    state = AnnotationSet.of([annotated(half) for half in halves], splits=[cut])
    new = TEXT.replace("mục tiêu cao; bà Bình", "mục tiêu quá cao; bà Bính")
    found = moved(new, state)
    assert [one.text for one in found.state.annotations.values()] == [
        "Ông An cho rằng đó là mục tiêu quá cao;",
        "bà Bính thì thấy vừa sức.",
    ]
    assert (list(found.state.splits), found.lost_marks) == ([new.index("bà Bính")], 0)


def test_marks_follow_in_another_writing() -> None:
    """After NFC became NFD every mark is where it was, in other numbers."""
    import unicodedata  # noqa: PLC0415  # this test alone

    both = place(TEXT, f"{VIEW} {ALL}")
    state = AnnotationSet.of(
        nothing=[place(TEXT, TASKS)],
        splits=[TEXT.index("kinh tế số đạt")],
        joins=[both],
        blocks=[(both.start, BlockMark(both.end, BlockKind.CAPTION))],
    )
    new = unicodedata.normalize("NFD", TEXT)
    found = moved(new, state)
    assert (found.lost_marks, found.moved) == (0, 4)

    def words(span: tuple[int, int]) -> str:
        return unicodedata.normalize("NFC", new[slice(*span)])

    assert [words(span) for span in found.state.nothing.items()] == [TASKS]
    assert [words((at, at + 20))[:8] for at in found.state.splits] == ["kinh tế "]
    assert [words(span) for span in found.state.joins.items()] == [f"{VIEW} {ALL}"]
    assert [words((at, mark.end)) for at, mark in found.state.blocks.items()] == [f"{VIEW} {ALL}"]


def test_nothing_here_on_a_changed_sentence() -> None:
    """It stays where its neighbours leave no other sentence, and is lost where a whole other one stands."""
    state = AnnotationSet.of([annotated(TASKS), annotated(VIEW)], nothing=[place(TEXT, GOAL)])
    kept = moved(TEXT.replace("Đến năm 2030", "Đến cuối năm 2030"), state)
    assert (kept.lost_marks, len(kept.state.nothing)) == (0, 1)
    lost = moved(TEXT.replace(GOAL, "Trời hôm ấy nắng đẹp và gió nhẹ."), state)
    assert (lost.lost_marks, len(lost.state.nothing)) == (1, 0)


def test_a_refused_annotation_is_not_attached_again() -> None:
    """An orphan comes back by its own words alone."""
    new = TEXT.replace("trên 30%", "khoảng 35%")
    found = moved(new, AnnotationSet.of([annotated(GOAL)])).state
    one = next(iter(found.annotations.values()))
    refused = AnnotationSet.of(orphans=[replace(annotated(GOAL), id=one.id)])
    assert moved(new + "Thêm một câu.\n", refused, old=new).is_changed is False


@pytest.mark.parametrize("text", ["", " \n", "x", "\ud800", "a" * 5000, "." * 300, "…" * 99, "\u0301" * 50])
def test_odd_texts(text: str) -> None:
    """Whatever became of the text, nothing is lost and nothing fails."""
    state = AnnotationSet.of([annotated(GOAL), annotated(ALL)], nothing=[place(TEXT, TASKS)])
    found = moved(text, state)
    assert len(found.state.annotations) + len(found.state.orphans) == 2


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "swap"]), st.integers(0, len(TEXT)), st.text("ab .\n“é", max_size=9)
    ),
    max_size=12,
)


@settings(max_examples=80)
@given(EDITS, st.sets(st.integers(0, 6), max_size=7), st.sets(st.integers(0, 6), max_size=4))
def test_nothing_is_dropped(edits: list[tuple[str, int, str]], tagged: set[int], nothing: set[int]) -> None:
    """Each annotation is at its words or an orphan, once; nothing overlaps; old words are kept until confirmed."""
    sentences = [one.span for one in automatic_sentences(TEXT, LANGUAGE)]
    state = AnnotationSet.of(
        [annotated(TEXT[slice(*sentences[nth])]) for nth in tagged if nth < len(sentences)],
        nothing=[sentences[nth] for nth in nothing - tagged if nth < len(sentences)],
    )
    new = TEXT
    for what, at, words in edits:
        match what:
            case "insert":
                new = new[:at] + words + new[at:]
            case "delete":
                new = new[:at] + new[at + 3 * len(words) :]
            case _:
                new = new[at:] + words + new[:at]
    found = moved(new, state).state
    both = (*found.annotations.values(), *found.orphans.values())
    assert sorted(one.id for one in both) == sorted(one.id for one in state.annotations.values())
    assert all(new[slice(*one.span)] == one.text for one in found.annotations.values())
    assert all(one.id == (one.previous.text if one.previous else one.id) for one in found.annotations.values())
    assert all(one.text == one.id for one in found.orphans.values())
    assert not [at for at in (*found.annotations, *found.nothing) if found.has_overlap(at)]
    again = moved(new, found, old=new, is_same_text=True)
    assert (again.state, again.is_changed) == (found, False)
