"""The chooser of a label's colour, with a preview in the light and the dark theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.colour import PALETTE, adjust_contrast, contrast_ratio
from annotator.core.i18n import N_, _
from annotator.gui.theme.theme import DARK, LIGHT, make_label_style
from annotator.gui.widgets.text_label import PlainLabel, TextLabel, make_tooltip

if TYPE_CHECKING:
    from annotator.core.labels import Label
    from annotator.gui.theme.theme import Theme

_COLOUR_NAMES = (
    *(N_("blue"), N_("vermilion"), N_("bluish green"), N_("reddish purple"), N_("orange")),
    *(N_("sky blue"), N_("yellow"), N_("indigo"), N_("green"), N_("wine"), N_("purple")),
    *(N_("rose"), N_("olive"), N_("teal"), N_("cyan"), N_("sand")),
)
_COLUMNS = 8
_COLOUR_PATTERN = re.compile(r"#[0-9a-fA-F]{6}")


class ColourChooser(QWidget):
    """Swatches that colour-blind users can tell apart, a field for any other colour, and two previews."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        swatches = QGridLayout()
        swatches.setSpacing(5)
        for number, (colour, name) in enumerate(zip(PALETTE, _COLOUR_NAMES, strict=True)):
            swatch = self._build_swatch(colour, name)
            self._group.addButton(swatch, number)
            swatches.addWidget(swatch, number // _COLUMNS, number % _COLUMNS)
        self._group.idClicked.connect(self._on_swatch_clicked)
        self.code_field = QLineEdit(self)
        self.code_field.setMaxLength(7)
        self.code_field.setFixedWidth(96)
        self.code_field.setAccessibleName(_("Colour, # and six digits"))
        self.code_field.setToolTip(_("Any colour: # and six digits from 0 to F"))
        self.code_field.setPlaceholderText("#rrggbb")
        self.code_field.textEdited.connect(self._on_code_edited)
        self._samples = {theme.name: _Sample(theme, self) for theme in (LIGHT, DARK)}
        chooser = QVBoxLayout()
        chooser.setSpacing(6)
        chooser.addLayout(swatches)
        chooser.addWidget(self.code_field)
        samples = QVBoxLayout()
        samples.setSpacing(4)
        for sample in self._samples.values():
            samples.addWidget(sample)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(chooser)
        layout.addLayout(samples, 1)

    def show_label(self, label: Label, *, language: str) -> None:
        """Show the colour of `label` and preview the label in it."""
        if self.code_field.text() != label.colour and not (self.code_field.hasFocus() and self.code_field.text()):
            self.code_field.setText(label.colour)
        self._check_swatch(label.colour)
        if _COLOUR_PATTERN.fullmatch(label.colour):
            for sample in self._samples.values():
                sample.show_label(label, language=language)

    def show_code(self, colour: str) -> None:
        """Put `colour` into the field even while it is being edited."""
        self.code_field.setText(colour)

    def _build_swatch(self, colour: str, name: str) -> QPushButton:
        swatch = QPushButton(self)
        swatch.setCheckable(True)
        swatch.setFixedSize(24, 24)
        swatch.setToolTip(make_tooltip(f"{_(name)} ({colour})"))
        swatch.setAccessibleName(_(name))
        swatch.setObjectName(f"swatch-{colour}")
        ring = adjust_contrast(self._theme.ink, colour, least=3)
        swatch.setStyleSheet(
            f"QPushButton {{ background: {colour}; border: 1px solid {self._theme.line}; border-radius: 5px;"
            " padding: 0; }"
            f"QPushButton:checked {{ border: 3px solid {ring}; }}"
            f"QPushButton:focus {{ border: 2px solid {self._theme.accent}; }}"
        )
        return swatch

    def _check_swatch(self, colour: str) -> None:
        """Check the swatch of `colour`, or none."""
        known = [one.lower() for one in PALETTE]
        self._group.setExclusive(False)  # an exclusive group does not let its last button be unchecked
        for button in self._group.buttons():
            number = self._group.id(button)
            is_on = known[number] == colour.lower()
            button.setChecked(is_on)
            button.setText("✓" if is_on else "")
        self._group.setExclusive(True)

    def _on_swatch_clicked(self, number: int) -> None:
        self.code_field.setText(PALETTE[number])
        self.chosen.emit(PALETTE[number])

    def _on_code_edited(self, text: str) -> None:
        self.chosen.emit(text.strip())


class _Sample(QWidget):
    """A preview of the label in one theme, with the contrast of its text."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = PlainLabel(self)
        self._contrast = TextLabel("", self)
        self._contrast.setStyleSheet(f"color: {theme.muted}; background: transparent;")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("sample")
        self.setStyleSheet(
            f"#sample {{ background: {theme.paper}; border: 1px solid {theme.line}; border-radius: 6px; }}"
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(self._words)
        layout.addStretch(1)
        layout.addWidget(self._contrast)

    def show_label(self, label: Label, *, language: str) -> None:
        """Show `label` in its colour."""
        look = make_label_style(self._theme, label, number=1, language=language)
        self._words.setText(f"{look.letter}  {_shorten(look.name)}")
        self._words.setStyleSheet(
            f"background: {look.background}; color: {look.ink}; border: none; border-left: 4px solid {look.colour};"
            " padding: 3px 8px; font-weight: 600;"
        )
        where = _("dark") if self._theme.is_dark else _("light")
        words = _("{theme}: contrast {contrast}").format(
            theme=where, contrast=f"{contrast_ratio(look.ink, look.background):.1f}"
        )
        self._contrast.setText(words)
        self.setAccessibleName(words)


def _shorten(name: str) -> str:
    return name if len(name) <= 18 else f"{name[:17]}…"
