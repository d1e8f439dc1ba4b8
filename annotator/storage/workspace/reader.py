"""Reader of a workspace's settings, its `annotator.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.errors import FaultList
from annotator.storage.workspace.label_set import load_builtin_labels, read_labels
from annotator.storage.yaml_io.format_version import parse_versioned_yaml
from annotator.storage.yaml_io.reader import ScalarNode, shorten
from annotator.storage.yaml_io.validation import MappingReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value
    from annotator.core.labels import LabelSet

WORKSPACE_FILE = "annotator.yaml"
FORMAT = "annotator-workspace"
VERSION = 1

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """Settings of all documents of a workspace.

    `languages` are codes such as `vi`, the first being the articles' usual language; empty if not set. `abbreviations`
    extend the built-in ones. `annotators` is empty where one annotator works alone. If `keeps_quotes_whole`, a
    quotation of several sentences is one sentence.
    """

    labels: LabelSet = field(default_factory=load_builtin_labels)
    languages: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    keeps_quotes_whole: bool = False
    extra: Mapping[str, Value] = field(default_factory=dict)


def parse_workspace(data: bytes, *, name: str = WORKSPACE_FILE) -> WorkspaceSettings:
    """Return the settings in the bytes of `annotator.yaml`; `name` is the name by which the user knows the file.

    Raises:
        DataFileError: The file has faults; all that could be found, each with its line and what to do.
    """
    faults = FaultList(name)
    tree, _version = parse_versioned_yaml(data, family=FORMAT, current=VERSION, faults=faults)
    settings = _read_settings(MappingReader(tree, faults=faults))
    faults.raise_if_any()
    return settings


def _read_settings(form: MappingReader) -> WorkspaceSettings:
    form.get_text("format")
    return WorkspaceSettings(
        labels=_read_labels(form),
        languages=_read_languages(form),
        abbreviations=form.get_texts("abbreviations"),
        annotators=form.get_texts("annotators"),
        keeps_quotes_whole=_read_quotations(form),
        extra=form.get_unread(),
    )


def _read_labels(form: MappingReader) -> LabelSet:
    builtin = load_builtin_labels()
    node = form.find_node("labels")
    if node is None:
        return builtin
    if not isinstance(node, ScalarNode):
        return read_labels(node, faults=form.faults, default_key="workspace")
    if node.text != builtin.key:
        what = _('there is no label set "{key}"').format(key=shorten(node.text))
        cure = _("Write {key}, or list the labels there.").format(key=builtin.key)
        form.faults.add(node.line, what=what, cure=cure)
    return builtin


def _read_quotations(form: MappingReader) -> bool:
    text = form.get_text("quotations", default="cut")
    if text not in {"cut", "whole"}:
        what = _('"quotations" is "{text}"').format(text=shorten(text))
        form.faults.add(form.get_line("quotations"), what=what, cure=_("Write cut or whole."))
    return text == "whole"


def _read_languages(form: MappingReader) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys((*form.get_texts("language"), *form.get_texts("languages"))))
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            key = "languages" if form.has("languages") else "language"
            what = _('"{language}" is not the code of a language').format(language=shorten(language))
            form.faults.add(form.get_line(key), what=what, cure=_("Write codes such as vi or en."))
    return languages
