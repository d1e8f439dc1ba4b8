"""The dialog of the preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from annotator.core.i18n import _
from annotator.gui.actions.shortcut_editor import ask_keys
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.theme.styles import form_stylesheet
from annotator.gui.widgets.text_label import TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.gui.actions.action import Action
    from annotator.gui.theme.theme import Theme

_LEAST, _MOST, _GRID_STEP = 50, 400, 10  # per cent


class Preferences(NamedTuple):
    """The values that the dialog edits, as in `Settings`; `keys` has the changed shortcuts by action id."""

    language: str
    theme: str
    face: str
    zoom: float
    annotator: str
    skips: bool
    fade: bool
    keys: Mapping[str, list[str]]


def ask_preferences(
    parent: QWidget, current: Preferences, *, actions: Sequence[Action], theme: Theme, user: str
) -> Preferences | None:
    """Return the preferences that the user chooses, or None if the dialog is cancelled.

    `current` has the current preferences, `actions` have their default shortcuts, and `user` is the name of the
    annotator if none is given.
    """
    dialog = _PreferencesDialog(parent, current, actions=actions, theme=theme, user=user)
    return dialog.ask(dialog.get_preferences)


class _PreferencesDialog(Dialog):
    def __init__(
        self, parent: QWidget, current: Preferences, *, actions: Sequence[Action], theme: Theme, user: str
    ) -> None:
        super().__init__(parent, _("Preferences"), size=(580, 0), theme=theme)
        self.setStyleSheet(form_stylesheet(theme))
        self._actions, self._theme = actions, theme
        self._keys = dict(current.keys)
        self._initial_zoom = current.zoom
        self._language = self._build_choice(
            {"": _("Same as system"), "vi": "Tiếng Việt", "en": "English"}, current.language, name=_("Language")
        )
        self._colours = self._build_choice(
            {
                "": _("Same as system"),
                "light": _("Light"),
                "dark": _("Dark"),
                "high-light": _("Light, high contrast"),
                "high-dark": _("Dark, high contrast"),
            },
            current.theme,
            name=_("Colours"),
        )
        self._face = self._build_choice(
            {"serif": _("Serif font"), "sans": _("Sans-serif font")}, current.face, name=_("Article font")
        )
        self._zoom = QSpinBox(self)
        self._zoom.setRange(_LEAST, _MOST)
        self._zoom.setSingleStep(_GRID_STEP)
        self._zoom.setSuffix(" %")
        self._zoom.setValue(round(100 * current.zoom))
        self._zoom.setAccessibleName(_("Size of the text"))
        self._name = QLineEdit(current.annotator, self)
        self._name.setPlaceholderText(user)
        self._name.setAccessibleName(_("Your name"))
        self._skips = QCheckBox(_("Skip headings, captions and the like when going to the next sentence"), self)
        self._skips.setChecked(current.skips)
        self._fade = QCheckBox(_("Dim untagged sentences"), self)
        self._fade.setChecked(current.fade)
        self._lay_out()

    def get_preferences(self) -> Preferences:
        """Return the preferences as chosen."""
        percent = self._zoom.value()
        return Preferences(
            language=self._language.currentData(),
            theme=self._colours.currentData(),
            face=self._face.currentData(),
            # An unchanged percentage keeps the exact factor, which zooming by keys does not round.
            zoom=self._initial_zoom if percent == round(100 * self._initial_zoom) else percent / 100,
            annotator=self._name.text().strip(),
            skips=self._skips.isChecked(),
            fade=self._fade.isChecked(),
            keys=self._keys,
        )

    def _build_choice(self, choices: Mapping[str, str], current: str, *, name: str) -> QComboBox:
        box = QComboBox(self)
        for value, text in choices.items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(current)))
        box.setAccessibleName(name)
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(_("Language"), self._language)
        form.addRow(_("Colours"), self._colours)
        form.addRow(_("Article font"), self._face)
        form.addRow(_("Size of the text"), self._zoom)
        form.addRow("", self._fade)
        form.addRow(_("Your name"), self._name)
        hint = _("Written to annotation files, from the next document on.")
        form.addRow("", TextLabel(hint, self, is_quiet=True))
        form.addRow("", self._skips)
        keys = QPushButton(_("Change keys…"), self)
        keys.setAutoDefault(False)
        keys.clicked.connect(self._on_keys_clicked)
        row = QHBoxLayout()
        row.addWidget(keys)
        row.addStretch(1)
        form.addRow(_("Keyboard shortcuts"), row)
        self.body.addLayout(form)
        self.body.addStretch(1)
        self.add_buttons(_("OK"))

    def _on_keys_clicked(self) -> None:
        found = ask_keys(self, self._actions, changed=self._keys, theme=self._theme)
        if found is not None:
            self._keys = found
