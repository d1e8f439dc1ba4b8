"""What the program is made of: the libraries under it, and the package that is built from it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import PySide6
import pytest
import yaml
from PySide6.QtCore import QObject

ROOT = Path(__file__).resolve().parents[2]


def test_yaml_has_its_c_library() -> None:
    """Without it, sidecars are read and written ten times slower."""
    assert yaml.__with_libyaml__


def test_qt_keeps_its_references_to_none() -> None:
    """PySide6 6.12.0 drops one with each call that gives nothing, and aborts after some thousands of them."""
    assert PySide6.__version__ != "6.12.0"
    thing = QObject()
    before = sys.getrefcount(None)
    for number in range(200):
        thing.setObjectName(str(number % 2))
    assert sys.getrefcount(None) - before > -100


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a wheel built from a copy of the sources."""
    folder = tmp_path_factory.mktemp("build")
    for name in ("annotator", "resources"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "out")],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (built,) = (folder / "out").glob("*.whl")
    with zipfile.ZipFile(built) as file:
        return file.namelist()


def test_the_wheel_has_every_resource(wheel: list[str]) -> None:
    """What lies in resources is found inside the installed package."""
    files = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert {f"annotator/resources/{path.relative_to(ROOT / 'resources').as_posix()}" for path in files} <= set(wheel)
    assert files


def test_the_wheel_has_every_module_and_no_more(wheel: list[str]) -> None:
    """Modules and resources are in it, tests and articles are not."""
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "annotator").rglob("*.py")}
    assert modules <= set(wheel)
    assert [name for name in wheel if not name.startswith("annotator")] == []


def test_the_wheel_says_that_it_is_typed(wheel: list[str]) -> None:
    """Type checkers read the annotations of an installed package only with this mark (PEP 561)."""
    assert "annotator/py.typed" in wheel


def test_the_wheel_starts_the_program(wheel: list[str]) -> None:
    """It installs a command."""
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)
