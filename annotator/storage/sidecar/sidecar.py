"""What a sidecar holds, and how it is called. It must not know how it is written or read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core.annotation_set import AnnotationSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value

FORMAT = "annotator"
VERSION = 1
SCHEMA = "urn:annotator:sidecar:1"
"""The ``$id`` of the JSON Schema in ``resources/schema/sidecar.schema.json``."""

_MIDDLE = ".annotations"
_END = ".yaml"
# A dot would make it unclear where the annotator's name begins; the others cannot stand in names on every system.
_UNSAFE = frozenset('%./\\:*?"<>|(')
# Syncthing's copies look as if an annotator had this name, those of other sync clients have the name in brackets.
_SYNCED = re.compile(r"sync-conflict-\d{8}-\d{6}|.* \(")


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """The document as it was annotated: ``characters`` in code points, ``sentences`` 0 where not counted.

    ``sha256`` is that of the bytes on disk, in hexadecimal, or empty. ``encoding`` is the one in which they were read
    where they do not tell it themselves, else empty. ``extra`` holds keys that this version does not know.
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
    """All that one annotator's file about one document holds.

    ``labels`` is the key of the label set. ``quotes`` are the first words at the places of decisions other than
    annotations, by place. ``review`` is what stands under that key
    besides verdicts, kept as read. ``extra`` holds top-level keys that this version does not know.
    ``version`` is that of the format it was read from; a lower one than `VERSION` means that it was migrated.
    """

    document: DocumentRecord
    decisions: AnnotationSet = field(default_factory=AnnotationSet)
    annotator: str = ""
    labels: str = "policy"
    quotes: Mapping[int, str] = field(default_factory=dict)
    review: tuple[Value, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)
    version: int = VERSION


def sidecar_name(document_name: str, *, annotator: str = "") -> str:
    """The file name of the sidecar of a document, for one of several annotators or for the only one.

    What cannot stand in a file name is written in the annotator's name as in addresses: ``T.Mai`` as ``T%2EMai``.
    """
    return f"{document_name}{_MIDDLE}{'.' if annotator else ''}{_encoded(annotator)}{_END}"


def find_sidecar_owner(file_name: str) -> tuple[str, str] | None:
    """The document's name and the annotator of whom ``file_name`` is the sidecar, or None where it is none."""
    if not file_name.endswith(_END):
        return None
    stem = file_name.removesuffix(_END)
    if stem.endswith(_MIDDLE):
        document, annotator = stem.removesuffix(_MIDDLE), ""
    else:
        before, _, annotator = stem.rpartition(".")
        if not annotator or not before.endswith(_MIDDLE):
            return None
        if _SYNCED.match(annotator):
            return None
        document = before.removesuffix(_MIDDLE)
    return (document, _decoded(annotator)) if document else None


def _encoded(annotator: str) -> str:
    if annotator == _MIDDLE[1:]:
        return f"%{ord(annotator[0]):02X}{annotator[1:]}"
    return "".join(f"%{ord(letter):02X}" if _is_unsafe(letter) else letter for letter in annotator)


def _is_unsafe(letter: str) -> bool:
    return letter in _UNSAFE or letter < " "


def _decoded(annotator: str) -> str:
    first, *parts = annotator.split("%")
    return first + "".join(_decoded_part(part) for part in parts)


def _decoded_part(part: str) -> str:
    code = part[:2]
    is_code = len(code) == 2 and all(digit in "0123456789ABCDEFabcdef" for digit in code)
    return chr(int(code, 16)) + part[2:] if is_code else f"%{part}"
