"""Colours and faces of the window, light and dark. It must not know what is shown in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from annotator.core.contrast import blended, legible
from annotator.core.wording import _
from annotator.gui.article.look import LabelLook, Look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.core.labels import Label

_SERIF = ("Noto Serif", "Source Serif 4", "Charter", "Georgia", "Cambria", "DejaVu Serif", "serif")
_SANS = ("Noto Sans", "Source Sans 3", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "sans-serif")
TEXT_CONTRAST = 4.5
"""The least contrast of text to its ground, WCAG 2.2 AA."""


class Theme(NamedTuple):
    """The colours of the window, each ``#rrggbb``.

    ``panel`` lies under lists and inspector, ``raised`` under buttons and fields, ``line`` parts them; ``strength`` is
    the share of a label's colour in the ground of a tagged sentence.
    """

    name: str
    is_dark: bool
    paper: str
    desk: str
    panel: str
    raised: str
    line: str
    ink: str
    muted: str
    faint: str
    accent: str
    selection: str
    good: str
    trouble: str
    strength: float


LIGHT = Theme(
    name="light",
    is_dark=False,
    paper="#fffefb",
    desk="#ebe8e1",
    panel="#f6f4ef",
    raised="#fffefb",
    line="#d9d5cb",
    ink="#1f2328",
    muted="#575f6b",
    faint="#676f7a",
    accent="#1b5ab5",
    selection="#d5e4fb",
    good="#22703c",
    trouble="#a4341f",
    strength=0.17,
)
DARK = Theme(
    name="dark",
    is_dark=True,
    paper="#1c1f24",
    desk="#131519",
    panel="#181b20",
    raised="#242931",
    line="#323842",
    ink="#dfe2e6",
    muted="#a3abb6",
    faint="#8d96a2",
    accent="#7db2ff",
    selection="#243a5c",
    good="#7cc796",
    trouble="#ff9c85",
    strength=0.26,
)


def wanted_theme(name: str) -> Theme:
    """The theme called ``name``, or that of the system where the name is empty."""
    if name:
        return DARK if name == "dark" else LIGHT
    return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def palette_of(theme: Theme) -> QPalette:
    """The palette for all widgets."""
    palette = QPalette()
    for role, colour in {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Base: theme.raised,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.ink,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.paper,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.line,
        QPalette.ColorRole.Light: theme.raised,
    }.items():
        palette.setColor(role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, QColor(blended(theme.ink, theme.panel, share=0.45)))
    return palette


def look_of(theme: Theme, labels: Iterable[Label], *, face: str, language: str) -> Look:
    """How the article is shown."""
    faces = _SANS if face == "sans" else _SERIF
    return Look(
        paper=theme.paper,
        desk=theme.desk,
        ink=theme.ink,
        muted_ink=theme.muted,
        faint_ink=theme.faint,
        accent=theme.accent,
        selection=theme.selection,
        rule=theme.line,
        face=faces,
        heading_face=faces,
        labels={
            label.key: label_look(theme, label, number=number, language=language)
            for number, label in enumerate(labels, start=1)
        },
        nothing_name=_("Nothing here"),
        nothing_key=_("Space"),
    )


def label_look(theme: Theme, label: Label, *, number: int, language: str) -> LabelLook:
    """How a label is shown: its colour made legible on the paper, and a ground mixed from it."""
    ground = blended(label.colour, theme.paper, share=theme.strength)
    return LabelLook(
        key=label.key,
        name=label.name(language),
        letter=label.sign(language),
        number=number if number <= 9 else 0,
        colour=legible(label.colour, theme.paper, least=TEXT_CONTRAST),
        ground=ground,
        ink=legible(label.colour, ground, least=TEXT_CONTRAST),
    )


def style_of(theme: Theme) -> str:
    """The few rules that the palette cannot say."""
    return f"""
        QMainWindow::separator {{ background: {theme.line}; width: 1px; height: 1px; }}
        QToolBar {{ border: none; border-bottom: 1px solid {theme.line}; padding: 3px 8px; spacing: 2px; }}
        QToolBar QToolButton {{ border: none; border-radius: 5px; padding: 4px 8px; }}
        QToolBar QToolButton:hover, QToolBar QToolButton:focus {{ background: {theme.selection}; }}
        QStatusBar {{ border-top: 1px solid {theme.line}; }}
        QStatusBar::item {{ border: none; }}
        QStatusBar QLabel {{ padding: 2px 9px; color: {theme.muted}; }}
        #panel-title QLabel {{ font-weight: 600; color: {theme.muted}; }}
        QToolButton:focus {{ background: {theme.selection}; }}
        QPlainTextEdit {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px;
            background: {theme.raised}; }}
        QPlainTextEdit:focus {{ border-color: {theme.accent}; }}
        QDialog QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 6px 18px;
            background: {theme.raised}; }}
        QDialog QPushButton:focus {{ border-color: {theme.accent}; }}
        QMenuBar {{ border-bottom: 1px solid {theme.line}; }}
        QToolTip {{ border: 1px solid {theme.line}; padding: 4px; }}
    """
