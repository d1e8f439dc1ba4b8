"""Steps that are read from their lines only when they are looked into."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.change import Change, Layer, Step
from annotator.core.history import History
from annotator.core.span import Span
from annotator.storage.journal import lazy_step
from annotator.storage.journal.codec import (
    DamagedLineError,
    JournalEntry,
    StepDone,
    StepUndone,
    decode_entry,
    encode_entry,
    step_from_json,
)
from annotator.storage.journal.journal import load_entries
from annotator.storage.journal.lazy_step import LazyStep, decode_lazily

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.storage.journal.codec import Json

_TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
_ANNOTATIONS = st.builds(
    Annotation,
    id=_TEXTS,
    span=st.just(Span(0, 1)),
    labels=st.just(("target",)),
    text=_TEXTS,
    fields=st.dictionaries(_TEXTS | st.just("id"), _TEXTS, max_size=2),
)
_CHANGES = st.builds(
    Change, st.just(Layer.ANNOTATION), st.integers(0, 9), st.none() | _ANNOTATIONS, st.none() | _ANNOTATIONS
)
_STEPS = st.builds(
    Step, _TEXTS, st.lists(_CHANGES, max_size=3).map(tuple), st.just(Span(0, 1)), time=_TEXTS, author=_TEXTS
)


def skimmed(step: Step) -> Step:
    """A step after it was written and skimmed."""
    record = decode_lazily(encode_entry(JournalEntry(1, StepDone(step)))[:-1]).record
    assert isinstance(record, StepDone)
    return record.step


def step(number: int) -> Step:
    """A step that marks a sentence."""
    return Step("nothing", (Change(Layer.NOTHING, number * 10, None, number * 10 + 9),), Span(number * 10, number + 9))


@given(_STEPS)
def test_it_is_the_step_that_was_written(made: Step) -> None:
    """Equal both ways round, with an equal inverse, and equal when it is written again."""
    assert made == skimmed(made)
    assert skimmed(made) == made
    assert skimmed(made) == skimmed(made)
    assert hash(skimmed(made)) == hash(skimmed(made))
    assert made.inverse() == skimmed(made).inverse()
    assert skimmed(made).inverse().inverse() == made
    assert encode_entry(JournalEntry(1, StepDone(made))) == encode_entry(JournalEntry(1, StepDone(skimmed(made))))


@given(_STEPS)
def test_its_ids_are_found_without_reading_it(made: Step) -> None:
    """All that are in it, before and after it was looked into."""
    late = skimmed(made)
    assert made.ids() <= late.ids()
    assert late.verb == made.verb
    assert made.ids() == late.ids()
    assert made.ids() == late.inverse().ids()


def test_opening_looks_into_no_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the history, only the steps that are undone are read."""
    journal = tmp_path / "a.jsonl"
    journal.write_bytes(
        b"".join(encode_entry(JournalEntry(number, StepDone(step(number)))) for number in range(1, 500))
    )
    read: list[Json] = []

    def counted(value: Json) -> Step:
        read.append(value)
        return step_from_json(value)

    monkeypatch.setattr(lazy_step, "step_from_json", counted)
    entries = load_entries(journal)
    history = History(done=[entry.record.step for entry in entries if isinstance(entry.record, StepDone)])
    assert (history.ids(), read) == (set(), [])
    undone = history.undo()
    assert undone is not None
    assert undone.inverse().changes == step(499).inverse().changes
    assert len(read) == 1


def test_a_shape_that_is_not_known_fits_nothing() -> None:
    """A line of a later version is kept as a step, and to apply it is refused rather than guessed."""
    body = b'{"n":1,"kind":"did","step":{"what":"tag","changes":[["moon",0,null,1]],"at":[0,1],"when":"","who":""}'
    record = decode_lazily(b'%b,"crc":"%08x"}' % (body, zlib.crc32(body))).record
    assert isinstance(record, StepDone)
    with pytest.raises(StaleChangeError):
        AnnotationSet().apply(record.step.changes)
    with pytest.raises(StaleChangeError):
        AnnotationSet().apply(record.step.inverse().changes)


def test_other_lines_are_as_decoded() -> None:
    """Only steps wait; and damage is told at once."""
    line = encode_entry(JournalEntry(3, StepUndone("2026-05-13T09:12:44+07:00", "mai")))[:-1]
    assert decode_entry(line) == decode_lazily(line) == JournalEntry(3, StepUndone("2026-05-13T09:12:44+07:00", "mai"))
    with pytest.raises(DamagedLineError):
        decode_lazily(encode_entry(JournalEntry(1, StepDone(step(1))))[:-1].replace(b"nothing", b"nothinh"))


def test_a_mark_without_time_is_read() -> None:
    """Lines written before times were kept for undo."""
    body = b'{"n":3,"kind":"undid"'
    assert decode_lazily(b'%b,"crc":"%08x"}' % (body, zlib.crc32(body))) == JournalEntry(3, StepUndone())


def test_threads_may_read_one_step() -> None:
    """All get the same."""
    late = [skimmed(step(number)) for number in range(300)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [one.changes for one in late], range(4)))
    assert [[step(number).changes for number in range(300)]] * 4 == found


def test_it_has_no_parts_that_a_step_has_not() -> None:
    """Asking for anything else fails as it does for a step."""
    with pytest.raises(AttributeError):
        _ = LazyStep.of(b"{}").nonsense
