"""Docstrings name only what exists: parameters, members, exceptions, and identifiers in backticks."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "annotator"

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

FOREIGN = {
    "ANNOTATOR_STATE_DIR": "an environment variable, a text in the code",
    "ANNOTATOR_CACHE_DIR": "likewise",
    "ANNOTATOR_CONFIG_DIR": "likewise",
}
"""Names in backticks that are no identifiers, each with its reason."""

_SECTION = re.compile(r"^(Args|Attributes|Raises):\n((?:(?: .*)?\n?)*)", re.MULTILINE)
_ENTRY = re.compile(r"^ {4}(\*{0,2}\w[\w., *]*):(?: |$)", re.MULTILINE)
_QUOTED = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_IDENTIFIER = re.compile(r"_*[a-z]\w*_\w+|_*[A-Z]\w*_\w+|_+[a-zA-Z]\w*|[A-Z][a-z0-9]+[A-Z]\w*|[A-Z]{2,}[a-z]\w*")
_CALL = re.compile(r"[\w.]+\(\)")


@dataclass(frozen=True)
class Names:
    """What the modules define and use.

    Attributes:
        identifiers: All identifiers in the code and the names of all modules.
        members: Fields, methods and attributes by class, without those of base classes.
        bases: Base classes by class.
    """

    identifiers: set[str] = field(default_factory=set)
    members: dict[str, set[str]] = field(default_factory=dict)
    bases: dict[str, set[str]] = field(default_factory=dict)

    def add(self, tree: ast.Module) -> None:
        """Add the names in a module."""
        for node in ast.walk(tree):
            self.identifiers.update(identifiers_of(node))
            if isinstance(node, ast.ClassDef):
                self.members.setdefault(node.name, set()).update(members_of(node))
                self.bases.setdefault(node.name, set()).update(base_names(node))

    def ancestry(self, name: str) -> set[str]:
        """Return the class and its base classes, direct and indirect."""
        found: set[str] = set()
        left = {name}
        while left:
            found |= left
            left = {base for one in left for base in self.bases.get(one, ())} - found
        return found


def base_names(node: ast.ClassDef) -> Iterator[str]:
    """Yield the last names of the base classes, without type arguments."""
    for base in node.bases:
        yield ast.unparse(base.value if isinstance(base, ast.Subscript) else base).rsplit(".", 1)[-1]


def identifiers_of(node: ast.AST) -> Iterator[str]:
    """Yield the identifiers that stand in the node itself."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg | ast.keyword) and node.arg is not None:
        yield node.arg
    elif isinstance(node, ast.alias):
        yield from (node.asname or node.name).split(".")


def members_of(node: ast.ClassDef) -> Iterator[str]:
    """Yield the names that a class defines, those that its methods set included."""
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store) and ast.unparse(one.value) == "self":
            yield one.attr
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            yield from (one.id for one in ast.walk(statement) if isinstance(one, ast.Name))


def parameters_of(node: Function) -> set[str]:
    """Return the names of the function's parameters."""
    return {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}


def entries_of(docstring: str) -> Iterator[tuple[str, str]]:
    """Yield the section and the name of each entry in a docstring's sections."""
    for section in _SECTION.finditer(docstring):
        for entry in _ENTRY.finditer(section[2]):
            yield from ((section[1], name.strip(" *")) for name in re.split(r",| or ", entry[1]))


def is_exception(name: str, *, tree: ast.Module, names: Names) -> bool:
    """Return whether the name is an exception of the package, of Python, or one that the module imports."""
    owner, _dot, last = name.rpartition(".")
    if owner.split(".")[0] in sys.stdlib_module_names:
        return is_exception_class(getattr(importlib.import_module(owner), last, None))
    if any(is_exception_class(getattr(builtins, one, None)) for one in names.ancestry(last)):
        return True
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and last in {one.asname or one.name for one in node.names}:
            return is_exception_class(getattr(importlib.import_module(str(node.module)), last, None))
    return False


def is_exception_class(value: object) -> bool:
    """Return whether the value can be raised."""
    return isinstance(value, type) and issubclass(value, BaseException)


def wrong_entries(tree: ast.Module, names: Names) -> Iterator[str]:
    """Yield the entries of sections that name no parameter, member or exception."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        known: dict[str, set[str]] = {"Args": set(), "Attributes": set()}
        if isinstance(node, ast.ClassDef):
            known["Attributes"] = {name for one in names.ancestry(node.name) for name in names.members.get(one, ())}
            makers = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
            known["Args"] = parameters_of(makers[0]) if makers else known["Attributes"]
        else:
            known["Args"] = parameters_of(node)
        for section, name in entries_of(ast.get_docstring(node) or ""):
            is_right = is_exception(name, tree=tree, names=names) if section == "Raises" else name in known[section]
            if not is_right:
                yield f"{node.lineno}: {section} of {node.name}: {name}"


def wrong_names(tree: ast.Module, names: Names) -> Iterator[str]:
    """Yield the names in backticks that look like identifiers but are none."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            continue
        for quoted in _QUOTED.findall(inspect.cleandoc(str(node.value.value))):
            is_call = _CALL.fullmatch(quoted) is not None
            for part in quoted.removesuffix("()").split("."):
                looks_like_one = is_call or _IDENTIFIER.fullmatch(part)
                if looks_like_one and quoted not in FOREIGN and part not in names.identifiers:
                    yield f"{node.lineno}: `{quoted}`"


def names_in(trees: Iterable[ast.Module]) -> Names:
    """Return the names in the modules."""
    names = Names()
    for tree in trees:
        names.add(tree)
    return names


def test_docstrings_name_what_exists() -> None:
    """Parameters, members and exceptions in the sections; identifiers in backticks."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    names = names_in(trees.values())
    for path in trees:
        names.identifiers.update(path.relative_to(ROOT).with_suffix("").parts)
    found = []
    for path, tree in trees.items():
        faults = [*wrong_entries(tree, names), *wrong_names(tree, names)]
        found += [f"{path.relative_to(ROOT)}:{one}" for one in faults]
    assert found == []


def test_each_kind_of_wrong_name_is_found() -> None:
    """A parameter, a member, an exception and identifiers that are gone; what exists passes."""
    text = '''
"""Use `read_all`, `ReadAll`, `readall()`, `read_one`, `Reader.extra` and `read this`."""
from zipfile import BadZipFile, ZipFile
class Base:
    """Hold."""
    extra: int
class Reader(Base):
    """Read.

    Attributes:
        extra: Here.
        rest: Here
            too.
        lost: Gone.
    """
    def __init__(self): self.rest = 1
class ReadError(ValueError): """Failure."""
def read_one(first, *others, last=None):
    """Read.

    Args:
        first: Here.
        others: Here.
        final: Gone.

    Raises:
        ReadError: Here.
        OSError: Here.
        BadZipFile: Here.
        xml.etree.ElementTree.ParseError: Here.
        ZipFile: No exception.
        Reader: No exception.
        xml.etree.ElementTree.LostError: Gone.
        LostError: Gone.
    """
'''
    tree = ast.parse(text)
    names = names_in([tree])
    assert [*wrong_entries(tree, names), *wrong_names(tree, names)] == [
        "7: Attributes of Reader: lost",
        "18: Args of read_one: final",
        "18: Raises of read_one: ZipFile",
        "18: Raises of read_one: Reader",
        "18: Raises of read_one: xml.etree.ElementTree.LostError",
        "18: Raises of read_one: LostError",
        "2: `read_all`",
        "2: `ReadAll`",
        "2: `readall()`",
    ]


def test_every_foreign_name_is_in_use() -> None:
    """A name that no docstring has any more must leave the list."""
    text = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert [name for name in FOREIGN if f"`{name}`" not in text] == []
