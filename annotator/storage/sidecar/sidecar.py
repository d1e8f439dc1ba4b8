"""The content of a sidecar, and its file name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core.annotation_set import AnnotationSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value
    from annotator.storage.errors import Fault

FORMAT = "annotator"
VERSION = 1
SCHEMA = "urn:annotator:sidecar:1"
"""The `$id` of the JSON Schema in `resources/schema/sidecar.schema.json`."""
MARK_CONFLICTS = "undecided marks"
"""The key of marks that contradict what stands. Version 0.1.0 keeps it; among the conflicts it would misread them."""

_INFIX = ".annotations"
_SUFFIX = ".yaml"
# A dot would leave unclear where the annotator's name begins; the others are not allowed in names on every system.
_UNSAFE = frozenset('%./\\:*?"<>|(')
# Syncthing's conflict copies look like files of an annotator of this name; other sync clients append it in brackets.
_SYNC_COPY = re.compile(r"sync-conflict-\d{8}-\d{6}|.* \(")


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """The document as it was annotated: `characters` in code points, `sentences` 0 if not counted.

    `sha256` is that of the bytes on disk, in hexadecimal, or empty. `encoding` is the one used to decode them if they
    do not determine it themselves, else empty. `extra` holds keys unknown to this version.
    """

    file: str
    title: str = ""
    sha256: str = ""
    characters: int = 0
    sentences: int = 0
    encoding: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Everything in one annotator's file about one document.

    `labels` is the key of the label set. `quotes` are the first words at the offsets of decisions other than
    annotations. `review` holds what the file has under that key besides verdicts, unchanged. `extra` holds top-level
    keys unknown to this version. `version` is the format version that was read; one below `VERSION` means that it was
    migrated. `remarks` say what was read as it was probably meant, or is strange, with its line.
    """

    document: DocumentRecord
    decisions: AnnotationSet = field(default_factory=AnnotationSet)
    annotator: str = ""
    labels: str = "policy"
    quotes: Mapping[int, str] = field(default_factory=dict)
    review: tuple[Value, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)
    version: int = VERSION
    remarks: tuple[Fault, ...] = field(default=(), compare=False)


def sidecar_name(document_name: str, *, annotator: str = "") -> str:
    """Return the file name of a document's sidecar, for one of several annotators or for the only one.

    Characters of the annotator's name that are unsafe in a file name are percent-encoded: `T.Mai` becomes `T%2EMai`.
    """
    return f"{document_name}{_INFIX}{'.' if annotator else ''}{_encode_name(annotator)}{_SUFFIX}"


def find_sidecar_owner(file_name: str) -> tuple[str, str] | None:
    """Return the names of the document and the annotator of the sidecar `file_name`, or None if it is not one."""
    if not file_name.endswith(_SUFFIX):
        return None
    stem = file_name.removesuffix(_SUFFIX)
    if stem.endswith(_INFIX):
        document, annotator = stem.removesuffix(_INFIX), ""
    else:
        before, _, annotator = stem.rpartition(".")
        if not annotator or not before.endswith(_INFIX):
            return None
        if _SYNC_COPY.match(annotator):
            return None
        document = before.removesuffix(_INFIX)
    return (document, decode_annotator(annotator)) if document else None


def decode_annotator(annotator: str) -> str:
    """Return the name of the annotator that a file name has as `annotator`."""
    first, *parts = annotator.split("%")
    return first + "".join(_decode_part(part) for part in parts)


def _encode_name(annotator: str) -> str:
    if annotator == _INFIX[1:]:  # else `x.annotations.annotations.yaml` would belong to the document `x.annotations`
        return f"%{ord(annotator[0]):02X}{annotator[1:]}"
    return "".join(f"%{ord(letter):02X}" if _is_unsafe(letter) else letter for letter in annotator)


def _is_unsafe(letter: str) -> bool:
    return letter in _UNSAFE or letter < " "


def _decode_part(part: str) -> str:
    code = part[:2]
    is_code = len(code) == 2 and all(digit in "0123456789ABCDEFabcdef" for digit in code)
    return chr(int(code, 16)) + part[2:] if is_code else f"%{part}"
