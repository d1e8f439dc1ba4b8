"""How the program names keys: by Qt's portable text, never by the names that the window shows."""

from __future__ import annotations

import ast

from repository import ROOT


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
