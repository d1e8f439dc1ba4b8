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
from annotator.core.change import Change, Slot
from annotator.core.merging.annotation_merge import at_place_of, bring_together, has_same_words, is_one, without_labels
from annotator.core.merging.diff import difference
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Content
    from annotator.core.collections.sorted_map import SortedMap

_FAR = (Status.NEW, Status.IN_PROGRESS, Status.DONE)


class Merged(NamedTuple):
    """Result of a merge.

    Attributes:
        state: The merged annotation set.
        conflicts: Number of new conflicts.
        taken: Number of places taken over from theirs.
    """

    state: AnnotationSet
    conflicts: int = 0
    taken: int = 0


def merge(base: AnnotationSet, ours: AnnotationSet, theirs: AnnotationSet) -> Merged:
    """Merge `ours` and `theirs`, which both derive from `base`.

    If no common base is known, pass an empty set: everything that either side has is kept.
    """
    late = difference(base, theirs)
    if not late or not difference(ours, theirs):
        return Merged(ours)
    early = difference(base, ours)
    # Only theirs changed: take it whole, unless its decisions clash, as after an edit by hand.
    if not early and not any(theirs.is_clashing(change.place) for change in late):
        return Merged(theirs, len(_new_rivals(ours, theirs)), _taken(ours, theirs))
    meeting = _Meeting(ours, theirs)
    # In this order: marks give way to annotations, and the status depends on the number of conflicts.
    meeting.take_annotations(_edits(early), _edits(late), late)
    meeting.take_marks(early, late)
    meeting.take_rivals(late)
    meeting.take_verdicts(late)
    meeting.take_status(base)
    return Merged(meeting.state, len(_new_rivals(ours, meeting.state)), _taken(ours, meeting.state))


def nearest(grounds: Iterable[AnnotationSet], theirs: AnnotationSet) -> AnnotationSet:
    """Return the set that `theirs` derives from: the one with the smallest difference, the latest of equal ones.

    Another program that overwrites our save without having read it did not remove what only our save has. Hence the
    base is not simply our last save, but the one of `grounds` (not empty, the latest last) that theirs is nearest to.
    """
    return min(reversed([*grounds]), key=lambda ground: len(difference(ground, theirs)))


def _taken(ours: AnnotationSet, made: AnnotationSet) -> int:
    slots = {Slot.ANNOTATION, Slot.NOTHING}
    return len({change.place for change in difference(ours, made) if change.slot in slots})


def _new_rivals(ours: AnnotationSet, made: AnnotationSet) -> list[Annotation]:
    keys = ours.rivals.differing(made.rivals)
    return [one for key in keys if (one := made.rivals.find(key)) is not None]


class _Held(NamedTuple):
    """An annotation, and whether it is an orphan."""

    annotation: Annotation
    is_orphan: bool = False


class _Edit(NamedTuple):
    """Change that one side made to the annotation of an id."""

    before: _Held | None
    after: _Held | None


class _Outcome(NamedTuple):
    """An annotation to be placed, and its previous version in ours."""

    held: _Held
    mine: _Held | None

    @property
    def order(self) -> tuple[bool, Span]:
        """Sort key: annotations that stay where they are in ours come first, as they are sure to fit there."""
        span = self.held.annotation.span
        return self.mine is None or self.mine.annotation.span != span, span


def _edits(changes: Iterable[Change]) -> dict[str, _Edit]:
    """Return what the changes do to annotations and orphans, by id."""
    before: dict[str, _Held] = {}
    after: dict[str, _Held] = {}
    for change in changes:
        if change.slot in {Slot.ANNOTATION, Slot.ORPHAN}:
            _note(before, change.before, change.slot)
            _note(after, change.after, change.slot)
    edits = {one: _Edit(before.get(one), after.get(one)) for one in (*before, *after)}
    return {one: edit for one, edit in edits.items() if edit.before != edit.after}


def _note(found: dict[str, _Held], content: Content, slot: Slot) -> None:
    if isinstance(content, Annotation):
        found[content.id] = _Held(content, slot is Slot.ORPHAN)


class _Meeting:
    """Our annotation set, while the changes of theirs are applied to it."""

    def __init__(self, ours: AnnotationSet, theirs: AnnotationSet) -> None:
        self.state = ours
        self.conflicts = 0
        self._ours = ours
        self._theirs = theirs
        self._doubted: dict[str, Annotation] = {}  # removed or contradicted by the other side, by id

    def take_annotations(
        self, early: Mapping[str, _Edit], late: Mapping[str, _Edit], changes: Iterable[Change]
    ) -> None:
        """Apply the changes of annotations and orphans; removals come first to make room for the rest."""
        outcomes: list[_Outcome] = []
        for one, edit in late.items():
            mine = early[one].after if one in early else edit.before
            if mine and edit.after and edit.before is None and not is_one(mine.annotation, edit.after.annotation):
                told = replace(edit.after.annotation, id=self._told_apart(one))
                outcomes.append(_Outcome(edit.after._replace(annotation=told), None))
                continue
            held = self._met(edit.before, mine, edit.after)
            if held != mine:
                self._take_away(mine)
                outcomes += [_Outcome(held, mine)] if held else []
        for change in changes:
            if change.slot is Slot.NOTHING and self.state.nothing.find(change.place) == change.before:
                self._put(Slot.NOTHING, change.place, None)
        for outcome in sorted(outcomes, key=lambda outcome: outcome.order):
            self._place(outcome)

    def take_marks(self, early: Iterable[Change], late: Iterable[Change]) -> None:
        """Apply the changes of *nothing here*, splits, joins and block kinds that no annotation contradicts."""
        for change in late:
            stands = self.state.content(change.slot, change.place)
            if change.slot is Slot.NOTHING and isinstance(change.after, int):
                self._mark(Span(change.place, change.after))
            elif change.slot in {Slot.SPLIT, Slot.BLOCK} and stands == change.before:
                self._put(change.slot, change.place, change.after)
            elif change.slot is Slot.JOIN and stands == change.before:
                end = change.after
                if end is None or (isinstance(end, int) and self._can_hold(Span(change.place, end), self._theirs)):
                    self._put(Slot.JOIN, change.place, end)
        for change in early:
            end = change.after if change.slot is Slot.JOIN else None
            if isinstance(end, int) and not self._can_hold(Span(change.place, end), self._ours):
                self._put(Slot.JOIN, change.place, None)

    def take_rivals(self, late: Iterable[Change]) -> None:
        """Apply the changes of conflicts, and add the new ones."""
        for change in late:
            if change.slot is not Slot.RIVAL:
                continue
            if isinstance(change.before, Annotation):
                self._put_rival_away(change.before)
            if isinstance(change.after, Annotation):
                self._add_rival(change.after)
        for one, removed in self._doubted.items():
            if not any(rival.span.is_touching(removed.span) for rival in _new_rivals(self._ours, self.state)):
                self._contradict(replace(removed, id=one))

    def take_verdicts(self, late: Iterable[Change]) -> None:
        """Apply the changes of verdicts; where both sides decided one, ours stands."""
        for change in late:
            if change.slot is Slot.VERDICT and self.state.verdicts.find(change.place) == change.before:
                self._put(Slot.VERDICT, change.place, change.after)

    def take_status(self, base: AnnotationSet) -> None:
        """Merge the status."""
        ours, theirs = self._ours.status, self._theirs.status
        status = max(ours, theirs, key=_FAR.index)
        if base.status in {ours, theirs}:
            status = theirs if ours is base.status else ours
        if self.conflicts and status is Status.DONE:
            status = Status.IN_PROGRESS
        self._put(Slot.STATUS, 0, status)

    # Annotations

    def _met(self, before: _Held | None, mine: _Held | None, theirs: _Held | None) -> _Held | None:
        """Return the merged version of an annotation that theirs added, changed or removed, or None to remove it."""
        if mine is None or theirs is None:
            kept = mine or theirs
            if before is None or kept is None:
                return kept
            if kept == before or has_same_words(kept.annotation, before.annotation):
                return None
            self._doubted[kept.annotation.id] = without_labels(kept.annotation, note="")
            return kept
        if mine in (theirs, before):
            return theirs
        return self._both(before, mine, theirs)

    def _both(self, before: _Held | None, mine: _Held, theirs: _Held) -> _Held:
        ours, other = mine.annotation, theirs.annotation
        if mine.is_orphan and not theirs.is_orphan:
            ours = at_place_of(ours, other)
        elif theirs.is_orphan and not mine.is_orphan:
            other = at_place_of(other, ours)
        together = bring_together(before.annotation if before else None, ours, other)
        if together.rival is not None:
            self._contradict(together.rival)
        return _Held(together.standing, mine.is_orphan and theirs.is_orphan)

    def _place(self, outcome: _Outcome) -> None:
        annotation = outcome.held.annotation
        if outcome.held.is_orphan:
            self._put(Slot.ORPHAN, _free(self.state.orphans, annotation.id), annotation)
            return
        others = self._annotations_at(annotation.span)
        marks = [Span(*mark) for mark in _touching_marks(self.state.nothing, annotation.span)]
        if [one.span for one in others] == [annotation.span]:
            self._fuse(others[0], annotation)
        elif others or (marks and not annotation.labels and marks != [annotation.span]):
            self._refuse(outcome)
        else:
            self._stand(annotation)

    def _stand(self, annotation: Annotation) -> None:
        """Put `annotation` into the set; if it has labels, *nothing here* marks there become a conflict."""
        marks = _touching_marks(self.state.nothing, annotation.span) if annotation.labels else []
        for place, _end in marks:
            self._put(Slot.NOTHING, place, None)
            self._doubted[annotation.id] = without_labels(annotation, note="")
        self._put(Slot.ANNOTATION, annotation.span.start, annotation)

    def _fuse(self, ours: Annotation, theirs: Annotation) -> None:
        """Merge two annotations of the same sentence into one."""
        together = bring_together(None, ours, replace(theirs, id=ours.id))
        self._doubted.pop(ours.id, None)
        self._doubted.pop(theirs.id, None)
        self._stand(together.standing)
        if together.rival is not None:
            self._contradict(replace(together.rival, id=theirs.id))

    def _refuse(self, outcome: _Outcome) -> None:
        """Keep an annotation that does not fit as a conflict; our version of it stays where it is."""
        annotation, mine = outcome.held.annotation, outcome.mine
        self._doubted.pop(annotation.id, None)
        self._contradict(annotation)
        if mine is not None and not mine.is_orphan and mine.annotation.span != annotation.span:
            back = at_place_of(annotation, mine.annotation)
            if not self._annotations_at(back.span) and not _touching_marks(self.state.nothing, back.span):
                self._put(Slot.ANNOTATION, back.span.start, back)

    def _take_away(self, held: _Held | None) -> None:
        if held is None:
            return
        if not held.is_orphan:
            self._put(Slot.ANNOTATION, held.annotation.span.start, None)
            return
        for key, orphan in self.state.orphans.items():
            if orphan == held.annotation:
                self._put(Slot.ORPHAN, key, None)
                return

    def _told_apart(self, one: str) -> str:
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
            self._doubted.setdefault(one.id, without_labels(one, note=""))
        is_free = not tagged and all(one.span == span for one in others)
        if is_free and not _touching_marks(self.state.nothing, span):
            self._put(Slot.NOTHING, span.start, span.end)

    def _can_hold(self, span: Span, side: AnnotationSet) -> bool:
        """Return whether a join of `side` is compatible with all decisions inside its span."""
        decided = [one.span for one in self._annotations_at(span)]
        decided += [Span(*mark) for mark in _touching_marks(self.state.nothing, span)]
        joined = [Span(*join) for join in _touching_marks(self.state.joins, span)]
        return all(one == span or _is_in(side, one) for one in decided) and all(
            one == span or side.joins.find(one.start) == one.end for one in joined
        )

    def _annotations_at(self, span: Span) -> list[Annotation]:
        """Return the annotations that overlap `span`."""
        before = self.state.annotations.find_floor(span.start)
        found = [before[1]] if before and before[1].span.is_touching(span) else []
        return found + [one for _, one in self.state.annotations.between(span.start + 1, span.end)]

    # Rivals

    def _contradict(self, rival: Annotation) -> None:
        self.conflicts += self._add_rival(rival)

    def _add_rival(self, rival: Annotation) -> bool:
        """Keep `rival` unless it is kept already; return whether it was added."""
        if any(rival == one for one in self.state.rivals.values()):
            return False
        self._put(Slot.RIVAL, _free(self.state.rivals, rival.id), rival)
        return True

    def _put_rival_away(self, rival: Annotation) -> None:
        key = next((key for key, one in self.state.rivals.items() if one == rival), None)
        if key is not None:
            self._put(Slot.RIVAL, key, None)

    def _put(self, slot: Slot, place: int, content: Content) -> None:
        self.state = self.state.applied([Change(slot, place, self.state.content(slot, place), content)])


def _is_in(side: AnnotationSet, span: Span) -> bool:
    annotation = side.annotations.find(span.start)
    return (annotation is not None and annotation.span == span) or side.nothing.find(span.start) == span.end


def _touching_marks(marks: SortedMap[int], span: Span) -> list[tuple[int, int]]:
    """Return the marks that overlap `span`, each with its end."""
    before = marks.find_floor(span.start)
    found = [before] if before and before[1] > span.start else []
    return found + list(marks.between(span.start + 1, span.end))


def _free(kept: SortedMap[Annotation], identity: str) -> int:
    key = key_of(identity)
    while key in kept:
        key += 1
    return key
