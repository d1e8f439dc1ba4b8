"""Measures in processor time of one run: ours against a floor. It must not know what is measured."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture


class Row(NamedTuple):
    """One line of the table, in words."""

    what: str
    measured: str
    floor: str
    ratio: str
    goal: str


ROWS: list[Row] = []


def cost(act: Callable[[], object]) -> float:
    """The processor time in seconds that ``act`` takes, in all threads."""
    start = time.process_time()
    act()
    return time.process_time() - start


def compare(
    benchmark: BenchmarkFixture,
    what: str,
    *,
    ours: Callable[[], float],
    floor: Callable[[], float],
    goal: str,
    rounds: int,
) -> None:
    """Take both costs (seconds) in turn, ``rounds`` times, and note how their medians compare."""
    costs: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        costs[0].append(ours())
        costs[1].append(floor())
    mine, least = statistics.median(costs[0]) * 1000, statistics.median(costs[1]) * 1000
    note(benchmark, what, measured=f"{mine:.1f} ms", floor=f"{least:.1f} ms", ratio=f"{mine / least:.2f}", goal=goal)
    benchmark.pedantic(ours, rounds=3)


def note(
    benchmark: BenchmarkFixture, what: str, *, measured: str, goal: str, floor: str = "–", ratio: str = "–"
) -> None:
    """Put one line into the table."""
    row = Row(what, measured, floor, ratio, goal)
    ROWS.append(row)
    benchmark.extra_info.update(row._asdict())


def percentile(costs: list[float], share: float) -> float:
    """The cost that ``share`` (0 to 1) of ``costs`` do not pass."""
    return sorted(costs)[min(len(costs) - 1, int(len(costs) * share))]
