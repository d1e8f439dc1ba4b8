"""How long workbooks for reviewers take to write and to read, and how much memory, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from floors import Goal, note, run_rounds

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

PROBE = Path(__file__).parent / "probes" / "excel.py"
FEW, MANY = 1_000, 100_000
_FLAT = 1.1  # times the peak for a hundredth of the rows


def measured(*words: str) -> tuple[float, float, int]:
    """Seconds of processor time, the peak in megabytes, the size of the workbook."""
    done = subprocess.run([sys.executable, PROBE, *words], capture_output=True, text=True, check=True)
    seconds, peak, size = json.loads(done.stdout)
    return seconds, peak, size


@pytest.mark.parametrize("verb", ["write", "read"])
def test_a_workbook_of_a_hundred_thousand_rows(benchmark: BenchmarkFixture, verb: str) -> None:
    """The peak of memory against that of a hundredth of the rows; writing needs no more for more."""
    _seconds, least, _size = measured(str(FEW), verb)
    seconds, peak, _size = measured(str(MANY), verb)
    note(
        benchmark,
        f"{verb} a workbook of {MANY:,} annotations",
        measured=f"{seconds:.0f} s, peak {peak:.0f} MB",
        floor=f"peak {least:.0f} MB for {FEW:,}",
        ratio=f"{peak / least:.2f}",
        goals=[Goal("memory flat", peak <= _FLAT * least)] if verb == "write" else (),
    )
    run_rounds(benchmark, lambda: measured(str(FEW), verb), rounds=1)
