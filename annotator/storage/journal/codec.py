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

from annotator.core.annotation import Annotation, Origin, Status, Was
from annotator.core.change import BlockMark, Change, Slot, Step
from annotator.core.document import BlockKind
from annotator.core.verdict import Outcome, Verdict, VerdictKind
from annotator.storage.journal import json_checks

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.change import Content

Json: TypeAlias = "dict[str, Any]"

_ORIGINS: dict[str, Origin] = {origin.value: origin for origin in Origin}
_CRC = b',"crc":"'
_TAIL = len(_CRC) + 8 + 2  # eight digits, a quotation mark and a brace
# Escaped, a Vietnamese letter would take six bytes instead of two or three.
_DUMPS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class DamagedLineError(ValueError):
    """A line is not what `encode` wrote."""


@dataclass(frozen=True, slots=True)
class Did:
    """A step was done."""

    step: Step


@dataclass(frozen=True, slots=True)
class Undid:
    """The last step was undone, at `when` (ISO 8601) by `who`; both are empty if not recorded."""

    when: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Redid:
    """The last undone step was redone; `when` and `who` as in `Undid`."""

    when: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A sidecar is about to be put in place.

    `sha256` is that of its bytes; it holds everything up to the record numbered `after`, and nothing later.
    """

    sha256: str
    after: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The sidecar with this sha256 was put in place."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Work started on a document and a sidecar with these sha256 (empty: no sidecar), at `when` in ISO 8601."""

    document_sha256: str
    sidecar_sha256: str
    when: str


@dataclass(frozen=True, slots=True)
class Stood:
    """The state when the work on another text began, as a `step` that makes it from nothing."""

    step: Step


@dataclass(frozen=True, slots=True)
class Lost:
    """Records at this point cannot be read any more. Never written."""


Record: TypeAlias = Did | Undid | Redid | Saved | Placed | Opened | Stood


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its running number, which starts at 1 and never falls."""

    number: int
    record: Record | Lost


def encode(entry: Entry) -> bytes:
    """Return `entry` as a line with its line end.

    Raises:
        ValueError, TypeError, RecursionError: A field holds what JSON cannot represent.
    """
    body = _DUMPS({"n": entry.number, **_record_to_json(entry.record)}).encode("utf-8", "surrogatepass")[:-1]
    return b'%b%b%08x"}\n' % (body, _CRC, zlib.crc32(body))


def decode(line: bytes) -> Entry:
    """Return the entry in `line`, which has no line end.

    Raises:
        DamagedLineError: The line is not what `encode` wrote.
    """
    try:
        value = json_of(body_of(line) + b"}")
        return Entry(json_checks.count(value["n"]), _READERS[value["kind"]](value))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise DamagedLineError(str(error)) from error


def body_of(line: bytes) -> bytes:
    """Return `line` without its checksum, after comparing it: a JSON object without its closing brace.

    Raises:
        DamagedLineError: The line is not what `encode` wrote.
    """
    body = line[:-_TAIL]
    if line[-_TAIL:] != b'%b%08x"}' % (_CRC, zlib.crc32(body)):
        raise DamagedLineError("checksum")
    return body


def json_of(written: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value encoded in `written`, lone surrogates included."""
    return json.loads(written.decode("utf-8", "surrogatepass"))


def step_to_json(step: Step) -> Json:
    """Return `step` as JSON values."""
    return {
        "what": step.what,
        "at": list(step.place),
        "when": step.when,
        "who": step.who,
        "changes": [
            [change.slot.value, change.place, _content_to_json(change.before), _content_to_json(change.after)]
            for change in step.changes
        ],
    }


def step_from_json(value: Json) -> Step:
    """Return the step that `step_to_json` made `value` from; raises whatever a wrong shape raises."""
    changes = tuple(
        Change(
            Slot(slot),
            json_checks.key(place),
            _content_from_json(before, slot=Slot(slot)),
            _content_from_json(after, slot=Slot(slot)),
        )
        for slot, place, before, after in value["changes"]
    )
    what, when, who = (json_checks.text(value[key]) for key in ("what", "when", "who"))
    return Step(what, changes, json_checks.span(value["at"]), when=when, who=who)


def _record_to_json(record: Record | Lost) -> Json:
    match record:
        case Did(step):
            return {"kind": "did", "step": step_to_json(step)}
        case Stood(step):
            return {"kind": "stood", "step": step_to_json(step)}
        case Undid(when, who):
            return {"kind": "undid", **_mark(when, who)}
        case Redid(when, who):
            return {"kind": "redid", **_mark(when, who)}
        case Saved(sha256, after):
            return {"kind": "saved", "sha256": sha256, "after": after}
        case Placed(sha256):
            return {"kind": "placed", "sha256": sha256}
        case Opened(document, sidecar, when):
            return {"kind": "opened", "document": document, "sidecar": sidecar, "when": when}
        case _:
            # `Lost` exists only in memory.
            raise TypeError("only what happened is written down")


def _mark(when: str, who: str) -> Json:
    return {key: value for key, value in (("when", when), ("who", who)) if value}


_READERS: dict[str, Callable[[Json], Record]] = {
    "did": lambda value: Did(step_from_json(value["step"])),
    "stood": lambda value: Stood(step_from_json(value["step"])),
    "undid": lambda value: Undid(*_texts_in(value, "when", "who")),
    "redid": lambda value: Redid(*_texts_in(value, "when", "who")),
    "saved": lambda value: Saved(json_checks.text(value["sha256"]), json_checks.count(value["after"])),
    "placed": lambda value: Placed(json_checks.text(value["sha256"])),
    "opened": lambda value: Opened(*(json_checks.text(value[key]) for key in ("document", "sidecar", "when"))),
}


def _texts_in(value: Json, *keys: str) -> tuple[str, ...]:
    """Return the texts under `keys`, empty where a key is missing."""
    return tuple(json_checks.text(value.get(key, "")) for key in keys)


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


def _content_from_json(value: Any, *, slot: Slot) -> Content:  # noqa: ANN401 - any JSON value
    content: Content
    match value:
        case {"annotation": annotation}:
            content = _annotation_from_json(annotation)
        case {"verdict": verdict}:
            content = _verdict_from_json(verdict)
        case {"block": [end, kind]}:
            content = BlockMark(json_checks.count(end), BlockKind(kind))
        case {"status": status}:
            content = Status(status)
        case None:
            content = None
        case _:
            content = json_checks.count(value)
    if not isinstance(content, _HELD.get(slot, int)) and (content is not None or slot is Slot.STATUS):
        raise ValueError("nothing for that slot")
    return content


_HELD = {
    Slot.ANNOTATION: Annotation,
    Slot.ORPHAN: Annotation,
    Slot.RIVAL: Annotation,
    Slot.VERDICT: Verdict,
    Slot.BLOCK: BlockMark,
    Slot.STATUS: Status,
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
        "was": _was_to_json(annotation.was) if annotation.was else None,
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
        "stood": list(verdict.stood),
        "comment": verdict.comment,
        "reviewer": verdict.reviewer,
        "said": verdict.said,
        "source": verdict.source,
        "outcome": verdict.outcome.value,
        "decided": verdict.decided,
        "by": verdict.by,
        "extra": dict(verdict.extra),
    }
    return {key: part for key, part in value.items() if part or key in {"id", "text"}}


def _verdict_from_json(value: Json) -> Verdict:
    texts = {key: json_checks.text(value.get(key, "")) for key in _VERDICT_TEXTS}
    return Verdict(
        kind=VerdictKind(value["verdict"]),
        span=json_checks.span(value["at"]),
        labels=json_checks.texts(value.get("labels", [])),
        stood=json_checks.texts(value.get("stood", [])),
        outcome=Outcome(value["outcome"]),
        extra=json_checks.mapping(value.get("extra", {})),
        **texts,
    )


_VERDICT_TEXTS = ("id", "text", "annotation", "comment", "reviewer", "said", "source", "decided", "by")


def _was_to_json(was: Was) -> Json:
    return {"text": was.text, "likeness": was.likeness, "before": was.before, "after": was.after}


def _was_from_json(value: Json) -> Was:
    before, after = _texts_in(value, "before", "after")
    return Was(json_checks.text(value["text"]), json_checks.share(value["likeness"]), before, after)


def _annotation_from_json(value: Json) -> Annotation:
    origin = json_checks.text(value["origin"])
    before, after, note, made, changed = _texts_in(value, "before", "after", "note", "made", "changed")
    return Annotation(
        id=json_checks.text(value["id"]),
        span=json_checks.span(value["at"]),
        labels=json_checks.texts(value["labels"]),
        text=json_checks.text(value["text"]),
        before=before,
        after=after,
        fields=json_checks.mapping(value.get("fields", {})),
        note=note,
        origin=_ORIGINS.get(origin, origin),
        made=made,
        changed=changed,
        was=_was_from_json(value["was"]) if value.get("was") else None,
        extra=json_checks.mapping(value.get("extra", {})),
    )
