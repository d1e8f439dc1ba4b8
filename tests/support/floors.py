"""Processor time of one run compared with a floor, and the bounds that the figures must keep."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pytest_benchmark.fixture import BenchmarkFixture


R = TypeVar("R")


class _Pedantic(Protocol):
    """A method of the fixture of pytest-benchmark, which has no types."""

    def __call__(
        self, target: Callable[..., R], *, args: tuple[Any, ...], setup: Callable[[], object] | None, rounds: int
    ) -> R: ...


class Goal(NamedTuple):
    """A bound in words, and whether the figure keeps it."""

    words: str
    is_met: bool


def at_most(figure: float, bound: float, unit: str = "", *, of: str = "") -> Goal:
    """Return the goal that `figure` is not above `bound`."""
    return Goal(" ".join(filter(None, (of, f"at most {bound}", unit))), figure <= bound)


def at_least(figure: float, bound: float, unit: str = "") -> Goal:
    """Return the goal that `figure` is not below `bound`."""
    return Goal(" ".join(filter(None, (f"at least {bound}", unit))), figure >= bound)


class Row(NamedTuple):
    """A row of the table."""

    what: str
    measured: str
    floor: str
    ratio: str
    goals: tuple[Goal, ...]

    @property
    def missed(self) -> str:
        """Return the goals that the figure misses, in words; empty if there are none."""
        return ", ".join(goal.words for goal in self.goals if not goal.is_met)

    def cells(self) -> dict[str, str]:
        """Return the row in words, by column; a missed goal is marked."""
        goal = ", ".join(one.words if one.is_met else f"{one.words} (missed)" for one in self.goals)
        return {**dict(zip(self._fields, self[:4], strict=False)), "goal": goal or "–"}


ROWS: list[Row] = []


def cost(act: Callable[[], object]) -> float:
    """Return the processor time in seconds that `act` takes, in all threads."""
    start = time.process_time()
    act()
    return time.process_time() - start


def compare(
    benchmark: BenchmarkFixture,
    what: str,
    *,
    ours: Callable[[], float],
    floor: Callable[[], float],
    most: float,
    rounds: int,
) -> None:
    """Measure both costs (seconds) `rounds` times in turn and note the medians; their ratio may be at most `most`."""
    costs: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        costs[0].append(ours())
        costs[1].append(floor())
    mine, least = statistics.median(costs[0]) * 1000, statistics.median(costs[1]) * 1000
    ratio = mine / least
    note(
        benchmark,
        what,
        measured=f"{mine:.1f} ms",
        floor=f"{least:.1f} ms",
        ratio=f"{ratio:.2f}",
        goals=[at_most(ratio, most)],
    )
    run_rounds(benchmark, ours, rounds=3)


def run_rounds(
    benchmark: BenchmarkFixture,
    target: Callable[..., R],
    *,
    args: tuple[Any, ...] = (),
    setup: Callable[[], object] | None = None,
    rounds: int,
) -> R:
    """Let the benchmark time `target` so many times, and return what its last run returns."""
    return cast("_Pedantic", benchmark.pedantic)(target, args=args, setup=setup, rounds=rounds)


def note(
    benchmark: BenchmarkFixture,
    what: str,
    *,
    measured: str,
    goals: Iterable[Goal] = (),
    floor: str = "–",
    ratio: str = "–",
) -> None:
    """Add a row to the table."""
    row = Row(what, measured, floor, ratio, tuple(goals))
    ROWS.append(row)
    benchmark.extra_info.update(row.cells())


def percentile(costs: list[float], share: float) -> float:
    """Return the cost that `share` (0 to 1) of `costs` do not exceed."""
    return sorted(costs)[min(len(costs) - 1, int(len(costs) * share))]
