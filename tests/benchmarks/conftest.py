"""Benchmarks run when they are asked for (`--benchmark-only`), and end with a table of what they found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from floors import ROWS

if TYPE_CHECKING:
    import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the benchmarks out of the ordinary run: a timed test on a shared machine tells nothing."""
    is_benchmark = collection_path.parent == Path(__file__).parent and collection_path.name.startswith("test_")
    return True if is_benchmark and not config.getoption("--benchmark-only") else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, as it stands in the README."""
    if not ROWS:
        return
    terminalreporter.section("measured, each against its floor in this run")
    terminalreporter.write_line("| what | measured | floor | ratio | goal |")
    terminalreporter.write_line("| --- | --- | --- | --- | --- |")
    for row in ROWS:
        terminalreporter.write_line(f"| {' | '.join(row)} |")
