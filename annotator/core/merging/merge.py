"""Three-way merge of annotation sets, annotation by annotation.

A change made on one side only is taken over, and the same change made on both sides is made once. If both sides
changed the same thing differently, ours stands and theirs is kept as a conflict for the user to resolve:

- Labels are sets: additions and removals of both sides are combined. Two sides that gave a sentence different labels,
  none of them in common, are in conflict. Fields are merged by key, and follow their labels.
- A tag wins over *nothing here*, a changed annotation over a removed one: the conflict then has no labels.
- Where sentences were split or joined differently, ours stand; annotations that do not fit become conflicts.
- Different annotations that happen to share an id get distinct ids; two annotations of one sentence become one.
- For block kinds, and for a verdict that both sides decided, ours stands. The status is the more advanced one, but
  never *done* if there are new conflicts.

No annotation of either side is lost, unless the other side removed it and it is unchanged from the base.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.annotation import Annotation, Status
from annotator.core.annotation_set import key_of
from annotator.core.change import Change, Layer
from annotator.core.merging.annotation_merge import (
    has_same_content,
    is_same_annotation,
    merge_annotation,
    move_to,
    strip_decision,
)
from annotator.core.merging.diff import difference
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Content
    from annotator.core.collections.sorted_map import SortedMap

_STATUS_ORDER = (Status.NEW, Status.IN_PROGRESS, Status.DONE)


class MergeResult(NamedTuple):
    """Result of a merge.

    Attributes:
        state: The merged annotation set.
        conflicts: Number of new conflicts.
        taken: Number of places taken over from theirs.
    """

    state: AnnotationSet
    conflicts: int = 0
    taken: int = 0


def merge(base: AnnotationSet, ours: AnnotationSet, theirs: AnnotationSet) -> MergeResult:
    """Merge `ours` and `theirs`, which both derive from `base`.

    If no common base is known, pass an empty set: everything that either side has is kept.
    """
    late = difference(base, theirs)
    if not late or not difference(ours, theirs):
        return MergeResult(ours)
    early = difference(base, ours)
    # Only theirs changed: take it whole, unless its decisions clash, as after an edit by hand.
    if not early and not any(theirs.has_overlap(change.place) for change in late):
        return MergeResult(theirs, len(_find_new_conflicts(ours, theirs)), _count_taken(ours, theirs))
    merging = _Merge(ours, theirs)
    # In this order: marks give way to annotations, and the status depends on the number of conflicts.
    merging.apply_annotations(_edits(early), _edits(late), late)
    merging.apply_marks(early, late)
    merging.apply_conflicts(late)
    merging.apply_verdicts(late)
    merging.merge_status(base)
    return MergeResult(merging.state, len(_find_new_conflicts(ours, merging.state)), _count_taken(ours, merging.state))


def choose_base(bases: Iterable[AnnotationSet], theirs: AnnotationSet) -> AnnotationSet:
    """Return the set that `theirs` derives from: the one with the fewest other decisions, the latest of equal ones.

    Another program that overwrites our save without having read it did not remove what only our save has. Hence the
    base is not simply our last save, but the one of `bases` (not empty, the latest last) that theirs is nearest to.
    """
    return min(reversed([*bases]), key=lambda ground: _measure_distance(difference(ground, theirs)))


def _measure_distance(changes: Sequence[Change]) -> tuple[int, int]:
    """Return how many decisions `changes` make and take back, and how many changes they are in all.

    Times written in another way decide nothing; a label by one who does not know of ours comes with an id of its own.
    """
    return sum(map(_count_decisions, changes)), len(changes)


def _count_decisions(change: Change) -> int:
    before, after = change.before, change.after
    if not isinstance(before, Annotation) or not isinstance(after, Annotation):
        return 1
    if before.id != after.id:
        return 2
    return 0 if before.span == after.span and has_same_content(before, after) else 1


def _count_taken(ours: AnnotationSet, made: AnnotationSet) -> int:
    slots = {Layer.ANNOTATION, Layer.NOTHING}
    return len({change.place for change in difference(ours, made) if change.layer in slots})


def _find_new_conflicts(ours: AnnotationSet, made: AnnotationSet) -> list[Annotation]:
    keys = ours.conflicts.iter_differing_keys(made.conflicts)
    return [one for key in keys if (one := made.conflicts.find(key)) is not None]


class _Entry(NamedTuple):
    """An annotation, and whether it is an orphan."""

    annotation: Annotation
    is_orphan: bool = False


class _Edit(NamedTuple):
    """Change that one side made to the annotation of an id."""

    before: _Entry | None
    after: _Entry | None


class _Pending(NamedTuple):
    """An annotation to be placed, and its previous version in ours."""

    held: _Entry
    mine: _Entry | None

    @property
    def order(self) -> tuple[bool, Span]:
        """Sort key: annotations that stay where they are in ours come first, as they are sure to fit there."""
        span = self.held.annotation.span
        return self.mine is None or self.mine.annotation.span != span, span


def _edits(changes: Iterable[Change]) -> dict[str, _Edit]:
    """Return what the changes do to annotations and orphans, by id."""
    before: dict[str, _Entry] = {}
    after: dict[str, _Entry] = {}
    for change in changes:
        if change.layer in {Layer.ANNOTATION, Layer.ORPHAN}:
            _note(before, change.before, change.layer)
            _note(after, change.after, change.layer)
    edits = {one: _Edit(before.get(one), after.get(one)) for one in (*before, *after)}
    return {one: edit for one, edit in edits.items() if edit.before != edit.after}


def _note(found: dict[str, _Entry], content: Content, slot: Layer) -> None:
    if isinstance(content, Annotation):
        found[content.id] = _Entry(content, slot is Layer.ORPHAN)


class _Merge:
    """Our annotation set, while the changes of theirs are applied to it."""

    def __init__(self, ours: AnnotationSet, theirs: AnnotationSet) -> None:
        self.state = ours
        self.conflicts = 0
        self._ours = ours
        self._theirs = theirs
        self._contradicted: dict[str, Annotation] = {}  # removed or contradicted by the other side, by id

    def apply_annotations(
        self, early: Mapping[str, _Edit], late: Mapping[str, _Edit], changes: Iterable[Change]
    ) -> None:
        """Apply the changes of annotations and orphans; removals come first to make room for the rest."""
        outcomes: list[_Pending] = []
        for one, edit in late.items():
            mine = early[one].after if one in early else edit.before
            if (
                mine
                and edit.after
                and edit.before is None
                and not is_same_annotation(mine.annotation, edit.after.annotation)
            ):
                message = replace(edit.after.annotation, id=self._make_unused_id(one))
                outcomes.append(_Pending(edit.after._replace(annotation=message), None))
                continue
            held = self._merge_entry(edit.before, mine, edit.after)
            if held != mine:
                self._remove(mine)
                outcomes += [_Pending(held, mine)] if held else []
        for change in changes:
            if change.layer is Layer.NOTHING and self.state.nothing.find(change.place) == change.before:
                self._put(Layer.NOTHING, change.place, None)
        for outcome in sorted(outcomes, key=lambda outcome: outcome.order):
            self._place_entry(outcome)

    def apply_marks(self, early: Iterable[Change], late: Iterable[Change]) -> None:
        """Apply the changes of *nothing here*, splits, joins and block kinds that no annotation contradicts."""
        for change in late:
            stands = self.state.find_content(change.layer, change.place)
            if change.layer is Layer.NOTHING and isinstance(change.after, int):
                self._mark(Span(change.place, change.after))
            elif change.layer in {Layer.SPLIT, Layer.BLOCK} and stands == change.before:
                self._put(change.layer, change.place, change.after)
            elif change.layer is Layer.JOIN and stands == change.before:
                end = change.after
                if end is None or (
                    isinstance(end, int) and self._is_join_allowed(Span(change.place, end), self._theirs)
                ):
                    self._put(Layer.JOIN, change.place, end)
        for change in early:
            end = change.after if change.layer is Layer.JOIN else None
            if isinstance(end, int) and not self._is_join_allowed(Span(change.place, end), self._ours):
                self._put(Layer.JOIN, change.place, None)

    def apply_conflicts(self, late: Iterable[Change]) -> None:
        """Apply the changes of conflicts, and add the new ones."""
        for change in late:
            if change.layer is not Layer.CONFLICT:
                continue
            if isinstance(change.before, Annotation):
                self._remove_conflict(change.before)
            if isinstance(change.after, Annotation):
                self._add_conflict(change.after)
        for one, removed in self._contradicted.items():
            if not any(
                conflict.span.is_overlapping(removed.span) for conflict in _find_new_conflicts(self._ours, self.state)
            ):
                self._record_conflict(replace(removed, id=one))

    def apply_verdicts(self, late: Iterable[Change]) -> None:
        """Apply the changes of verdicts; where both sides decided one, ours stands."""
        for change in late:
            if change.layer is Layer.VERDICT and self.state.verdicts.find(change.place) == change.before:
                self._put(Layer.VERDICT, change.place, change.after)

    def merge_status(self, base: AnnotationSet) -> None:
        """Merge the status."""
        ours, theirs = self._ours.status, self._theirs.status
        status = max(ours, theirs, key=_STATUS_ORDER.index)
        if base.status in {ours, theirs}:
            status = theirs if ours is base.status else ours
        if self.conflicts and status is Status.DONE:
            status = Status.IN_PROGRESS
        self._put(Layer.STATUS, 0, status)

    # Annotations

    def _merge_entry(self, before: _Entry | None, mine: _Entry | None, theirs: _Entry | None) -> _Entry | None:
        """Return the merged version of an annotation that theirs added, changed or removed, or None to remove it."""
        if mine is None or theirs is None:
            kept = mine or theirs
            if before is None or kept is None:
                return kept
            if kept == before or has_same_content(kept.annotation, before.annotation):
                return None
            self._contradicted[kept.annotation.id] = strip_decision(kept.annotation, note="")
            return kept
        if mine in (theirs, before):
            return theirs
        return self._merge_versions(before, mine, theirs)

    def _merge_versions(self, before: _Entry | None, mine: _Entry, theirs: _Entry) -> _Entry:
        ours, other = mine.annotation, theirs.annotation
        if mine.is_orphan and not theirs.is_orphan:
            ours = move_to(ours, other)
        elif theirs.is_orphan and not mine.is_orphan:
            other = move_to(other, ours)
        together = merge_annotation(before.annotation if before else None, ours, other)
        if together.conflict is not None:
            self._record_conflict(together.conflict)
        return _Entry(together.merged, mine.is_orphan and theirs.is_orphan)

    def _place_entry(self, outcome: _Pending) -> None:
        annotation = outcome.held.annotation
        if outcome.held.is_orphan:
            self._put(Layer.ORPHAN, _next_free_key(self.state.orphans, annotation.id), annotation)
            return
        others = self._annotations_at(annotation.span)
        marks = [Span(*mark) for mark in _find_overlapping_marks(self.state.nothing, annotation.span)]
        if [one.span for one in others] == [annotation.span]:
            self._fuse(others[0], annotation)
        elif others or (marks and not annotation.labels and marks != [annotation.span]):
            self._reject(outcome)
        else:
            self._insert(annotation)

    def _insert(self, annotation: Annotation) -> None:
        """Put `annotation` into the set; if it has labels, *nothing here* marks there become a conflict."""
        marks = _find_overlapping_marks(self.state.nothing, annotation.span) if annotation.labels else []
        for place, _end in marks:
            self._put(Layer.NOTHING, place, None)
            self._contradicted[annotation.id] = strip_decision(annotation, note="")
        self._put(Layer.ANNOTATION, annotation.span.start, annotation)

    def _fuse(self, ours: Annotation, theirs: Annotation) -> None:
        """Merge two annotations of the same sentence into one."""
        together = merge_annotation(None, ours, replace(theirs, id=ours.id))
        self._contradicted.pop(ours.id, None)
        self._contradicted.pop(theirs.id, None)
        self._insert(together.merged)
        if together.conflict is not None:
            self._record_conflict(replace(together.conflict, id=theirs.id))

    def _reject(self, outcome: _Pending) -> None:
        """Keep an annotation that does not fit as a conflict; our version of it stays where it is."""
        annotation, mine = outcome.held.annotation, outcome.mine
        self._contradicted.pop(annotation.id, None)
        self._record_conflict(annotation)
        if mine is not None and not mine.is_orphan and mine.annotation.span != annotation.span:
            back = move_to(annotation, mine.annotation)
            if not self._annotations_at(back.span) and not _find_overlapping_marks(self.state.nothing, back.span):
                self._put(Layer.ANNOTATION, back.span.start, back)

    def _remove(self, held: _Entry | None) -> None:
        if held is None:
            return
        if not held.is_orphan:
            self._put(Layer.ANNOTATION, held.annotation.span.start, None)
            return
        for key, orphan in self.state.orphans.items():
            if orphan == held.annotation:
                self._put(Layer.ORPHAN, key, None)
                return

    def _make_unused_id(self, one: str) -> str:
        """Return an unused id derived from the id `one`."""
        states = (self.state, self._theirs)
        taken = {held.id for state in states for held in (*state.annotations.values(), *state.orphans.values())}
        number = 2
        while f"{one}-{number}" in taken:
            number += 1
        return f"{one}-{number}"

    # Marks

    def _mark(self, span: Span) -> None:
        """Mark `span` *nothing here*, unless another decision stands there."""
        others = self._annotations_at(span)
        tagged = [one for one in others if one.labels]
        for one in tagged:
            self._contradicted.setdefault(one.id, strip_decision(one, note=""))
        is_free = not tagged and all(one.span == span for one in others)
        if is_free and not _find_overlapping_marks(self.state.nothing, span):
            self._put(Layer.NOTHING, span.start, span.end)

    def _is_join_allowed(self, span: Span, side: AnnotationSet) -> bool:
        """Return whether a join of `side` is compatible with all decisions inside its span."""
        decided = [one.span for one in self._annotations_at(span)]
        decided += [Span(*mark) for mark in _find_overlapping_marks(self.state.nothing, span)]
        joined = [Span(*join) for join in _find_overlapping_marks(self.state.joins, span)]
        return all(one == span or _has_decision_at(side, one) for one in decided) and all(
            one == span or side.joins.find(one.start) == one.end for one in joined
        )

    def _annotations_at(self, span: Span) -> list[Annotation]:
        """Return the annotations that overlap `span`."""
        before = self.state.annotations.find_floor(span.start)
        found = [before[1]] if before and before[1].span.is_overlapping(span) else []
        return found + [one for _, one in self.state.annotations.iter_between(span.start + 1, span.end)]

    # Rivals

    def _record_conflict(self, rival: Annotation) -> None:
        self.conflicts += self._add_conflict(rival)

    def _add_conflict(self, rival: Annotation) -> bool:
        """Keep `rival` unless it is kept already; return whether it was added."""
        if any(rival == one for one in self.state.conflicts.values()):
            return False
        self._put(Layer.CONFLICT, _next_free_key(self.state.conflicts, rival.id), rival)
        return True

    def _remove_conflict(self, rival: Annotation) -> None:
        key = next((key for key, one in self.state.conflicts.items() if one == rival), None)
        if key is not None:
            self._put(Layer.CONFLICT, key, None)

    def _put(self, slot: Layer, place: int, content: Content) -> None:
        self.state = self.state.apply([Change(slot, place, self.state.find_content(slot, place), content)])


def _has_decision_at(side: AnnotationSet, span: Span) -> bool:
    annotation = side.annotations.find(span.start)
    return (annotation is not None and annotation.span == span) or side.nothing.find(span.start) == span.end


def _find_overlapping_marks(marks: SortedMap[int], span: Span) -> list[tuple[int, int]]:
    """Return the marks that overlap `span`, each with its end."""
    before = marks.find_floor(span.start)
    found = [before] if before and before[1] > span.start else []
    return found + list(marks.iter_between(span.start + 1, span.end))


def _next_free_key(kept: SortedMap[Annotation], identity: str) -> int:
    key = key_of(identity)
    while key in kept:
        key += 1
    return key
