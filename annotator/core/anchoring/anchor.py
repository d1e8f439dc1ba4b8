"""Anchoring: find the sentences of all annotations and marks again in a text that may have changed.

An annotation is looked up at its stored offset, then by its exact text together with its context, then by similarity
among the sentences that changed. A fuzzy match is flagged until the user confirms it. An annotation that is not found,
or that fits two places equally well, becomes an orphan: it is kept, but never attached to a doubtful sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from annotator.core.anchoring.exact import ExactSearch, is_trusted, is_unmoved, place_at, place_in_order
from annotator.core.anchoring.fuzzy import find_fuzzy
from annotator.core.anchoring.marks import MarkSearch, drop_invalid_marks, quote_at
from annotator.core.anchoring.normalization import normalize_text
from annotator.core.anchoring.placements import Placements
from annotator.core.anchoring.target_text import TargetText, split_lines
from annotator.core.annotation import PreviousVersion
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import BlockMark
from annotator.core.collections.sorted_map import SortedMap
from annotator.core.sentence import cut, overlay
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from annotator.core.anchoring.context import Similarity
    from annotator.core.anchoring.fuzzy import FuzzyMatch
    from annotator.core.annotation import Annotation
    from annotator.core.document import BlockKind
    from annotator.core.verdict import Verdict

__all__ = ["AnchoringResult", "FuzzyInputs", "anchor", "make_orphan", "quote_at"]

_FUZZY_ROUNDS = 4  # rounds of fuzzy matching; each placement narrows the windows of the remaining annotations


@dataclass(frozen=True, slots=True)
class FuzzyInputs:
    """Lazily built helpers for fuzzy matching; neither is called for a text that did not change.

    Attributes:
        sentences: Returns the sentences that the splitter finds in the new text, in order.
        likeness: Returns the similarity measure.
    """

    sentences: Callable[[], Sequence[Span]]
    likeness: Callable[[], Similarity]


@dataclass(frozen=True, slots=True)
class AnchoringResult:
    """The anchored annotation set, and how much of it moved or was lost.

    Attributes:
        state: The annotation set, at the offsets of the new text.
        moved: Annotations and marks that were found at another offset.
        orphaned: Annotations that became orphans.
        lost_marks: Marks (*nothing here*, splits, joins, block kinds) that were dropped; annotations never are.
        changed: Annotations that were found by similarity and need confirmation.
    """

    state: AnnotationSet
    moved: int = 0
    orphaned: int = 0
    lost_marks: int = 0
    changed: int = 0

    @property
    def is_changed(self) -> bool:
        """True if anything differs from the set that was loaded."""
        return bool(self.moved or self.orphaned or self.lost_marks or self.changed)


def anchor(
    state: AnnotationSet,
    text: str,
    *,
    quotes: Mapping[int, str],
    is_same_text: bool | None,
    aid: FuzzyInputs | None = None,
) -> AnchoringResult:
    """Find the sentences of all annotations and marks of `state` in `text`.

    Args:
        state: The annotation set, at the offsets of the text that was annotated.
        text: The text as it is now.
        quotes: The text at the offsets of marks, as returned by `quote_at`.
        is_same_text: True if `text` is exactly the text that was annotated; marks without a quote are kept then. None
            if it is not known: those that fit a sentence are kept then.
        aid: Helpers for fuzzy matching; without them only exact matches are found.
    """
    if is_same_text and all(is_unmoved(one, text) for one in state.annotations.values()):
        found = AnchoringResult(state)
    else:
        found = _AnchoringRun(state, text, aid, quotes=quotes, is_same_text=is_same_text).run()
    # Also for an unchanged text: the sidecar may have been edited by hand.
    kept, strays = drop_invalid_marks(found.state, length=len(text))
    return replace(found, state=kept, lost_marks=found.lost_marks + strays) if strays else found


def make_orphan(annotation: Annotation) -> Annotation:
    """Return `annotation` as an orphan: with the text that it was made on, at its approximate offset."""
    was = annotation.previous
    if was is None:
        return annotation
    span = Span(annotation.span.start, annotation.span.start + len(was.text))
    return replace(annotation, span=span, text=was.text, before=was.before, after=was.after, previous=None)


class _AnchoringRun:
    """A single anchoring run: the text, what to find, and the results so far."""

    def __init__(
        self,
        state: AnnotationSet,
        text: str,
        aid: FuzzyInputs | None,
        *,
        quotes: Mapping[int, str],
        is_same_text: bool | None,
    ) -> None:
        self._state = state
        self._text = text
        self._aid = aid
        self._is_same_text = bool(is_same_text)
        self._known = Placements(len(text))
        self._search = MarkSearch(
            text, quotes, known=self._known, whole=lambda: self._automatic_text, is_same_text=is_same_text
        )

    def run(self) -> AnchoringResult:
        """Anchor everything, the most certain matches first."""
        state, text, marks = self._state, self._text, self._search.found
        standing, moved, astray = place_in_order(
            state.annotations.values(), text, known=self._known, is_same_text=self._is_same_text
        )
        back, astray = self._find_exact(astray, is_ordered=True)
        orphans = list(state.orphans.values())
        # In the same text an orphan would only be found where it was not found before, or where the user rejected it.
        if not self._is_same_text:
            again, orphans = self._find_exact(orphans, is_ordered=False)
            back += again
        moved += back
        # Before fuzzy matching: the marks occupy their sentences, so that no annotation is matched to one of them.
        self._search.find(state, notes=(one.span for one in (*standing, *moved) if not one.labels))
        alike, astray = self._find_fuzzy(astray)
        before = {one.id: one.previous for one in state.annotations.values()}
        changed = [one for one in alike if one.previous != before[one.id]]
        moved += [one for one in alike if one.previous == before[one.id]]
        if self._similarity is not None and len(marks.nothing) < len(state.nothing):
            self._search.match_in_order(
                state, self._user_text(), lost=[one.span for one in astray], likeness=self._similarity
            )
        self._search.find_beside(state)
        kinds = [(new.start, BlockMark(new.end, self._kind(old))) for old, new in marks.blocks.items()]
        made = AnnotationSet.of(
            (*standing, *moved, *changed),
            nothing=marks.nothing.values(),
            splits=[new.start for new in marks.cuts.values() if new.is_empty],
            joins=[new for new in marks.cuts.values() if not new.is_empty],
            blocks=kinds,
            orphans=[*map(make_orphan, astray), *orphans],
        )
        made = replace(made, status=state.status, conflicts=self._move_rivals(), verdicts=self._move_verdicts())
        count = len(state.nothing) + len(state.splits) + len(state.joins) + len(state.blocks)
        found = AnchoringResult(made, len(moved) + marks.moved, len(astray), count - marks.count, changed=len(changed))
        # The set that was given shares its memory with itself: comparing it with the result then costs nothing.
        return found if found.is_changed else replace(found, state=state)

    def _find_exact(
        self, astray: Sequence[Annotation], *, is_ordered: bool
    ) -> tuple[list[Annotation], list[Annotation]]:
        """Find `astray` by their text, or by the text that they were made on; return those found and the others."""
        if not astray:
            return [], []
        search = ExactSearch(self._automatic_text, known=self._known, likeness=self._similarity)
        found, left = search.find(astray, is_ordered=is_ordered)
        back, _left = search.find([make_orphan(one) for one in left if one.previous is not None], is_ordered=False)
        ids = {one.id for one, _span in back}
        there = [place_at(one, self._text, span) for one, span in (*found, *back)]
        return there, [one for one in left if one.id not in ids]

    def _find_fuzzy(self, astray: Sequence[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
        """Find `astray` by similarity; return those found, each with its old version in `previous`, and the others."""
        likeness = self._similarity
        if not astray or likeness is None:
            return [], list(astray)
        changed: list[Annotation] = []
        left = list(astray)
        for _turn in range(_FUZZY_ROUNDS):
            matches = find_fuzzy(left, self._user_text(), placements=self._known, likeness=likeness)
            changed += [self._accept_match(match, likeness) for match in matches]
            ids = {match.annotation.id for match in matches}
            left = [one for one in left if one.id not in ids]
            if not matches or not left:
                break
        return changed, left

    def _accept_match(self, match: FuzzyMatch, likeness: Similarity) -> Annotation:
        """Return the annotation at its matched sentence, with its old version in `previous`.

        No confirmation is needed where the text is the same and stands where its neighbours say that it should.
        """
        one, span, alike = match
        now = place_at(one, self._text, span)
        if normalize_text(one.text) == normalize_text(now.text) and is_trusted(
            one, self._automatic_text, span, known=self._known
        ):
            return now
        was = one.previous or PreviousVersion(one.text, alike, one.before, one.after)
        if one.previous is not None:
            alike = likeness.words(normalize_text(was.text), normalize_text(now.text))
        return replace(now, previous=replace(was, likeness=round(alike, 2)))

    def _move_rivals(self) -> SortedMap[Annotation]:
        """Return the conflicting versions, moved along with the annotations that they contradict."""
        moved = ((key, one, self._known.find_new(one.span)) for key, one in self._state.conflicts.items())
        return SortedMap((key, place_at(one, self._text, new) if new else one) for key, one, new in moved)

    def _move_verdicts(self) -> SortedMap[Verdict]:
        """Return the verdicts, moved along with their sentences; the text that the reviewer saw is kept."""
        moved = ((key, one, self._known.find_new(one.span)) for key, one in self._state.verdicts.items())
        return SortedMap((key, replace(one, span=new) if new else one) for key, one, new in moved)

    def _kind(self, block: Span) -> BlockKind:
        mark = self._state.blocks.find(block.start)
        assert mark is not None  # noqa: S101  # only blocks of this state were searched for
        return mark.kind

    @cached_property
    def _similarity(self) -> Similarity | None:
        return self._aid.likeness() if self._aid else None

    @cached_property
    def _automatic_text(self) -> TargetText:
        """The text with the sentences that the splitter finds."""
        return TargetText(self._text, self._aid.sentences() if self._aid else split_lines(self._text))

    def _user_text(self) -> TargetText:
        """Return the text with the sentences that the user sees, given everything that was found so far."""
        marks, automatic = self._search.found, self._automatic_text
        places = [new.start for new in marks.cuts.values() if new.is_empty]
        held = [new for new in (*marks.cuts.values(), *marks.nothing.values()) if not new.is_empty]
        spans = cut(self._text, automatic.sentences, places=places)
        spans = overlay(self._text, spans, fixed=sorted((*held, *self._known.occupied)))
        return TargetText(self._text, spans, known=automatic)
