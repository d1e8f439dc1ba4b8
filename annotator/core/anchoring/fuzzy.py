"""Fuzzy anchoring: find the changed sentences of annotations by similarity.

Each annotation is compared with the free sentences between its neighbours, and with those that share its rare words. A
match is accepted only if text, context and figures together leave no doubt, and if no other sentence, and no other
annotation, comes close. Everything else is left alone: the user sees an orphan, but not a label on a wrong sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.anchoring.context import (
    Evidence,
    get_following_text,
    get_preceding_text,
    has_own_neighbours,
    is_other_occurrence,
    is_removed,
    measure_evidence,
)
from annotator.core.anchoring.normalization import find_original_span, normalize_text
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.core.anchoring.context import Similarity
    from annotator.core.anchoring.placements import Placements
    from annotator.core.anchoring.target_text import TargetText
    from annotator.core.annotation import Annotation

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
# The thresholds are checked together by test_reanchoring_quality, on edited articles: none may put a label on a wrong
# sentence. An orphan costs the user less. Similarity and evidence are shares from 0 to 1, lengths are in characters.
_MAX_WINDOW = 80  # maximum number of sentences between two neighbours that are all compared
_MAX_RARE = 60  # maximum number of sentences that contain a rare word
_WORDS, _FOUND = 10, 6  # rare words looked up for an annotation; candidates taken from these
_MAX_RUN = 12  # maximum number of sentences that an annotation may extend over
_PART = 1.35  # minimum ratio of the lengths of a sentence and of an annotation that may be a part of it
_PART_LONG = 20  # minimum length of such an annotation
_MIN_SIMILARITY_PART = 0.8  # minimum similarity of a part; high, as the part was chosen for its similarity
_MIN_SHARED_WORDS = 0.25  # minimum share of common words, less one, below which a sentence is not compared
_MIN_SIMILARITY, _MIN_SIMILARITY_AFAR, _MIN_SIMILARITY_ALONE = (
    0.5,
    0.6,
    0.9,
)  # minimum similarity between neighbours, elsewhere, without evidence
_MIN_SIMILARITY_ALONE_NEAR = 0.82  # minimum similarity between neighbours without evidence
_MIN_EVIDENCE = 0.1  # minimum evidence between neighbours
_MIN_EVIDENCE_AFAR = 0.35  # minimum evidence elsewhere
_MIN_EVIDENCE_PART = 0.25  # minimum evidence for a part, and if figures differ: another year often is another sentence
_MIN_EVIDENCE_SHORT = 0.8  # minimum evidence for a short and dissimilar text
_LONG = 40  # minimum length of a sentence that needs no evidence
_MARGIN = 0.08  # minimum lead of the score over all competitors
_NEIGHBOUR = 0.85  # minimum similarity to the old context that identifies an old neighbour


class FuzzyMatch(NamedTuple):
    """An annotation, its matched sentence, and their similarity from 0 to 1."""

    annotation: Annotation
    span: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class _Query:
    """An annotation to be found, with its normalized text, words and figures."""

    annotation: Annotation
    words: str
    tokens: frozenset[str]
    figures: Counter[str]
    window: Span | None

    @staticmethod
    def of(annotation: Annotation, placements: Placements) -> _Query:
        words = normalize_text(annotation.text)
        return _Query(
            annotation, words, _tokens(words), _extract_figures(words), placements.find_window(annotation.span)
        )


class _Passage(NamedTuple):
    """A span of the text, its normalized text, and whether it is only a part of a sentence."""

    span: Span
    words: str
    is_part: bool


class _Candidate(NamedTuple):
    """A candidate span for an annotation; `total` is its score."""

    total: float
    query: int
    span: Span
    likeness: float


def find_fuzzy(
    astray: Sequence[Annotation], new: TargetText, *, placements: Placements, likeness: Similarity
) -> list[FuzzyMatch]:
    """Return the matches that leave no doubt, and add each to `placements`; calling it again may find more."""
    finder = _FuzzyFinder(
        [_Query.of(one, placements) for one in astray if one.text.strip()], new, placements, likeness=likeness
    )
    return finder.select_matches(finder.find_candidates())


class _FuzzyFinder:
    """Compares annotations with free sentences."""

    def __init__(
        self, wanted: Sequence[_Query], new: TargetText, placements: Placements, *, likeness: Similarity
    ) -> None:
        self._wanted = wanted
        self._new = new
        self._known = placements
        self._likeness = likeness
        taken = set(placements.occupied)
        self._free = [span not in taken for span in new.sentences]  # occupied spans are sentences of their own
        self._is_shuffled = placements.is_reordered
        self._sets: dict[int, frozenset[str]] = {}

    def find_candidates(self) -> list[_Candidate]:
        """Return all candidates; an annotation without a good one nearby is looked for in the whole text."""
        found: list[_Candidate] = []
        apart: list[int] = []
        for number, one in enumerate(self._wanted):
            near = list(self._compare(number, self._list_nearby(one)))
            found += near
            if max((offer.total for offer in near), default=0.0) < 1.0:
                apart.append(number)
        rare = _RareWords([self._wanted[number] for number in apart], self._new, self._free) if apart else None
        for number in apart:
            known = {offer.span for offer in found if offer.query == number} if len(apart) < 50 else set()
            afar = [
                *self._list_identical(self._wanted[number]),
                *(rare.find_sentences(self._wanted[number]) if rare else []),
            ]
            found += [offer for offer in self._compare(number, afar) if offer.span not in known]
        return found

    def select_matches(self, offers: Sequence[_Candidate]) -> list[FuzzyMatch]:
        """Return the candidates that no other one comes close to, the best first."""
        ranked = sorted(set(offers), key=lambda offer: (-offer.total, offer.query, offer.span))
        by_wanted: dict[int, list[_Candidate]] = {}
        by_start: dict[int, list[_Candidate]] = {}
        for offer in ranked:
            by_wanted.setdefault(offer.query, []).append(offer)
            for number in self._new.find_overlapping(offer.span):
                by_start.setdefault(number, []).append(offer)
        done: set[int] = set()
        matches: list[FuzzyMatch] = []
        for offer in ranked:
            if offer.query in done or not self._known.is_free(offer.span):
                continue
            others = [other for number in self._new.find_overlapping(offer.span) for other in by_start[number]]
            conflicts = [other for other in others if other.query != offer.query and other.query not in done]
            conflicts += [other for other in by_wanted[offer.query] if not other.span.is_overlapping(offer.span)]
            conflicts = [other for other in conflicts if self._known.is_free(other.span)]
            done.add(offer.query)
            if any(self._is_competing(other, offer) for other in conflicts):
                continue
            annotation = self._wanted[offer.query].annotation
            self._known.add(annotation, offer.span)
            matches.append(FuzzyMatch(annotation, offer.span, offer.likeness))
        return matches

    @staticmethod
    def _is_competing(other: _Candidate, offer: _Candidate) -> bool:
        """Return whether `other` competes with `offer` and has nearly the same score."""
        is_in_way = other.query == offer.query or other.span.is_overlapping(offer.span)
        return is_in_way and other.total > offer.total - _MARGIN

    def _list_nearby(self, one: _Query) -> list[int]:
        """Return the free sentences between the neighbours, unless these are far apart."""
        if one.window is None:
            return []
        numbers = self._new.find_overlapping(one.window)
        return [number for number in numbers if self._free[number]] if len(numbers) <= _MAX_WINDOW else []

    def _list_identical(self, one: _Query) -> list[int]:
        """Return the free sentences with exactly the annotation's text."""
        found = (number for span in self._new.find_spans(one.words) for number in self._new.find_overlapping(span)[:1])
        return [number for number in found if self._free[number]]

    def _compare(self, number: int, seeds: Sequence[int]) -> Iterator[_Candidate]:
        wanted = self._wanted[number]
        for seed in seeds:
            for first, last in self._iter_runs(wanted, seed):
                tokens = self._tokens(first, last)
                shared = len(tokens & wanted.tokens)
                if shared >= _MIN_SHARED_WORDS * min(len(tokens), len(wanted.tokens)) - 0.9:
                    yield from self._make_candidates(number, self._make_passage(wanted, first, last))

    def _iter_runs(self, wanted: _Query, seed: int) -> Iterator[tuple[int, int]]:
        """Yield the sentence `seed` alone and, as long as the annotation is longer, with the sentences after it."""
        length, plains = len(self._new.normalized[seed]), self._new.normalized
        yield seed, seed
        for last in range(seed + 1, min(seed + _MAX_RUN, len(plains))):
            if length >= 0.8 * len(wanted.words) or not self._free[last]:
                return
            length += 1 + len(plains[last])
            if 0.6 * len(wanted.words) < length < _PART * len(wanted.words):
                yield seed, last

    def _make_passage(self, wanted: _Query, first: int, last: int) -> _Passage:
        """Return a run of sentences, or the most similar part of a sentence for a much shorter annotation."""
        words = " ".join(self._new.normalized[first : last + 1])
        run = self._new.span_between(first, last)
        if first < last or len(wanted.words) < _PART_LONG or len(words) < _PART * len(wanted.words):
            return _Passage(run, words, is_part=False)
        part = self._likeness.part(wanted.words, words)
        inner = find_original_span(self._new.text[run.start : run.end], part)
        return _Passage(
            Span(run.start + inner.start, run.start + inner.end), words[part.start : part.end], is_part=True
        )

    def _make_candidates(self, number: int, stretch: _Passage) -> Iterator[_Candidate]:
        """Yield the candidate for `stretch`, if it is good enough."""
        wanted, (span, words, is_part) = self._wanted[number], stretch
        alike = self._likeness.words(wanted.words, words)
        is_half = not is_part and len(words) * _PART < len(wanted.words)
        if alike < (_MIN_SIMILARITY_PART if is_part else _MIN_SIMILARITY) or is_half or not self._known.is_free(span):
            return
        around = self._measure_evidence(wanted, span)
        if alike < _MIN_SIMILARITY_AFAR and len(words) < _LONG and around.weight < _MIN_EVIDENCE_SHORT:
            return
        has_figures = wanted.figures == _extract_figures(words)
        is_good = around.weight >= self._get_required_evidence(
            wanted, span, is_like_enough=alike >= _MIN_SIMILARITY_AFAR
        )
        if not has_figures or is_part:
            is_good = is_good and around.weight >= _MIN_EVIDENCE_PART
        if not is_good and has_figures and not is_part:
            is_good = self._is_sure_without_evidence(wanted, words, span, alike)
        if is_good and not self._is_neighbour(wanted, words, around):
            yield _Candidate(alike + 0.25 * around.weight + 0.06 * has_figures, number, span, alike)

    def _measure_evidence(self, wanted: _Query, span: Span) -> Evidence:
        """Return the evidence of the context; neighbours that were placed count as unchanged."""
        around = measure_evidence(wanted.annotation, self._new, span, likeness=self._likeness)
        before, after = has_own_neighbours(wanted.annotation, self._new, span, known=self._known)
        return Evidence(max(around.before, float(before)), max(around.after, float(after)))

    @staticmethod
    def _get_required_evidence(wanted: _Query, span: Span, *, is_like_enough: bool) -> float:
        """Return the evidence that `span` needs, from 0 to 1, or 2.0 (never reached) if far away and not similar."""
        if _is_between(wanted, span):
            return _MIN_EVIDENCE
        return _MIN_EVIDENCE_AFAR if is_like_enough else 2.0

    def _is_sure_without_evidence(self, wanted: _Query, words: str, span: Span, alike: float) -> bool:
        """Return whether the text alone is enough, with no old neighbour beside it."""
        is_same, is_long = words == wanted.words, len(words) >= _LONG
        least = _MIN_SIMILARITY_ALONE_NEAR if _is_between(wanted, span) else _MIN_SIMILARITY_ALONE
        if not is_same and (alike < least or not is_long):
            return False
        one = wanted.annotation
        if is_same and is_other_occurrence(one, self._new, span, known=self._known):
            return False
        if is_same and self._is_shuffled:
            return True
        is_far = not is_long and (self._known.is_empty or not (wanted.window is None or _is_between(wanted, span)))
        return not is_far and not is_removed(one, self._new)

    def _is_neighbour(self, wanted: _Query, words: str, around: Evidence) -> bool:
        """Return whether the sentence is the old neighbour of the annotation, whose own sentence is gone."""
        after, before = get_following_text(wanted.annotation), get_preceding_text(wanted.annotation)
        return (around.after < 0.5 and self._is_start_of(after, words, wanted.words)) or (
            around.before < 0.5 and self._is_start_of(before[::-1], words[::-1], wanted.words[::-1])
        )

    def _is_start_of(self, context: str, words: str, own: str) -> bool:
        """Return whether `words` start like `context`, at least nearly as much as they start like `own`."""
        length = min(len(context), len(words))
        if length < 3:
            return False
        alike = self._likeness.letters(context[:length], words[:length])
        return alike >= _NEIGHBOUR and alike >= self._likeness.letters(own[:length], words[:length]) - 0.02

    def _tokens(self, first: int, last: int) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for number in range(first, last + 1):
            one = self._sets.get(number)
            if one is None:
                one = self._sets[number] = _tokens(self._new.normalized[number])
            found = found | one if found else one
        return found


def _is_between(wanted: _Query, span: Span) -> bool:
    """Return whether `span` lies between the neighbours of the annotation."""
    return wanted.window is not None and wanted.window.start <= span.start and span.end <= wanted.window.end


class _RareWords:
    """Index of the words of annotations in free sentences."""

    def __init__(self, wanted: Sequence[_Query], new: TargetText, free: Sequence[bool]) -> None:
        sought = frozenset().union(*(one.tokens for one in wanted))
        self._places: dict[str, list[int]] = {}
        for number, is_free in enumerate(free):
            if is_free:
                for word in sought & _tokens(new.normalized[number]):
                    self._places.setdefault(word, []).append(number)

    def find_sentences(self, wanted: _Query) -> list[int]:
        """Return the few sentences that share most of the annotation's rare words."""
        rare = sorted((len(self._places[word]), word) for word in wanted.tokens if word in self._places)
        counts: Counter[int] = Counter()
        for count, word in rare[:_WORDS]:
            if count <= _MAX_RARE or not counts:
                counts.update(self._places[word][:_MAX_RARE])
        return [number for number, _count in counts.most_common(_FOUND)]


def _tokens(words: str) -> frozenset[str]:
    return frozenset(words.lower().split())


def _extract_figures(words: str) -> Counter[str]:
    return Counter(_FIGURES.findall(words))
