"""A virtual screen for all tests here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from x_display import Screen, screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def seen_tour(own_folders: Path) -> None:
    """The tour of the first start is over: keys go to the article."""
    settings = own_folders / "config" / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"toured": true}', "utf-8")


@pytest.fixture(scope="session")
def display() -> Iterator[Screen]:
    """An X server for the whole run."""
    with screen() as found:
        yield found
