"""What the README, and the documents that it leads to, say is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from annotator.app.preferences.translation import LANGUAGES
from annotator.cli.names import VERBS
from annotator.gui.inspector.panel import Inspector
from annotator.gui.workbench.action_table import build_action_table
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.workspace.reader import parse_workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = ("README.md", "tests/benchmarks/README.md", "tests/faults/README.md")
QT_NAMES = {"↓": "Down", "↑": "Up", "Delete": "Del", "PageDown": "PgDown", "PageUp": "PgUp"}


def block_with(text: str, start: str) -> bytes:
    """The block of code that begins with that line."""
    begin = text.index(f"\n{start}") + 1
    return text[begin : text.index("```", begin)].encode()


def as_qt(key: str) -> str:
    """A key as the table of actions writes it."""
    *modifiers, last = re.split(r"\+(?=.)", key)
    return "+".join((*modifiers, QT_NAMES.get(last, last)))


@pytest.mark.parametrize("heading", ["Run", "Test"])
def test_one_command_of_one_line(heading: str) -> None:
    """Under the heading stands one block with one line, and the script that it names is there."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"```\n(.*?)```", section, re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1]
    assert (ROOT / blocks[0].split()[-1]).is_file()


def test_ci_runs_the_test_command() -> None:
    """`.ci/run` calls what the README calls."""
    assert "exec sh scripts/test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_it_can_be_read_in_some_minutes() -> None:
    """It has at most 150 lines; what is longer stands in other documents."""
    assert len(README.splitlines()) <= 150


def test_every_key_is_one_of_the_program(qtbot: QtBot) -> None:
    """The table of keys names none that no action has."""
    table = README[README.index("| key | does |") :].split("\n\n")[0]
    cells = [row.split(" | ")[0].removeprefix("| ") for row in table.splitlines()[2:]]
    keys = {as_qt(word) for cell in cells for word in re.split(", | ", cell)} - {"…"}
    labels = {f"{prefix}{digit}" for prefix in ("", "Shift+") for digit in range(1, 10)}
    assert len(keys) > 30
    window = QWidget()
    qtbot.addWidget(window)
    actions = build_action_table(Inspector(window)).actions
    assert keys - labels - {key for action in actions for key in action.keys} == set()


def test_the_sidecar_shown_is_read() -> None:
    """The example of a file beside an article holds."""
    found = parse_sidecar(block_with(README, "format: annotator/1"), name="README.md")
    assert found.document.file == "lang-son.txt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workspace_file_shown_is_read(language: str) -> None:
    """The example of annotator.yaml in the help holds, with its label, fields and annotators."""
    page = (ROOT / "resources" / "help" / language / "04-labels.md").read_text("utf-8")
    found = parse_workspace(block_with(page, "format: annotator-workspace/1"))
    assert [label.key for label in found.labels] == ["target"]
    assert [field.key for field in found.labels.get("target").fields] == ["value"]
    assert found.annotators == ("mai", "lan")


def test_every_verb_is_named() -> None:
    """The table of the command line has each verb but `open`, which needs no name."""
    assert [verb for verb in VERBS if verb != "open" and f"annotator {verb}" not in README] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_named_is_there(document: str) -> None:
    """Each file and folder that a document names or links to exists."""
    text = (ROOT / document).read_text("utf-8")
    named = set(re.findall(r"`((?:annotator|documents|resources|scripts|tests)/[^\s`]*)`", text))
    links = set(re.findall(r"\[[^\]]*\]\((?!https?:)([^)#]+)\)", text))
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []
