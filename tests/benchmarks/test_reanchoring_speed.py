"""How long decisions take to find their sentences again in a long text that was edited."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from floors import at_most, cost, note, run_rounds

from annotator.app.persistence.reanchoring import reanchor
from annotator.app.session.segmented_text import automatic_sentences
from annotator.core.anchoring.marks import quote_at
from annotator.core.annotation import CONTEXT, Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.span import Span
from annotator.segment.language import load_languages

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from annotator.core.anchoring.anchor import AnchoringResult

SENTENCES, ANNOTATIONS = 30_000, 10_000
ARTICLES = Path(__file__).resolve().parents[2] / "documents"
LANGUAGE = load_languages()


class Edited:
    """A text of 30,000 sentences, decisions on it, and the text after a fifth of its sentences was edited."""

    def __init__(self, *, marks: int = 0) -> None:
        dice = random.Random(7)  # noqa: S311  # the same text each time
        texts = [path.read_text("utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
        found = [text[slice(*one.span)] for text in texts for one in automatic_sentences(text, LANGUAGE)]
        words = sorted({word for sentence in found for word in sentence.split() if word.isalpha()})
        ended = [sentence for sentence in found if sentence[-1] in ".!?" and len(sentence) > 40]

        def sentence() -> str:
            parts = dice.choice(ended).split(" ")
            for _ in range(len(parts) // 2):
                parts[dice.randrange(1, len(parts) - 1)] = dice.choice(words)
            return " ".join(parts)

        def edited(text: str) -> str:
            if dice.random() > 0.2:
                return text
            at = dice.randrange(len(text) - 2)
            parts = text.split(" ")
            if dice.random() < 0.5:
                return text[:at] + dice.choice("abcxyz") + text[at + 1 :]
            parts[dice.randrange(1, len(parts) - 1)] = dice.choice(words)
            return " ".join(parts)

        old = [sentence() for _ in range(SENTENCES)]
        self.text, spans = written(old)
        self.now, _spans = written([edited(one) for one in old])
        chosen = dice.sample(range(SENTENCES), ANNOTATIONS + marks)
        tagged, nothing = sorted(chosen[:ANNOTATIONS]), sorted(chosen[ANNOTATIONS:])
        self.state = AnnotationSet.of(
            (self._annotation(nth, spans[nth]) for nth in tagged), nothing=[spans[nth] for nth in nothing]
        )
        self.quotes = {place: quote_at(self.text, place) for place in self.state.nothing}

    def found(self) -> AnchoringResult:
        """The decisions on the text as it is now."""
        return reanchor(self.state, self.now, quotes=self.quotes, is_same_text=False, language=LANGUAGE)

    def _annotation(self, number: int, span: Span) -> Annotation:
        before, after = self.text[max(0, span.start - CONTEXT) : span.start], self.text[span.end : span.end + CONTEXT]
        return Annotation(f"k{number}", span, ("target",), self.text[slice(*span)], before=before, after=after)


def written(sentences: list[str]) -> tuple[str, list[Span]]:
    """Sentences as a text, four a paragraph, and their places."""
    spans: list[Span] = []
    pieces: list[str] = []
    at = 0
    for number, one in enumerate(sentences):
        gap = "" if not number else "\n\n" if number % 4 == 0 else " "
        spans.append(Span(at + len(gap), at + len(gap) + len(one)))
        pieces += [gap, one]
        at = spans[-1].end
    return "".join(pieces), spans


def test_find_ten_thousand_annotations_again(benchmark: BenchmarkFixture) -> None:
    """A fifth of 30,000 sentences was edited, under 10,000 annotations."""
    edited = Edited()
    found: list[AnchoringResult] = []
    edited.found()  # what is loaded at the first time
    seconds = cost(lambda: found.append(edited.found()))
    one = found[0]
    told = f"{seconds:.2f} s ({one.changed} by likeness, {one.orphaned} orphans)"
    note(
        benchmark,
        "10,000 annotations found again, a fifth of 30,000 sentences edited",
        measured=told,
        goals=[at_most(seconds, 1, "s")],
    )
    run_rounds(benchmark, edited.found, rounds=2)


def test_find_marks_again_too(benchmark: BenchmarkFixture) -> None:
    """The same with all other sentences marked *nothing here*."""
    edited = Edited(marks=SENTENCES - ANNOTATIONS)
    found: list[AnchoringResult] = []
    seconds = cost(lambda: found.append(edited.found()))
    one = found[0]
    told = f"{seconds:.2f} s ({one.changed} by likeness, {one.orphaned} orphans, {one.lost_marks} marks lost)"
    note(benchmark, "the same with 20,000 marks", measured=told, goals=[at_most(seconds, 2, "s")])
    run_rounds(benchmark, edited.found, rounds=2)
