"""Passing messages in the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStatusBar
from window_driver import show_messages_for

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot
    from window_driver import WindowDriver


def test_a_message_vanishes_by_itself(driver: WindowDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves the status bar empty after its time, without a key or another message."""
    show_messages_for(30, monkeypatch)
    seen: list[str] = []
    driver.find(QStatusBar).messageChanged.connect(seen.append)
    driver.run("save")
    qtbot.waitUntil(lambda: seen == ["Saved.", ""])
    assert driver.status() == ""
