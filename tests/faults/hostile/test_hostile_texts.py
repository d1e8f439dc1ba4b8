"""Save then load is identity, with every Unicode string in every place of a sidecar, label set and journal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import Change, Layer, Step
from annotator.core.labels import Label
from annotator.core.span import Span
from annotator.storage.journal.codec import JournalEntry, StepDone, decode_entry, encode_entry
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar, find_sidecar_owner, sidecar_name
from annotator.storage.sidecar.writer import SidecarWriter
from annotator.storage.workspace.reader import parse_workspace
from annotator.storage.yaml_io.writer import FlowStyle, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.storage.yaml_io.writer import StyledValue

# What some reader of YAML takes for something else than text, or what is hard to write.
TRICKY = [
    "no", "No", "NO", "off", "on", "y", "Y", "n", "yes", "true", "False", "null", "Null", "~", "", " ", "12:30",
    "1:2:3",
    "2026-01-02", "2026-01-02T03:04:05Z", "1e3", "1E3", "1.", ".5", "0x10", "0o17", "017", "0b1", "1_000", "+1", "-0",
    ".inf", "-.INF", ".nan", "<<", "=", "-", "- a", "--- a", "---", "...", "? a", ": a", "a: b", "a #b", "#a", "&a",
    "*a", "!a", "!!str a", "%YAML", "@a", "`a", "|", ">", "'", '"', "\\", "{}", "[a", "]", ",", " a", "a ", "\ta",
    "a\t",
    "\n", "a\n", "\na", "a\n\n", "\n\n a\n", "a\r\nb", "a\rb", "\x85", "a\u2028b", "\u2029", "\ufeff", "a\ufeff", "\0",
    "\x1b[31m", "\x7f", "\x80", "\ufffe", "\uffff", "\U0001ffff", "\U0010ffff", "\ue000", "😀", "👨‍👩‍👧",
    "e\u0302\u0301",
    "\u202eabc", "\xa0", "\u200b", "\ud7ff", "Đột phá", "9" * 400, "0x" + "f" * 400, "a" * 2000, "x: " * 500,
]  # fmt: skip
SURROGATES = ["\ud800", "\udfff", "a\ud83d", "\ude00b", "\udcff"]
TEXTS = st.sampled_from(TRICKY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ALL_TEXTS = TEXTS | st.sampled_from(SURROGATES) | st.text(st.characters(exclude_categories=[]), max_size=12)
NAMES = TEXTS.filter(bool)
_CLEAN = dict.fromkeys(range(55296, 57344), 65533)


def sidecar_of(text: str, *, fields: Mapping[str, Any] | None = None) -> Sidecar:
    """A sidecar in which the text stands wherever a text can."""
    name = text or "x"
    annotation = Annotation(
        id=name,
        span=Span(3, 3 + len(name)),
        labels=(name, f"{name}2"),
        text=name,
        before=text,
        after=text,
        fields={name: text, "list": [text, {text: text}], **(fields or {})},
        note=text,
        origin=name,
        made=text,
        changed=text,
        extra={f"own {name}": text},
    )
    decisions = AnnotationSet.of([annotation], nothing=[Span(5000, 5001)])
    record = DocumentRecord(file=name, title=text, sha256=text, extra={f"own {name}": text})
    found = Sidecar(record, decisions, annotator=text, labels=name, quotes={5000: name}, extra={f"own {name}": text})
    return replace(found, review=(text, {text: [text]}))


def written(sidecar: Sidecar) -> bytes:
    """The file of a sidecar, written from scratch."""
    return SidecarWriter().render(sidecar, quote=lambda place: sidecar.quotes.get(place, "")).encode()


def loaded(sidecar: Sidecar) -> Sidecar:
    """The sidecar as it is read again, its state of work left out."""
    again = parse_sidecar(written(sidecar), name="x")
    return replace(again, decisions=replace(again.decisions, status=sidecar.decisions.status))


def clean(value: Any) -> Any:
    """A value with each half of a character replaced by U+FFFD."""
    if isinstance(value, str):
        return value.translate(_CLEAN)
    if isinstance(value, dict):
        return {clean(key): clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("text", TRICKY, ids=lambda text: ascii(text)[:16])
def test_a_tricky_text_comes_back_from_everywhere(text: str) -> None:
    """As an id, a label, a note, the name and the value of a field, and under keys that nobody knows."""
    assert sidecar_of(text) == loaded(sidecar_of(text))


@given(TEXTS)
def test_any_text_comes_back_from_everywhere(text: str) -> None:
    """Whatever Unicode has, but for half characters."""
    assert sidecar_of(text) == loaded(sidecar_of(text))


@given(ALL_TEXTS)
def test_half_characters_become_the_replacement_character(text: str) -> None:
    """No file can hold them: each becomes one U+FFFD, so that places hold, and the file can be read."""
    found = loaded(sidecar_of(text))
    assert sidecar_of(clean(text)) == found


@given(st.dictionaries(NAMES, st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8,
), max_size=4))  # fmt: skip
def test_any_value_of_a_field_comes_back(fields: dict[str, Any]) -> None:
    """Numbers stay numbers, texts texts, and what looks like the other stays what it is."""
    sidecar = sidecar_of("x", fields=fields)
    found = loaded(sidecar)
    assert sidecar == found
    one, other = (list(made.decisions.annotations.values()) for made in (sidecar, found))
    assert repr(dict(one[0].fields)) == repr(dict(other[0].fields))  # 1 is not 1.0, nor True


@given(TEXTS)
def test_another_reader_sees_the_same_texts(text: str) -> None:
    """PyYAML, a reader of YAML 1.1, takes no label or note of ours for a time, a number or a truth."""
    found = yaml.safe_load(written(sidecar_of(text)))
    (annotation,) = found["annotations"]
    name = text or "x"
    assert annotation["labels"] == [name, f"{name}2"]
    assert annotation.get("note", "") == text
    assert annotation["fields"][name] == text
    assert found["document"]["file"] == name


@given(ALL_TEXTS, ALL_TEXTS)
def test_the_journal_keeps_half_characters_too(text: str, other: str) -> None:
    """What is on the local disk comes back exactly, two halves side by side as well."""
    annotation = Annotation(text, Span(0, 1), (text, other), text + other, note=other + text, fields={text: other})
    step = Step(text, (Change(Layer.ANNOTATION, 0, None, annotation),), Span(0, 1), time=other, author=text)
    line = encode_entry(JournalEntry(3, StepDone(step)))
    assert line.count(b"\n") == 1
    assert JournalEntry(3, StepDone(step)) == decode_entry(line[:-1])


@given(NAMES, TEXTS, NAMES)
def test_labels_come_back_from_a_workspace_file(key: str, name: str, annotator: str) -> None:
    """Their keys and names are texts, whatever they look like, and so are the names of annotators."""
    label: dict[str, StyledValue] = {"key": key, "names": {"vi": name, "en": name}, "colour": "#0072B2", "letter": "x"}
    data = dump_yaml(
        {
            "format": "annotator-workspace/1",
            "labels": {"key": key, "labels": [FlowStyle(label)]},
            "annotators": [annotator],
            "abbreviations": [annotator],
        }
    )
    found = parse_workspace(data.encode())
    (read,) = found.labels
    assert isinstance(read, Label)
    assert (key, name, name) == (read.key, read.names["vi"], read.names["en"])
    assert (found.annotators, found.abbreviations) == ((annotator,), (annotator,))


@given(NAMES, ALL_TEXTS)
def test_a_sidecars_name_leads_back(document: str, annotator: str) -> None:
    """Whatever the annotator is called, his file lies in the folder, and its name says whose it is."""
    name = sidecar_name(document, annotator=annotator)
    assert find_sidecar_owner(name) == (document, annotator)
    assert not set("/\0\n") & set(name.removeprefix(document))
