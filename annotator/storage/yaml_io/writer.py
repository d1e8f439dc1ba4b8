"""Writer of YAML that reads well, diffs well and is read back as the same values.

A text is read back exactly by our reader and by any reader of YAML 1.1; only a lone surrogate, which no file can hold,
becomes U+FFFD.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, Union

import yaml

from annotator.storage.limits import MAX_NUMBER_LENGTH
from annotator.storage.yaml_io.core_schema import is_safe_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MAX_DEPTH = 24
_NO_FOLDING_WIDTH = 2**31 - 1  # else libyaml folds lines at 80, and a changed word moves all that follow
_MAX_BITS = 4 * MAX_NUMBER_LENGTH  # beyond it str() is not tried: it takes quadratic time, and hex() does not
_SURROGATE = re.compile("[\ud800-\udfff]")
_STAND_IN_CANDIDATES = re.compile("[\ud800-\uf8ff\U00010000-\U0010ffff]")
_PRIVATE = range(0xE000, 0xF900)
_OTHER_BREAKS = re.compile("[\r\x85\u2028\u2029]")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[-+]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class FlowStyle:
    """A list or mapping to be written on one line, in brackets."""

    value: Mapping[str, StyledValue] | Sequence[StyledValue]


@dataclass(frozen=True, slots=True)
class SingleLine:
    """A text to be written on one line, its line ends escaped."""

    text: str


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A time in ISO 8601 with an offset, to be written without quotes. Anything else is written as text."""

    text: str


StyledValue: TypeAlias = Union[
    "Mapping[str, StyledValue]", "Sequence[StyledValue]", FlowStyle, SingleLine, Timestamp, bool, int, float, str, None
]

_Plain: TypeAlias = bool | int | float | None


def dump_yaml(value: Mapping[str, StyledValue] | Sequence[StyledValue]) -> str:
    """Return `value` as YAML in block style, with a final newline; keys stay in their order.

    A whole number too long to be read back becomes a text, and what is nested more than 24 deep becomes JSON in a text.
    """
    try:
        return _emit(value, _StandIns())
    except _ExhaustedError:
        return _emit(value, None)


def _emit(value: StyledValue, stand_ins: _StandIns | None) -> str:
    events: list[yaml.Event] = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False)]
    _EventWriter(events, stand_ins).add(value, depth=0)
    events += [yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]
    text: str = yaml.emit(events, Dumper=yaml.CSafeDumper, allow_unicode=True, width=_NO_FOLDING_WIDTH)
    return stand_ins.decode(text) if stand_ins else text


class _ExhaustedError(Exception):
    """There are more different rare characters than stand-ins."""


class _StandIns:
    """Private-use characters that stand for astral ones while libyaml writes, as it would escape those.

    See https://github.com/yaml/libyaml/issues/279. Private-use characters of the text itself get stand-ins as well.
    """

    def __init__(self) -> None:
        self._by_character: dict[int, int] = {}

    def encode(self, text: str) -> str:
        """Return `text` with its rare characters replaced by stand-ins."""
        for character in map(ord, set(_STAND_IN_CANDIDATES.findall(text))):
            if character not in self._by_character:
                if len(self._by_character) == len(_PRIVATE):
                    raise _ExhaustedError
                self._by_character[character] = _PRIVATE[len(self._by_character)]
        return text.translate(self._by_character)

    def decode(self, text: str) -> str:
        """Return `text` with the stand-ins replaced by the rare characters."""
        if not self._by_character:
            return text
        return text.translate({stand_in: character for character, stand_in in self._by_character.items()})


class _EventWriter:
    """Makes the events that libyaml writes."""

    def __init__(self, events: list[yaml.Event], stand_ins: _StandIns | None) -> None:
        self._events = events
        self._stand_ins = stand_ins

    def add(self, value: StyledValue, *, depth: int, flow: bool = False) -> None:
        """Add the events of `value`, which is nested `depth` deep in lists and mappings."""
        if isinstance(value, FlowStyle):
            self.add(value.value, depth=depth, flow=True)
        elif isinstance(value, str):
            self._add_text(value, "|" if not flow else '"')
        elif isinstance(value, SingleLine):
            self._add_text(value.text, '"')
        elif isinstance(value, Timestamp):
            self._add_timestamp(value.text)
        elif value is None or isinstance(value, (bool, int, float)):
            self._add_plain(value)
        else:
            self._add_container(value, depth=depth, flow=flow)

    def _add_container(
        self, value: Mapping[str, StyledValue] | Sequence[StyledValue], *, depth: int, flow: bool
    ) -> None:
        if depth >= _MAX_DEPTH:
            self._add_text(json.dumps(value, ensure_ascii=False), '"')
            return
        if isinstance(value, (list, tuple)):
            self._events.append(yaml.SequenceStartEvent(None, None, implicit=True, flow_style=flow))
            for item in value:
                self.add(item, depth=depth + 1, flow=flow)
            self._events.append(yaml.SequenceEndEvent())
            return
        self._events.append(yaml.MappingStartEvent(None, None, implicit=True, flow_style=flow))
        for key, item in value.items():  # type: ignore[union-attr]
            self._add_text(key, '"')
            self.add(item, depth=depth + 1, flow=flow)
        self._events.append(yaml.MappingEndEvent())

    def _add_text(self, text: str, style: str) -> None:
        """Add `text`; `style` is that of a text of several lines."""
        text = str(text)  # libyaml takes no subclass of str, such as StrEnum
        if not text.isascii() and _STAND_IN_CANDIDATES.search(text):
            text = _SURROGATE.sub("\ufffd", text)
            text = self._stand_ins.encode(text) if self._stand_ins else text
        self._events.append(yaml.ScalarEvent(None, None, (True, True), text, style=_choose_style(text, style)))

    def _add_timestamp(self, text: str) -> None:
        if not _is_timestamp(text):
            self._add_text(text, '"')
            return
        self._events.append(yaml.ScalarEvent(None, None, (True, True), text))

    def _add_plain(self, value: _Plain) -> None:
        text = _format_plain(value)
        if len(text) > MAX_NUMBER_LENGTH:
            self._add_text(text, '"')
            return
        self._events.append(yaml.ScalarEvent(None, None, (True, True), text))


def _choose_style(text: str, style: str) -> str | None:
    """Return the style in which libyaml is to write `text`; None lets libyaml add quotes where it must."""
    if "\n" not in text:
        if _OTHER_BREAKS.search(text):
            return '"'
        return None if is_safe_plain(text) else "'"
    # Leading or trailing blank lines would need indicators that are hard to read, and "..." after the document.
    if style != "|" or text[0] == "\n" or text.endswith("\n\n") or _OTHER_BREAKS.search(text):
        return '"'
    return style


def _is_timestamp(text: str) -> bool:
    if not _TIMESTAMP.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _format_plain(value: _Plain) -> str:
    """Return a value that is not text, as both YAML 1.1 and the core schema of YAML 1.2 read it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        text = str(value) if value.bit_length() <= _MAX_BITS else ""
        return text if 0 < len(text) <= MAX_NUMBER_LENGTH else hex(value)
    if value != value:  # noqa: PLR0124  # only NaN differs from itself
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    return text if "." in text else text.replace("e", ".0e")
