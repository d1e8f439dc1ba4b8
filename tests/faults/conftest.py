"""What the tests of faults share: the option for all faults, two stages to play on, and the count at the end.

In an ordinary run each call on a file has one error, which comes once or lasts, and is where the program is killed
once. With ``--all-faults`` each call has each of the four errors once and lasting as well; this takes some minutes::

    python -m pytest tests/faults --all-faults

The last line of the summary says how many faults were injected and how many lost a decision.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from stage import Stage
from tally import TALLY

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--all-faults``."""
    parser.addoption("--all-faults", action="store_true", help="try each error at each call, not one error at each")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many faults there were."""
    if not TALLY.is_empty:
        kind = "each error at each call" if config.getoption("--all-faults", default=False) else "a sample"
        terminalreporter.write_line(TALLY.line(kind=kind))


@pytest.fixture
def is_every(request: pytest.FixtureRequest) -> bool:
    """Whether all faults are to be tried."""
    return bool(request.config.getoption("--all-faults", default=False))


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, ...]]:
    """Two stages, so that two processors have something to do."""
    made = tuple(Stage(tmp_path_factory.mktemp("stage") / "root") for _ in range(2))
    yield made
    for stage in made:
        stage.close()


@pytest.fixture
def stage(stages: tuple[Stage, ...]) -> Iterator[Stage]:
    """One stage with an article on it, and nothing decided yet."""
    stages[0].restore(stages[0].original)
    yield stages[0]
    shutil.rmtree(stages[0].root / "away", ignore_errors=True)
    stages[0].restore(stages[0].original)
