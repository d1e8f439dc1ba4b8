"""Records of a journal, and how they are encoded as lines.

A line is a JSON object in UTF-8, its last key a checksum (CRC-32, eight hexadecimal digits) of everything before it:

    {"n":7,"kind":"did","step":{...},"crc":"1f0c22ab"}

Lone surrogates are encoded as three bytes each, so that every string, even two surrogates side by side, is decoded as
it was.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from annotator.core.annotation import Annotation, Origin, PreviousVersion, Status
from annotator.core.change import BlockMark, Change, Layer, Step
from annotator.core.document import BlockKind
from annotator.core.verdict import Outcome, Verdict, VerdictKind
from annotator.storage.journal import json_checks

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.change import Content

Json: TypeAlias = "dict[str, Any]"

_ORIGINS: dict[str, Origin] = {origin.value: origin for origin in Origin}
_CRC = b',"crc":"'
_TAIL_LENGTH = len(_CRC) + 8 + 2  # eight digits, a quotation mark and a brace
# Escaped, a Vietnamese letter would take six bytes instead of two or three.
_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class DamagedLineError(ValueError):
    """A line is not what `encode_entry` wrote."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step was done."""

    step: Step


@dataclass(frozen=True, slots=True)
class StepUndone:
    """The last step was undone, at `time` (ISO 8601) by `author`; both are empty if not recorded."""

    time: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class StepRedone:
    """The last undone step was redone; `time` and `author` as in `StepUndone`."""

    time: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class SaveStarted:
    """A sidecar is about to be put in place.

    `sha256` is that of its bytes; it holds everything up to the record numbered `after`, and nothing later.
    """

    sha256: str
    after: int


@dataclass(frozen=True, slots=True)
class SidecarPlaced:
    """The sidecar with this sha256 was put in place."""

    sha256: str


@dataclass(frozen=True, slots=True)
class WorkOpened:
    """Work started on a document and a sidecar with these sha256 (empty: no sidecar), at `time` in ISO 8601."""

    document_sha256: str
    sidecar_sha256: str
    time: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The state when the work on another text began, as a `step` that makes it from nothing."""

    step: Step


@dataclass(frozen=True, slots=True)
class LostRecords:
    """Records at this point cannot be read any more. Never written."""


@dataclass(frozen=True, slots=True)
class JournalVersion:
    """The version of the journal's format, in its first line, with the number 0; a journal without it has version 1."""

    version: int


@dataclass(frozen=True, slots=True, eq=False)
class PackedRecords:
    """Records in a compressed form; the entry's number is that of the last. `steps` counts the steps done in it.

    `ids` and `data` are encoded: the ids of the annotations in it, and the lines of the records.
    """

    steps: int
    ids: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class PackSummary:
    """What the packed records before it come to: the `history` after them, and when the work on them began.

    `steps` counts all of them; `done` and `undone` are ranges of them, from 0. `breaks` are the records at which the
    history started anew.
    """

    steps: int
    done: tuple[tuple[int, int], ...]
    undone: tuple[tuple[int, int], ...]
    breaks: tuple[int, ...]
    opened: WorkOpened | None


Record: TypeAlias = StepDone | StepUndone | StepRedone | SaveStarted | SidecarPlaced | WorkOpened | Baseline


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A record with its running number, which starts at 1 and never falls."""

    number: int
    record: Record | LostRecords | JournalVersion | PackedRecords | PackSummary


def encode_entry(entry: JournalEntry) -> bytes:
    """Return `entry` as a line with its line end.

    Raises:
        ValueError, TypeError, RecursionError: A field holds what JSON cannot represent.
    """
    body = _encode_json({"n": entry.number, **_record_to_json(entry.record)}).encode("utf-8", "surrogatepass")[:-1]
    return b'%b%b%08x"}\n' % (body, _CRC, zlib.crc32(body))


def decode_entry(line: bytes) -> JournalEntry:
    """Return the entry in `line`, which has no line end.

    Raises:
        DamagedLineError: The line is not what `encode_entry` wrote.
    """
    try:
        value = decode_json(verify_line(line) + b"}")
        return JournalEntry(json_checks.check_count(value["n"]), _RECORD_READERS[value["kind"]](value))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise DamagedLineError(str(error)) from error


def verify_line(line: bytes) -> bytes:
    """Return `line` without its checksum, after comparing it: a JSON object without its closing brace.

    Raises:
        DamagedLineError: The line is not what `encode_entry` wrote.
    """
    body = line[:-_TAIL_LENGTH]
    if line[-_TAIL_LENGTH:] != b'%b%08x"}' % (_CRC, zlib.crc32(body)):
        raise DamagedLineError("checksum")
    return body


def decode_json(written: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value encoded in `written`, lone surrogates included."""
    return json.loads(written.decode("utf-8", "surrogatepass"))


def step_to_json(step: Step) -> Json:
    """Return `step` as JSON values."""
    return {
        "what": step.verb,
        "at": list(step.place),
        "when": step.time,
        "who": step.author,
        "changes": [
            [change.layer.value, change.place, _content_to_json(change.before), _content_to_json(change.after)]
            for change in step.changes
        ],
    }


def step_from_json(value: Json) -> Step:
    """Return the step that `step_to_json` made `value` from; raises whatever a wrong shape raises."""
    changes = tuple(
        Change(
            Layer(slot),
            json_checks.check_whole_number(place),
            _content_from_json(before, slot=Layer(slot)),
            _content_from_json(after, slot=Layer(slot)),
        )
        for slot, place, before, after in value["changes"]
    )
    what, when, who = (json_checks.check_text(value[key]) for key in ("what", "when", "who"))
    return Step(what, changes, json_checks.check_span(value["at"]), time=when, author=who)


def _record_to_json(record: object) -> Json:
    match record:
        case StepDone(step):
            return {"kind": "did", "step": step_to_json(step)}
        case Baseline(step):
            return {"kind": "stood", "step": step_to_json(step)}
        case StepUndone(when, who):
            return {"kind": "undid", **_time_and_author(when, who)}
        case StepRedone(when, who):
            return {"kind": "redid", **_time_and_author(when, who)}
        case SaveStarted(sha256, after):
            return {"kind": "saved", "sha256": sha256, "after": after}
        case SidecarPlaced(sha256):
            return {"kind": "placed", "sha256": sha256}
        case WorkOpened(document, sidecar, when):
            return {"kind": "opened", "document": document, "sidecar": sidecar, "when": when}
        case JournalVersion(version):
            return {"kind": "journal", "version": version}
        case _:
            # `LostRecords` exists only in memory.
            raise TypeError("only what happened is written down")


def _time_and_author(when: str, who: str) -> Json:
    return {key: value for key, value in (("when", when), ("who", who)) if value}


_RECORD_READERS: dict[str, Callable[[Json], Record | JournalVersion]] = {
    "journal": lambda value: JournalVersion(json_checks.check_count(value["version"])),
    "did": lambda value: StepDone(step_from_json(value["step"])),
    "stood": lambda value: Baseline(step_from_json(value["step"])),
    "undid": lambda value: StepUndone(*_get_texts(value, "when", "who")),
    "redid": lambda value: StepRedone(*_get_texts(value, "when", "who")),
    "saved": lambda value: SaveStarted(
        json_checks.check_text(value["sha256"]), json_checks.check_count(value["after"])
    ),
    "placed": lambda value: SidecarPlaced(json_checks.check_text(value["sha256"])),
    "opened": lambda value: WorkOpened(
        *(json_checks.check_text(value[key]) for key in ("document", "sidecar", "when"))
    ),
}


def _get_texts(value: Json, *keys: str) -> tuple[str, ...]:
    """Return the texts under `keys`, empty where a key is missing."""
    return tuple(json_checks.check_text(value.get(key, "")) for key in keys)


def _content_to_json(content: Content) -> Any:  # noqa: ANN401 - any JSON value
    match content:
        case Annotation():
            return {"annotation": _annotation_to_json(content)}
        case Verdict():
            return {"verdict": _verdict_to_json(content)}
        case BlockMark(end, kind):
            return {"block": [end, kind.value]}
        case Status():
            return {"status": content.value}
        case _:
            return content


def _content_from_json(value: Any, *, slot: Layer) -> Content:  # noqa: ANN401 - any JSON value
    content: Content
    match value:
        case {"annotation": annotation}:
            content = _annotation_from_json(annotation)
        case {"verdict": verdict}:
            content = _verdict_from_json(verdict)
        case {"block": [end, kind]}:
            content = BlockMark(json_checks.check_count(end), BlockKind(kind))
        case {"status": status}:
            content = Status(status)
        case None:
            content = None
        case _:
            content = json_checks.check_count(value)
    if not isinstance(content, _CONTENT_TYPES.get(slot, int)) and (content is not None or slot is Layer.STATUS):
        raise ValueError("nothing for that slot")
    return content


_CONTENT_TYPES = {
    Layer.ANNOTATION: Annotation,
    Layer.ORPHAN: Annotation,
    Layer.CONFLICT: Annotation,
    Layer.VERDICT: Verdict,
    Layer.BLOCK: BlockMark,
    Layer.STATUS: Status,
}


def _annotation_to_json(annotation: Annotation) -> Json:
    value: Json = {
        "id": annotation.id,
        "at": list(annotation.span),
        "labels": list(annotation.labels),
        "text": annotation.text,
        "before": annotation.before,
        "after": annotation.after,
        "note": annotation.note,
        "origin": str(annotation.origin),
        "made": annotation.made,
        "changed": annotation.changed,
        "was": _was_to_json(annotation.previous) if annotation.previous else None,
        "fields": dict(annotation.fields),
        "extra": dict(annotation.extra),
    }
    return {key: part for key, part in value.items() if part or key in {"id", "at", "labels", "text", "origin"}}


def _verdict_to_json(verdict: Verdict) -> Json:
    value: Json = {
        "id": verdict.id,
        "verdict": verdict.kind.value,
        "at": list(verdict.span),
        "text": verdict.text,
        "annotation": verdict.annotation,
        "labels": list(verdict.labels),
        "stood": list(verdict.labels_seen),
        "comment": verdict.comment,
        "reviewer": verdict.reviewer,
        "said": verdict.answered_at,
        "source": verdict.source,
        "outcome": verdict.outcome.value,
        "decided": verdict.decided_at,
        "by": verdict.decided_by,
        "extra": dict(verdict.extra),
    }
    return {key: part for key, part in value.items() if part or key in {"id", "text"}}


def _verdict_from_json(value: Json) -> Verdict:
    texts = {name: json_checks.check_text(value.get(key, "")) for name, key in _VERDICT_TEXTS.items()}
    return Verdict(
        kind=VerdictKind(value["verdict"]),
        span=json_checks.check_span(value["at"]),
        labels=json_checks.check_texts(value.get("labels", [])),
        labels_seen=json_checks.check_texts(value.get("stood", [])),
        outcome=Outcome(value["outcome"]),
        extra=json_checks.check_mapping(value.get("extra", {})),
        **texts,
    )


# The texts of a verdict, by the name of the attribute, with their keys in the journal.
_VERDICT_TEXTS = {
    **{name: name for name in ("id", "text", "annotation", "comment", "reviewer", "source")},
    "answered_at": "said",
    "decided_at": "decided",
    "decided_by": "by",
}


def _was_to_json(was: PreviousVersion) -> Json:
    return {"text": was.text, "likeness": was.likeness, "before": was.before, "after": was.after}


def _was_from_json(value: Json) -> PreviousVersion:
    before, after = _get_texts(value, "before", "after")
    return PreviousVersion(
        json_checks.check_text(value["text"]), json_checks.check_share(value["likeness"]), before, after
    )


def _annotation_from_json(value: Json) -> Annotation:
    origin = json_checks.check_text(value["origin"])
    before, after, note, made, changed = _get_texts(value, "before", "after", "note", "made", "changed")
    return Annotation(
        id=json_checks.check_text(value["id"]),
        span=json_checks.check_span(value["at"]),
        labels=json_checks.check_texts(value["labels"]),
        text=json_checks.check_text(value["text"]),
        before=before,
        after=after,
        fields=json_checks.check_mapping(value.get("fields", {})),
        note=note,
        origin=_ORIGINS.get(origin, origin),
        made=made,
        changed=changed,
        previous=_was_from_json(value["was"]) if value.get("was") else None,
        extra=json_checks.check_mapping(value.get("extra", {})),
    )
