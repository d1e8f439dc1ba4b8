"""What the soaks share: the option for long ones, articles, errors that no one caught."""

from __future__ import annotations

import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARTICLES = ("chuoi-lanh-dong-bang.txt", "ga-hang-hoa-ky-lam.txt", "nang-luong-hai-dao.txt")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--keys``."""
    parser.addoption("--keys", type=int, default=None, help="how many random keys a soak presses")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of some articles."""
    place = tmp_path / "work"
    place.mkdir()
    for name in ARTICLES:
        (place / name).write_bytes((ROOT / "tests" / "golden" / "articles" / name).read_bytes())
    return place


@pytest.fixture(autouse=True)
def failures(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[list[str]]:
    """Errors that no one caught, in the window's thread and in others; there must be none."""
    found: list[str] = []

    def note(*error: Any) -> None:
        found.append("".join(traceback.format_exception(*error)))

    monkeypatch.setattr(sys, "excepthook", note)
    monkeypatch.setattr(threading, "excepthook", lambda args: note(*args[:3]))
    yield found
    assert not found, "\n".join(found)
    assert "Traceback" not in capfd.readouterr().err
