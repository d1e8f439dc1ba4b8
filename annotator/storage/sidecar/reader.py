"""Reader of sidecars, which reports all faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.errors import FaultList
from annotator.storage.sidecar.conflict_markers import find_versions
from annotator.storage.sidecar.decisions_reader import read_decisions, read_quotes
from annotator.storage.sidecar.sidecar import FORMAT, VERSION, DocumentRecord, Sidecar
from annotator.storage.sidecar.verdicts import is_verdict
from annotator.storage.yaml_io.format_version import migrate, read_ours
from annotator.storage.yaml_io.reader import Pairs, plain_value
from annotator.storage.yaml_io.validation import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.storage.yaml_io.format_version import Migration

MIGRATIONS: Mapping[int, Migration] = {}
"""Functions that turn the tree of a version (the key) into that of the next."""


def parse_sidecar(data: bytes, *, name: str, migrations: Mapping[int, Migration] = MIGRATIONS) -> Sidecar:
    """Return the sidecar in the bytes of a file; `name` is the name by which the user knows the file.

    Raises:
        SidecarError: The file has faults; all that could be found, each with its line and what to do.
    """
    faults = FaultList(name)
    versions = find_versions(data)
    if versions is not None:
        what = _("git left its conflict marks between two versions from here on")
        cure = _('Open the document and choose "Merge conflict copies" in the File menu, or settle it by hand.')
        faults.add(versions.line, what=what, cure=cure)
        raise faults.error()
    tree, version = read_ours(data, family=FORMAT, current=VERSION, faults=faults)
    current = migrate(tree, version=version, current=VERSION, migrations=migrations)
    if current is None:
        what = _("there is no format {format}").format(format=f"{FORMAT}/{version}")
        faults.add(tree.entries["format"].line, what=what, cure=_("Restore the file from a backup."))
        raise faults.error()
    sidecar = _sidecar(Form(current, faults=faults), version)
    faults.raise_any()
    return sidecar


def _sidecar(form: Form, version: int) -> Sidecar:
    form.text("format")
    for key in ("annotations", "nothing"):
        if not form.has(key):
            cure = _('If there are none, write "{key}: []"; if the file was cut off, restore it from a backup.')
            form.faults.add(0, what=_('"{key}" is missing').format(key=key), cure=cure.format(key=key))
    return Sidecar(
        document=_document(form),
        decisions=read_decisions(form),
        annotator=form.text("annotator"),
        labels=form.text("labels", default="policy"),
        quotes=read_quotes(form),
        review=tuple(plain_value(node) for node in form.items("review") if not is_verdict(node)),
        extra=form.rest(),
        version=version,
    )


def _document(form: Form) -> DocumentRecord:
    node = form.node("document")
    if not isinstance(node, Pairs):
        cure = _('Write "document: {file: NAME}" with the name of the article\'s file.')
        form.faults.add(node.line if node else 0, what=_("it does not say which document it is about"), cure=cure)
        return DocumentRecord("")
    inner = Form(node, faults=form.faults)
    file = inner.text("file")
    if not file:
        inner.add_lack("file", cure=_("Write the name of the article's file after it."))
    return DocumentRecord(
        file=file,
        title=inner.text("title"),
        sha256=inner.text("sha256"),
        encoding=inner.text("encoding"),
        characters=inner.number("characters"),
        sentences=inner.number("sentences"),
        extra=inner.rest(),
    )
