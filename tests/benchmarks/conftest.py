"""Benchmarks run when they are asked for (`--benchmark-only`), and end with a table of what they found.

They judge nothing, as what else runs on the machine changes the figures. With ``--benchmark-judge`` a figure that
misses its goal fails its test::

    python -m pytest tests/benchmarks --benchmark-only --benchmark-judge
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from floors import ROWS

if TYPE_CHECKING:
    from collections.abc import Generator

_COLUMNS = ("what", "measured", "floor", "ratio", "goal")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--benchmark-judge``."""
    parser.addoption("--benchmark-judge", action="store_true", help="let a figure that misses its goal fail its test")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the benchmarks out of the ordinary run: a timed test on a shared machine tells nothing."""
    is_benchmark = collection_path.parent == Path(__file__).parent and collection_path.name.startswith("test_")
    return True if is_benchmark and not config.getoption("--benchmark-only") else None


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Judge the figures of a test once it has run."""
    known = len(ROWS)
    result = yield
    if pyfuncitem.config.getoption("--benchmark-judge", default=False):
        missed = [
            f"{row.what}: {row.measured}, ratio {row.ratio}, not {row.missed}" for row in ROWS[known:] if row.missed
        ]
        if missed:
            pytest.fail("\n".join(missed), pytrace=False)
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, as it stands in `README.md` beside this file."""
    if not ROWS:
        return
    terminalreporter.section("measured, each against its floor in this run")
    terminalreporter.write_line(f"| {' | '.join(_COLUMNS)} |")
    terminalreporter.write_line("| --- | --- | --- | --- | --- |")
    for row in ROWS:
        cells = row.cells()
        terminalreporter.write_line(f"| {' | '.join(cells[column] for column in _COLUMNS)} |")
