from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import Annotation, Origin, PreviousVersion, Status
from annotator.core.change import BlockMark, Change, Layer, Step
from annotator.core.document import BlockKind
from annotator.core.span import Span
from annotator.core.verdict import Outcome, Verdict, VerdictKind
from annotator.storage.journal.codec import (
    DamagedLineError,
    JournalEntry,
    LostRecords,
    SaveStarted,
    SidecarPlaced,
    StepDone,
    StepRedone,
    StepUndone,
    WorkOpened,
    decode_entry,
    encode_entry,
)

_TEXTS = st.text(st.characters(codec=None, exclude_categories=())) | st.sampled_from(
    ["\ud83d\ude00", "\udcff", "\u2028\r\n\0", "Đến năm 2030 “…”"]
)
_NUMBERS = st.integers(0, 2**40)
_SPANS = st.builds(Span, _NUMBERS, _NUMBERS)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)
_MAPPINGS = st.dictionaries(_TEXTS, _VALUES, max_size=3)
_ANNOTATIONS = st.builds(
    Annotation,
    id=_TEXTS,
    span=_SPANS,
    labels=st.lists(_TEXTS, max_size=3).map(tuple),
    text=_TEXTS,
    before=_TEXTS,
    after=_TEXTS,
    fields=_MAPPINGS,
    note=_TEXTS,
    origin=st.sampled_from(Origin) | _TEXTS,
    made=_TEXTS,
    changed=_TEXTS,
    previous=st.none() | st.builds(PreviousVersion, _TEXTS, st.floats(0, 1), before=_TEXTS, after=_TEXTS),
    extra=_MAPPINGS,
)
_VERDICTS = st.builds(
    Verdict,
    id=_TEXTS,
    kind=st.sampled_from(VerdictKind),
    span=_SPANS,
    text=_TEXTS,
    annotation=_TEXTS,
    labels=st.lists(_TEXTS, max_size=2).map(tuple),
    labels_seen=st.lists(_TEXTS, max_size=2).map(tuple),
    comment=_TEXTS,
    reviewer=_TEXTS,
    answered_at=_TEXTS,
    source=_TEXTS,
    outcome=st.sampled_from(Outcome),
    decided_at=_TEXTS,
    decided_by=_TEXTS,
    extra=_MAPPINGS,
)
_HELD = {
    Layer.ANNOTATION: st.none() | _ANNOTATIONS,
    Layer.ORPHAN: st.none() | _ANNOTATIONS,
    Layer.CONFLICT: st.none() | _ANNOTATIONS,
    Layer.VERDICT: st.none() | _VERDICTS,
    Layer.BLOCK: st.none() | st.builds(BlockMark, _NUMBERS, st.sampled_from(BlockKind)),
    Layer.STATUS: st.sampled_from(Status),
}
_CHANGES = st.sampled_from(Layer).flatmap(
    lambda slot: st.builds(Change, st.just(slot), _NUMBERS, *[_HELD.get(slot, st.none() | _NUMBERS)] * 2)
)
_STEPS = st.builds(Step, _TEXTS, st.lists(_CHANGES, max_size=3).map(tuple), _SPANS, time=_TEXTS, author=_TEXTS)
_RECORDS = (
    st.builds(StepDone, _STEPS)
    | st.just(StepUndone())
    | st.just(StepRedone())
    | st.builds(SaveStarted, _TEXTS, _NUMBERS)
    | st.builds(SidecarPlaced, _TEXTS)
    | st.builds(WorkOpened, _TEXTS, _TEXTS, _TEXTS)
)
_ENTRIES = st.builds(JournalEntry, _NUMBERS, _RECORDS)


def _types(value: object) -> object:
    """``value`` with the types in it, so that 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return {key: _types(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_types(part) for part in value]
    return type(value), value


@given(_ENTRIES)
def test_each_record_comes_back_as_it_was(entry: JournalEntry) -> None:
    """Any content, any Unicode, even lone surrogates and pairs of them, in one line."""
    line = encode_entry(entry)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert entry == decode_entry(line[:-1])


@given(_MAPPINGS)
def test_values_keep_their_types(fields: dict[str, Any]) -> None:
    """A field that is 1 does not come back as 1.0 or True."""
    annotation = Annotation("a", Span(0, 1), (), "x", fields=fields)
    step = Step("fields", (Change(Layer.ANNOTATION, 0, None, annotation),), Span(0, 1))
    record = decode_entry(encode_entry(JournalEntry(1, StepDone(step)))[:-1]).record
    assert isinstance(record, StepDone)
    after = record.step.changes[0].after
    assert isinstance(after, Annotation)
    assert _types(fields) == _types(dict(after.fields))
    assert isinstance(after.origin, Origin)


def test_the_line_is_as_documented() -> None:
    """Other tools may read it."""
    line = encode_entry(JournalEntry(7, SaveStarted("abc", 5)))
    body = b'{"n":7,"kind":"saved","sha256":"abc","after":5'
    assert body + f',"crc":"{zlib.crc32(body):08x}"}}\n'.encode() == line
    assert json.loads(line)["after"] == 5


@given(_ENTRIES, st.data())
def test_a_flipped_bit_is_noticed(entry: JournalEntry, data: st.DataObject) -> None:
    """No damaged line is taken for a record."""
    line = bytearray(encode_entry(entry)[:-1])
    line[data.draw(st.integers(0, len(line) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(DamagedLineError):
        decode_entry(bytes(line))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'"n":1',
        b'{"n":1',
        b'{"n":"x","kind":"undid"',
        b'{"n":1,"kind":"unheard of"',
        b'{"n":1,"kind":"did","step":{}',
        b'{"n":1,"kind":"did","step":[]',
        b'{"n":1,"kind":["x"]',
        b'{"n":1,"kind":"saved","sha256":"x","after":' + b"[" * 100_000,
        b'{"n":1,"kind":"did","step":{"what":"","at":[0,1],"when":"","who":"","changes":[["split",0,1.5,null]]}',
        b"\xff",
    ],
)
def test_a_line_with_a_right_sum_and_wrong_content_is_damaged(body: bytes) -> None:
    """What was not written by this program gives that one error."""
    with pytest.raises(DamagedLineError):
        decode_entry(body + b',"crc":"%08x"}' % zlib.crc32(body))


@given(st.binary(max_size=60))
def test_any_bytes_are_damaged(line: bytes) -> None:
    """No bytes crash it."""
    with pytest.raises(DamagedLineError):
        decode_entry(line)


def test_a_loss_is_never_written() -> None:
    """It only stands for what could not be read."""
    with pytest.raises(TypeError):
        encode_entry(JournalEntry(1, LostRecords()))
