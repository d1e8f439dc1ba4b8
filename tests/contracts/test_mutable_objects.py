"""A session and its history are changed by their own methods only; others read their attributes."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SESSION = ROOT / "annotator" / "app" / "session" / "session.py"
HISTORY = ROOT / "annotator" / "core" / "history.py"
MUTATORS = {"append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"}


def assigned(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Yield the attributes that are set or deleted somewhere in the tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node


def kept_names(tree: ast.AST) -> set[str]:
    """Return the names by which a module knows sessions and histories, parameters and aliases included."""
    names = {"session", "history"}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None:
            kinds = {one.id for one in ast.walk(node.annotation) if isinstance(one, ast.Name)}
            names |= {node.arg} if kinds & {"Session", "History"} else set()
        elif isinstance(node, ast.Assign):
            (first, *_more) = node.targets
            targets = first.elts if isinstance(first, ast.Tuple) else node.targets
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            names |= {
                target.id
                for target, value in zip(targets, values, strict=False)
                if isinstance(target, ast.Name) and last_name(value) in {"session", "history", "Session", "History"}
            }
    return names


def last_name(node: ast.expr) -> str:
    """Return the last name of a dotted expression or of the function that it calls, without leading underscores."""
    called = node.func if isinstance(node, ast.Call) else node
    return ast.unparse(called).rsplit(".", 1)[-1].lstrip("_")


def offences(tree: ast.AST) -> Iterator[str]:
    """Yield where a session is changed from outside: an attribute set, an event sent, a list of the history changed."""
    names = kept_names(tree)
    for one in assigned(tree):
        if last_name(one.value) in {*names, "Session"}:
            yield f"{one.lineno}: {ast.unparse(one)} is set"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        *owner, name = ast.unparse(node.func).split(".")
        is_sent = name == "send" and owner[-1:] == ["changed"] and owner[-2].lstrip("_") in names
        is_set = name in {"setattr", "delattr"} and last_name(node.args[0]) in names
        is_list_changed = name in MUTATORS and owner[-1:] in (["done"], ["undone"]) and owner[-2:-1] == ["history"]
        if is_sent or is_set or is_list_changed:
            yield f"{node.lineno}: {ast.unparse(node)}"


def test_only_a_session_and_its_history_change_themselves() -> None:
    """No other module sets their attributes, sends the session's events or changes the history's lists."""
    found = []
    for path in sorted((ROOT / "annotator").rglob("*.py")):
        if path not in {SESSION, HISTORY}:
            found += [f"{path.relative_to(ROOT)}:{one}" for one in offences(ast.parse(path.read_text("utf-8")))]
    assert found == []


def test_each_kind_of_offence_is_found() -> None:
    """Attributes set by any name, events sent, and lists changed."""
    text = """
context.session.unheard_of = 1
self._session.path = path
work, number = self._context.session, 2
work.trouble += "!"
del work.state
session.changed.send(event)
setattr(session, "author", "mai")
session.history.done.append(step)
def change(place: Session | None, labels: LabelSet):
    place.labels = labels
Session(labels).author = "mai"
self.labels = labels
session.history.push(step)
done.append(step)
self.changed.send(event)
"""
    found = list(offences(ast.parse(text)))
    assert sorted(int(one.split(":")[0]) for one in found) == [2, 3, 5, 6, 7, 8, 9, 11, 12]
