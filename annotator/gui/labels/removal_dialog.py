"""The dialog that asks what becomes of the annotations of a removed label."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QComboBox

from annotator.core.formatting import show_hidden
from annotator.core.i18n import _
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.app.labels.draft import LabelUsage


class Replacement(NamedTuple):
    """A label that replaces the removed one: its row number and name. Without a number annotations keep their key."""

    number: int | None
    name: str = ""


def ask_removal(
    parent: QWidget, name: str, *, key: str, usage: LabelUsage, replacements: Sequence[Replacement]
) -> Replacement | None:
    """Return which of `replacements` replaces the label `name` in its annotations, or None to keep the label."""
    dialog = _RemovalDialog(parent, name, key=key, usage=usage, replacements=replacements)
    return dialog.ask(dialog.get_replacement)


class _RemovalDialog(Dialog):
    def __init__(
        self, parent: QWidget, name: str, *, key: str, usage: LabelUsage, replacements: Sequence[Replacement]
    ) -> None:
        super().__init__(parent, _("Remove a label"), size=(460, 0))
        self.body.setSpacing(10)
        self._replacements = (Replacement(None), *replacements)
        said = _("“{name}” is used: {annotations}. No annotation is lost.")
        self.add_text(said.format(name=name, annotations=usage.summary))
        question = PlainLabel(self, _("What becomes of them?"))
        self._choice = QComboBox(self)
        self._choice.addItem(_("They stay as they are, in grey under “{key}”").format(key=show_hidden(key)))
        for heir in replacements:
            self._choice.addItem(_("They become “{name}”").format(name=heir.name))
        self._choice.setAccessibleName(_("What becomes of them?"))
        question.setBuddy(self._choice)
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.body.addWidget(question)
        self.body.addWidget(self._choice)
        self.add_buttons(_("Remove the label"))
        self._choice.setFocus()

    def get_replacement(self) -> Replacement:
        """Return the current choice."""
        return self._replacements[self._choice.currentIndex()]
