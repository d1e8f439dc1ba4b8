"""The panel of what is to be checked: the list, old beside new, the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.app.session.to_check import CheckReason
from annotator.core.i18n import _
from annotator.gui.check.list import CheckAction, CheckDelegate, CheckModel, CheckView
from annotator.gui.theme.styles import panel_style
from annotator.gui.widgets.layouts import row_of_widgets
from annotator.gui.widgets.list_panel import ListPanel, placeholder_label
from annotator.gui.widgets.side_by_side import SideText, sides_layout
from annotator.gui.widgets.stray_bar import StrayBar
from annotator.gui.widgets.text_label import make_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.check.list import Row
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.side_by_side import SideBySide

_SHARES = [340, 620]  # of the width, for the list and for what is shown of the current row
_ANSWERS = (CheckAction.ACCEPT, CheckAction.REFUSE, CheckAction.TAKE, CheckAction.PUT_BACK)


class CheckPanel(ListPanel):
    """A list at the left, at its right the two texts and the buttons; `answered` gives the answer to a row."""

    height_hint = 240
    least_height = 150

    view: CheckView
    answered = Signal(CheckAction)
    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = CheckModel(self)
        self.view = CheckView(self.model, CheckDelegate(theme, self.model), self)
        self._sides = (SideText(self), SideText(self))
        self._titles = (placeholder_label(self), placeholder_label(self))
        self._where = placeholder_label(self)
        self._buttons = {answer: QPushButton(self) for answer in CheckAction}
        self._can_write = False
        self.strays = StrayBar(self)
        self._lay_out()
        self._join()

    # What is shown

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme and the language in use."""
        self.view.set_theme(theme)
        self.setStyleSheet(panel_style(theme))
        self._retitle()

    def show_rows(self, rows: Sequence[Row], *, advice: str, can_write: bool) -> None:
        """List `rows`, the current one staying about where it was; `advice` is what an empty list says."""
        self._can_write = can_write
        at = self.view.currentIndex().row()
        before = self.current()
        if list(rows) != self.model.rows:
            self.view.blockSignals(True)  # noqa: FBT003  # Qt's own signature
            self.model.show_rows(rows)
            if rows:
                keys = [(row.item.reason, row.item.key) for row in rows]
                same = keys.index((before.item.reason, before.item.key)) if before and _key(before) in keys else None
                self.view.setCurrentIndex(self.model.index(_next_to(rows, before, at) if same is None else same))
            self.view.blockSignals(False)  # noqa: FBT003  # as above
        self._show_list(advice=advice)
        self._offer()

    def show_sides(self, sides: SideBySide) -> None:
        """Show what the current row is about."""
        texts = ((sides.left_title, sides.left), (sides.right_title, sides.right))
        for label, side, (title, text) in zip(self._titles, self._sides, texts, strict=True):
            label.setText(title)
            side.setHtml(text)
            side.setAccessibleName(title)
            side.setVisible(bool(title))
            label.setVisible(bool(title))
        self._where.setText(sides.where)

    def current(self) -> Row | None:
        """Return the row that the keys are at, or None."""
        at = self.view.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def take_focus(self) -> None:
        """Give the focus to the list, on a row, which the article shows."""
        super().take_focus()
        row = self.current()
        if row is not None and row.item.reason is not CheckReason.ORPHAN:  # the place for an orphan was just chosen
            self.chosen.emit()

    def _offer(self) -> None:
        """Show the buttons for the answers that the current row can have."""
        row = self.current()
        doubt = row.item.reason if row else None
        texts = {
            CheckReason.CHANGED: (_("Confirm"), _("Remove labels"), "", ""),
            CheckReason.CONFLICT: (_("Keep this version"), "", _("Use other version"), ""),
            CheckReason.ORPHAN: ("", _("Delete"), "", _("Put back on the current sentence")),
            None: ("", "", "", ""),
        }[doubt]
        tips = {
            CheckAction.ACCEPT: _("Confirm (Enter)"),
            CheckAction.REFUSE: _("Take the annotation from this sentence (Delete)")
            if doubt is CheckReason.CHANGED
            else _("Delete this annotation for good; undo brings it back (Delete)"),
            CheckAction.TAKE: _("Replace this version with the other one (T)"),
            CheckAction.PUT_BACK: _("Choose the sentence in the article, then press P here"),
        }
        for answer, text in zip(_ANSWERS, texts, strict=True):
            button = self._buttons[answer]
            button.setText(text)
            button.setToolTip(make_tooltip(tips[answer]))
            button.setVisible(bool(text))
            button.setEnabled(self._can_write)
        several = sum(one.item.reason is CheckReason.CHANGED for one in self.model.rows)
        self._buttons[CheckAction.ACCEPT_ALL].setVisible(several > 1)
        self._buttons[CheckAction.ACCEPT_ALL].setEnabled(self._can_write)

    def _lay_out(self) -> None:
        self._where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        beside = QWidget(self)
        answers = [self._buttons[answer] for answer in _ANSWERS]
        every = self._buttons[CheckAction.ACCEPT_ALL]
        bar = row_of_widgets(*answers, (self._where, 1), every, margins=(0, 0, 0, 0))
        column_ = QVBoxLayout(beside)
        column_.setContentsMargins(14, 10, 14, 10)
        column_.setSpacing(8)
        column_.addLayout(sides_layout(self._titles, self._sides), 1)
        column_.addLayout(bar)
        parts = QSplitter(self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.view)
        parts.addWidget(beside)
        parts.setSizes(_SHARES)
        parts.setStretchFactor(1, 1)
        self._lay_out_parts(parts, above=self.strays)

    def _join(self) -> None:
        for answer, button in self._buttons.items():
            button.clicked.connect(lambda *_, answer=answer: self.answered.emit(answer))
        self.view.pressed_for.connect(self._on_pressed)
        self.view.chosen.connect(self._offer)
        self.view.chosen.connect(self.chosen)
        for side in self._sides:
            side.left.connect(self.left)

    def _on_pressed(self, answer: CheckAction) -> None:
        """Take a key as the button that it stands for; Enter at an orphan is answered too, by what to do first."""
        button = self._buttons[answer]
        if self._can_write and (not button.isHidden() or answer == CheckAction.ACCEPT):
            self.answered.emit(answer)

    def _retitle(self) -> None:
        self._buttons[CheckAction.ACCEPT_ALL].setText(_("Confirm all"))
        self._buttons[CheckAction.ACCEPT_ALL].setToolTip(_("Confirm every changed sentence of this document (M)"))
        self.view.setAccessibleName(_("To check"))
        self.setAccessibleName(_("To check"))
        self._offer()


def _key(row: Row) -> tuple[CheckReason, int]:
    return row.item.reason, row.item.key


def _next_to(rows: Sequence[Row], before: Row | None, at: int) -> int:
    """Return the row to go on with after the one at `at`, which was `before`, was answered.

    What was refused stands there as an orphan now, which the next press must not delete.
    """
    at = min(max(at, 0), len(rows) - 1)
    if before is None or rows[at].item.annotation.id != before.item.annotation.id:
        return at
    return at + 1 if at + 1 < len(rows) else max(at - 1, 0)
