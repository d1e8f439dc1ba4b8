"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator.cli.names import VERBS
from annotator.storage.workspace.reader import parse_workspace

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


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


def test_the_workspace_file_shown_is_read() -> None:
    """The example of annotator.yaml holds, with its label, fields and annotators."""
    start = README.index("format: annotator-workspace/1")
    found = parse_workspace(README[start : README.index("```", start)].encode())
    assert [label.key for label in found.labels] == ["target"]
    assert [field.key for field in found.labels.get("target").fields] == ["value"]
    assert found.annotators == ("mai", "lan")


def test_every_verb_is_named() -> None:
    """The table of the command line has each verb but `open`, which needs no name."""
    assert [verb for verb in VERBS if verb != "open" and f"annotator {verb}" not in README] == []
