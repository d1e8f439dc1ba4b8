"""The dialog that edits a label set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.app.labels.draft import LabelDraft, LabelPlan
from annotator.core.formatting import show_hidden
from annotator.core.i18n import _
from annotator.core.labels import Label, LabelSet
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.labels.form import LabelForm
from annotator.gui.labels.removal_dialog import Replacement, ask_removal
from annotator.gui.theme.theme import make_label_style
from annotator.gui.widgets.editable_list import EditableList, list_stylesheet
from annotator.gui.widgets.label_chips import make_badge
from annotator.gui.widgets.text_label import escape_ampersands, make_tooltip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.app.labels.draft import LabelUsage
    from annotator.gui.theme.theme import Theme

TAKE_BACK = LabelPlan(LabelSet("", ()))
"""The result of `ask_labels` that asks to take the last change of labels back."""


def ask_labels(
    parent: QWidget, labels: LabelSet, *, theme: Theme, language: str, usage: Mapping[str, LabelUsage], last: str = ""
) -> LabelPlan | None:
    """Return how the user wants to change `labels`, `TAKE_BACK` to take the last change back, or None to keep them.

    `usage` says by key how often labels are used, including labels that are not in the set. `last` is the text of the
    button that takes the last change back; if it is empty the button is hidden.
    """
    dialog = _LabelDialog(
        parent, LabelDraft.from_labels(labels, usage=usage), theme=theme, language=language, last=last
    )
    return dialog.ask(dialog.get_plan)


class _LabelDialog(Dialog):
    def __init__(self, parent: QWidget, draft: LabelDraft, *, theme: Theme, language: str, last: str) -> None:
        super().__init__(parent, _("Label set"), size=(900, 590), theme=theme)
        self.setStyleSheet(list_stylesheet(theme))
        self._draft = draft
        self._theme = theme
        self._language = language
        self._is_taking_back = False
        self._list = EditableList(_("Labels"), self)
        self._list.rows.setIconSize(QSize(26, 20))
        self._add_unknown = QPushButton(_("Labels not in the list"), self)
        self._form = LabelForm(theme, self, language=language)
        self._back = QPushButton(escape_ampersands(last) or _("Undo"), self)
        self._back.setVisible(bool(last))
        self.foot.insertWidget(0, self._back)
        self.add_buttons(_("Save labels"))
        self._lay_out()
        self._connect()
        self._list.fill(len(self._draft.rows), place=0)
        self._list.rows.setFocus()

    def get_plan(self) -> LabelPlan:
        """Return the planned change."""
        return TAKE_BACK if self._is_taking_back else self._draft.plan

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._list, 1)
        left.addWidget(self._add_unknown)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        sides.addLayout(left, 2)
        sides.addWidget(self._form, 5)
        self.body.addLayout(sides, 1)

    def _connect(self) -> None:
        self._list.chosen.connect(self._on_row_changed)
        self._form.edited.connect(self._on_edited)
        self._list.added.connect(lambda: self._add_label(""))
        self._list.removed.connect(self._on_removed)
        self._list.moved.connect(self._on_moved)
        self._add_unknown.clicked.connect(self._on_add_unknown_clicked)
        self._back.clicked.connect(self._on_back_clicked)

    # The list

    def _on_row_changed(self, place: int) -> None:
        self._form.setEnabled(place >= 0)
        label = self._draft.rows[place].label if place >= 0 else Label("", colour=self._theme.neutral)
        self._form.show_label(label, usage=self._describe_usage(place))
        self._refresh()

    def _refresh(self) -> None:
        """Show the result of the edits, and whether the labels can be used."""
        fault = self._draft.find_fault()
        for place, row in enumerate(self._draft.rows):
            item = self._list.rows.item(place)
            is_faulty = fault is not None and fault.place == place
            look = make_label_style(
                self._theme, _with_valid_colour(row.label), number=place + 1, language=self._language
            )
            number = f"{place + 1}   " if place < 9 else "     "
            item.setText(f"{number}{look.name or _('(no key)')}{'  ⚠' if is_faulty else ''}")
            item.setIcon(make_badge(look, self._list.devicePixelRatioF()))
            item.setToolTip(make_tooltip(row.label.hint(self._language)))
        self._list.update_buttons()
        self._add_unknown.setVisible(bool(self._draft.unknown_keys))
        self.set_fault(fault.sentence if fault else "")

    def _describe_usage(self, place: int) -> str:
        if place < 0:
            return ""
        row, used = self._draft.rows[place], self._draft.get_usage(place)
        if not used.annotations:
            return _("Not used yet.")
        if row.origin and row.label.key != row.origin:
            return _("Renamed from {key}: {annotations}.").format(key=show_hidden(row.origin), annotations=used.summary)
        return _("Used: {annotations}.").format(annotations=used.summary)

    # Edits

    def _on_edited(self, label: Label) -> None:
        place = self._list.rows.currentRow()
        if place >= 0:
            self._draft = self._draft.with_label(place, label)
            self._form.set_usage(self._describe_usage(place))
            self._refresh()

    def _add_label(self, key: str, *_checked: object) -> None:
        self._draft = self._draft.with_new_label(key)
        self._list.fill(len(self._draft.rows), place=len(self._draft.rows) - 1)
        self._form.key.setFocus()
        self._form.key.selectAll()

    def _on_moved(self, by: int) -> None:
        place = self._list.rows.currentRow()
        if 0 <= place + by < len(self._draft.rows) and place >= 0:
            self._draft = self._draft.with_moved_label(place, by)
            self._list.fill(len(self._draft.rows), place=place + by)

    def _on_removed(self) -> None:
        place = self._list.rows.currentRow()
        if place < 0:
            return
        row, used = self._draft.rows[place], self._draft.get_usage(place)
        heir: Replacement | None = Replacement(None)
        if used.annotations:
            others = [other for other in self._draft.rows if other.number != row.number]
            heirs = [Replacement(other.number, other.label.name(self._language)) for other in others]
            name = row.label.name(self._language)
            heir = ask_removal(self, name, key=row.origin or row.label.key, usage=used, replacements=heirs)
        if heir is not None:
            self._draft = self._draft.without_label(place, into=heir.number)
            self._list.fill(len(self._draft.rows), place=place)
        self._list.rows.setFocus()

    def _on_add_unknown_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key in self._draft.unknown_keys:
            text = _("Take in “{key}” ({annotations})").format(
                key=show_hidden(key), annotations=self._draft.usage[key].summary
            )
            menu.addAction(escape_ampersands(text)).triggered.connect(partial(self._add_label, key))
        menu.popup(self._add_unknown.mapToGlobal(self._add_unknown.rect().bottomLeft()))

    def _on_back_clicked(self) -> None:
        self._is_taking_back = True
        self.accept()


def _with_valid_colour(label: Label) -> Label:
    """Return `label`, with the default colour if its own cannot be painted."""
    try:
        int(label.colour[1:], 16)
    except ValueError:
        return Label(label.key, label.names, letters=label.letters)
    return label if len(label.colour) == 7 else Label(label.key, label.names, letters=label.letters)
