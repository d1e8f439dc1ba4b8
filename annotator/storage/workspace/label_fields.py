"""The fields of a label, read from and written to a label set file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.fields import Field, FieldKind, Option
from annotator.core.i18n import _
from annotator.storage.yaml_io.reader import MappingNode, ScalarNode, shorten
from annotator.storage.yaml_io.validation import MappingReader, is_blank
from annotator.storage.yaml_io.writer import FlowStyle, SingleLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.core.annotation import Value
    from annotator.storage.errors import FaultList
    from annotator.storage.yaml_io.reader import Node
    from annotator.storage.yaml_io.writer import StyledValue


def read_fields(form: MappingReader) -> tuple[Field, ...]:
    """Return the fields under `fields` of the label `form`; what does not fit is added to the form's faults.

    A field is a mapping with `key`, `kind`, `names` and, for a choice or a unit, `options`; or a single text, which is
    the key of a text field.
    """
    fields: list[Field] = []
    lines: dict[str, int] = {}
    for node in form.get_items("fields"):
        field = _read_field(node, form.faults)
        if field is None:
            continue
        if field.key in lines:
            what = _('"{key}" is the key of the field in line {line} as well')
            what = what.format(key=shorten(field.key), line=lines[field.key])
            form.faults.add(node.line, what=what, cure=_("Give each field of a label its own key."))
        elif field.key:
            lines[field.key] = node.line
        fields.append(field)
    return tuple(fields)


def fields_to_yaml(fields: tuple[Field, ...]) -> list[StyledValue]:
    """Return the values to write under `fields`, which `read_fields` turns into the same fields again."""
    return [_field_to_yaml(field) for field in fields]


def _read_field(node: Node, faults: FaultList) -> Field | None:
    if isinstance(node, ScalarNode) and not is_blank(node):
        return Field(node.text)
    if not isinstance(node, MappingNode):
        cure = _('Write "key", "kind" and "names" there, or delete the entry.')
        faults.add(node.line, what=_("this is not a field"), cure=cure)
        return None
    form = MappingReader(node, faults=faults)
    key = form.get_text("key")
    if not key:
        form.add_missing_fault(
            "key", cure=_("Give the field a name of its own, in a few letters; it is written in each file.")
        )
    kind = _read_kind(form)
    options = _read_options(form, kind)
    return Field(key, kind or FieldKind.TEXT, form.get_by_language("names"), options, form.get_unread())


def _read_kind(form: MappingReader) -> FieldKind | None:
    text = form.get_text("kind", default=FieldKind.TEXT)
    if text in tuple(FieldKind):
        return FieldKind(text)
    what = _('there is no kind of field called "{kind}"').format(kind=shorten(text))
    cure = _("Write one of these: {kinds}.").format(kinds=", ".join(FieldKind))
    form.faults.add(form.get_line("kind"), what=what, cure=cure)
    return None


def _read_options(form: MappingReader, kind: FieldKind | None) -> tuple[Option, ...]:
    options: list[Option] = []
    lines: dict[str, int] = {}
    for node in form.get_items("options"):
        option = _read_option(node, form.faults)
        if option is not None:
            _check_distinct(option, node, lines, form.faults)
            options.append(option)
    if kind is None:
        return tuple(options)
    if options and not kind.has_options:
        what = _("a field of the kind {kind} has no options").format(kind=kind)
        form.faults.add(form.get_line("options"), what=what, cure=_("Delete them, or write kind: choice."))
    if kind is FieldKind.CHOICE and form.find_node("options") is None:
        what = _("there is nothing to choose from")
        form.faults.add(form.line, what=what, cure=_("List what can be chosen, as options: [one, two]."))
    return tuple(options)


def _read_option(node: Node, faults: FaultList) -> Option | None:
    if isinstance(node, ScalarNode) and not is_blank(node):
        return Option(node.text)
    if not isinstance(node, MappingNode):
        faults.add(node.line, what=_("this is not an option"), cure=_('Write "key" and "names" there, or one text.'))
        return None
    form = MappingReader(node, faults=faults)
    key = form.get_text("key")
    if not key:
        form.add_missing_fault("key", cure=_("Give the option a name of its own; it is written in each file."))
    return Option(key, form.get_by_language("names"), form.get_unread())


def _check_distinct(option: Option, node: Node, lines: dict[str, int], faults: FaultList) -> None:
    """Add a fault if an earlier option has the same key or name; `lines` maps the words so far to their lines."""
    for word in dict.fromkeys(option.folded_names):
        if word in lines:
            what = _('"{word}" is what the option in line {line} is called as well')
            what = what.format(word=shorten(word), line=lines[word])
            faults.add(node.line, what=what, cure=_("Give each option its own key and its own names."))
            return
    lines.update(dict.fromkeys(option.folded_names, node.line))


def _field_to_yaml(field: Field) -> StyledValue:
    written: dict[str, StyledValue] = {"key": SingleLine(field.key)}
    if field.kind is not FieldKind.TEXT:
        written["kind"] = str(field.kind)
    if field.names:
        written["names"] = _names_to_yaml(field.names)
    if field.options:
        written["options"] = [_option_to_yaml(option) for option in field.options]
    return {**written, **_get_unknown(field.extra, written)}


def _option_to_yaml(option: Option) -> StyledValue:
    if not option.names and not option.extra:
        return option.key
    written: dict[str, StyledValue] = {"key": option.key}
    if option.names:
        written["names"] = _names_to_yaml(option.names)
    return FlowStyle({**written, **_get_unknown(option.extra, written)})


def _names_to_yaml(names: Mapping[str, str]) -> StyledValue:
    """Return names by language, or the single name that holds for every language."""
    return SingleLine(names[""]) if list(names) == [""] else FlowStyle(dict(names))


def _get_unknown(extra: Mapping[str, Value], known: Mapping[str, StyledValue]) -> dict[str, Value]:
    return {key: value for key, value in extra.items() if key not in known}
