"""A virtual screen for all tests here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from screen import Screen, screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def display() -> Iterator[Screen]:
    """An X server for the whole run."""
    with screen() as found:
        yield found
