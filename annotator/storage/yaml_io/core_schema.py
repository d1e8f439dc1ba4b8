"""Plain YAML scalars that mean something other than text.

Source: YAML 1.2.2, section 10.3.2 (core schema); for other readers also YAML 1.1 as PyYAML resolves it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from annotator.storage.limits import MAX_NUMBER_LENGTH

if TYPE_CHECKING:
    from annotator.core.annotation import Value

_CONSTANTS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBER_STARTS = frozenset("-+.0123456789")
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
# Booleans in YAML 1.1, though PyYAML does not resolve them.
_YAML_1_1_BOOLEANS = frozenset("yYnN")
_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeDumper.yaml_implicit_resolvers


def resolve_plain(text: str) -> Value:
    """Return the value of the plain scalar `text` in the core schema, or `text` itself.

    Raises:
        OverflowError: It is a number of more than `MAX_NUMBER_LENGTH` characters.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if len(text) > MAX_NUMBER_LENGTH:  # int() takes quadratic time
        if any(pattern.fullmatch(text) for pattern in (_INT, _OCTAL, _HEX, _FLOAT)):
            raise OverflowError
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text, 0)
    if _HEX.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def is_safe_plain(text: str) -> bool:
    """Return whether `text` without quotes is the same text to us and to a reader of YAML 1.1."""
    if text in _CONSTANTS or text in _YAML_1_1_BOOLEANS or text != text.strip():
        return False
    if any(pattern.match(text) for _, pattern in _RESOLVERS.get(text[0], ())):
        return False
    if text[0] not in _NUMBER_STARTS:
        return True
    return not any(pattern.fullmatch(text) for pattern in (_INT, _OCTAL, _HEX, _FLOAT))
