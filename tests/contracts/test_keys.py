"""How the program names keys: by Qt's portable text, never by the names that the window shows."""

from __future__ import annotations

import ast

from repository import ROOT

from annotator.gui.actions.shortcuts import find_composing, normalize_key


def test_no_key_is_read_as_the_window_shows_it() -> None:
    """`QKeySequence(text)` reads the shown names, where both Enter keys have one; `parse_key` does not."""
    found = []
    for path in sorted((ROOT / "annotator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in {"QKeySequence", "QShortcut"}:
                continue
            argument = node.args[0] if node.args else None
            is_known = isinstance(argument, ast.Call) or getattr(argument, "id", "") == "stroke"
            if argument is not None and not is_known:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_no_answer_has_a_key_that_input_tools_take() -> None:
    """The keys of questions hold in the article, where Telex and VNI compose with vowels, D, W and brackets."""
    keys = {}
    for path in sorted((ROOT / "annotator" / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Choice" and len(node.args) > 2:
                key = node.args[1]
                assert isinstance(key, ast.Constant), ast.unparse(node)
                keys[f"{path.relative_to(ROOT)}:{node.lineno}"] = str(key.value)
    assert keys
    assert {place: key for place, key in keys.items() if find_composing(key) or not normalize_key(key)} == {}
