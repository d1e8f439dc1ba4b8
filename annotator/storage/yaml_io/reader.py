"""YAML parsed into a tree of nodes with line numbers; safe with any input.

Only the plain part of YAML is accepted: one document of mappings, sequences and scalars. Tags, anchors, aliases and
merge keys are refused, and so are depth and size beyond `annotator.storage.limits`. The parser does not recurse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from annotator.core.i18n import _
from annotator.storage.errors import FaultList
from annotator.storage.limits import MAX_DEPTH, MAX_FILE_BYTES, MAX_KEY_LENGTH, MAX_NODES, MAX_NUMBER_LENGTH
from annotator.storage.yaml_io.core_schema import resolve_plain
from annotator.storage.yaml_io.slips import find_keys, find_slips

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from annotator.core.annotation import Value

_OPEN = re.compile("quoted scalar|flow sequence|flow mapping")  # what must be closed, in the words of libyaml
_MAX_ROUNDS = 40  # times that a file is read anew after a slip in it was mended
_MAX_REREAD = 64 * 1024 * 1024  # characters read anew in all of these
# The complement of what YAML 1.2.2 calls printable, section 5.1, with the byte order mark forbidden inside a text.
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# libyaml compares each directive with all others, which takes quadratic time; it breaks lines at these characters.
_DIRECTIVE = re.compile("(?:\\A|[\n\r\x85\u2028\u2029])%")


class ScalarNode(NamedTuple):
    """A text as written; `is_plain` if it has no quotes and so may mean, say, a number.

    `line` counts from 1; a mapping's value has the line of its key.
    """

    line: int
    text: str
    is_plain: bool


class SequenceNode(NamedTuple):
    """A sequence."""

    line: int
    items: list[Node]


class MappingNode(NamedTuple):
    """A mapping; its keys are texts as written, whatever else they might mean."""

    line: int
    entries: dict[str, Node]


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


def parse_yaml(data: bytes, *, name: str) -> Node:
    """Return the tree of a YAML file.

    Raises:
        DataFileError: The file has faults; every one that could be found, by line.
    """
    faults = FaultList(name)
    tree = parse_tree(data, faults=faults)
    faults.raise_if_any()
    if tree is None:
        faults.add(0, what=_("the file is empty"), cure=_("Delete it, or restore it from a backup."))
        raise faults.to_error()
    return tree


def parse_tree(data: bytes, *, faults: FaultList, keys: Iterable[str] = ()) -> Node | None:
    """Return the tree of a YAML file, or None if it is empty or unreadable; faults are added to `faults`.

    A line that is not understood and was probably meant otherwise is a fault, and read as it was meant, so that what is
    wrong further down is told as well. `keys` are those that the file may have.
    """
    text = _decode_utf8(data, faults)
    if text is None:
        return None
    slips = FaultList(faults.path)
    for left in reversed(range(max(1, min(_MAX_ROUNDS, _MAX_REREAD // (len(text) + 1))))):
        found = FaultList(faults.path)
        attempt = _parse(text, found)
        mended = _mend(text, attempt, keys=keys, faults=slips) if left else None
        if mended is None:
            break
        text = mended
    faults.extend(slips)
    faults.extend(found)
    if attempt.error is not None and not attempt.is_told(slips):
        _add_syntax_fault(attempt.error, text, faults)
    return attempt.root


class _Attempt(NamedTuple):
    """What came of parsing a text: its tree, the error that ended it, and the lines that went on with a plain text."""

    root: Node | None
    error: yaml.YAMLError | None = None
    continued: frozenset[int] = frozenset()

    @property
    def last_line(self) -> int:
        """The last line that can have the slip."""
        mark = getattr(self.error, "problem_mark", None)
        return int(mark.line) + 1 if mark else max(self.continued, default=0)

    @property
    def suspects(self) -> Container[int]:
        """The lines that can have the slip."""
        if self.error is None:
            return self.continued
        mark = getattr(self.error, "context_mark", None)
        return range(min(int(mark.line) + 1 if mark else self.last_line, self.last_line - 1), self.last_line + 1)

    def is_told(self, slips: FaultList) -> bool:
        """Return whether one of `slips` is the cause of the error."""
        return any(fault.line in self.suspects for fault in slips.faults)


def _parse(text: str, faults: FaultList) -> _Attempt:
    builder = _Builder(faults)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.handle(event)
    except _AbortError:
        return _Attempt(None)
    except yaml.YAMLError as error:
        return _Attempt(None, error)
    return _Attempt(builder.root, continued=frozenset(builder.continued))


def _mend(text: str, attempt: _Attempt, *, keys: Iterable[str], faults: FaultList) -> str | None:
    """Return `text` with the slips mended that explain how `attempt` ended; None if there are none."""
    if attempt.error is None and not attempt.continued:
        return None
    lines = text.splitlines()
    if attempt.error is not None and _is_cut_off(attempt.error, text):
        return None
    known = {key.lower() for key in (*find_keys(lines), *keys)}
    slips = find_slips(
        lines,
        suspects=attempt.suspects,
        last=attempt.last_line,
        keys=known,
        is_broken=attempt.error is not None,
    )
    for slip in slips:
        faults.add(slip.line, what=slip.what, cure=slip.cure)
        if slip.mended is None:
            return None
        lines[slip.line - 1] = slip.mended
    return "\n".join(lines) + "\n" if slips else None


def to_value(node: Node) -> Value:
    """Return the value of `node` by YAML's core schema.

    A number that is too long stays text: it got a fault when the tree was made. Recurses, which is safe as `parse_tree`
    limits the depth.
    """
    if isinstance(node, ScalarNode):
        if not node.is_plain:
            return node.text
        try:
            return resolve_plain(node.text)
        except OverflowError:
            return node.text
    if isinstance(node, SequenceNode):
        return [to_value(item) for item in node.items]
    return {key: to_value(item) for key, item in node.entries.items()}


def _decode_utf8(data: bytes, faults: FaultList) -> str | None:
    if len(data) > MAX_FILE_BYTES:
        what = _("the file has more than {size} megabytes").format(size=MAX_FILE_BYTES // 1024 // 1024)
        faults.add(0, what=what, cure=_("No file of ours is that large: restore it from a backup."))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add(line, what=_("the text is not UTF-8"), cure=_("Save the file again with the encoding UTF-8."))
        return None
    for match in _FORBIDDEN.finditer(text):
        what = _("there is a control character (U+{code:04X})").format(code=ord(match[0]))
        cure = _('Delete it; where it belongs to a text, write it in double quotes as "\\u{code:04x}".')
        faults.add(text.count("\n", 0, match.start()) + 1, what=what, cure=cure.format(code=ord(match[0])))
        if faults.is_full:
            break
    directive = _DIRECTIVE.search(text)
    if directive:
        line = text.count("\n", 0, directive.end()) + 1
        faults.add(line, what=_("a line begins with %, as an instruction to YAML"), cure=_("Delete the line."))
    return None if len(faults) else text


def _add_syntax_fault(error: yaml.YAMLError, text: str, faults: FaultList) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = getattr(error, "context_mark", None)
    if context is not None and _OPEN.search(str(getattr(error, "context", ""))):
        mark = context  # what was begun there did not end; the problem may be any number of lines below
    line = mark.line + 1 if mark else 0
    if _is_cut_off(error, text):
        what = _("the file ends within a list or a text: it was cut off")
        faults.add(line, what=what, cure=_("Restore it from a backup, or complete it."))
        return
    if "maximum nesting depth" in problem:
        faults.add(line, what=_too_deep_message(), cure=_("Write it flatter, or restore the file from a backup."))
        return
    if "cannot start any token" in problem:
        cure = _(
            "Lines are indented with spaces, never with tabs; a text that begins with a special mark needs quotes."
        )
    elif "escape code" in problem:
        cure = _("After \\u come the four digits of one whole character, never of half a one (D800 to DFFF).")
    elif mark is not None and mark.column > MAX_KEY_LENGTH:
        cure = _("A key can have at most {count} characters: shorten it, or write it in quotes after a question mark.")
        cure = cure.format(count=MAX_KEY_LENGTH)
    else:
        cure = _(
            "Look at this line and the one before: a quote or bracket may be open, a line indented by mistake, "
            "or a text with a colon may need quotes."
        )
    faults.add(line, what=_("this cannot be read as YAML ({problem})").format(problem=problem), cure=cure)


def _is_cut_off(error: yaml.YAMLError, text: str) -> bool:
    """Return whether `text` ends in a list or a quoted text that was begun in its last line."""
    context, problem = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    last = text.rstrip().count("\n")
    return context is not None and problem is not None and context.line >= last and problem.index >= len(text.rstrip())


def _too_deep_message() -> str:
    return _("lists and mappings stand more than {depth} deep in each other").format(depth=MAX_DEPTH)


class _AbortError(Exception):
    """Reading on would be of no use; the fault has been added."""


class _Builder:
    """Builds the tree from the parser's events."""

    def __init__(self, faults: FaultList) -> None:
        self.root: Node | None = None
        self._faults = faults
        self._open: list[SequenceNode | MappingNode] = []
        # Those of the innermost open sequence or mapping; the key is that of the next node.
        self._items: list[Node] | None = None
        self._entries: dict[str, Node] | None = None
        self._key: str | None = None
        self._key_line = 0
        self._nodes = 0
        self._documents = 0
        self.continued: set[int] = set()  # lines that were read as the rest of a plain text begun above them
        self._actions = {
            yaml.ScalarEvent: self._handle_scalar,
            yaml.SequenceStartEvent: self._handle_start,
            yaml.MappingStartEvent: self._handle_start,
            yaml.SequenceEndEvent: self._handle_end,
            yaml.MappingEndEvent: self._handle_end,
            yaml.AliasEvent: self._handle_alias,
            yaml.DocumentStartEvent: self._handle_document,
        }

    def handle(self, event: Any) -> None:  # noqa: ANN401  # PyYAML's events have no types
        """Process the next event of the parser."""
        action = self._actions.get(type(event))
        if action:
            action(event)

    def _handle_scalar(self, event: Any) -> None:  # noqa: ANN401
        line = event.start_mark.line + 1
        text = event.value
        is_plain = not event.style
        if event.tag is not None or event.anchor is not None:
            self._refuse_tags(event, line)
        if is_plain and event.end_mark.line >= line:
            self.continued.update(range(line + 1, event.end_mark.line + 2))
        if is_plain and len(text) > MAX_NUMBER_LENGTH:
            self._check_number(text, line)
        if self._entries is not None and self._key is None:
            self._begin_entry(text, line=line, is_plain=is_plain)
        else:
            self._add(ScalarNode(line if self._key is None else self._key_line, text, is_plain))

    def _handle_start(self, event: Any) -> None:  # noqa: ANN401
        line = event.start_mark.line + 1
        if event.tag is not None or event.anchor is not None:
            self._refuse_tags(event, line)
        if self._entries is not None and self._key is None:
            self._abort(line, what=_("a key is a list or a mapping"), cure=_("Only texts can be keys: write a text."))
        if len(self._open) >= MAX_DEPTH:
            self._abort(line, what=_too_deep_message(), cure=_("Write it flatter, or restore the file from a backup."))
        line = line if self._key is None else self._key_line
        node: SequenceNode | MappingNode = (
            SequenceNode(line, []) if isinstance(event, yaml.SequenceStartEvent) else MappingNode(line, {})
        )
        self._add(node)
        self._open.append(node)
        self._enter(node)

    def _handle_end(self, event: Any) -> None:  # noqa: ARG002, ANN401
        self._open.pop()
        self._enter(self._open[-1] if self._open else None)

    def _handle_alias(self, event: Any) -> None:  # noqa: ANN401
        line = event.start_mark.line + 1
        what = _("*{name} stands for something written elsewhere").format(name=shorten(event.anchor))
        self._faults.add(line, what=what, cure=_("Write the text itself; a text that begins with * needs quotes."))
        if self._entries is not None and self._key is None:
            self._begin_entry(f"*{event.anchor}", line=line, is_plain=False)
        else:
            self._add(ScalarNode(line, f"*{event.anchor}", is_plain=False))

    def _handle_document(self, event: Any) -> None:  # noqa: ANN401
        self._documents += 1
        if self._documents > 1:
            cure = _("Delete the line --- and what does not belong to this file.")
            self._abort(event.start_mark.line + 1, what=_("a second YAML document begins here"), cure=cure)

    def _enter(self, node: SequenceNode | MappingNode | None) -> None:
        self._items = node.items if isinstance(node, SequenceNode) else None
        self._entries = node.entries if isinstance(node, MappingNode) else None
        self._key = None

    def _begin_entry(self, key: str, *, line: int, is_plain: bool) -> None:
        if self._entries and key in self._entries:
            what = _('the key "{key}" stands here for the second time (first in line {line})')
            what = what.format(key=shorten(key), line=self._entries[key].line)
            cure = _("Delete one of the two, or rename it.")
            if key == next(iter(self._entries)) and any(isinstance(one, SequenceNode) for one in self._open):
                cure = _('If a new entry begins here, write "- " before it; else delete one of the two, or rename it.')
            self._faults.add(line, what=what, cure=cure)
        if is_plain and key == "<<":
            cure = _("Write out what is to be merged, or write the key in quotes.")
            self._faults.add(line, what=_("<< would merge another mapping"), cure=cure)
        self._key = key
        self._key_line = line

    def _add(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES or self._faults.is_full:
            cure = _("No file of ours is that large: restore it from a backup.")
            self._abort(node.line, what=_("the file has too many entries or faults"), cure=cure)
        if self._items is not None:
            self._items.append(node)
        elif self._entries is None:
            self.root = node
        elif self._key is not None:
            self._entries.setdefault(self._key, node)
            self._key = None

    def _refuse_tags(self, event: Any, line: int) -> None:  # noqa: ANN401
        if event.tag is not None:
            what = _('"{tag}" is a tag of YAML').format(tag=shorten(event.tag))
            self._faults.add(line, what=what, cure=_("Delete it; a text that begins with ! needs quotes."))
        if event.anchor is not None:
            what = _('"&{name}" is an anchor of YAML').format(name=shorten(event.anchor))
            self._faults.add(line, what=what, cure=_("Delete it; a text that begins with & needs quotes."))

    def _check_number(self, text: str, line: int) -> None:
        try:
            resolve_plain(text)
        except OverflowError:
            what = _("a number has more than {count} digits").format(count=MAX_NUMBER_LENGTH)
            self._faults.add(line, what=what, cure=_("Write it in quotes, as a text."))

    def _abort(self, line: int, *, what: str, cure: str) -> None:
        self._faults.add(line, what=what, cure=cure)
        raise _AbortError


def shorten(text: str) -> str:
    """Return `text` cut to at most 60 characters, for use in a sentence."""
    return text if len(text) <= 60 else text[:59] + "…"
