from __future__ import annotations

from dataclasses import replace

import pytest
from corebuilders import Desk, text_of

from annotator.core.annotation import Annotation, Was
from annotator.core.annotation_set import AnnotationSet, key_of, keyed
from annotator.core.merging import resolution
from annotator.core.span import Span

OLD = "Đây là câu cũ hơn."


def changed() -> Desk:
    """A desk whose first sentence was found by likeness."""
    desk = Desk(text_of(4))
    desk.tag(0)
    desk.tag(1, label="opinion")
    one = desk.annotation(0)
    assert one is not None
    state = desk.state.annotations.with_item(one.span.start, replace(one, was=Was(OLD, 0.9, "trước ", " sau")))
    desk.state = replace(desk.state, annotations=state)
    return desk


def undone(before: AnnotationSet, desk: Desk) -> bool:
    """Whether the last step taken back gives what there was before."""
    return bool(before == desk.state.applied(desk.steps[-1].inverse().changes))


def test_confirm_drops_what_it_was() -> None:
    """The labels stay, the time of the change is now; what was not changed is not touched."""
    desk = changed()
    before = desk.state
    desk.do(resolution.confirm(desk.state, [0, desk.sentences[1].start, 99], writer=desk.writer))
    one = desk.annotation(0)
    assert one is not None
    assert (one.was, one.labels, one.changed) == (None, ("target",), desk.writer.now)
    assert len(desk.steps[-1].changes) == 1
    assert undone(before, desk)
    assert resolution.confirm(desk.state, [0], writer=desk.writer) == ()


def test_refuse_makes_an_orphan_with_the_old_words() -> None:
    """The sentence is open again; the orphan has words and surroundings on which it was made."""
    desk = changed()
    before = desk.state
    desk.do(resolution.refuse(desk.state, 0))
    assert desk.annotation(0) is None
    (orphan,) = desk.state.orphans.values()
    assert (orphan.text, orphan.before, orphan.after, orphan.was) == (OLD, "trước ", " sau", None)
    assert orphan.span == Span(0, len(OLD))
    assert undone(before, desk)
    assert resolution.refuse(desk.state, 0) == resolution.refuse(desk.state, desk.sentences[1].start) == ()


@pytest.mark.parametrize("is_nothing", [True, False])
def test_put_back(*, is_nothing: bool) -> None:
    """An orphan stands on the sentence with the words there, in place of *nothing here*."""
    desk = changed()
    desk.do(resolution.refuse(desk.state, 0))
    if is_nothing:
        desk.nothing(3)
    before, (key,) = desk.state, desk.state.orphans
    desk.do(resolution.put_back(desk.state, key, desk.sentences[3], writer=desk.writer))
    one = desk.annotation(3)
    assert one is not None
    assert (one.labels, one.text) == (("target",), desk.text[slice(*desk.sentences[3])])
    assert (len(desk.state.orphans), len(desk.state.nothing)) == (0, 0)
    assert undone(before, desk)


def test_an_orphan_does_not_displace_anything() -> None:
    """Where a sentence has an annotation, even one that reaches into it, nothing is done."""
    desk = changed()
    desk.do(resolution.refuse(desk.state, 0))
    (key,) = desk.state.orphans
    held = desk.sentences[1]
    assert resolution.put_back(desk.state, key, held, writer=desk.writer) == ()
    assert resolution.put_back(desk.state, key, Span(held.end - 2, held.end + 3), writer=desk.writer) == ()
    assert resolution.put_back(desk.state, 5, desk.sentences[3], writer=desk.writer) == ()


def test_an_orphan_whose_id_was_given_again_gets_another() -> None:
    """Two annotations never have one id."""
    desk = changed()
    one = desk.annotation(1)
    assert one is not None
    desk.state = replace(desk.state, orphans=keyed([replace(one, text=OLD)]))
    desk.do(resolution.put_back(desk.state, key_of(one.id), desk.sentences[3], writer=desk.writer))
    ids = [found.id for found in desk.state.annotations.values()]
    assert len(set(ids)) == len(ids) == 3


def test_forget() -> None:
    """An orphan goes for good, and comes back by undo."""
    desk = changed()
    desk.do(resolution.refuse(desk.state, 0))
    before, (key,) = desk.state, desk.state.orphans
    desk.do(resolution.forget(desk.state, key))
    assert len(desk.state.orphans) == 0
    assert undone(before, desk)
    assert resolution.forget(desk.state, key) == ()


def disputed(rival: Annotation) -> Desk:
    """A desk with a rival."""
    desk = changed()
    desk.state = replace(desk.state, rivals=keyed([rival]))
    return desk


def test_keep_what_stands() -> None:
    """The rival goes, nothing else changes."""
    one = changed().annotation(1)
    assert one is not None
    desk = disputed(replace(one, labels=("target",)))
    before = desk.state
    (key,) = desk.state.rivals
    desk.do(resolution.keep_standing(desk.state, key))
    assert (desk.labels(1), len(desk.state.rivals)) == (("opinion",), 0)
    assert undone(before, desk)
    assert resolution.keep_standing(desk.state, key) == ()


def test_take_the_other_one() -> None:
    """It stands in the place of what stood, under its id."""
    one = changed().annotation(1)
    assert one is not None
    desk = disputed(replace(one, labels=("target",), note="n"))
    before = desk.state
    (key,) = desk.state.rivals
    desk.do(resolution.take_other(desk.state, key, writer=desk.writer))
    now = desk.annotation(1)
    assert now is not None
    assert (now.labels, now.note, now.id, len(desk.state.rivals)) == (("target",), "n", one.id, 0)
    assert undone(before, desk)
    assert resolution.take_other(desk.state, key, writer=desk.writer) == ()


def test_take_one_that_says_nothing() -> None:
    """Where the other version has no label, none is left."""
    one = changed().annotation(1)
    assert one is not None
    desk = disputed(replace(one, labels=()))
    before = desk.state
    (key,) = desk.state.rivals
    desk.do(resolution.take_other(desk.state, key, writer=desk.writer))
    assert (desk.labels(1), len(desk.state.annotations)) == ((), 1)
    assert undone(before, desk)


def test_take_one_that_reaches_over_several() -> None:
    """All that shares text with it gives way, marks as well; its words are those of the text."""
    desk = changed()
    desk.nothing(2)
    span = Span(desk.sentences[0].start, desk.sentences[2].end)
    rival = Annotation("other", span, ("opinion",), desk.text[slice(*span)])
    desk.state = replace(desk.state, rivals=keyed([rival]))
    before = desk.state
    (key,) = desk.state.rivals
    assert resolution.standing_against(desk.state, rival) == desk.annotation(0)
    desk.do(resolution.take_other(desk.state, key, writer=desk.writer))
    assert [(one.span, one.labels) for one in desk.state.annotations.values()] == [(span, ("opinion",))]
    assert len(desk.state.nothing) == 0
    assert not any(desk.state.is_clashing(place) for place in desk.state.annotations)
    assert undone(before, desk)
