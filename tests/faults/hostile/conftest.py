"""What all hostile tests share: nothing is waited for without end."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 300


@pytest.fixture(autouse=True)
def watchdog() -> Iterator[None]:
    """A test that waits for a pipe, say, fails instead of keeping all others waiting; no test comes near the limit."""

    def bite(*_: object) -> NoReturn:
        raise TimeoutError(f"nothing came of it in {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, bite)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
