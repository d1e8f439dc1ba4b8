"""Reader of sidecars, which reports all faults at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.document import BlockKind
from annotator.core.i18n import _
from annotator.storage.errors import FaultList
from annotator.storage.sidecar.conflict_markers import find_conflict_versions
from annotator.storage.sidecar.decisions_reader import ANNOTATION_KEYS, read_decisions, read_quotes
from annotator.storage.sidecar.sidecar import FORMAT, MARK_CONFLICTS, VERSION, DocumentRecord, Sidecar
from annotator.storage.sidecar.verdicts import is_verdict
from annotator.storage.yaml_io.format_version import migrate, parse_versioned_yaml
from annotator.storage.yaml_io.reader import MappingNode, to_value
from annotator.storage.yaml_io.validation import MappingReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.storage.yaml_io.format_version import Migration

MIGRATIONS: Mapping[int, Migration] = {}
"""Functions that turn the tree of a version (the key) into that of the next."""

_NEEDED = frozenset({"document", "annotations", "nothing"})
_TOP_KEYS = frozenset(
    {
        *_NEEDED,
        *("format", "annotator", "labels", "status", "sentences", "blocks", "quotes", "review", "conflicts", "orphans"),
        MARK_CONFLICTS,
    }
)
_DOCUMENT_KEYS = frozenset({"file", "title", "sha256", "encoding", "characters", "sentences"})
KEYS = _TOP_KEYS | _DOCUMENT_KEYS | ANNOTATION_KEYS | {"split", "join", *BlockKind}
"""All keys that a sidecar may have, to recognise them where they are written wrongly."""


def parse_sidecar(data: bytes, *, name: str, migrations: Mapping[int, Migration] = MIGRATIONS) -> Sidecar:
    """Return the sidecar in the bytes of a file; `name` is the name by which the user knows the file.

    Raises:
        DataFileError: The file has faults; all that could be found, each with its line and what to do.
    """
    faults = FaultList(name)
    versions = find_conflict_versions(data)
    if versions is not None:
        what = _("git left its conflict marks between two versions from here on")
        cure = _("Open the document and choose “Merge conflict copies” in the File menu, or settle it by hand.")
        faults.add(versions.line, what=what, cure=cure)
        raise faults.to_error()
    tree, version = parse_versioned_yaml(data, family=FORMAT, current=VERSION, faults=faults, keys=KEYS)
    current = migrate(tree, version=version, current=VERSION, migrations=migrations)
    if current is None:
        what = _("there is no format {format}").format(format=f"{FORMAT}/{version}")
        faults.add(tree.entries["format"].line, what=what, cure=_("Restore the file from a backup."))
        raise faults.to_error()
    sidecar = _read_sidecar(MappingReader(current, faults=faults), version)
    faults.raise_if_any()
    return replace(sidecar, remarks=faults.remarks) if faults.remarks else sidecar


def _read_sidecar(form: MappingReader, version: int) -> Sidecar:
    form.get_text("format")
    meant = form.report_misspelt(_TOP_KEYS, needed=_NEEDED)
    for key in ("annotations", "nothing"):
        if not form.has(key) and key not in meant:
            cure = _('If there are none, write "{key}: []"; if the file was cut off, restore it from a backup.')
            form.faults.add(0, what=_('"{key}" is missing').format(key=key), cure=cure.format(key=key))
    quotes = read_quotes(form)
    return Sidecar(
        document=_read_document_record(form, is_misspelt="document" in meant),
        decisions=read_decisions(form, quotes=quotes),
        annotator=form.get_text("annotator"),
        labels=form.get_text("labels", default="policy"),
        quotes=quotes,
        review=tuple(to_value(node) for node in form.get_items("review") if not is_verdict(node)),
        extra=form.get_unread(),
        version=version,
    )


def _read_document_record(form: MappingReader, *, is_misspelt: bool) -> DocumentRecord:
    node = form.find_node("document")
    if is_misspelt:
        return DocumentRecord("")
    if not isinstance(node, MappingNode):
        cure = _('Write "document: {file: NAME}" with the name of the article\'s file.')
        form.faults.add(node.line if node else 0, what=_("it does not say which document it is about"), cure=cure)
        return DocumentRecord("")
    inner = MappingReader(node, faults=form.faults)
    meant = inner.report_misspelt(_DOCUMENT_KEYS, needed=("file",))
    file = inner.get_text("file")
    if not file and "file" not in meant:
        inner.add_missing_fault("file", cure=_("Write the name of the article's file after it."))
    return DocumentRecord(
        file=file,
        title=inner.get_text("title"),
        sha256=inner.get_text("sha256"),
        encoding=inner.get_text("encoding"),
        characters=inner.get_number("characters"),
        sentences=inner.get_number("sentences"),
        extra=inner.get_unread(),
    )
