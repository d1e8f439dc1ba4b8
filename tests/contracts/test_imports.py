"""Who may import what."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from annotator.cli.names import VERBS

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
ARTICLE = "Đến năm 2030, kinh tế số đạt trên 30%. Ông An nói vậy.\n"

CALLS = {
    "sentences": ["sentences", "a.txt", "--json"],
    "check": ["check", "."],
    "status": ["status", ".", "--json"],
    "find": ["find", ".", "kinh tế", "--json"],
    "export": ["export", ".", "--format", "csv"],
    "review": ["review", "out", ".", "--format", "xlsx", "-o", "review.xlsx"],
    "doctor": ["doctor"],
}

PROBE = """\
import json, sys
from annotator.cli.main import run
status = run(sys.argv[1:], open_window=lambda paths: 9)
found = sorted(name for name in sys.modules if name.split(".")[0] in {"PySide6", "shiboken6"})
found += [name for name in sys.modules if name.startswith("annotator.gui")]
sys.stderr.write(json.dumps([status, found]))
"""


def python(*words: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What a call of Python gives, with the program at hand."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": "en"}
    return subprocess.run(
        [sys.executable, *words], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )


def test_importing_the_program_imports_no_qt() -> None:
    """The package by itself is light."""
    code = "import annotator, sys; print([name for name in sys.modules if 'PySide6' in name or 'shiboken' in name])"
    assert python("-c", code).stdout == "[]\n"


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "open"])
def test_a_verb_imports_no_qt(tmp_path: Path, verb: str) -> None:
    """It runs where there is no screen, and does not wait for a window's library."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    status, found = json.loads(python("-c", PROBE, *CALLS[verb], folder=tmp_path).stderr.splitlines()[-1])
    assert found == []
    assert status in {0, 1}


def test_the_probe_sees_qt() -> None:
    """The test above could fail: where Qt is imported, it is found."""
    done = python("-c", "import PySide6.QtCore\n" + PROBE, "--version")
    assert "PySide6.QtCore" in json.loads(done.stderr.splitlines()[-1])[1]


def test_the_first_page_does_not_wait_for_sentence_patterns() -> None:
    """It is painted from blocks alone, before what splits them into sentences is loaded."""
    code = (
        "import annotator.gui.workbench.first_page, sys\n"
        "names = 'punctuation', 'sentence_patterns'\n"
        "print([name for name in names if f'annotator.segment.{name}' in sys.modules])"
    )
    assert python("-c", code).stdout == "['punctuation']\n"


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says about the program in a folder."""
    code = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program to break."""
    folder = tmp_path / "copy"
    shutil.copytree(ROOT / "annotator", folder / "annotator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_imports_keep_to_the_contracts() -> None:
    """Arrows only point down, only the window imports Qt, and core does no I/O."""
    done = linted(ROOT)
    assert done.returncode == 0, done.stdout
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("core/span.py", "from annotator.app import session"),
        ("core/span.py", "import pathlib"),
        ("storage/paths.py", "from annotator.formats import FORMATS"),
        ("search/find.py", "from annotator.segment import sentences"),
        ("app/session/events.py", "from PySide6 import QtCore"),
        ("cli/names.py", "from annotator.gui import main"),
        ("gui/search/find_bar.py", "from annotator.gui.workbench.workbench import Workbench"),
        ("gui/check/list.py", "from annotator.gui.history.panel import HistoryPanel"),
        ("gui/article/layout/column.py", "from annotator.gui.article.painting.scene import Scene"),
        ("app/session/events.py", "from annotator.app.persistence.document_store import DocumentStore"),
        ("core/span.py", "from annotator.core.anchoring import anchor"),
        ("gui/actions/palette.py", "from annotator.gui.workbench.action_table import action_table"),
    ],
)
def test_a_broken_contract_is_seen(copy: Path, module: str, line: str) -> None:
    """An import that goes the wrong way is refused."""
    path = copy / "annotator" / module
    path.write_text(path.read_text("utf-8") + f"\n{line}\n", "utf-8")
    done = linted(copy)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


def test_a_new_package_must_be_placed(copy: Path) -> None:
    """A package that no contract names is refused."""
    (copy / "annotator" / "unplaced").mkdir()
    (copy / "annotator" / "unplaced" / "__init__.py").write_text('"""New."""\n')
    done = linted(copy)
    assert done.returncode == 1
    assert "unplaced" in done.stdout


def test_every_package_is_named_in_the_contracts() -> None:
    """The layers name each package and module at the top, and each but the window is forbidden Qt."""
    top = ROOT / "annotator"
    packages = {path.name for path in top.iterdir() if (path / "__init__.py").exists()}
    modules = {path.stem for path in top.glob("*.py")} - {"__init__"}
    layers = CONTRACTS[0]
    named = {name.strip() for layer in layers["layers"] for name in layer.split("|")}
    assert packages | modules == named | set(layers["exhaustive_ignores"])
    forbidden = {name.removeprefix("annotator.") for name in CONTRACTS[1]["source_modules"]}
    assert packages | modules - {"__main__"} == forbidden | {"gui", "__main__"} - {"__main__"}
