"""No text of a folder reaches Qt as markup: tooltips, labels and titles are set by way of one module alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = "annotator/gui/widgets/text_label.py"
_TRANSLATED = {"_", "pgettext", "ngettext"}
_SETTERS = {
    "setToolTip": "make_tooltip",
    "setWhatsThis": "make_tooltip",
    "showText": "make_tooltip",
    "setWindowTitle": "make_window_title",
}
_GUESSING = {"QLabel", "QMessageBox", "QInputDialog", "QProgressDialog", "QErrorMessage", "QStaticText", "QWhatsThis"}
_WITH_MARKUP = {  # each escapes what it puts in
    "annotator/gui/check/panel.py",
    "annotator/gui/help/viewer.py",  # of our own pages
    "annotator/gui/review/detail.py",
}


def _find_faults(source: str, name: str) -> Iterator[str]:
    """Yield what sets a text in a way in which Qt may take it for markup."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from (f"{where}: {fault}" for fault in _check_setter(node, node.func.attr, name))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _GUESSING:
            yield f"{where}: {node.func.id} guesses whether a text is markup; use PlainLabel or a Dialog"
        elif isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") in _GUESSING for base in node.bases):
            yield f"{where}: derive {node.name} from PlainLabel"
        elif isinstance(node, ast.If) and "ToolTipRole" in ast.unparse(node.test):
            for answer in (one for line in node.body for one in ast.walk(line) if isinstance(one, ast.Return)):
                if not _is_plain(answer.value, "make_tooltip"):
                    yield f"{where}: return make_tooltip(…) for the tooltip"


def _check_setter(call: ast.Call, method: str, name: str) -> Iterator[str]:
    if method in _SETTERS and call.args and not _is_plain(call.args[-1], _SETTERS[method]):
        yield f"{method} takes {_SETTERS[method]}(…) or a message"
    if method in {"setHtml", "insertHtml", "setMarkdown"} and name not in _WITH_MARKUP:
        yield f"{method} takes markup"
    if method == "setTextFormat":
        yield "use PlainLabel"
    if method == "replace" and [getattr(one, "value", None) for one in call.args] == ["&", "&&"]:
        yield "use escape_ampersands"


def _is_plain(value: ast.expr | None, function: str) -> bool:
    if isinstance(value, ast.IfExp):
        return _is_plain(value.body, function) and _is_plain(value.orelse, function)
    if isinstance(value, ast.Call):
        return getattr(value.func, "id", "") in {function, *_TRANSLATED}
    return value is None or isinstance(value, ast.Constant)


def test_texts_are_set_by_one_module() -> None:
    """No module of the window sets a tooltip, a label or a title round the functions that keep it plain."""
    files = [one for one in (ROOT / "annotator/gui").rglob("*.py") if one.relative_to(ROOT).as_posix() != HOME]
    assert len(files) > 100
    names = {one: one.relative_to(ROOT).as_posix() for one in files}
    assert not [fault for one, name in names.items() for fault in _find_faults(one.read_text("utf-8"), name)]


@pytest.mark.parametrize(
    "source",
    [
        "w.setToolTip(label.hint('vi'))",
        "w.setToolTip(f'<qt>{name}</qt>')",
        "w.setToolTip(make_tooltip(a) if b else c)",
        "QToolTip.showText(place, name)",
        "w = QLabel(name, parent)",
        "class A(QLabel): pass",
        "label.setTextFormat(PlainText)",
        "QMessageBox(parent)",
        "def data(i, role):\n    if role == Qt.ItemDataRole.ToolTipRole:\n        return name",
        "if role in {ToolTipRole, Other}:\n    def f():\n        if a:\n          return b\n        return b",
        "button.setText(name.replace('&', '&&'))",
        "dialog.setWindowTitle(name)",
        "box.setHtml(text)",
    ],
)
def test_ways_round_are_found(source: str) -> None:
    """The check finds each way in which a text was set before."""
    assert list(_find_faults(source, "a.py"))


@pytest.mark.parametrize(
    "source",
    [
        "w.setToolTip(make_tooltip(name))",
        "w.setToolTip(_('Close') if a else '')",
        "w = PlainLabel(parent, name)",
        "def data(role):\n    if role == Qt.ToolTipRole:\n        return make_tooltip(name) if a else None",
    ],
)
def test_right_ways_pass(source: str) -> None:
    """What keeps a text plain is no fault."""
    assert not list(_find_faults(source, "a.py"))
