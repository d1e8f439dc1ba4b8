from __future__ import annotations

from dataclasses import replace

from core_builders import EDITS, Draft, apply_edits, text_of
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.anchoring.anchor import AnchoringResult, anchor, quote_at
from annotator.core.annotation import CONTEXT, Annotation, Status
from annotator.core.annotation_set import AnnotationSet, index_by_key
from annotator.core.change import BlockMark
from annotator.core.document import BlockKind
from annotator.core.span import Span
from annotator.core.verdict import Verdict, VerdictKind

TEXT = "Một là câu đầu.\nHai là câu giữa.\nBa là câu cuối."


def annotated(text: str, words: str, *, labels: tuple[str, ...] = ("target",), note: str = "") -> Annotation:
    """An annotation of the first place of these words in a text, called after its first word."""
    start = text.index(words)
    span = Span(start, start + len(words))
    before, after = text[max(0, start - 32) : start], text[span.end : span.end + 32]
    return Annotation(words.split(maxsplit=1)[0], span, labels, words, note=note, before=before, after=after)


def span_of(text: str, words: str) -> Span:
    """Where these words stand first."""
    return Span(text.index(words), text.index(words) + len(words))


def quotes_of(state: AnnotationSet, text: str) -> dict[int, str]:
    """What a sidecar would keep of the places of marks."""
    places = (*state.nothing, *state.splits, *state.joins, *state.blocks)
    return {place: quote_at(text, place) for place in places}


def moved_to(new: str, state: AnnotationSet, *, old: str = TEXT) -> AnchoringResult:
    """The state of the old text, anchored in the new one."""
    return anchor(state, new, quotes=quotes_of(state, old), is_same_text=False)


def test_at_the_exact_place_nothing_changes() -> None:
    """In the same text the very same set comes back."""
    state = AnnotationSet.of([annotated(TEXT, "Hai là câu giữa.")], nothing=[span_of(TEXT, "Một là câu đầu.")])
    assert AnchoringResult(state) == anchor(state, TEXT, quotes={}, is_same_text=True)
    assert moved_to(TEXT + "\nBốn.", state).state is state


def test_what_moved_is_found_again() -> None:
    """Annotations and marks are found by their words where the text before them grew, and counted."""
    state = AnnotationSet.of(
        [annotated(TEXT, "Hai là câu giữa.", note="n")],
        nothing=[span_of(TEXT, "Một là câu đầu.")],
        splits=[TEXT.index("câu cuối")],
        joins=[span_of(TEXT, "Ba là câu cuối.")],
        blocks=[(TEXT.index("Ba"), BlockMark(len(TEXT), BlockKind.CAPTION))],
    )
    state = replace(state, status=Status.DONE)
    new = "Mở đầu.\n" + TEXT
    found = moved_to(new, state)
    start = new.index("Ba là")
    middle = state.annotations.find(TEXT.index("Hai"))
    assert middle is not None
    assert (found.moved, found.orphaned, found.lost_marks, found.is_changed) == (5, 0, 0, True)
    assert found.state == replace(
        AnnotationSet.of(
            [
                replace(
                    middle,
                    span=span_of(new, "Hai là câu giữa."),
                    before=new[: new.index("Hai")][-CONTEXT:],
                )
            ],
            nothing=[span_of(new, "Một là câu đầu.")],
            splits=[new.index("câu cuối")],
            joins=[Span(start, len(new))],
            blocks=[(start, BlockMark(len(new), BlockKind.CAPTION))],
        ),
        status=Status.DONE,
    )


def test_what_stands_twice_is_told_apart_by_its_surroundings() -> None:
    """Of two places with the same words, the one with the same words around it is meant."""
    old = "Đạt 30%. Vâng. Hết."
    new = "Vâng. Thế à. Đạt 30%. Vâng. Hết."
    found = moved_to(new, AnnotationSet.of([annotated(old, "Vâng.")]), old=old)
    assert [one.span for one in found.state.annotations.values()] == [Span(22, 27)]


def test_what_fits_two_places_becomes_an_orphan() -> None:
    """Where two places fit equally well, the annotation is attached to neither, and kept."""
    annotation = annotated(TEXT, "Hai là câu giữa.")
    found = moved_to("Hai là câu giữa. Không. Hai là câu giữa.", AnnotationSet.of([annotation]))
    assert (len(found.state.annotations), list(found.state.orphans.values()), found.orphaned) == (0, [annotation], 1)


def test_an_orphan_comes_back() -> None:
    """When its sentence is there again, an orphan is an annotation again."""
    annotation = annotated(TEXT, "Hai là câu giữa.")
    gone = moved_to("Một là câu đầu.\nBa là câu cuối.", AnnotationSet.of([annotation]))
    assert list(gone.state.orphans.values()) == [annotation]
    back = anchor(gone.state, TEXT, quotes={}, is_same_text=False)
    assert (list(back.state.annotations.values()), len(back.state.orphans), back.moved) == ([annotation], 0, 1)
    still = anchor(gone.state, "Không có gì.", quotes={}, is_same_text=True)
    assert (still.state, still.is_changed) == (gone.state, False)


def test_no_annotation_is_attached_to_a_part_of_a_word() -> None:
    """Words that only stand inside longer words are not the sentence that was meant."""
    old = "Chuyển đổi số"
    found = moved_to("Đời: Chuyển đổi sống", AnnotationSet.of([annotated(old, old)]), old=old)
    assert found.orphaned == 1


def test_an_orphan_does_not_take_a_sentence_that_has_an_annotation() -> None:
    """What stands at its place keeps it; the other one stays an orphan."""
    held = annotated(TEXT, "Hai là câu giữa.")
    state = replace(AnnotationSet.of([held]), orphans=index_by_key([replace(held, id="other", span=Span(90, 106))]))
    found = anchor(state, TEXT, quotes={}, is_same_text=True)
    assert (list(found.state.annotations.values()), [one.id for one in found.state.orphans.values()]) == (
        [held],
        ["other"],
    )


def test_a_note_on_nothing_here_keeps_both() -> None:
    """A sentence marked *nothing here* with a note on it is still both after the text moved."""
    words = "Hai là câu giữa."
    state = AnnotationSet.of([annotated(TEXT, words, labels=(), note="n")], nothing=[span_of(TEXT, words)])
    new = "Mở đầu.\n" + TEXT
    found = moved_to(new, state)
    assert (found.lost_marks, list(found.state.nothing.items())) == (0, [tuple(span_of(new, words))])


def test_a_mark_gives_way_to_an_annotation() -> None:
    """A mark that would come to stand on a tagged sentence is lost, and counted."""
    state = AnnotationSet.of([annotated(TEXT, "Hai là câu giữa.")], nothing=[Span(0, 15)])
    new = "Hai là câu giữa.\nBa là câu cuối."
    found = anchor(state, new, quotes={0: "Hai là câu giữa."}, is_same_text=False)
    assert (len(found.state.nothing), found.lost_marks, found.moved) == (0, 1, 1)


def test_a_mark_whose_words_are_gone_is_lost() -> None:
    """It is counted; a mark without a quote holds only in the text that was annotated."""
    state = AnnotationSet.of(nothing=[span_of(TEXT, "Hai là câu giữa.")], splits=[TEXT.index("câu đầu")])
    assert moved_to("Một là câu đầu.\nBa là câu cuối.", state).lost_marks == 1
    assert anchor(state, TEXT + " Và", quotes={}, is_same_text=False).lost_marks == 2
    assert anchor(state, TEXT, quotes={}, is_same_text=True).lost_marks == 0


def test_an_annotation_without_words_is_an_orphan() -> None:
    """Words that are only white space point nowhere."""
    state = AnnotationSet.of([Annotation("a", Span(3, 5), ("x",), "  ")])
    assert moved_to(TEXT, state).orphaned == 1


def test_words_that_stand_everywhere_point_nowhere() -> None:
    """A quote with hundreds of places is given up, also where the first of them has the right surroundings."""
    state = AnnotationSet.of([Annotation("a", Span(50_001, 50_003), ("x",), "a.", before="b ")])
    assert moved_to("b a. " + "a. " * 30_000 + "b a.", state).orphaned == 1


def test_the_words_at_a_place() -> None:
    """A quote is at most 32 characters and does not go beyond the line."""
    assert (quote_at("ab\ncd", 1), quote_at("x" * 40, 0), quote_at("ab", 9)) == ("b", "x" * 32, "")


@given(EDITS, st.lists(st.integers(0, 5), max_size=8), st.sampled_from(["\n", " ", "\n\n"]))
def test_nothing_is_dropped_whatever_became_of_the_text(
    edits: list[tuple[str, int, int, str]], order: list[int], gap: str
) -> None:
    """With sentences gone, doubled and in another order, each annotation is at its words or an orphan.

    Decisions do not overlap, and each annotation that is not an orphan stands where its words are.
    """
    old = text_of(6, gap="\n")
    draft = apply_edits(Draft(old), edits)
    lines = old.split("\n")
    new = gap.join(lines[number] for number in order)
    found = moved_to(new, draft.state, old=old)
    state = found.state
    ids = sorted(one.id for one in (*state.annotations.values(), *state.orphans.values()))
    assert sorted(one.id for one in draft.state.annotations.values()) == ids
    assert all(new[slice(*one.span)] == one.text for one in state.annotations.values())
    assert not [place for place in (*state.annotations, *state.nothing) if state.has_overlap(place)]
    assert found.is_changed or state is draft.state
    again = anchor(state, new, quotes=quotes_of(state, new), is_same_text=True)
    assert (again.state, again.is_changed) == (state, False)


def test_verdicts_go_with_their_sentences() -> None:
    """What a reviewer said is kept whatever becomes of the text, and goes to where its sentence went."""
    held = annotated(TEXT, "Hai là câu giữa.")
    said = Verdict("v", VerdictKind.DROP, held.span, held.text, annotation=held.id)
    state = replace(AnnotationSet.of([held]), verdicts=index_by_key([said]))
    (moved,) = moved_to("Mở đầu.\n" + TEXT, state).state.verdicts.values()
    assert moved == replace(said, span=Span(held.span.start + 8, held.span.end + 8))
    (kept,) = moved_to("Bài khác hẳn.", state).state.verdicts.values()
    assert kept == said
