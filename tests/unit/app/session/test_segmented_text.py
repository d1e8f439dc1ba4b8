from __future__ import annotations

from typing import TYPE_CHECKING

from app_builders import ARTICLE, LANGUAGE, Work
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.app.session import commands
from annotator.app.session.segmented_text import SegmentedText
from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import BlockKind
from annotator.core.sentence import Sentence
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.app.session.session import Session

TEXTS = (
    ARTICLE,
    "Một câu duy nhất trên một dòng. Hai câu ở đây. Ba câu nữa. Bốn.",
    "\n\nTiêu đề\n\n- mục một;\n- mục hai.\nẢnh: An\nMột. Hai. Ba.\n\n\nBốn. Năm.\n",
    "a",
)


def split_at(session: Session, number: int) -> None:
    """Cut the current sentence so many characters from its start."""
    assert session.current is not None
    commands.split(session, session.current.span.start + number)


def set_kind(session: Session, number: int) -> None:
    """Say that the current block is of one of the kinds."""
    commands.set_block_kind(session, list(BlockKind)[number % len(BlockKind)])


def label(session: Session, number: int) -> str:
    """One of the labels."""
    return session.labels.labels[number % len(session.labels)].key


VERBS: dict[str, Callable[[Session, int], object]] = {
    "tag": lambda session, number: commands.tag(session, label(session, number)),
    "stay": lambda session, number: commands.tag(session, label(session, number), is_staying=True),
    "nothing": lambda session, _number: commands.mark_nothing(session),
    "toggle": lambda session, _number: commands.toggle_nothing(session),
    "clear": lambda session, _number: commands.clear(session),
    "note": lambda session, number: commands.set_note(session, "n" * (number % 2)),
    "split": split_at,
    "join": lambda session, _number: commands.join(session),
    "kind": set_kind,
    "finish": lambda session, _number: commands.finish(session),
    "reopen": lambda session, _number: commands.reopen(session),
    "undo": lambda session, _number: commands.undo(session),
    "undo again": lambda session, _number: commands.undo(session),
    "redo": lambda session, _number: commands.redo(session),
    "go": lambda session, number: commands.go_adjacent(session, 1 if number % 2 else -1, is_any_kind=bool(number % 3)),
    "stretch": lambda session, number: commands.extend_selection(session, 1 if number % 2 else -1),
    "open": lambda session, number: commands.go_undecided(session, 1 if number % 2 else -1),
}
STEPS = st.lists(st.tuples(st.sampled_from(sorted(VERBS)), st.integers(0, 60), st.integers(0, 60)), max_size=15)


def reading_of(text: str, state: AnnotationSet | None = None) -> SegmentedText:
    """A text read and counted."""
    made = SegmentedText(text, LANGUAGE, state or AnnotationSet())
    made.count_more()
    return made


def walked(work: Work, steps: Sequence[tuple[str, int, int]]) -> None:
    """Do these steps as a person would, selecting sentences before each."""
    session = work.session
    for verb, one, other in steps:
        assert session.reading is not None
        sentences = list(session.reading.all_sentences())
        first = one % len(sentences)
        session.select(sentences[first], sentences[min(len(sentences) - 1, first + other % 3)])
        VERBS[verb](session, other)


@settings(deadline=None)
@given(st.sampled_from(TEXTS), STEPS)
def test_counts_are_those_of_a_full_recount(text: str, steps: list[tuple[str, int, int]]) -> None:
    """After any steps, sentences, counts and openness are those of the text read anew with the same decisions."""
    work = Work().on_text(text)
    walked(work, steps)
    reading, state = work.session.reading, work.session.state
    assert reading is not None
    fresh = reading_of(text, state)
    assert list(fresh.all_sentences()) == list(reading.all_sentences())
    assert (fresh.sentence_count, fresh.undecided_count) == (reading.sentence_count, reading.undecided_count)
    for block in range(len(reading.blocks)):
        assert fresh.sentences_touching(block) == reading.sentences_touching(block)
    assert work.session.current in list(reading.all_sentences())
    assert set(work.session.selection) <= set(reading.all_sentences())


@settings(deadline=None)
@given(st.sampled_from(TEXTS), STEPS)
def test_undoing_all_gives_the_beginning(text: str, steps: list[tuple[str, int, int]]) -> None:
    """After as many undos as there were steps nothing is decided; after as many redos all is there again."""
    work = Work().on_text(text)
    walked(work, steps)
    session = work.session
    after, done = session.state, len(session.history.done)
    while session.undo():
        pass
    assert AnnotationSet() == session.state
    for _ in range(done):
        session.redo()
    assert after == session.state


@settings(deadline=None)
@given(st.sampled_from(TEXTS), STEPS, st.integers(0, 400))
def test_finding_sentences(text: str, steps: list[tuple[str, int, int]], offset: int) -> None:
    """What is at, after and before a place is what looking through all sentences gives."""
    work = Work().on_text(text)
    walked(work, steps)
    reading = work.session.reading
    assert reading is not None
    every = list(reading.all_sentences())
    place = min(offset, len(text) - 1)
    block = reading.block_at(place)
    before = [one for one in every if one.span.start <= place]
    assert (before[-1] if before else every[0]) == reading.find_sentence_at(place)
    later = [one for one in every if one.span.start > place]
    assert (later[0] if later else None) == reading.find_next(block, place)
    earlier = [one for one in every if one.span.start < place]
    assert (earlier[-1] if earlier else None) == reading.find_previous(block, place)
    still_open = [one for one in later if reading.is_undecided(one)]
    assert (still_open[0] if still_open else None) == reading.find_undecided(block, place)
    was_open = [one for one in earlier if reading.is_undecided(one)]
    assert (was_open[-1] if was_open else None) == reading.find_undecided(block, place, step=-1)
    assert list(range(1, len(every) + 1)) == [reading.number_of(one) for one in every]
    assert tuple(every) == reading.sentences_between(every[-1], every[0])


def test_counting_goes_on_bit_by_bit() -> None:
    """Until all blocks are counted, counts are those of the counted ones, and later sentences have no number."""
    reading = SegmentedText("\n".join(f"Câu {number} ở đây." for number in range(10)), LANGUAGE, AnnotationSet())
    assert (reading.count_more(3), reading.sentence_count, reading.is_counted) == (False, 3, False)
    every = list(reading.all_sentences())
    assert [reading.number_of(one) for one in every[:4]] == [1, 2, 3, None]
    assert every[9] == reading.find_undecided(2, every[8].span.start)
    assert (reading.count_more(), reading.sentence_count, reading.is_counted) == (True, 10, True)


def test_a_join_across_lines_is_one_sentence_in_each_of_its_blocks() -> None:
    """Every block that it reaches shows it, the first one has it, and it counts once."""
    text = "Một.\n\nHai.\n\nBa.\n\nBốn."
    reading = reading_of(text, AnnotationSet.of(joins=[Span(0, text.index("Ba.") + 3)]))
    joined = Sentence(Span(0, text.index("Ba.") + 3), reading.block_kind(0), 0)
    assert [(joined,)] * 3 == [reading.sentences_touching(block) for block in range(3)]
    assert [(joined,), (), ()] == [reading.sentences_starting(block) for block in range(3)]
    assert (2, joined) == (reading.sentence_count, reading.find_sentence_at(text.index("Hai")))
    assert reading.find_next(0, 0) == reading.find_sentence_at(text.index("Bốn"))


def test_a_saved_annotation_wins_over_the_rules() -> None:
    """Where rules cut otherwise than the annotation says, the annotation is the sentence."""
    text = "Một hai ba. Bốn năm sáu."
    annotation = Annotation("a", Span(4, 15), ("target",), text[4:15])
    assert [Span(0, 3), Span(4, 15), Span(16, 24)] == [
        one.span for one in reading_of(text, AnnotationSet.of([annotation])).all_sentences()
    ]


def test_an_article_without_words() -> None:
    """There is no sentence to be found anywhere, and everything is counted."""
    reading = reading_of(" \n\n ")
    assert (
        reading.find_sentence_at(0),
        reading.find_next(0, -1),
        reading.find_previous(0, 5),
        reading.find_undecided(0, -1),
    ) == (None, None, None, None)
    assert (reading.sentence_count, reading.undecided_count, reading.is_counted, reading.block_at(7)) == (0, 0, True, 0)


def test_a_giant_text_on_one_line() -> None:
    """Twenty thousand sentences on one line are tagged one after the other without a recount of the line each time."""
    text = " ".join(f"Câu số {number} ở đây." for number in range(20_000))
    work = Work().on_text(text)
    session = work.session
    for _ in range(300):
        commands.tag(session, "target")
    reading = session.reading
    assert reading is not None
    assert (reading.sentence_count, session.state.decided_count) == (20_000, 300)
    fresh = reading_of(text, session.state)
    assert fresh.undecided_count == reading.undecided_count
    commands.join(session)
    assert session.current is not None
    commands.split(session, session.current.span.start + 4)
    assert (20_000, session.current.span.start) == (
        reading.sentence_count,
        list(reading.all_sentences())[300].span.start,
    )
