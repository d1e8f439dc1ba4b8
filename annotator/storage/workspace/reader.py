"""Reader of a workspace's settings, its `annotator.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.errors import FaultList
from annotator.storage.workspace.label_set import load_builtin_labels, read_labels
from annotator.storage.yaml_io.format_version import read_ours
from annotator.storage.yaml_io.reader import Scalar, shortened
from annotator.storage.yaml_io.validation import Form

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
    extend the built-in ones. `annotators` is empty where one annotator works alone. If `is_quote_kept_whole`, a
    quotation of several sentences is one sentence.
    """

    labels: LabelSet = field(default_factory=load_builtin_labels)
    languages: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    is_quote_kept_whole: bool = False
    extra: Mapping[str, Value] = field(default_factory=dict)


def parse_workspace(data: bytes, *, name: str = WORKSPACE_FILE) -> WorkspaceSettings:
    """Return the settings in the bytes of `annotator.yaml`; `name` is the name by which the user knows the file.

    Raises:
        SidecarError: The file has faults; all that could be found, each with its line and what to do.
    """
    faults = FaultList(name)
    tree, _version = read_ours(data, family=FORMAT, current=VERSION, faults=faults)
    settings = _settings(Form(tree, faults=faults))
    faults.raise_any()
    return settings


def _settings(form: Form) -> WorkspaceSettings:
    form.text("format")
    return WorkspaceSettings(
        labels=_labels(form),
        languages=_languages(form),
        abbreviations=form.texts("abbreviations"),
        annotators=form.texts("annotators"),
        is_quote_kept_whole=_is_whole(form),
        extra=form.rest(),
    )


def _labels(form: Form) -> LabelSet:
    builtin = load_builtin_labels()
    node = form.node("labels")
    if node is None:
        return builtin
    if not isinstance(node, Scalar):
        return read_labels(node, faults=form.faults, default_key="workspace")
    if node.text != builtin.key:
        what = _('there is no label set "{key}"').format(key=shortened(node.text))
        cure = _("Write {key}, or list the labels there.").format(key=builtin.key)
        form.faults.add(node.line, what=what, cure=cure)
    return builtin


def _is_whole(form: Form) -> bool:
    text = form.text("quotations", default="cut")
    if text not in {"cut", "whole"}:
        what = _('"quotations" is "{text}"').format(text=shortened(text))
        form.faults.add(form.line_of("quotations"), what=what, cure=_("Write cut or whole."))
    return text == "whole"


def _languages(form: Form) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys((*form.texts("language"), *form.texts("languages"))))
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            key = "languages" if form.has("languages") else "language"
            what = _('"{language}" is not the code of a language').format(language=shortened(language))
            form.faults.add(form.line_of(key), what=what, cure=_("Write codes such as vi or en."))
    return languages
