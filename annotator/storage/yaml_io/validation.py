"""Typed access to the values of a YAML tree, with a fault for each that does not fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.core.span import Span
from annotator.storage.limits import MAX_NUMBER_LENGTH, MAX_OFFSET
from annotator.storage.yaml_io.core_schema import resolve_plain
from annotator.storage.yaml_io.reader import MappingNode, Node, ScalarNode, SequenceNode, shorten, to_value
from annotator.storage.yaml_io.similar import find_similar

if TYPE_CHECKING:
    from collections.abc import Collection

    from annotator.core.annotation import Value
    from annotator.storage.errors import FaultList

_MAX_SPAN_TEXT = 60  # characters of what stands in place of a pair of numbers


class MappingReader:
    """A mapping with typed access by key, one method for each type of value.

    What does not fit is added to the faults and replaced by a neutral value, so that reading goes on. An empty scalar
    counts as no value. `get_unread` returns the keys that were not accessed.
    """

    def __init__(self, node: MappingNode, *, faults: FaultList) -> None:
        """Read `node`; what does not fit is added to `faults`."""
        self.line = node.line
        self.faults = faults
        self._entries = node.entries
        self._accessed: set[str] = set()

    def has(self, key: str) -> bool:
        """Return whether `key` is present, even without a value."""
        return key in self._entries

    def find_node(self, key: str) -> Node | None:
        """Return the value of `key`, or None if it has none."""
        self._accessed.add(key)
        found = self._entries.get(key)
        return None if isinstance(found, ScalarNode) and is_blank(found) else found

    def get_line(self, key: str) -> int:
        """Return the line of `key`, or that of the mapping if the key is missing."""
        node = self._entries.get(key)
        return self.line if node is None else node.line

    def get_text(self, key: str, *, default: str = "") -> str:
        """Return the text of `key` as it is written: `no` and `2026` are texts."""
        node = self.find_node(key)
        if node is None:
            return default
        if isinstance(node, ScalarNode):
            return node.text
        self.faults.add(node.line, what=_('"{key}" is not a text').format(key=key), cure=_("Write one text after it."))
        return default

    def add_missing_fault(self, key: str, *, cure: str) -> None:
        """Add a fault for `key`, which must have a value but has none, unless its value has a fault already."""
        node = self._entries.get(key)
        if node is None:
            self.faults.add(self.line, what=_('"{key}" is missing').format(key=key), cure=cure)
        elif isinstance(node, ScalarNode):
            self.faults.add(node.line, what=_('"{key}" is empty').format(key=key), cure=cure)

    def get_number(self, key: str) -> int:
        """Return the count under `key`, or 0."""
        node = self.find_node(key)
        return 0 if node is None else read_whole_number(node, name=key, faults=self.faults) or 0

    def get_share(self, key: str) -> float:
        """Return the number from 0 to 1 under `key`, or 0."""
        node = self.find_node(key)
        number = resolve_plain(node.text) if isinstance(node, ScalarNode) and node.is_plain else None
        if node is None or (isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number <= 1):
            return float(number) if isinstance(number, int | float) else 0.0
        what = _('"{key}" is not a number from 0 to 1').format(key=key)
        self.faults.add(node.line, what=what, cure=_("Write it as 0.95."))
        return 0.0

    def get_texts(self, key: str) -> tuple[str, ...]:
        """Return the texts listed under `key`, each once; a single text counts as a list of one."""
        node = self.find_node(key)
        if node is None:
            return ()
        if isinstance(node, ScalarNode):
            return (node.text,)
        if isinstance(node, SequenceNode) and all(
            isinstance(item, ScalarNode) and not is_blank(item) for item in node.items
        ):
            return tuple(dict.fromkeys(item.text for item in node.items if isinstance(item, ScalarNode)))
        what = _('"{key}" is not a list of texts').format(key=key)
        self.faults.add(node.line, what=what, cure=_("Write it as [one, two]."))
        return ()

    def get_items(self, key: str) -> list[Node]:
        """Return the nodes listed under `key`."""
        node = self.find_node(key)
        if node is None:
            return []
        if isinstance(node, SequenceNode):
            return node.items
        what = _('"{key}" is not a list').format(key=key)
        cure = _(
            'Write each entry on a line of its own, after a hyphen and a space; if there are none, write "{key}: []".'
        )
        self.faults.add(node.line, what=what, cure=cure.format(key=key))
        return []

    def get_pairs(self, key: str) -> dict[str, Node]:
        """Return the nodes by key in the mapping under `key`."""
        node = self.find_node(key)
        if node is None:
            return {}
        if isinstance(node, MappingNode):
            return node.entries
        what = _('"{key}" is not a list of names with values').format(key=key)
        self.faults.add(node.line, what=what, cure=_("Write it as {name: value}."))
        return {}

    def get_values(self, key: str) -> dict[str, Value]:
        """Return the values by key in the mapping under `key`."""
        return {name: to_value(node) for name, node in self.get_pairs(key).items()}

    def get_by_language(self, key: str) -> dict[str, str]:
        """Return the texts by language code under `key`; the code is empty for a text that holds for every language."""
        node = self.find_node(key)
        if isinstance(node, ScalarNode):
            return {"": node.text}
        form = MappingReader(
            MappingNode(self.line if node is None else node.line, self.get_pairs(key)), faults=self.faults
        )
        return {language: form.get_text(language) for language in form.keys}

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the file."""
        return tuple(self._entries)

    def find_misspelt(self, known: Collection[str]) -> dict[str, str]:
        """Return the keys that are none of `known` and the missing one of them that each probably means."""
        missing = [key for key in known if key not in self._entries]
        strange = [key for key in self._entries if key not in known] if missing else ()
        found = {key: find_similar(key, missing) for key in strange}
        return {key: meant for key, meant in found.items() if meant}

    def report_misspelt(self, known: Collection[str], *, needed: Collection[str]) -> frozenset[str]:
        """Tell of the keys that probably are misspelt; return those of `known` that are meant by them.

        One that means a key of `needed` is a fault; else it may be a key of a later version.
        """
        meant = self.find_misspelt(known)
        for key, right in meant.items():
            add = self.faults.add if right in needed else self.faults.add_remark
            add(self.get_line(key), what=misspelt_problem(key), cure=misspelt_remedy(right))
        return frozenset(meant.values())

    def get_unread(self) -> dict[str, Value]:
        """Return the values of the keys that were not accessed."""
        return {key: to_value(node) for key, node in self._entries.items() if key not in self._accessed}


def misspelt_problem(key: str) -> str:
    """Return what is wrong with a key that there is not."""
    return _('"{key}" is no key here').format(key=shorten(key))


def misspelt_remedy(meant: str) -> str:
    """Return what to do where the key `meant` is misspelt."""
    return _('Did you mean {meant}? Write "{meant}:" there.').format(meant=meant)


def is_blank(node: ScalarNode) -> bool:
    """Return whether the scalar is empty, without even quotes."""
    return node.is_plain and not node.text


def read_whole_number(node: Node, *, name: str, faults: FaultList) -> int | None:
    """Return the number at `node`, at least 0, or None with a fault; `name` is what the user knows it by."""
    if isinstance(node, ScalarNode) and node.is_plain and len(node.text) <= MAX_NUMBER_LENGTH:
        number = resolve_plain(node.text)
        if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= MAX_OFFSET:
            return number
    shown = shorten(node.text) if isinstance(node, ScalarNode) else _("a list")
    what = _('"{name}" is {shown}, which is not a whole number from 0 on').format(name=name, shown=shown)
    faults.add(node.line, what=what, cure=_("Write the count of characters in digits only."))
    return None


def read_span(node: Node, *, name: str, faults: FaultList) -> Span | None:
    """Return the span written as `[start, end]` at `node`, or None with a fault."""
    numbers = find_numbers(node)
    if not isinstance(node, SequenceNode) or len(node.items) != 2:
        what = _('"{name}" is not a pair of numbers').format(name=name)
        cure = _("Write it as [start, end], counted in characters from 0.")
        faults.add(node.line, what=what, cure=_suggest_span(numbers) or cure)
        return None
    if len(numbers) == 2 and not all(isinstance(item, ScalarNode) and _is_number(item) for item in node.items):
        what = _('"{name}" has numbers that are not written in digits only').format(name=name)
        faults.add(node.line, what=what, cure=_suggest_span(numbers))
        return None
    start, end = (read_whole_number(item, name=name, faults=faults) for item in node.items)
    if start is None or end is None:
        return None
    if start < end:
        return Span(start, end)
    shown = f"[{start}, {end}]"
    if start == end:
        what = _('"{name}" is {shown}: nothing stands there').format(name=name, shown=shown)
        faults.add(node.line, what=what, cure=_("Write an end that is greater than the start, or delete the entry."))
    else:
        what = _('"{name}" is {shown}: the end stands before the start').format(name=name, shown=shown)
        cure = _("Write the smaller number first: [{start}, {end}].").format(start=end, end=start)
        faults.add(node.line, what=what, cure=cure)
    return None


def find_numbers(node: Node) -> list[int]:
    """Return the whole numbers in `node`, in whatever way they are written; none if it has anything else."""
    if isinstance(node, ScalarNode):
        words = re.findall(r"\w+", node.text[:_MAX_SPAN_TEXT])
    elif isinstance(node, SequenceNode) and all(isinstance(item, ScalarNode) for item in node.items[:3]):
        texts = [item.text[:_MAX_SPAN_TEXT] for item in node.items[:3] if isinstance(item, ScalarNode)]
        # A dot or a comma in one of two numbers groups its digits; in a single item it may stand between two.
        words = (
            [re.sub(r"[.,\s]", "", text) for text in texts] if len(texts) > 1 else re.findall(r"\w+", "".join(texts))
        )
    else:
        return []
    return [int(word) for word in words] if all(re.fullmatch(r"[0-9]{1,9}", word) for word in words) else []


def _is_number(node: ScalarNode) -> bool:
    return node.is_plain and node.text.isascii() and node.text.isdigit()


def _suggest_span(numbers: list[int]) -> str:
    if len(numbers) != 2:
        return ""
    return _("Write it as [{start}, {end}].").format(start=min(numbers), end=max(numbers))
