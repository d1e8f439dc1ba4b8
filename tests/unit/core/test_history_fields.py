"""Fields that went with a label, as the history has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.annotation import Annotation
from annotator.core.change import Change, Layer, Step
from annotator.core.history import History
from annotator.core.span import Span
from annotator.storage.journal.codec import JournalEntry, StepDone, encode_entry
from annotator.storage.journal.lazy_step import decode_lazily

if TYPE_CHECKING:
    from annotator.core.annotation import Value

TEXT = "Tăng 9%."


def annotation(*labels: str, text: str = TEXT, **fields: Value) -> Annotation:
    """Return an annotation with these labels and fields."""
    return Annotation("a", Span(5, 13), labels, text, fields=fields)


def step(before: Annotation | None, after: Annotation | None, place: int = 5) -> Step:
    """Return the step that replaces one by the other."""
    return Step("tag", (Change(Layer.ANNOTATION, place, before, after),), Span(place, place + 8))


def written(made: Step) -> Step:
    """Return a step as it is read from the journal."""
    record = decode_lazily(encode_entry(JournalEntry(1, StepDone(made)))[:-1]).record
    assert isinstance(record, StepDone)
    return record.step


def find(history: History, label: str = "target", place: int = 5, text: str = TEXT) -> dict[str, Value]:
    """Return what the history finds."""
    return dict(history.find_fields(place, label=label, text=text))


def test_the_last_loss_counts() -> None:
    """Also one without fields; a label that is still there was not lost."""
    history = History()
    history.push(step(annotation("target", value=1), None))
    assert find(history) == {"value": 1}
    history.push(step(annotation("target", value=2), annotation("opinion")))
    assert find(history) == {"value": 2}
    history.push(step(annotation("opinion"), annotation("opinion", "target", value=3)))
    history.push(step(annotation("opinion", "target", value=3), annotation("target", value=4)))
    assert find(history) == {"value": 2}
    assert find(history, "opinion") == {"value": 3}
    history.push(step(annotation("target"), None))
    assert find(history) == {}


def test_another_place_or_text_has_none() -> None:
    """Fields belong to the sentence as it was."""
    history = History([step(annotation("target", value=1), None)])
    assert (find(history, place=6), find(history, text="Tăng 8%."), find(history, "opinion")) == ({}, {}, {})


def test_undone_steps_do_not_count() -> None:
    """The search follows undo, redo and clearing, before and after it was first asked."""
    history = History()
    for value in (1, 2):
        history.push(step(annotation("target", value=value), None))
    assert find(history) == {"value": 2}
    history.undo()
    assert find(history) == {"value": 1}
    history.redo()
    assert find(history) == {"value": 2}
    history.undo()
    history.undo()
    assert find(history) == {}
    history.redo()
    history.clear()
    assert find(history) == {}


def test_a_journal_is_searched_without_reading_its_steps() -> None:
    """Only those that change the place are read; they are found however they are written."""
    steps = [written(step(annotation("target", value=number), None, place=number)) for number in range(20)]
    steps.append(written(step(None, annotation("target", text='["annotation",5,{', value=7), place=7)))
    history = History(list(steps))
    assert find(history) == {"value": 5}
    assert find(history, place=7) == {"value": 7}
    assert [one.changed_places() for one in steps] == [*({number} for number in range(20)), set()]
    for _ in steps[8:]:
        history.undo()
    assert (find(history, place=7), find(history, place=8)) == ({"value": 7}, {})
