"""A benchmark that is asked to judge can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import floors
import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
FIGURES = """
from floors import at_least, at_most, compare, note

def test_slow(benchmark):
    compare(benchmark, "slow", ours=lambda: 0.003, floor=lambda: 0.002, most=1.4, rounds=3)

def test_quick(benchmark):
    goals = [at_most(15, 15, "ms", of="p99"), at_least(5, 5, "MB/s")]
    note(benchmark, "quick", measured="15 ms", goals=goals)
    benchmark.pedantic(int, rounds=1)

def test_few(benchmark):
    note(benchmark, "few", measured="4 MB/s", goals=[at_most(1, 2, "s"), at_least(4, 5, "MB/s")])
    benchmark.pedantic(int, rounds=1)
"""


@pytest.mark.parametrize("is_judge", [True, False], ids=["judged", "not judged"])
def test_a_figure_outside_its_bound_fails_when_it_is_judged(tmp_path: Path, *, is_judge: bool) -> None:
    """It fails its own test alone, and the table marks it either way."""
    shutil.copy(BENCHMARKS / "conftest.py", tmp_path)
    shutil.copy(Path(floors.__file__), tmp_path)
    (tmp_path / "test_figures.py").write_text(FIGURES, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n", "utf-8")
    options = ["--benchmark-only", *(["--benchmark-judge"] if is_judge else []), "-rA", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", str(tmp_path), *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    outcomes = [line.split(" - ")[0] for line in lines if line.startswith(("PASSED", "FAILED", "ERROR"))]
    bad = "FAILED" if is_judge else "PASSED"
    assert sorted(outcomes, key=lambda line: line.split("_")[-1]) == [
        f"{bad} test_figures.py::test_few",
        "PASSED test_figures.py::test_quick",
        f"{bad} test_figures.py::test_slow",
    ]
    assert lines[lines.index("| what | measured | floor | ratio | goal |") + 2 :][:3] == [
        "| slow | 3.0 ms | 2.0 ms | 1.50 | at most 1.4 (missed) |",
        "| quick | 15 ms | – | – | p99 at most 15 ms, at least 5 MB/s |",
        "| few | 4 MB/s | – | – | at most 2 s, at least 5 MB/s (missed) |",
    ]
