"""No import circle: modules can be read, tested and moved one after the other, from the bottom up."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "annotator"


def name_of(path: Path, root: Path) -> str:
    """Return the dotted name of the module at `path`; a package's `__init__.py` has the name of the package."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_by(tree: ast.Module, modules: Mapping[str, object]) -> Iterator[str]:
    """Yield those of `modules` that a module imports: at its top, under `TYPE_CHECKING` and inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in modules)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for one in node.names:
                inner = f"{node.module}.{one.name}"
                if inner in modules:
                    yield inner
                elif node.module in modules:
                    yield str(node.module)


def import_graph(package: Path) -> dict[str, set[str]]:
    """Return which modules of `package` each of its modules imports."""
    paths = {name_of(path, package.parent): path for path in sorted(package.rglob("*.py"))}
    return {name: set(imported_by(ast.parse(path.read_text("utf-8")), paths)) - {name} for name, path in paths.items()}


def find_circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the strongly connected components of more than one module (Tarjan, SIAM J. Comput. 1, 1972)."""
    found: list[list[str]] = []
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []

    def visit(name: str) -> None:
        number[name] = lowest[name] = len(number)
        stack.append(name)
        for other in sorted(graph[name]):
            if other not in number:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in stack:
                lowest[name] = min(lowest[name], number[other])
        if lowest[name] == number[name]:
            place = stack.index(name)
            if len(stack) - place > 1:
                found.append(sorted(stack[place:]))
            del stack[place:]

    for name in graph:
        if name not in number:
            visit(name)
    return found


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports that are delayed, and those that only name types, count as well."""
    circles = find_circles(import_graph(PACKAGE))
    assert circles == [], "\n".join(f"{len(circle)} in a circle: {', '.join(circle)}" for circle in circles)


def test_a_circle_is_seen() -> None:
    """The modules of each circle are named, those that only lead to one or away from it are not."""
    graph = {"start": {"a"}, "a": {"b"}, "b": {"c"}, "c": {"a", "end"}, "end": set(), "x": {"y"}, "y": {"x"}}
    assert sorted(find_circles(graph)) == [["a", "b", "c"], ["x", "y"]]


def test_every_way_to_import_a_module_counts(tmp_path: Path) -> None:
    """A module is seen whether it is imported by its name, from its package, for a type or inside a function."""
    package = tmp_path / "p"
    (package / "q").mkdir(parents=True)
    sources = {
        "__init__.py": "",
        "q/__init__.py": "word = 1\n",
        "q/one.py": "import p.two\nimport os\n",
        "two.py": "from p.q import word\nfrom p import three\n",
        "three.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.four import Four\n",
        "four.py": "class Four:\n    def call(self):\n        from p.q.one import x\n",
    }
    for name, source in sources.items():
        (package / name).write_text(source, "utf-8")
    graph = import_graph(package)
    assert graph["p.q.one"] == {"p.two"}
    assert graph["p.two"] == {"p.q", "p.three"}
    assert find_circles(graph) == [["p.four", "p.q.one", "p.three", "p.two"]]
