"""What a line of a journal says and how it is written down. It must not know of files.

A line is a JSON object in UTF-8, its last key a checksum (CRC-32, eight hexadecimal digits) of everything before it::

    {"n":7,"kind":"did","step":{...},"crc":"1f0c22ab"}

Lone surrogates are written as their three bytes, so that each string, even two surrogates side by side, comes back
as it was.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from annotator.core.annotation import Annotation, Origin, Status, Was
from annotator.core.block import BlockKind
from annotator.core.change import BlockMark, Change, Slot, Step
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.change import Content

Json: TypeAlias = "dict[str, Any]"

_ORIGINS: dict[str, Origin] = {origin.value: origin for origin in Origin}
_CRC = b',"crc":"'
_TAIL = len(_CRC) + 8 + 2
_DUMPS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class DamagedLineError(ValueError):
    """A line is not what was written."""


@dataclass(frozen=True, slots=True)
class Did:
    """A step was done."""

    step: Step


@dataclass(frozen=True, slots=True)
class Undid:
    """The last step done was taken back."""


@dataclass(frozen=True, slots=True)
class Redid:
    """The last step taken back was done again."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A sidecar is about to be put in place.

    ``sha256`` is that of its bytes; it holds everything up to the record numbered ``after``, and nothing later.
    """

    sha256: str
    after: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The sidecar with that sha256 was put in place."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Work started on a document and a sidecar with these sha256 (empty: no sidecar), ``when`` in ISO 8601."""

    document_sha256: str
    sidecar_sha256: str
    when: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Here stood records that cannot be read any more. Never written."""


Record: TypeAlias = Did | Undid | Redid | Saved | Placed | Opened


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its running number, which starts at 1 and never falls."""

    number: int
    record: Record | Lost


def encode(entry: Entry) -> bytes:
    """``entry`` as a line with its line end.

    Raises:
        ValueError, TypeError, RecursionError: a field holds what JSON cannot carry.
    """
    body = _DUMPS({"n": entry.number, **_record_to_json(entry.record)}).encode("utf-8", "surrogatepass")[:-1]
    return b'%b%b%08x"}\n' % (body, _CRC, zlib.crc32(body))


def decode(line: bytes) -> Entry:
    """The entry that stands in ``line``, which has no line end.

    Raises:
        DamagedLineError: the line is not what `encode` wrote.
    """
    body = line[:-_TAIL]
    if line[-_TAIL:] != b'%b%08x"}' % (_CRC, zlib.crc32(body)):
        raise DamagedLineError("checksum")
    try:
        value = json.loads((body + b"}").decode("utf-8", "surrogatepass"))
        return Entry(int(value["n"]), _READERS[value["kind"]](value))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise DamagedLineError(str(error)) from error


def step_to_json(step: Step) -> Json:
    """``step`` as JSON values."""
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
    """The step that `step_to_json` gave as ``value``; raises what a wrong shape raises."""
    changes = tuple(
        Change(Slot(slot), place, _content_from_json(before), _content_from_json(after))
        for slot, place, before, after in value["changes"]
    )
    return Step(value["what"], changes, Span(*value["at"]), when=value["when"], who=value["who"])


def _record_to_json(record: Record | Lost) -> Json:
    match record:
        case Did(step):
            return {"kind": "did", "step": step_to_json(step)}
        case Undid():
            return {"kind": "undid"}
        case Redid():
            return {"kind": "redid"}
        case Saved(sha256, after):
            return {"kind": "saved", "sha256": sha256, "after": after}
        case Placed(sha256):
            return {"kind": "placed", "sha256": sha256}
        case Opened(document, sidecar, when):
            return {"kind": "opened", "document": document, "sidecar": sidecar, "when": when}
        case _:
            raise TypeError("only what happened is written down")


_READERS: dict[str, Callable[[Json], Record]] = {
    "did": lambda value: Did(step_from_json(value["step"])),
    "undid": lambda _value: Undid(),
    "redid": lambda _value: Redid(),
    "saved": lambda value: Saved(value["sha256"], value["after"]),
    "placed": lambda value: Placed(value["sha256"]),
    "opened": lambda value: Opened(value["document"], value["sidecar"], value["when"]),
}


def _content_to_json(content: Content) -> Any:  # noqa: ANN401 - any JSON value
    match content:
        case Annotation():
            return {"annotation": _annotation_to_json(content)}
        case BlockMark(end, kind):
            return {"block": [end, kind.value]}
        case Status():
            return {"status": content.value}
        case _:
            return content


def _content_from_json(value: Any) -> Content:  # noqa: ANN401 - any JSON value
    match value:
        case {"annotation": annotation}:
            return _annotation_from_json(annotation)
        case {"block": [int(end), kind]}:
            return BlockMark(end, BlockKind(kind))
        case {"status": status}:
            return Status(status)
        case int() | None:
            return value
        case _:
            raise ValueError("no such content")


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


def _was_to_json(was: Was) -> Json:
    return {"text": was.text, "likeness": was.likeness, "before": was.before, "after": was.after}


def _was_from_json(value: Json) -> Was:
    return Was(value["text"], float(value["likeness"]), value.get("before", ""), value.get("after", ""))


def _annotation_from_json(value: Json) -> Annotation:
    origin: str = value["origin"]
    return Annotation(
        id=value["id"],
        span=Span(*value["at"]),
        labels=tuple(value["labels"]),
        text=value["text"],
        before=value.get("before", ""),
        after=value.get("after", ""),
        fields=value.get("fields", {}),
        note=value.get("note", ""),
        origin=_ORIGINS.get(origin, origin),
        made=value.get("made", ""),
        changed=value.get("changed", ""),
        was=_was_from_json(value["was"]) if value.get("was") else None,
        extra=value.get("extra", {}),
    )
