"""Colours and fonts of the window: a light and a dark theme, each also in high contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator.core.colour import adjust_contrast, blend
from annotator.core.i18n import _
from annotator.gui.theme.look import ArticleStyle, LabelStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.core.labels import Label

SERIF = ("Noto Serif", "Source Serif 4", "Georgia", "Cambria")
SANS = ("Noto Sans", "Source Sans 3", "Segoe UI", "Helvetica Neue")
"""Font families for the article in order of preference."""
_FADED_SHARE = 0.2  # share of the ink in faded text; raised where the contrast would be too low
TEXT_CONTRAST = 4.5
"""Minimum contrast of text to its background, WCAG 2.2 level AA."""
HIGH_CONTRAST = 7.0
"""The same with high contrast, WCAG 2.2 level AAA."""


class Theme(NamedTuple):
    """Colours of the window, each `#rrggbb`.

    `panel` is the background of lists and panels, `field` of buttons and fields, `line` separates them, `hair` the rows
    of a list; `neutral` is the background of things that are on and have no colour of their own. `error` is for what
    failed, `warn` for what needs attention and is no error, alone or on `warn_ground`. `label_tint` is the share of a
    label's colour in the background of a tagged sentence. `match` and `match_current` are backgrounds of search
    matches. `min_contrast` is the contrast that all text has, `line_weight` a factor for the thickness of bars and
    outlines.
    """

    name: str
    is_dark: bool
    paper: str
    backdrop: str
    panel: str
    field: str
    line: str
    neutral: str
    ink: str
    muted: str
    faint: str
    accent: str
    selection: str
    success: str
    error: str
    warn: str
    warn_ground: str
    hair: str
    label_tint: float
    match: str = "#fff0a3"
    match_current: str = "#ffcf33"
    min_contrast: float = TEXT_CONTRAST
    line_weight: float = 1.0

    @property
    def focus_border(self) -> int:
        """Thickness of the frame around the widget with the focus, in pixels."""
        return round(self.line_weight)


LIGHT = Theme(
    name="light",
    is_dark=False,
    paper="#fffefb",
    backdrop="#ebe8e1",
    panel="#f6f4ef",
    field="#fffefb",
    line="#d9d5cb",
    neutral="#d9d5cb",
    ink="#1f2328",
    muted="#575f6b",
    faint="#676f7a",
    accent="#1b5ab5",
    selection="#d5e4fb",
    success="#22703c",
    error="#a4341f",
    warn="#8a5a00",
    warn_ground="#fbf1d8",
    hair="#e6e2d9",
    label_tint=0.17,
)
DARK = Theme(
    name="dark",
    is_dark=True,
    paper="#1c1f24",
    backdrop="#131519",
    panel="#181b20",
    field="#242931",
    line="#323842",
    neutral="#323842",
    ink="#dfe2e6",
    muted="#a3abb6",
    faint="#8d96a2",
    accent="#7db2ff",
    selection="#243a5c",
    success="#7cc796",
    error="#ff9c85",
    warn="#e2b35c",
    warn_ground="#352c18",
    hair="#272c34",
    label_tint=0.26,
    match="#4a3d0c",
    match_current="#735800",
)
HIGH_LIGHT = Theme(
    name="high-light",
    is_dark=False,
    paper="#ffffff",
    backdrop="#e4e4e4",
    panel="#ffffff",
    field="#ffffff",
    line="#3d3d3d",
    neutral="#d0d0d0",
    ink="#000000",
    muted="#303030",
    faint="#404040",
    accent="#00309c",
    selection="#bcd4ff",
    success="#00471c",
    error="#8a1000",
    warn="#5c3a00",
    warn_ground="#fff3d6",
    hair="#767676",
    label_tint=0.22,
    match="#fff3a0",
    match_current="#ffd800",
    min_contrast=HIGH_CONTRAST,
    line_weight=1.7,
)
HIGH_DARK = Theme(
    name="high-dark",
    is_dark=True,
    paper="#000000",
    backdrop="#141414",
    panel="#000000",
    field="#000000",
    line="#c4c4c4",
    neutral="#3d3d3d",
    ink="#ffffff",
    muted="#dedede",
    faint="#cfcfcf",
    accent="#8fd0ff",
    selection="#003c7d",
    success="#8cf0a8",
    error="#ffb3a3",
    warn="#ffd98a",
    warn_ground="#332600",
    hair="#8a8a8a",
    label_tint=0.3,
    match="#4d3d00",
    match_current="#6b5400",
    min_contrast=HIGH_CONTRAST,
    line_weight=1.7,
)
_THEMES = {theme.name: theme for theme in (LIGHT, DARK, HIGH_LIGHT, HIGH_DARK)}


def get_theme(name: str) -> Theme:
    """Return the theme called `name`, or that of the system where the name is empty."""
    if name:
        return _THEMES.get(name, LIGHT)
    hints = QGuiApplication.styleHints()
    is_dark = hints.colorScheme() is Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return HIGH_DARK if is_dark else HIGH_LIGHT
    return DARK if is_dark else LIGHT


def connect_system_theme(call: Callable[[], object]) -> None:
    """Call `call` whenever the system changes between light and dark or its contrast."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(call)
    hints.accessibility().contrastPreferenceChanged.connect(call)


def apply_palette(theme: Theme) -> None:
    """Set the palette of all widgets to the colours of `theme`."""
    palette = make_palette(theme)
    QApplication.setPalette(palette)
    if theme.min_contrast > TEXT_CONTRAST:  # Fusion draws frames in a darker shade of the window: black on black
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.line).lighter(130))
        for kind in ("QComboBox", "QAbstractSpinBox"):
            QApplication.setPalette(palette, kind)  # type: ignore[arg-type]  # the stubs want bytes, the binding a str


def make_palette(theme: Theme) -> QPalette:
    """Return the palette of `theme`."""
    palette = QPalette()
    for role, colour in {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Base: theme.field,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.ToolTipBase: theme.field,
        QPalette.ColorRole.ToolTipText: theme.ink,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.paper,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.line,
        QPalette.ColorRole.Light: theme.field,
    }.items():
        palette.setColor(role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, QColor(blend(theme.ink, theme.panel, share=0.45)))
    return palette


def make_article_style(theme: Theme, labels: Iterable[Label], *, face: str, language: str) -> ArticleStyle:
    """Return the look of the article in `theme`."""
    faces = (*SANS, "DejaVu Sans", "sans-serif") if face == "sans" else (*SERIF, "DejaVu Serif", "serif")
    return ArticleStyle(
        paper=theme.paper,
        backdrop=theme.backdrop,
        ink=theme.ink,
        muted_ink=theme.muted,
        faint_ink=theme.faint,
        faded_ink=adjust_contrast(
            blend(theme.ink, theme.paper, share=_FADED_SHARE), theme.paper, least=theme.min_contrast
        ),
        accent=theme.accent,
        selection=theme.selection,
        hairline=theme.line,
        neutral=theme.neutral,
        match=theme.match,
        match_current=theme.match_current,
        line_weight=theme.line_weight,
        fonts=faces,
        heading_fonts=faces,
        labels={label.key: look for label, look in make_label_styles(theme, labels, language=language)},
        nothing_name=_("No label"),
        nothing_key=_("Space"),
    )


def make_label_styles(theme: Theme, labels: Iterable[Label], *, language: str) -> list[tuple[Label, LabelStyle]]:
    """Return each of `labels`, in order, with its look."""
    numbered = enumerate(labels, start=1)
    return [(label, make_label_style(theme, label, number=number, language=language)) for number, label in numbered]


def make_label_style(theme: Theme, label: Label, *, number: int, language: str) -> LabelStyle:
    """Return the look of a label: its colour made legible on the paper, and a background mixed from it."""
    ground = blend(label.colour, theme.paper, share=theme.label_tint)
    return LabelStyle(
        key=label.key,
        name=label.name(language),
        letter=label.letter(language),
        number=number if number <= 9 else 0,  # the digit keys 1 to 9
        colour=adjust_contrast(label.colour, theme.paper, least=theme.min_contrast),
        background=ground,
        ink=adjust_contrast(label.colour, ground, least=theme.min_contrast),
    )


def window_stylesheet(theme: Theme) -> str:
    """Return the style sheet of the window, for what the palette does not cover."""
    return f"""
        QMainWindow::separator {{ background: {theme.line}; width: 1px; height: 1px; }}
        QToolBar {{ border: none; border-bottom: 1px solid {theme.line}; padding: 3px 8px; spacing: 2px; }}
        QToolBar QToolButton {{ border: none; border-radius: 5px; padding: 4px 8px; }}
        QToolBar QToolButton:hover, QToolBar QToolButton:focus {{ background: {theme.selection}; }}
        QStatusBar {{ border-top: 1px solid {theme.line}; }}
        QStatusBar::item {{ border: none; }}
        QStatusBar QLabel {{ padding: 2px 9px; color: {theme.muted}; }}
        #panel-title QLabel {{ font-weight: 600; color: {theme.muted}; }}
        QMainWindow > QTabBar::tab {{ padding: 6px 16px; border: none; color: {theme.muted};
            background: {theme.panel}; }}
        QMainWindow > QTabBar::tab:selected {{ color: {theme.ink}; border-bottom: 2px solid {theme.accent}; }}
        QToolButton:focus {{ background: {theme.selection}; }}
        QLineEdit, QPlainTextEdit {{ placeholder-text-color: {theme.faint}; }}
        QPlainTextEdit {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px;
            background: {theme.field}; }}
        QPlainTextEdit:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}
        QDialog QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 6px 18px;
            background: {theme.field}; }}
        QDialog QPushButton:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}
        QMenuBar {{ border-bottom: 1px solid {theme.line}; }}
        QToolTip {{ border: 1px solid {theme.line}; padding: 4px; }}
        {f"QMenu {{ border: 1px solid {theme.line}; }}" if theme.is_dark or theme.min_contrast > TEXT_CONTRAST else ""}
    """
