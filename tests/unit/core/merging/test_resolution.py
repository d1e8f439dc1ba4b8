from __future__ import annotations

from dataclasses import replace

import pytest
from core_builders import Draft, text_of

from annotator.core.annotation import Annotation, PreviousVersion
from annotator.core.annotation_set import AnnotationSet, index_by_key, key_of
from annotator.core.merging import resolution
from annotator.core.span import Span

OLD = "Đây là câu cũ hơn."


def changed() -> Draft:
    """A draft whose first sentence was found by likeness."""
    draft = Draft(text_of(4))
    draft.tag(0)
    draft.tag(1, label="opinion")
    one = draft.annotation(0)
    assert one is not None
    state = draft.state.annotations.with_item(
        one.span.start, replace(one, previous=PreviousVersion(OLD, 0.9, "trước ", " sau"))
    )
    draft.state = replace(draft.state, annotations=state)
    return draft


def undone(before: AnnotationSet, draft: Draft) -> bool:
    """Whether the last step taken back gives what there was before."""
    return bool(before == draft.state.apply(draft.steps[-1].inverse().changes))


def test_confirm_drops_what_it_was() -> None:
    """The labels stay, the time of the change is now; what was not changed is not touched."""
    draft = changed()
    before = draft.state
    draft.do(resolution.confirm(draft.state, [0, draft.sentences[1].start, 99], writer=draft.writer))
    one = draft.annotation(0)
    assert one is not None
    assert (one.previous, one.labels, one.changed) == (None, ("target",), draft.writer.now)
    assert len(draft.steps[-1].changes) == 1
    assert undone(before, draft)
    assert resolution.confirm(draft.state, [0], writer=draft.writer) == ()


def test_refuse_makes_an_orphan_with_the_old_words() -> None:
    """The sentence is open again; the orphan has words and surroundings on which it was made."""
    draft = changed()
    before = draft.state
    draft.do(resolution.reject(draft.state, 0))
    assert draft.annotation(0) is None
    (orphan,) = draft.state.orphans.values()
    assert (orphan.text, orphan.before, orphan.after, orphan.previous) == (OLD, "trước ", " sau", None)
    assert orphan.span == Span(0, len(OLD))
    assert undone(before, draft)
    assert resolution.reject(draft.state, 0) == resolution.reject(draft.state, draft.sentences[1].start) == ()


@pytest.mark.parametrize("is_nothing", [True, False])
def test_put_back(*, is_nothing: bool) -> None:
    """An orphan stands on the sentence with the words there, in place of *nothing here*."""
    draft = changed()
    draft.do(resolution.reject(draft.state, 0))
    if is_nothing:
        draft.nothing(3)
    before, (key,) = draft.state, draft.state.orphans
    draft.do(resolution.reattach(draft.state, key, draft.sentences[3], writer=draft.writer))
    one = draft.annotation(3)
    assert one is not None
    assert (one.labels, one.text) == (("target",), draft.text[slice(*draft.sentences[3])])
    assert (len(draft.state.orphans), len(draft.state.nothing)) == (0, 0)
    assert undone(before, draft)


def test_an_orphan_does_not_displace_anything() -> None:
    """Where a sentence has an annotation, even one that reaches into it, nothing is done."""
    draft = changed()
    draft.do(resolution.reject(draft.state, 0))
    (key,) = draft.state.orphans
    held = draft.sentences[1]
    assert resolution.reattach(draft.state, key, held, writer=draft.writer) == ()
    assert resolution.reattach(draft.state, key, Span(held.end - 2, held.end + 3), writer=draft.writer) == ()
    assert resolution.reattach(draft.state, 5, draft.sentences[3], writer=draft.writer) == ()


def test_an_orphan_whose_id_was_given_again_gets_another() -> None:
    """Two annotations never have one id."""
    draft = changed()
    one = draft.annotation(1)
    assert one is not None
    draft.state = replace(draft.state, orphans=index_by_key([replace(one, text=OLD)]))
    draft.do(resolution.reattach(draft.state, key_of(one.id), draft.sentences[3], writer=draft.writer))
    ids = [found.id for found in draft.state.annotations.values()]
    assert len(set(ids)) == len(ids) == 3


def test_forget() -> None:
    """An orphan goes for good, and comes back by undo."""
    draft = changed()
    draft.do(resolution.reject(draft.state, 0))
    before, (key,) = draft.state, draft.state.orphans
    draft.do(resolution.delete_orphan(draft.state, key))
    assert len(draft.state.orphans) == 0
    assert undone(before, draft)
    assert resolution.delete_orphan(draft.state, key) == ()


def disputed(rival: Annotation) -> Draft:
    """A draft with a rival."""
    draft = changed()
    draft.state = replace(draft.state, conflicts=index_by_key([rival]))
    return draft


def test_keep_what_stands() -> None:
    """The rival goes, nothing else changes."""
    one = changed().annotation(1)
    assert one is not None
    draft = disputed(replace(one, labels=("target",)))
    before = draft.state
    (key,) = draft.state.conflicts
    draft.do(resolution.keep_ours(draft.state, key))
    assert (draft.labels(1), len(draft.state.conflicts)) == (("opinion",), 0)
    assert undone(before, draft)
    assert resolution.keep_ours(draft.state, key) == ()


def test_take_the_other_one() -> None:
    """It stands in the place of what stood, under its id."""
    one = changed().annotation(1)
    assert one is not None
    draft = disputed(replace(one, labels=("target",), note="n"))
    before = draft.state
    (key,) = draft.state.conflicts
    draft.do(resolution.take_theirs(draft.state, key, writer=draft.writer))
    now = draft.annotation(1)
    assert now is not None
    assert (now.labels, now.note, now.id, len(draft.state.conflicts)) == (("target",), "n", one.id, 0)
    assert undone(before, draft)
    assert resolution.take_theirs(draft.state, key, writer=draft.writer) == ()


def test_take_one_that_says_nothing() -> None:
    """Where the other version has no label, none is left."""
    one = changed().annotation(1)
    assert one is not None
    draft = disputed(replace(one, labels=()))
    before = draft.state
    (key,) = draft.state.conflicts
    draft.do(resolution.take_theirs(draft.state, key, writer=draft.writer))
    assert (draft.labels(1), len(draft.state.annotations)) == ((), 1)
    assert undone(before, draft)


def test_take_one_that_reaches_over_several() -> None:
    """All that shares text with it gives way, marks as well; its words are those of the text."""
    draft = changed()
    draft.nothing(2)
    span = Span(draft.sentences[0].start, draft.sentences[2].end)
    rival = Annotation("other", span, ("opinion",), draft.text[slice(*span)])
    draft.state = replace(draft.state, conflicts=index_by_key([rival]))
    before = draft.state
    (key,) = draft.state.conflicts
    assert resolution.find_contradicted(draft.state, rival) == draft.annotation(0)
    draft.do(resolution.take_theirs(draft.state, key, writer=draft.writer))
    assert [(one.span, one.labels) for one in draft.state.annotations.values()] == [(span, ("opinion",))]
    assert len(draft.state.nothing) == 0
    assert not any(draft.state.has_overlap(place) for place in draft.state.annotations)
    assert undone(before, draft)
