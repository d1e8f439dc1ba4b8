"""Builders for tests of `core`: a text, its sentences, and random edits of them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from annotator.core import edit
from annotator.core.annotation import Annotation, Status
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import Step
from annotator.core.labels import Label, LabelSet
from annotator.core.sentence import cut, overlay
from annotator.core.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.change import Change

LABELS = LabelSet("policy", (Label("target"), Label("breakthrough"), Label("opinion")))
KEYS = ("target", "breakthrough", "opinion", "unknown")
WORDS = ("Đến năm 2030", "tỷ trọng", "kinh tế số", "đạt trên 30%", "😀 ok", "ông nói", "một", "hai")


def text_of(count_: int, *, gap: str = " ") -> str:
    """Return a text of `count_` different sentences of several words."""
    return gap.join(f"{WORDS[number % len(WORDS)]} là câu số {number}." for number in range(count_))


def spans_in(text: str) -> tuple[Span, ...]:
    """Split a text simply: a sentence ends at a full stop or a line break."""
    found: list[Span] = []
    start = 0
    for at, character in enumerate(text):
        if character in ".\n":
            found.append(trim(text, Span(start, at + 1)))
            start = at + 1
    found.append(trim(text, Span(start, len(text))))
    return tuple(span for span in found if not span.is_empty)


class Draft:
    """A text being annotated without a session: a minimal model of `Session` and `SegmentedText`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.state = AnnotationSet()
        self.steps: list[Step] = []
        self._ids = count(1)

    @property
    def writer(self) -> edit.EditContext:
        """The writer of new annotations."""
        return edit.EditContext(
            self.text, LABELS, now="2026-05-13T09:00:00+07:00", new_id=lambda: f"id{next(self._ids)}"
        )

    @property
    def automatic(self) -> tuple[Span, ...]:
        """The sentences found by the splitter."""
        return spans_in(self.text)

    @property
    def sentences(self) -> list[Span]:
        """The sentences as the user sees them."""
        everything = range(len(self.text) + 1)
        pieces = cut(self.text, self.automatic, places=self.state.splits)
        return overlay(self.text, pieces, fixed=list(self.state.iter_fixed_spans(everything.start, everything.stop)))

    def do(self, changes: Sequence[Change]) -> None:
        """Apply the changes as one step."""
        self.state = self.state.apply(changes)
        self.steps.append(Step("edit", tuple(changes), Span(0, 1)))

    def tag(self, *numbers: int, label: str = "target") -> None:
        """Toggle a label on the sentences with these numbers."""
        spans = [self.sentences[number] for number in numbers]
        self.do(edit.toggle_label(self.state, spans, label=label, context=self.writer))

    def nothing(self, *numbers: int) -> None:
        """Mark the sentences with these numbers *nothing here*."""
        self.do(edit.mark_nothing(self.state, [self.sentences[number] for number in numbers], context=self.writer))

    def note(self, number: int, note: str) -> None:
        """Set the note of a sentence."""
        self.do(edit.set_note(self.state, self.sentences[number], note=note, context=self.writer))

    def clear(self, *numbers: int) -> None:
        """Clear the decisions on the sentences with these numbers."""
        self.do(edit.clear(self.state, [self.sentences[number] for number in numbers], context=self.writer))

    def split(self, number: int, offset: int) -> None:
        """Split a sentence before the character at an offset, if there are words on both sides."""
        span = self.sentences[number]
        left = trim(self.text, Span(span.start, offset))
        right = trim(self.text, Span(offset, span.end))
        if left.is_empty or right.is_empty or not span.start < offset < span.end:
            return
        self._resegment((span,), (left, right))

    def join(self, first: int, last: int) -> None:
        """Join consecutive sentences."""
        old = tuple(self.sentences[first : last + 1])
        if len(old) > 1:
            self._resegment(old, (Span(old[0].start, old[-1].end),))

    def finish(self) -> None:
        """Mark all undecided sentences *nothing here* and the document as done."""
        undecided = [span for span in self.sentences if not self.state.is_decided(span)]
        self.do(edit.finish(self.state, undecided))

    def reopen(self) -> None:
        """Mark the document as not done."""
        self.do(edit.set_status(self.state, Status.IN_PROGRESS))

    def annotation(self, number: int) -> Annotation | None:
        """Return the annotation of a sentence."""
        return self.state.annotations.find(self.sentences[number].start)

    def labels(self, number: int) -> tuple[str, ...]:
        """Return the labels of a sentence."""
        annotation = self.annotation(number)
        return annotation.labels if annotation else ()

    def _resegment(self, old: Sequence[Span], new: Sequence[Span]) -> None:
        self.do(edit.resegment(self.state, old, new=new, automatic=self.automatic, context=self.writer))


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["tag", "tag", "nothing", "note", "clear", "split", "join", "finish", "reopen"]),
        st.integers(0, 99),
        st.integers(0, 99),
        st.sampled_from(KEYS),
    ),
    max_size=12,
)
"""Random edits, each to be done by `apply_edits`."""


def apply_edits(draft: Draft, edits: Sequence[tuple[str, int, int, str]]) -> Draft:
    """Apply these edits; sentence numbers wrap around at the end."""
    for verb, one, other, word in edits:
        sentences = draft.sentences
        first = one % len(sentences)
        last = min(len(sentences) - 1, first + other % 3)
        span = sentences[first]
        match verb:
            case "tag":
                draft.tag(*range(first, last + 1), label=word)
            case "nothing":
                draft.nothing(*range(first, last + 1))
            case "note":
                draft.note(first, word if other % 2 else "")
            case "clear":
                draft.clear(*range(first, last + 1))
            case "split":
                draft.split(first, span.start + 1 + other % max(1, span.end - span.start - 1))
            case "join":
                draft.join(first, last)
            case "finish":
                draft.finish()
            case _:
                draft.reopen()
    return draft
