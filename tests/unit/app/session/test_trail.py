"""In which document undo is meant."""

from __future__ import annotations

from pathlib import Path

from annotator.app.session.trail import Trail

A, B, C = Path("a"), Path("b"), Path("c")


def make(*paths: Path) -> Trail:
    """Return the trail of one step in each of `paths`, in that order."""
    trail = Trail()
    for path in paths:
        trail.add(path)
    return trail


def test_a_step_in_a_document_that_was_left() -> None:
    """It is meant where nothing was done, and not where something was."""
    trail = make(A, A, B)
    assert (trail.last, trail.find_left(C), trail.find_left(B), trail.find_left(A)) == (B, B, None, None)
    assert Trail().find_left(A) is None


def test_finishing_is_undone_also_where_something_was_done_before() -> None:
    """It is so until the next step."""
    trail = make(B, A)
    trail.note_arrival(A, B)
    assert trail.find_left(B) == A
    trail.add(B)
    assert trail.find_left(B) is None
    trail.remove(B)
    trail.remove(B)
    assert trail.find_left(B) == A


def test_steps_are_removed_in_their_own_document() -> None:
    """A step undone is the last one of its document; a step of another window is not in the trail."""
    trail = make(A, A, B, B, A)
    for path, last in ((B, A), (A, B), (B, A), (A, A), (C, A), (A, None), (A, None)):
        trail.remove(path)
        assert trail.last == last


def test_a_step_elsewhere_is_undone_there_alone() -> None:
    """Undo here is not about it, and there it is not about the step here."""
    trail = make(A)
    trail.add_elsewhere(B)
    assert (trail.find_left(A), trail.find_left(B), trail.find_left(C)) == (None, None, A)
    trail.remove(B)
    assert trail.find_left(B) == A


def test_what_cannot_be_undone_is_forgotten() -> None:
    """The steps of a document that is gone do not stand in the way of others; text without a file has no trail."""
    trail = make(A, B, A, B)
    trail.forget(B)
    trail.add_elsewhere(C)
    assert (trail.find_left(B), trail.last) == (A, A)
    trail = Trail()
    trail.add(None)
    trail.remove(None)
    assert trail.last is None


def test_a_renamed_document_keeps_its_steps() -> None:
    """They are found under its new name, and count for undo as before; what had that name before is gone."""
    trail = make(A, B, A, C)
    trail.rename(A, C)
    assert (trail.last, trail.find_left(B)) == (C, None)
    trail.remove(C)
    assert trail.last == B
    trail.remove(C)
    assert (trail.last, trail.find_left(C)) == (B, B)


def test_a_renamed_document_is_still_the_one_that_finishing_led_from() -> None:
    """The step that finished it is the one to undo."""
    trail = make(B, A)
    trail.note_arrival(A, B)
    trail.rename(A, C)
    assert trail.find_left(B) == C
