"""What each reader of foreign bytes owes, whatever it is fed: one function a reader, called by both fuzzers.

A target takes any bytes. Only the error type that the reader documents is caught; anything else that comes out is a
finding, and so is a result that breaks a property.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import yaml

from annotator.app.persistence.decisions import serialize_sidecar
from annotator.app.preferences.settings import Settings, load_settings
from annotator.app.session.segmented_text import SegmentedText
from annotator.core.anchoring.anchor import anchor
from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.edit import EditContext, toggle_label
from annotator.core.labels import LabelSet
from annotator.search.find import iter_matches, parse_query
from annotator.search.fold import fold
from annotator.segment.block_kinds import BlockClassifier
from annotator.segment.blocks import find_blocks
from annotator.segment.language import load_languages
from annotator.segment.punctuation import BLANK
from annotator.segment.sentences import split_sentences
from annotator.storage.encodings.decode import DECODERS, decode, find_file_kind
from annotator.storage.errors import DataFileError
from annotator.storage.journal.codec import DamagedLineError, JournalEntry, LostRecords, StepDone
from annotator.storage.journal.codec import decode_entry as decode_line
from annotator.storage.journal.codec import encode_entry as encode_line
from annotator.storage.journal.recovery import recover
from annotator.storage.paths import format_path
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import find_sidecar_owner, sidecar_name
from annotator.storage.sidecar.writer import SidecarWriter
from annotator.storage.workspace.label_set import load_builtin_labels, parse_label_set
from annotator.storage.workspace.reader import WorkspaceSettings, parse_workspace
from annotator.storage.yaml_io.reader import MappingNode, ScalarNode, SequenceNode, parse_yaml, to_value
from annotator.storage.yaml_io.writer import FlowStyle, SingleLine, Timestamp, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.span import Span
    from annotator.storage.sidecar.sidecar import Sidecar
    from annotator.storage.yaml_io.reader import Node

NAME = "a.yaml"
_LANGUAGE = load_languages()
_SURROGATES = dict.fromkeys(range(55296, 57344), 65533)
_ARTICLE = """Kế hoạch mới của Hải Vân

Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030. Ba khâu đột phá được chọn. Ông Nam cho rằng việc này khó.

Cầu cảng lúc bình minh.
Ảnh: Lê Minh

Thu ngân sách đạt 12.000 tỷ đồng. Mọi người đồng ý.
"""
_WRITER = EditContext(_ARTICLE, load_builtin_labels(), "2026-05-13T09:12:44+07:00", lambda: "new-1")
_MEMORY = os.memfd_create("settings")  # a file that no disk keeps waiting


def check(*, holds: bool, what: object) -> None:
    """A property; not an assertion of Python's, which can be switched off."""
    if not holds:
        raise AssertionError(what)


def yaml_tree(data: bytes) -> None:
    """What we read of YAML is what PyYAML's own loader of texts reads; else there are sentences, each one line."""
    try:
        tree = parse_yaml(data, name=NAME)
    except DataFileError as error:
        _check_sentences(error)
        return
    to_value(tree)
    check(holds=_texts(tree) == yaml.load(data.decode("utf-8-sig"), Loader=yaml.CBaseLoader), what="not PyYAML's tree")  # noqa: S506  # it makes texts only


def sidecar(data: bytes) -> None:
    """A sidecar that is read is written and read again as the same, but for quotations at places of no decision."""
    try:
        found = replace(parse_sidecar(data, name=NAME), quotes={})
    except DataFileError as error:
        _check_sentences(error)
        return
    text = _sidecar_text(found)
    again = parse_sidecar(text.encode(), name=NAME)
    check(holds=_sidecar_text(again) == text, what=text)
    check(holds=again == found or ".nan" in text, what=(found, again))  # not a number differs from itself


def opened(data: bytes) -> None:
    """Whatever a sound sidecar says about a text: it is laid over it, counted, worked on and written again."""
    try:
        found = parse_sidecar(data, name=NAME)
    except DataFileError:
        return
    is_same = found.document.sha256 == "same"
    state = anchor(found.decisions, _ARTICLE, quotes=found.quotes, is_same_text=is_same).state
    reading = SegmentedText(_ARTICLE, _LANGUAGE, state)
    reading.count_more()
    shown_sentences = list(reading.all_sentences())
    for sentence in shown_sentences:
        check(holds=0 <= sentence.span.start < sentence.span.end <= len(_ARTICLE), what=sentence)
        check(holds=reading.number_of(sentence) is not None, what=sentence)
        check(holds=bool(_ARTICLE[slice(*sentence.span)].strip(BLANK)), what=sentence)
    for one, other in pairwise(shown_sentences):
        check(holds=one.span.end <= other.span.start, what=(one, other))
    check(holds=reading.sentence_count == len(shown_sentences), what=reading.sentence_count)
    changes = toggle_label(state, [shown_sentences[0].span], label="target", context=_WRITER)
    after = state.apply(changes)
    reading.update_state(after, changes)
    before = after.apply([change.inverse() for change in reversed(changes)])
    check(holds=before == state or "nan" in repr(state), what=changes)
    written_again = serialize_sidecar(found, after, _ARTICLE)
    parse_sidecar(written_again, name=NAME)


def workspace(data: bytes) -> None:
    """The settings of a folder are of the types that they say."""
    try:
        found = parse_workspace(data, name=NAME)
    except DataFileError as error:
        _check_sentences(error)
        return
    check(holds=isinstance(found, WorkspaceSettings) and isinstance(found.labels, LabelSet), what=found)
    texts = (*found.languages, *found.abbreviations, *found.annotators, *(one.key for one in found.labels))
    check(holds=all(isinstance(text, str) for text in texts), what=texts)
    load_languages(extra=found.abbreviations)
    for annotator in found.annotators:
        _check_name("a.txt", annotator)


def labels(data: bytes) -> None:
    """A label set has a key and at least one label, each with its own key and a colour."""
    try:
        found = parse_label_set(data, name=NAME)
    except DataFileError as error:
        _check_sentences(error)
        return
    keys = [label.key for label in found]
    check(holds=bool(found.key and keys and all(keys)) and len(keys) == len(set(keys)), what=keys)
    for label in found:
        check(holds=len(label.colour) == 7, what=label.colour)
        for language in ("vi", "en", ""):
            check(holds=isinstance(label.name(language) + label.letter(language), str), what=label)


def written(data: bytes) -> None:
    """Any value and any text comes back from the YAML that we write; a lone surrogate as U+FFFD."""
    text = data.decode("utf-8", "surrogatepass" if _is_passable(data) else "replace")
    value: Any
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = text
    clean = text.translate(_SURROGATES)
    made = dump_yaml(
        {
            "a": text,
            "b": SingleLine(text),
            "c": FlowStyle([text, {text: text}]),
            "d": Timestamp(text),
            "e": {text: [text]},
        }
    )
    check(
        holds=to_value(parse_yaml(made.encode(), name=NAME))
        == {"a": clean, "b": clean, "c": [clean, {clean: clean}], "d": clean, "e": {clean: [clean]}},
        what=made,
    )
    again = to_value(parse_yaml(dump_yaml({"a": value}).encode(), name=NAME))
    if _is_exact(value):
        check(holds=again == {"a": value}, what=(value, again))


def journal(data: bytes) -> None:
    """Each line is a record or damaged, with the right checksum as well; what is read comes back, and is recovered."""
    entries: list[JournalEntry] = []
    lines = data.split(b"\n")
    for line in [*lines, *(_with_sum(line) for line in lines)]:
        try:
            entry = decode_line(line)
        except DamagedLineError:
            continue
        check(holds=not isinstance(entry.record, LostRecords), what=entry)
        check(
            holds=repr(decode_line(encode_line(entry)[:-1])) == repr(entry), what=entry
        )  # not a number differs from itself
        if not entries or entry.number > entries[-1].number:
            entries.append(entry)
    state = AnnotationSet()
    found = recover(entries, sidecar_sha256="")
    for record in found.pending:
        if isinstance(record, StepDone):
            try:
                state = state.apply(record.step.changes)
            except StaleChangeError:
                continue
    check(holds=state.decided_count >= 0, what=state)


def sentences(data: bytes) -> None:
    """Sentences tile the text, and are the same in another normal form; each block has a kind."""
    text = _text(data)
    found = _tiles(text)
    composed = [normalize("NFC", one) for one in found]
    other = normalize("NFD", text)
    if normalize("NFC", text) == text:
        check(holds=composed == [normalize("NFC", one) for one in _tiles(other)], what=found)


def documents(data: bytes) -> None:
    """Bytes are a text with plain line ends, or said to be none; so in each encoding that can be chosen."""
    kind = find_file_kind(data)
    check(holds=kind is None or bool(kind), what=kind)
    for encoding in ("", *DECODERS):
        try:
            found = decode(data, encoding=encoding)
        except ValueError:
            continue
        check(holds=not set("\0\r") & set(found.text), what=encoding)
        check(holds=found.text.encode().decode() == found.text, what=encoding)
        check(holds=found.encoding in DECODERS, what=found.encoding)
        check(holds=encoding in {"", found.encoding}, what=found.encoding)


def search(data: bytes) -> None:
    """Matches are in order, apart, in the text, whole letters, and fold to what was looked for."""
    text, _, words = _text(data).partition("\n")
    folded = fold(text)
    query = parse_query(words)
    end = 0
    for span in iter_matches(folded, query):
        check(holds=end <= span.start < span.end <= len(text), what=span)
        check(holds=query.text in fold(text[span.start : span.end]).text, what=span)
        end = span.end
    for at in range(0, len(folded.text), max(1, len(folded.text) // 16)):
        check(holds=0 <= folded.to_original(at) < len(text) and bool(folded.letter(at)), what=at)


def settings(data: bytes) -> None:
    """Preferences are read value by value, whatever the file says; written as JSON, they come back."""
    path = Path(f"/proc/self/fd/{_MEMORY}")
    _put(data)
    found = load_settings(path)
    check(holds=isinstance(found, Settings), what=found)
    check(holds=0.5 <= found.zoom <= 4.0, what=found.zoom)
    for text in (found.window, found.panels, found.annotator, found.language, found.opened_with):
        text.encode()
    for place in (*found.recent, *found.places):
        check(holds="\0" not in place and bool(os.fsencode(place) or not place), what=place)
    _put(json.dumps(asdict(found)).encode())
    check(holds=load_settings(path) == found, what=found)


def names(data: bytes) -> None:
    """Any name that a disk can have can be shown; a sidecar's name leads back to the document and the annotator."""
    document, _, annotator = os.fsdecode(data).partition("\n")
    check(holds=format_path(document).isprintable() or not document.isprintable(), what=document)
    format_path(document).encode()
    find_sidecar_owner(document)
    if document and "/" not in document and "\0" not in document:
        _check_name(document, _text(annotator.encode("utf-8", "surrogatepass")))


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        yaml_tree, sidecar, opened, workspace, labels, written, journal, sentences, documents, search, settings, names
    )
}  # fmt: skip


def _put(data: bytes) -> None:
    os.ftruncate(_MEMORY, 0)
    os.pwrite(_MEMORY, data, 0)


def _check_name(document: str, annotator: str) -> None:
    name = sidecar_name(document, annotator=annotator)
    check(holds=find_sidecar_owner(name) == (document, annotator), what=name)
    check(holds="/" not in name.removeprefix(document), what=name)


def _check_sentences(error: DataFileError) -> None:
    told = str(error)
    check(holds=bool(error.faults) and len(told.splitlines()) == len(error.faults), what=told)
    check(holds=all(line.startswith(NAME) and line.isprintable() for line in told.splitlines()), what=told)
    check(
        holds=all(
            len(line) < 1000 and fault.remedy for line, fault in zip(told.splitlines(), error.faults, strict=True)
        ),
        what=told,
    )
    told.encode()


def _texts(node: Node) -> object:
    """A tree as PyYAML's loader of texts gives it."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [_texts(item) for item in node.items]
    return {key: _texts(item) for key, item in node.entries.items()} if isinstance(node, MappingNode) else None


def _sidecar_text(found: Sidecar) -> str:
    return SidecarWriter().render(found, quote=lambda _place: "")


def _is_passable(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except ValueError:
        return False
    return True


def _is_exact(value: object, *, depth: int = 0) -> bool:
    """Whether YAML of ours holds the value as it is: no half characters, no number too long, not too deep."""
    if isinstance(value, dict):
        return depth < 20 and all(_is_exact(key) and _is_exact(one, depth=depth + 1) for key, one in value.items())
    if isinstance(value, list):
        return depth < 20 and all(_is_exact(one, depth=depth + 1) for one in value)
    if isinstance(value, str):
        return value == value.translate(_SURROGATES)
    return value == value and (not isinstance(value, int) or abs(value) < 2**900)  # noqa: PLR0124  # not a number


def _with_sum(line: bytes) -> bytes:
    return b'%b,"crc":"%08x"}' % (line, zlib.crc32(line))


def _text(data: bytes) -> str:
    return (
        data.decode("utf-8", "surrogatepass" if _is_passable(data) else "replace")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )


def _tiles(text: str) -> list[str]:
    """The sentences of a text, after it was looked at whether they tile it."""
    found: list[str] = []
    blocks = find_blocks(text)
    kinds = BlockClassifier(text, blocks, _LANGUAGE)
    at = 0
    for number, block in enumerate(blocks):
        kinds.kind(number)
        spans = split_sentences(text, block, _LANGUAGE)
        check(holds=bool(spans) and spans[0].start == block.start and spans[-1].end == block.end, what=spans)
        for span in spans:
            _check_span(text, span, at=at)
            at = span.end
            found.append(text[span.start : span.end])
    check(holds=not text[at:].strip(BLANK), what=text[at:])
    return found


def _check_span(text: str, span: Span, *, at: int) -> None:
    check(holds=at <= span.start < span.end <= len(text), what=span)
    piece = text[span.start : span.end]
    check(holds=piece == piece.strip(BLANK) and not text[at : span.start].strip(BLANK), what=span)
