"""How large things may be, and what each owes its reader. When one of these pinches, the design is wrong."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "annotator").rglob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base", "stuff", "tools"}
MODULE, MEDIAN, CLASS, METHODS, STATEMENTS, ARGUMENTS, FOLDER = 400, 150, 300, 20, 40, 6, 15

Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"


def name_of(path: Path) -> str:
    """A module's path as it is shown."""
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    """A module taken apart."""
    return ast.parse(path.read_text("utf-8"))


def functions(tree: ast.AST, where: str) -> Iterator[tuple[str, Function]]:
    """All functions and methods in a tree, also inner ones."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{where}:{node.lineno} {node.name}", node


def classes(tree: ast.AST, where: str) -> Iterator[tuple[str, ast.ClassDef]]:
    """All classes in a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield f"{where}:{node.lineno} {node.name}", node


def every_function() -> Iterator[tuple[str, Function]]:
    """All functions of the program."""
    for path in MODULES:
        yield from functions(tree_of(path), name_of(path))


def every_class() -> Iterator[tuple[str, ast.ClassDef]]:
    """All classes of the program."""
    for path in MODULES:
        yield from classes(tree_of(path), name_of(path))


def length(node: ast.stmt) -> int:
    """How many lines a definition has."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def statements(function: Function) -> int:
    """How many statements a function has, those of inner functions and the docstring left out."""
    count = 0
    waiting: list[ast.AST] = list(function.body[1:] if ast.get_docstring(function) else function.body)
    while waiting:
        node = waiting.pop()
        count += isinstance(node, ast.stmt)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)
    return count


def arguments(function: Function) -> int:
    """How many arguments a function takes, ``self`` and ``cls`` left out."""
    taken = function.args
    names = [one.arg for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def is_qt_override(name: str) -> bool:
    """Whether it is a name of Qt's kind: camelCase."""
    return re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)+", name) is not None


def public_methods(node: ast.ClassDef) -> list[str]:
    """The methods that others may call; properties count, Qt's overrides do not."""
    names = [one.name for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [name for name in names if not name.startswith("_") and not is_qt_override(name)]


def lines_of(path: Path) -> int:
    """How many lines a module has."""
    return len(path.read_text("utf-8").splitlines())


def test_modules_are_short() -> None:
    """None has more than 400 lines."""
    assert [f"{name_of(path)}: {lines_of(path)}" for path in MODULES if lines_of(path) > MODULE] == []


def test_most_modules_are_very_short() -> None:
    """Half of them have at most 150 lines."""
    assert median(lines_of(path) for path in MODULES) <= MEDIAN


def test_folders_are_small() -> None:
    """None has more than 15 modules, its `__init__.py` not counted."""
    counts = Counter(name_of(path.parent) for path in MODULES if path.stem != "__init__")
    assert {folder: count for folder, count in counts.items() if count > FOLDER} == {}


def test_every_folder_says_what_is_in_it() -> None:
    """Each has an `__init__.py` whose docstring is one sentence."""
    folders = {path.parent for path in MODULES}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
    texts = {path: ast.get_docstring(tree_of(path)) or "" for path in MODULES if path.stem == "__init__"}
    assert [name_of(path) for path, text in texts.items() if not re.fullmatch(r"[^\n]+\.", text)] == []


def test_classes_are_short() -> None:
    """None has more than 300 lines."""
    assert [f"{where}: {length(node)}" for where, node in every_class() if length(node) > CLASS] == []


def test_classes_have_few_public_methods() -> None:
    """None has more than 20."""
    found = [(where, len(public_methods(node))) for where, node in every_class()]
    assert [one for one in found if one[1] > METHODS] == []


def test_functions_are_short() -> None:
    """None has more than 40 statements."""
    found = [(where, statements(node)) for where, node in every_function()]
    assert [one for one in found if one[1] > STATEMENTS] == []


def test_functions_take_few_arguments() -> None:
    """None takes more than six."""
    found = [(where, arguments(node)) for where, node in every_function()]
    assert [one for one in found if one[1] > ARGUMENTS] == []


def hidden_in(tree: ast.Module) -> set[ast.AST]:
    """What is defined inside a function or a private class, where nobody else sees it, and what a base describes."""
    hidden: set[ast.AST] = set()
    for outer in ast.walk(tree):
        is_private_class = isinstance(outer, ast.ClassDef) and outer.name.startswith("_")
        if is_private_class or isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
            hidden.update(inner for inner in ast.walk(outer) if inner is not outer)
        elif isinstance(outer, ast.ClassDef):
            hidden.update(inner for inner in outer.body if overrides(outer, getattr(inner, "name", "")))
    return hidden


@cache
def classes_by_name() -> dict[str, list[ast.ClassDef]]:
    """Return the program's classes; several may have one name."""
    found: dict[str, list[ast.ClassDef]] = {}
    for _, node in every_class():
        found.setdefault(node.name, []).append(node)
    return found


def overrides(node: ast.ClassDef, name: str) -> bool:
    """Return whether a base of the class, Qt's or ours, has and describes a method of that name already."""
    for base in node.bases:
        base_name = ast.unparse(base.value if isinstance(base, ast.Subscript) else base)
        if any(hasattr(getattr(module, base_name, None), name) for module in (QtCore, QtGui, QtWidgets)):
            return True
        for ours in classes_by_name().get(base_name, ()):
            described = (one for one in ours.body if isinstance(one, ast.FunctionDef) and ast.get_docstring(one))
            if any(one.name == name for one in described) or overrides(ours, name):
                return True
    return False


def test_everything_public_says_what_it_is() -> None:
    """Each module, and each public class and function, has a docstring; overrides are described by their base."""
    lacking = []
    for path in MODULES:
        tree = tree_of(path)
        lacking += [] if ast.get_docstring(tree) else [name_of(path)]
        hidden = hidden_in(tree)
        for where, node in (*classes(tree, name_of(path)), *functions(tree, name_of(path))):
            is_public = not node.name.startswith("_") and node not in hidden
            lacking += [where] if is_public and not ast.get_docstring(node) else []
    assert lacking == []


def test_names_of_modules_say_what_is_in_them() -> None:
    """No module is called after nothing in particular."""
    assert [name_of(path) for path in MODULES if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN] == []


def test_nothing_is_left_for_later() -> None:
    """No file says that something is still to be done."""
    mark = re.compile("TO" + r"DO\b|FIX" + r"ME\b|XX" + r"X\b")
    files = [path for folder in ("annotator", "tests", "resources") for path in (ROOT / folder).rglob("*.*")]
    texts = [path for path in files if path.suffix in {".py", ".toml", ".yaml", ".json", ".md"}]
    assert [name_of(path) for path in texts if mark.search(path.read_text("utf-8"))] == []


OFFENDER = """
class Large:
    def aPublicOne(self): ...
    def one(self, a, b, c, d, e, f, g): ...
""" + "".join(f"    def m{number}(self): ...\n" for number in range(20))


def test_the_measures_measure() -> None:
    """A class and a function that break the limits are seen to."""
    tree = ast.parse(OFFENDER + "def long():\n" + "    a = 1\n" * 41)
    ((_where, large),) = classes(tree, "x")
    by_name = {node.name: node for _where, node in functions(tree, "x")}
    assert (len(public_methods(large)), length(large)) == (21, 23)
    assert (arguments(by_name["one"]), statements(by_name["long"])) == (7, 41)


@pytest.mark.parametrize(
    ("name", "is_qt"), [("paintEvent", True), ("keyPressEvent", True), ("paint_event", False), ("paint", False)]
)
def test_which_names_are_those_of_qt(name: str, *, is_qt: bool) -> None:
    """Names in camelCase are Qt's; ours have underscores."""
    assert is_qt == is_qt_override(name)
