"""Writer of a workspace's `annotator.yaml`.

An existing file is changed as little as possible: where only the labels differ, the other lines stay as they were
written, comments included.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.storage.errors import DataFileError, Fault, FaultList
from annotator.storage.workspace.label_fields import fields_to_yaml
from annotator.storage.workspace.label_set import load_builtin_labels
from annotator.storage.workspace.reader import FORMAT, VERSION, WORKSPACE_FILE, parse_workspace
from annotator.storage.yaml_io.reader import MappingNode, parse_tree, to_value
from annotator.storage.yaml_io.writer import FlowStyle, SingleLine, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.core.annotation import Value
    from annotator.core.labels import Label, LabelSet
    from annotator.storage.workspace.reader import WorkspaceSettings
    from annotator.storage.yaml_io.writer import StyledValue

_COMMENT = "# What holds for every article in this folder. Safe to edit by hand; `annotator check` tells of mistakes.\n"
_DEFAULT_SET_KEY = "workspace"
"""The key of a label set that is written as a list alone."""
_LANGUAGE_KEYS = ("language", "languages")
_KEYS = frozenset({"format", "labels", *_LANGUAGE_KEYS, "abbreviations", "quotations", "annotators"})
_SET_KEYS = frozenset({"key", "labels"})
_LABEL_KEYS = frozenset({"key", "names", "letter", "colour", "hints", "fields"})
# Line ends as libyaml counts them; str.splitlines knows more, such as form feeds.
_LINE = re.compile("[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|$)")


def render_workspace(settings: WorkspaceSettings, *, order: Sequence[str] = ()) -> str:
    """Return the text of an `annotator.yaml` with `settings`; keys named in `order` come in that order."""
    return _render(settings, order, {})


def update_workspace(data: bytes | None, settings: WorkspaceSettings) -> bytes:
    """Return the bytes of a file with `settings`, based on its present content `data` (None: there is no file).

    Raises:
        DataFileError: `data` cannot be read, so it must not be replaced; or the result would not be read back as the
            same settings.
    """
    if data is None:
        return _verify(render_workspace(settings), settings).encode()
    old = parse_workspace(data)
    tree = parse_tree(data, faults=FaultList(WORKSPACE_FILE))
    entries = tree.entries if isinstance(tree, MappingNode) else {}
    own = entries.get("labels")
    set_extra = {key: to_value(node) for key, node in own.entries.items()} if isinstance(own, MappingNode) else {}
    if replace(old, labels=settings.labels) == settings:
        section = dump_yaml({"labels": _labels_to_yaml(settings.labels, set_extra)})
        text = _splice_labels(data.decode("utf-8-sig"), {key: node.line for key, node in entries.items()}, section)
        if text is not None and _is_read_back_as(text, settings):
            return text.encode()
    return _verify(_render(settings, tuple(entries), set_extra), settings).encode()


def _render(settings: WorkspaceSettings, order: Sequence[str], set_extra: Mapping[str, Value]) -> str:
    values: dict[str, StyledValue] = {
        "format": f"{FORMAT}/{VERSION}",
        "labels": _labels_to_yaml(settings.labels, set_extra),
        "languages": FlowStyle(settings.languages) if settings.languages else None,
        "abbreviations": FlowStyle(settings.abbreviations) if settings.abbreviations else None,
        "quotations": "whole" if settings.keeps_quotes_whole else None,
        "annotators": FlowStyle(settings.annotators) if settings.annotators else None,
    }
    values = {key: value for key, value in values.items() if value is not None}
    values.update((key, value) for key, value in settings.extra.items() if key not in _KEYS)
    places = {"languages" if key in _LANGUAGE_KEYS else key: place for place, key in enumerate(order)}
    ordered = sorted(values, key=lambda key: places.get(key, len(places)) if key != "format" else -1)
    return _COMMENT + dump_yaml({key: values[key] for key in ordered})


def _labels_to_yaml(labels: LabelSet, extra: Mapping[str, Value]) -> StyledValue:
    if labels == load_builtin_labels():
        return labels.key
    written = [_label_to_yaml(label) for label in labels]
    rest = {key: value for key, value in extra.items() if key not in _SET_KEYS}
    if labels.key == _DEFAULT_SET_KEY and not rest:
        return written
    return {"key": SingleLine(labels.key), "labels": written, **rest}


def _label_to_yaml(label: Label) -> dict[str, StyledValue]:
    values: dict[str, StyledValue] = {"key": SingleLine(label.key)}
    if label.names:
        values["names"] = _texts_to_yaml(label.names)
    if label.letters:
        values["letter"] = _texts_to_yaml(label.letters)
    values["colour"] = label.colour
    if label.hints:
        hints = _texts_to_yaml(label.hints)
        values["hints"] = hints.value if isinstance(hints, FlowStyle) else hints
    if label.fields:
        values["fields"] = fields_to_yaml(label.fields)
    values.update((key, value) for key, value in label.extra.items() if key not in _LABEL_KEYS)
    return values


def _texts_to_yaml(texts: Mapping[str, str]) -> FlowStyle | SingleLine:
    """Return texts by language code, or the single text that holds for every language."""
    if set(texts) == {""}:
        return SingleLine(texts[""])
    return FlowStyle({language: SingleLine(text) for language, text in texts.items()})


def _splice_labels(text: str, lines: Mapping[str, int], section: str) -> str | None:
    """Return `text` with the lines of its labels replaced by `section`, or None if other keys share these lines.

    `lines` are those of the top-level keys, from 1.
    """
    pieces = [piece for piece in _LINE.findall(text) if piece]
    if "\r\n" in text:
        section = section.replace("\n", "\r\n")
    if "labels" not in lines:
        whole = "".join(pieces)
        return whole + ("" if whole.endswith("\n") else "\n") + section
    first = lines["labels"] - 1
    if any(line == lines["labels"] for key, line in lines.items() if key != "labels"):
        return None
    # Comments and blank lines before the next key belong to that key.
    end = min((line - 1 for line in lines.values() if line - 1 > first), default=len(pieces))
    while end > first + 1 and (pieces[end - 1].startswith("#") or not pieces[end - 1].strip()):
        end -= 1
    return "".join((*pieces[:first], section, *pieces[end:]))


def _verify(text: str, settings: WorkspaceSettings) -> str:
    if _is_read_back_as(text, settings):
        return text
    parse_workspace(text.encode())  # raises the actual faults, if it has any
    cure = _("Look for characters that no file can hold, and for very long numbers.")
    what = _("this would not be read again as it was meant, so nothing is written")
    raise DataFileError(WORKSPACE_FILE, faults=[Fault(0, what, cure)])


def _is_read_back_as(text: str, settings: WorkspaceSettings) -> bool:
    """Return whether `text` is read as `settings`; compared in written form, since NaN differs from itself."""
    try:
        found = parse_workspace(text.encode())
    except DataFileError:
        return False
    order = sorted({*found.extra, *settings.extra})  # the order of unknown keys has no meaning
    return render_workspace(found, order=order) == render_workspace(settings, order=order)
