"""Names in files that older versions wrote: actions with keys of the user's own, docks and tool bars, settings."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDockWidget, QToolBar
from repository import ROOT

from annotator.app.preferences.settings import Settings, load_settings
from annotator.gui.actions.action import Menu
from annotator.gui.actions.shortcuts import normalize_key, resolve_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from window_driver import WindowDriver

SAVED = ROOT / "tests" / "saved" / "0.1.0"
NAMES = json.loads((SAVED / "names.json").read_text("utf-8"))


@pytest.fixture
def saved_settings(tmp_path: Path) -> Settings:
    """The settings that version 0.1.0 wrote."""
    return load_settings(Path(shutil.copy(SAVED / "settings.json", tmp_path)))


def test_no_saved_name_has_changed(driver: WindowDriver) -> None:
    """Actions, docks, tool bars and settings are found under the names that older files have."""
    assert set(NAMES["actions"]) <= {entry.id for entry in driver.shipped_actions()}
    assert set(NAMES["docks"]) <= {dock.objectName() for dock in driver.find_all(QDockWidget)}
    assert set(NAMES["tool bars"]) <= {bar.objectName() for bar in driver.find_all(QToolBar)}
    assert set(NAMES["settings"]) <= set(asdict(Settings()))


def test_actions_are_in_the_order_of_the_menus(driver: WindowDriver) -> None:
    """Cheat-sheet and palette list them so, those of the labels first."""
    entries = [entry for entry in driver.shipped_actions() if not entry.label]
    places = [(list(Menu).index(entry.menu), entry.group) for entry in entries]
    assert places == sorted(places)
    assert len(entries) > 50


def test_the_window_comes_back(folder: Path, open_on: Callable[..., WindowDriver], saved_settings: Settings) -> None:
    """The panels that were shown under version 0.1.0 are shown, the others are not."""
    driver = open_on(folder, saved_settings)
    names = ("documents", "inspector", "table", "check", "history", "review")
    assert [name for name in names if driver.is_panel_shown(name)] == ["inspector", "table", "check"]


def test_keys_of_the_user_are_in_force(
    folder: Path, open_on: Callable[..., WindowDriver], saved_settings: Settings
) -> None:
    """Keys that were set under version 0.1.0 do what they did, whatever the defaults are."""
    driver = open_on(folder, saved_settings)
    keys = {entry.id: entry.keys for entry in driver.actions()}
    assert (keys["next"], keys["panel-review"]) == (("Ctrl+J", "J"), ("F6",))
    before = driver.current()
    driver.press("Ctrl+J")
    assert driver.current() != before


def test_a_key_of_the_user_wins_over_every_default(driver: WindowDriver) -> None:
    """Whatever other action has a key by default, now or in a later version: the user's own choice keeps it."""
    entries = driver.shipped_actions()
    for other in entries:
        if other.id == "panel-review":
            continue
        newer = [replace(entry, keys=("F6", *entry.keys)) if entry.id == other.id else entry for entry in entries]
        found = resolve_keys(newer, {"panel-review": ["F6"]})
        assert found["panel-review"] == ("F6",)
        assert [id_ for id_, keys in found.items() if "F6" in map(normalize_key, keys)] == ["panel-review"]
