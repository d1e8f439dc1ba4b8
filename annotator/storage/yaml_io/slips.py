"""Slips of the hand in YAML that its parser notices lines later, or takes for text: found line by line.

This runs only on the lines around what could not be read, so a text that looks like a slip is not taken for one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

_SHOWN = 90  # characters of a mended line that are shown in a cure
_BLANKS = "\t\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200E))) + "\u202f\u205f\u2060\u3000\ufeff"
_INDENT = re.compile(rf"[ {_BLANKS}]*")
_BLANK = re.compile(rf"[{_BLANKS}]")
_COLONS = "：﹕∶︰꞉"
_DASHES = "–—−‐‑‒―•·●▪"  # what word processors make of a hyphen
_WORD = r"[A-Za-z_][A-Za-z0-9_]*"
_ITEM = r"(?P<indent> *)(?P<items>(?:- +)*)"
_ENTRY = re.compile(rf"{_ITEM}(?P<key>{_WORD}|\"[^\"]*\"|'[^']*') *:(?:[ \t]+(?P<value>.*))?$")
_BLOCK_SCALAR = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_DOUBLE = re.compile(r"\"(?:[^\"\\]|\\.)*\"")
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_COMMENT = re.compile(r"[ \t]*(?:#.*)?$")
_CURLY = "“”„‟«»‘’"  # quotation marks that mean nothing to YAML


class Slip(NamedTuple):
    """What is wrong in a line (from 1), what to do, and the line as it was meant, or None if it is two lines."""

    line: int
    what: str
    cure: str
    mended: str | None


def find_slips(
    lines: Sequence[str], *, suspects: Container[int], last: int, keys: Collection[str], is_broken: bool
) -> list[Slip]:
    """Return the slips in the lines `suspects`, numbered from 1, of which the greatest is `last`.

    Of a line with several slips only the first is returned.

    Args:
        lines: All lines of the file.
        suspects: The numbers of the lines to look at.
        last: The greatest of them.
        keys: The keys that may be meant, in small letters.
        is_broken: True if the parser gave up, False if it took the lines for the rest of a text.
    """
    slips: list[Slip] = []
    outline = _Outline()
    for number, line in enumerate(lines[:last], start=1):
        if outline.is_inside_text(line):
            continue
        slip = None
        if number in suspects and line.strip() and not line.lstrip(" ").startswith("#"):
            found = _find_slip(line, keys, outline, lines[number : number + 1] if is_broken else None)
            slip = Slip(number, *found) if found else None
        if slip is not None:
            slips.append(slip)
        outline.add(line if slip is None or slip.mended is None else slip.mended)
    return slips


def find_keys(lines: Sequence[str]) -> set[str]:
    """Return the words that stand as keys in `lines`."""
    return {found["key"] for line in lines if (found := _ENTRY.match(line))}


class _Outline:
    """The columns of the open mappings and lists above a line."""

    def __init__(self) -> None:
        self._columns: list[int] = []
        self.is_open = False  # the entry before has no value, so that deeper lines may follow
        self.dash = 0  # the column of the last hyphen
        self._text_column = -1  # column of the entry whose text goes on in the lines below it, else -1

    @property
    def column(self) -> int:
        """The column of the entry before."""
        return self._columns[-1] if self._columns else 0

    def has_column(self, column: int) -> bool:
        """Return whether an entry may begin at `column`."""
        return column in self._columns or (self.is_open and column > self.column)

    def is_inside_text(self, line: str) -> bool:
        """Return whether `line` belongs to a text that was begun with | or >."""
        if self._text_column < 0:
            return False
        depth = len(line) - len(line.lstrip(" "))
        if not line.strip() or depth > self._text_column:
            return True
        self._text_column = -1
        return False

    def find_meant(self, line: str) -> int | None:
        """Return the column at which `line` should begin, or None if it stands well."""
        entry = _ENTRY.match(line)
        if entry is None or not self._columns:
            return None
        column = len(entry["indent"])
        if column in self._columns or (self.is_open and column > self.column):
            return None
        if entry["items"]:  # a list may stand at the column of its key
            return next((one for one in reversed(self._columns) if one < column), 0)
        deeper = [one for one in self._columns if one > column]
        return deeper[0] if deeper else self.column

    def add(self, line: str) -> None:
        """Go on below `line`."""
        entry = _ENTRY.match(line)
        if entry is None:
            if line.strip() and not line.lstrip().startswith("#"):
                self.is_open = False
            return
        dash, column = len(entry["indent"]), len(entry["indent"]) + len(entry["items"])
        self._columns = [one for one in self._columns if one < dash]
        self._columns += [dash, column] if entry["items"] else [dash]
        self.dash = dash
        value = (entry["value"] or "").strip()
        self.is_open = not value or value.startswith("#")
        self._text_column = column if _BLOCK_SCALAR.match(value) else -1


_Found = tuple[str, str, str | None]


def _find_slip(line: str, keys: Collection[str], outline: _Outline, following: Sequence[str] | None) -> _Found | None:
    """Return the slip in `line`, or None; `following` is the line after it, None if `line` was taken for text."""
    found = (
        _find_indent(line, outline) or _find_hyphen(line, keys) or _find_colon(line, keys, is_text=following is None)
    )
    if found is not None or following is None:
        return found
    return (
        _find_comment(line)
        or _find_two(line, keys)
        or _find_open_quote(line, following)
        or _find_value(line)
        or _find_column(line, outline)
    )


def _write(line: str) -> str:
    shown = line.strip()
    return _("Write: {line}").format(line=shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…")


def _find_indent(line: str, outline: _Outline) -> _Found | None:
    """Find what looks like spaces before the first word and is none."""
    indent = _INDENT.match(line)
    assert indent is not None  # noqa: S101  # it matches nothing as well
    found = _BLANK.search(indent[0])
    if found is None:
        return None
    rest = line[indent.end() :]
    if found[0] == "\t":
        what = _("the line begins with a tab")
    elif found[0] == "\u00a0":
        what = _("the line begins with a no-break space")
    else:
        what = _("the line begins with a character that is no space (U+{code:04X})").format(code=ord(found[0]))
    depth = len([one for one in indent[0] if unicodedata.category(one) != "Cf"])
    if "\t" in indent[0] or rest.startswith("-") or not outline.has_column(depth):
        depth = outline.dash if rest.startswith("-") else outline.column + 2 * outline.is_open
    cure = _("Delete what stands before its first word, and put {count} spaces there.").format(count=depth)
    return what, cure, " " * depth + rest


def _find_hyphen(line: str, keys: Collection[str]) -> _Found | None:
    """Find an item of a list that does not begin with a hyphen and a space."""
    found = re.match(rf"( *)([{_DASHES}])[ {_BLANKS}]*(?=\[|(?P<key>{_WORD}) *[:{_COLONS}])", line)
    if found:
        mended = f"{found[1]}- {line[found.end() :]}"
        return _("{found} is not {meant}").format(found=found[2], meant="-"), _write(mended), mended
    found = re.match(rf"( *)-([{_BLANKS}]*)(?=\[|(?P<key>{_WORD})[ ]*[:{_COLONS}])", line)
    if found is None or (found["key"] and found["key"].lower() not in keys):
        return None
    mended = f"{found[1]}- {line[found.end() :]}"
    what = _("there is no space after the hyphen")
    if found[2]:
        what = _("after the hyphen stands something that only looks like a space")
    return what, _write(mended), mended


def _find_comment(line: str) -> _Found | None:
    found = re.match(r"( *)(?://+|--+ |;+ ?|/\*)", line)
    if found is None or line.startswith("---"):
        return None
    mended = f"{found[1]}# {line[found.end() :].strip()}"
    return _("this is no comment to YAML: one begins with #"), _write(mended), mended


def _find_colon(line: str, keys: Collection[str], *, is_text: bool) -> _Found | None:
    """Find a key that is not followed by a colon and a space."""
    found = re.match(rf"{_ITEM}(?P<key>{_WORD})(?P<mark>[^\w].*)$", line)
    if found is None or found["key"].lower() not in keys:
        return None
    head, key, tail = f"{found['indent']}{found['items']}{found['key']}:", found["key"], found["mark"]
    rest = tail.lstrip(" ")
    value = rest[1:].lstrip(f" {_BLANKS}")
    mended = f"{head} {value}".rstrip()
    if rest[:1] and rest[0] in f"{_COLONS};=":
        return _("{found} is not {meant}").format(found=rest[0], meant=":"), _write(mended), mended
    if rest.startswith(":") and _BLANK.match(rest[1:].lstrip(" ")) and rest[1:].lstrip(" ")[0] != "\t":
        what = _('after "{key}:" stands a no-break space or another character that only looks like a space')
        return what.format(key=key), _write(mended), mended
    if rest.startswith(":") and rest[1:2].strip() and not rest.startswith("://"):
        return _('there is no space after "{key}:"').format(key=key), _write(mended), mended
    if tail.startswith(" ") and rest and not re.search(r":(?: |$)", rest) and (rest[0] == "[" or not is_text):
        mended = f"{head} {rest}"
        return _('there is no colon after "{key}"').format(key=key), _write(mended), mended
    return None


def _find_two(line: str, keys: Collection[str]) -> _Found | None:
    """Find a second entry behind a value."""
    for found in re.finditer(rf"[\]\"'}}\w] +(?P<key>{_WORD}):(?: |$)", line):
        before = _ENTRY.match(line[: found.start() + 1])
        if before and found["key"].lower() in keys and _is_whole(before["value"] or ""):
            what = _('"{key}" stands on the line of another entry').format(key=found["key"])
            indent = " " * (len(before["indent"]) + len(before["items"]))
            second = line[found.start("key") :]
            cure = _("Each entry needs a line of its own: begin a new one before it, indented like the others.")
            return what, cure, f"{line[: found.start() + 1]}\n{indent}{second}" if not indent else None
    return None


def _is_whole(value: str) -> bool:
    """Return whether `value` ends where its brackets or quotes do."""
    if value.startswith("["):
        return value.endswith("]")
    return value[:1] not in {'"', "'"} or bool(_DOUBLE.fullmatch(value) or _SINGLE.fullmatch(value))


def _find_value(line: str) -> _Found | None:
    """Find a value that needs quotes, or has brackets or quotes that do not match."""
    entry = _ENTRY.match(line)
    value = (entry["value"] or "").strip() if entry else ""
    if entry is None or not value or _BLOCK_SCALAR.match(value):
        return None
    head = line[: entry.start("value")]
    if value[0] in "[{":
        return _find_bracket(head, value)
    quoted = f"{head}{_quote(value)}"
    if value[0] in "\"'":
        whole = (_DOUBLE if value[0] == '"' else _SINGLE).match(value)
        if whole is None or _COMMENT.match(value, whole.end()):
            return None
        inner = value[1:-1] if value[-1] == value[0] and value[0] == "'" else value
        mended = f"{head}{_quote(inner)}"
        return _("the text goes on after its closing quote, but needs quotes as a whole"), _write(mended), mended
    if value[0] in _CURLY and value[-1] in _CURLY:
        mended = f"{head}{_quote(value[1:-1])}"
        what = _("{character} is no quote to YAML").format(character=value[0])
        return what, _write(mended), mended
    if re.search(r":(?: |$)", value):
        what = _("the text has a colon in it, so it needs quotes")
        return what, _write(quoted), quoted
    if value[0] in "*&!%@`|>," or value[:2] in {"- ", "? ", ": "} or value in {"-", "?"}:
        what = _("a text that begins with {character} needs quotes").format(character=value[0])
        return what, _write(quoted), quoted
    return None


def _find_bracket(head: str, value: str) -> _Found | None:
    opened, closed = ("[", "]") if value[0] == "[" else ("{", "}")
    bare = _SINGLE.sub("", _DOUBLE.sub("", re.sub(r" #.*$", "", value))).rstrip()
    if bare.count(opened) != bare.count(closed):
        inner = value.strip("[]{} ")
        mended = f"{head}{opened}{inner}{closed}"
        return _("a bracket is missing or one too many"), _write(mended), mended
    if bare.endswith(closed):
        return None
    mended = f"{head}{_quote(value)}"
    return _("the text goes on after its closing bracket, so it needs quotes"), _write(mended), mended


def _find_open_quote(line: str, following: Sequence[str]) -> _Found | None:
    entry = _ENTRY.match(line)
    value = (entry["value"] or "").strip() if entry else ""
    if entry is None or value[:1] not in {'"', "'"}:
        return None
    if (_DOUBLE if value[0] == '"' else _SINGLE).match(value) or (following and not _ENTRY.match(following[0])):
        return None
    inner = value[1:].replace("''", "'") if value[0] == "'" else value[1:]
    mended = f"{line[: entry.start('value')]}{_quote(inner)}"
    return _("the quote at the beginning of the text is not closed"), _write(mended), mended


def _find_column(line: str, outline: _Outline) -> _Found | None:
    meant = outline.find_meant(line)
    if meant is None:
        return None
    depth = len(line) - len(line.lstrip(" "))
    what = _("the line is indented by {count}, not by {meant} spaces as those above").format(count=depth, meant=meant)
    cure = _("Put {count} spaces before its first word.").format(count=meant)
    return what, cure, " " * meant + line.lstrip(" ")


def _quote(text: str) -> str:
    """Return `text` in single quotes, in which only a quote itself is special."""
    return "'" + text.replace("'", "''") + "'"
