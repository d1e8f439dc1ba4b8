"""High contrast, and faces where the system has none."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import face_probe
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QAction, QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.app.preferences.settings import load_settings
from annotator.core.colour import blend, contrast_ratio
from annotator.gui.theme.theme import (
    DARK,
    HIGH_CONTRAST,
    HIGH_DARK,
    HIGH_LIGHT,
    LIGHT,
    Theme,
    get_theme,
    make_label_style,
)
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from pathlib import Path

    from window_driver import WindowDriver

HIGH = pytest.mark.parametrize("theme", [HIGH_LIGHT, HIGH_DARK], ids=lambda theme: theme.name)


@HIGH
def test_all_text_has_high_contrast(theme: Theme) -> None:
    """At least 7 for each ink on each ground that it stands on, whatever colours the labels have."""
    inks = (theme.ink, theme.muted, theme.faint, theme.accent, theme.success, theme.error)
    pairs = [(ink, ground) for ink in inks for ground in (theme.paper, theme.panel, theme.field)]
    pairs += [(ink, theme.selection) for ink in (theme.ink, theme.muted, theme.success)]
    pairs += [(theme.ink, theme.neutral), (theme.paper, theme.accent)]
    shipped = list(load_builtin_labels())
    odd = [replace(shipped[0], colour=colour) for colour in ("#000000", "#ffffff", "#ffff00", "#0000ff", "#808080")]
    for number, label in enumerate([*shipped, *odd], start=1):
        look = make_label_style(theme, label, number=number, language="vi")
        pairs += [(theme.ink, look.background), (look.ink, look.background), (look.colour, theme.paper)]
    too_weak = [
        (one, other, contrast_ratio(one, other)) for one, other in pairs if contrast_ratio(one, other) < HIGH_CONTRAST
    ]
    assert too_weak == []


@HIGH
def test_edges_can_be_seen(theme: Theme) -> None:
    """At least 3 for lines and for the outline of the current sentence, WCAG 2.2, 1.4.11."""
    edges = [(theme.line, theme.panel), (theme.line, theme.paper), (theme.accent, theme.paper)]
    assert [(one, other) for one, other in edges if contrast_ratio(one, other) < 3] == []


@HIGH
def test_it_can_be_chosen(driver: WindowDriver, theme: Theme) -> None:
    """From the View menu, at once, and it is remembered; bars and outline are thicker than usual."""
    usual = _outline(driver, LIGHT)
    action = driver.find(QAction, f"theme-{theme.name}")
    action.trigger()
    assert theme.name == driver.settings.theme
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == theme.panel
    assert _outline(driver, theme) > usual


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda theme: theme.name)
def test_what_an_empty_box_says_can_be_read(driver: WindowDriver, theme: Theme) -> None:
    """The hints in the note and in the fields have the contrast of all other text."""
    driver.choose_look(theme=theme.name)
    driver.press("1", "K")
    driver.qtbot.waitUntil(lambda: bool(driver.panel("inspector").find_all(QLineEdit)))
    lines = driver.panel("inspector").find_all(QLineEdit)
    boxes = [driver.note(), *(line for line in lines if line.placeholderText())]
    found = {_laid_over(box.palette().color(QPalette.ColorRole.PlaceholderText), theme.field) for box in boxes}
    assert [one for one in found if contrast_ratio(one, theme.field) < theme.min_contrast] == []


def test_it_is_remembered(tmp_path: Path) -> None:
    """The settings take its name; a name that is no theme's is not taken."""
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "high-dark"}', "utf-8")
    assert load_settings(file).theme == "high-dark"
    file.write_text('{"theme": "high"}', "utf-8")
    assert not load_settings(file).theme


@pytest.mark.parametrize(("scheme", "wanted"), [(Qt.ColorScheme.Light, HIGH_LIGHT), (Qt.ColorScheme.Dark, HIGH_DARK)])
@pytest.mark.usefixtures("qapp")
def test_it_follows_the_system(monkeypatch: pytest.MonkeyPatch, scheme: Qt.ColorScheme, wanted: Theme) -> None:
    """Where the system asks for high contrast and no colours were chosen, they are light or dark as the system is."""
    hints = QGuiApplication.styleHints()
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _: Qt.ContrastPreference.HighContrast)
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: scheme)
    assert get_theme("") is wanted
    assert get_theme("light") is LIGHT


def test_a_system_without_faces_is_given_them(tmp_path: Path) -> None:
    """Where fontconfig knows no font at all, the shipped ones are taken, and have every Vietnamese letter."""
    (tmp_path / "none").mkdir()
    config = tmp_path / "fonts.conf"
    config.write_text(
        f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig><dir>{tmp_path / 'none'}</dir>"
        f"<cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>",
        "utf-8",
    )
    said = _probe({"FONTCONFIG_FILE": str(config)})
    assert said == ["False Noto Serif Noto Serif"] * 4 + ["False Noto Sans Noto Sans"] * 4


def _probe(environment: dict[str, str]) -> list[str]:
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    done = subprocess.run(
        [sys.executable, face_probe.__file__], env=settings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [line.strip() for line in done.stdout.splitlines()]


def _laid_over(colour: QColor, ground: str) -> str:
    return blend(colour.name(), ground, share=colour.alphaF())


def _outline(driver: WindowDriver, theme: Theme) -> int:
    """How many points of the article are painted in the colour of the outline."""
    image = driver.picture()
    points = ((x, y) for x in range(image.width()) for y in range(0, image.height(), 4))
    return sum(image.pixelColor(x, y).name() == theme.accent for x, y in points)
