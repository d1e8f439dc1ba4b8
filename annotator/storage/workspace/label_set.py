"""Label sets as YAML: the built-in one and those of workspaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.core.labels import Label, LabelSet
from annotator.shipped import resource_path
from annotator.storage.errors import FaultList
from annotator.storage.workspace.label_fields import read_fields
from annotator.storage.yaml_io.format_version import parse_versioned_yaml
from annotator.storage.yaml_io.reader import MappingNode, SequenceNode, shorten
from annotator.storage.yaml_io.validation import MappingReader

if TYPE_CHECKING:
    from annotator.storage.yaml_io.reader import Node

FORMAT = "annotator-labels"
VERSION = 1

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_GREY = "#6b7280"


def load_builtin_labels() -> LabelSet:
    """Return the label set used where a workspace has none."""
    path = resource_path("labels", "policy.yaml")
    return parse_label_set(path.read_bytes(), name=path.name)


def parse_label_set(data: bytes, *, name: str) -> LabelSet:
    """Return the label set in the bytes of a file; `name` is the name by which the user knows the file.

    Raises:
        DataFileError: The file has faults; all of them, each with its line and what to do.
    """
    faults = FaultList(name)
    tree, _version = parse_versioned_yaml(data, family=FORMAT, current=VERSION, faults=faults)
    labels = read_labels(tree, faults=faults, default_key="")
    faults.raise_if_any()
    return labels


def read_labels(node: Node, *, faults: FaultList, default_key: str) -> LabelSet:
    """Return the label set at `node`: a mapping with `key` and `labels`, or just the list of labels.

    `default_key` is the key of a set that does not name its own.
    """
    whole = node if isinstance(node, MappingNode) else MappingNode(node.line, {"labels": node})
    form = MappingReader(whole, faults=faults)
    key = form.get_text("key", default=default_key)
    if not key:
        form.add_missing_fault("key", cure=_("Give the label set a name of its own, in a few letters."))
    nodes = form.get_items("labels")
    there = form.find_node("labels")
    cure = _("List at least one label, with its key and its names.")
    if there is None:
        form.add_missing_fault("labels", cure=cure)
    elif isinstance(there, SequenceNode) and not nodes:
        faults.add(there.line, what=_('"labels" has no label'), cure=cure)
    labels: list[Label] = []
    lines: dict[str, int] = {}
    for item in nodes:
        if isinstance(item, MappingNode):
            label = _read_label(MappingReader(item, faults=faults))
            _check_unique(label, item, lines, faults)
            labels.append(label)
        else:
            cure = _('Write "key", "names" and "colour" there, or delete the entry.')
            faults.add(item.line, what=_("this is not a label"), cure=cure)
    return LabelSet(key, tuple(labels))


def _read_label(form: MappingReader) -> Label:
    key = form.get_text("key")
    if not key:
        form.add_missing_fault(
            "key", cure=_("Give the label a name of its own, in a few letters; it is written in each file.")
        )
    colour = form.get_text("colour", default=_GREY)
    if not _COLOUR.fullmatch(colour) or (form.has("colour") and form.find_node("colour") is None):
        what = _('the colour is "{colour}"').format(colour=shorten(form.get_text("colour")))
        cure = _('Write # and six digits from 0 to F in quotes, as "#0072B2".')
        form.faults.add(form.get_line("colour"), what=what, cure=cure)
        colour = _GREY
    letters = form.get_by_language("letter")
    for letter in letters.values():
        if len(letter) > 2:
            what = _('the letter is "{letter}"').format(letter=shorten(letter))
            form.faults.add(form.get_line("letter"), what=what, cure=_("Write one letter, at most two."))
    return Label(
        key=key,
        names=form.get_by_language("names"),
        hints=form.get_by_language("hints"),
        colour=colour,
        letters=letters,
        fields=read_fields(form),
        extra=form.get_unread(),
    )


def _check_unique(label: Label, node: MappingNode, lines: dict[str, int], faults: FaultList) -> None:
    """Add a fault if an earlier label has the same key or letter; `lines` maps those so far to their lines."""
    message: set[str] = set()
    for place, text in [("key", label.key)] + [
        (f"letter {language}", label.letter(language)) for language in ("vi", "en")
    ]:
        kind = place.split(" ", maxsplit=1)[0]
        first = lines.setdefault(f"{place} {text}", node.line) if text else node.line
        if first != node.line and kind not in message:
            message.add(kind)
            what = _('"{text}" is the {kind} of the label in line {line} as well').format(
                text=shorten(text), kind=_("key") if kind == "key" else _("letter"), line=first
            )
            faults.add(node.line, what=what, cure=_("Give each label its own key and its own letter."))
