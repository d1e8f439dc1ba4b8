"""The panel of what is to be checked: the list, old beside new, the answers. It must not know the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.app.session.to_check import CheckReason
from annotator.core.i18n import _
from annotator.gui.check.list import CheckModel, CheckView
from annotator.gui.theme.styles import form_style
from annotator.gui.widgets.side_by_side import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from annotator.gui.check.list import Row
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.side_by_side import Sides

_SHARES = [340, 620]  # of the width, for the list and for what is shown of the current row
_ANSWERS = ("accept", "refuse", "take", "put back")


class CheckPanel(QWidget):
    """A list at the left, at its right the two texts and the buttons; ``answered`` gives the answer to a row."""

    answered = Signal(str)
    chosen = Signal()
    left = Signal()
    shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = CheckModel(self)
        self.view = CheckView(self.model, theme, self)
        self._sides = (Side(self), Side(self))
        self._titles = (QLabel(self), QLabel(self))
        self._where, self._empty = QLabel(self), QLabel(self)
        self._buttons = {answer: QPushButton(self) for answer in (*_ANSWERS, "accept all")}
        self._advice, self._can_write = "", False
        for label in (self._where, self._empty, *self._titles):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()
        self._join()

    # What is shown

    def dress(self, theme: Theme) -> None:
        """Take the theme and the language in use."""
        self.view.painter.theme = theme
        self.view.viewport().update()
        self.setStyleSheet(
            form_style(theme) + f"QListView {{ background: {theme.panel}; }}"
            f"QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 12px;"
            f" background: {theme.raised}; color: {theme.ink}; }}"
            f"QPushButton:focus {{ border: {theme.ring}px solid {theme.accent}; }}"
            f"QPushButton:disabled {{ color: {theme.faint}; }}"
            + f"QTextEdit {{ background: {theme.raised}; border: 1px solid {theme.line}; border-radius: 6px;"
            f" padding: 2px; color: {theme.ink}; }} QTextEdit:focus {{ border: {theme.ring}px solid {theme.accent}; }}"
        )
        self._retitle()

    def show_rows(self, rows: Sequence[Row], *, advice: str, can_write: bool) -> None:
        """List ``rows``, the current one staying about where it was; ``advice`` is what an empty list says."""
        self._advice, self._can_write = advice, can_write
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
        self._stack.setCurrentIndex(0 if rows else 1)
        self._empty.setText(advice)
        self._offer()

    def show_sides(self, sides: Sides) -> None:
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
        """The row that the keys are at, or None."""
        at = self.view.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def take_focus(self) -> None:
        """Let the keys go to the list, on a row."""
        if self.model.rows:
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0))
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            row = self.current()
            if row is not None and row.item.reason is not CheckReason.ORPHAN:  # the place for an orphan was just chosen
                self.chosen.emit()
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _offer(self) -> None:
        """Show the buttons for the answers that the current row can have."""
        row = self.current()
        doubt = row.item.reason if row else None
        texts = {
            CheckReason.CHANGED: (_("Confirm"), _("Refuse"), "", ""),
            CheckReason.CONFLICT: (_("Keep what stands"), "", _("Take the other one"), ""),
            CheckReason.ORPHAN: ("", _("Delete"), "", _("Put back on the current sentence")),
            None: ("", "", "", ""),
        }[doubt]
        tips = {
            "accept": _("This is right (Enter)"),
            "refuse": _("Take the annotation from this sentence (Delete)")
            if doubt is CheckReason.CHANGED
            else _("Delete this annotation for good; undo brings it back (Delete)"),
            "take": _("Put what the other version says in the place of what stands (T)"),
            "put back": _("Choose the sentence in the article, then press P here"),
        }
        for answer, text in zip(_ANSWERS, texts, strict=True):
            button = self._buttons[answer]
            button.setText(text)
            button.setToolTip(tips[answer])
            button.setVisible(bool(text))
            button.setEnabled(self._can_write)
        several = sum(one.item.reason is CheckReason.CHANGED for one in self.model.rows)
        self._buttons["accept all"].setVisible(several > 1)
        self._buttons["accept all"].setEnabled(self._can_write)

    def _lay_out(self) -> None:
        self._empty.setWordWrap(True)
        self._empty.setMargin(18)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        beside = QWidget(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column in (0, 1):
            grid.addWidget(self._titles[column], 0, column)
            grid.addWidget(self._sides[column], 1, column)
            grid.setColumnStretch(column, 1)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for answer in _ANSWERS:
            bar.addWidget(self._buttons[answer])
        bar.addWidget(self._where, 1)
        bar.addWidget(self._buttons["accept all"])
        column_ = QVBoxLayout(beside)
        column_.setContentsMargins(14, 10, 14, 10)
        column_.setSpacing(8)
        column_.addLayout(grid, 1)
        column_.addLayout(bar)
        parts = QSplitter(self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.view)
        parts.addWidget(beside)
        parts.setSizes(_SHARES)
        parts.setStretchFactor(1, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(parts)
        self._stack.addWidget(self._empty)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _join(self) -> None:
        for answer, button in self._buttons.items():
            button.clicked.connect(lambda *_, answer=answer: self.answered.emit(answer))
        self.view.pressed_for.connect(self._on_pressed)
        self.view.chosen.connect(self._offer)
        self.view.chosen.connect(self.chosen)
        self.view.left.connect(self.left)
        for side in self._sides:
            side.left.connect(self.left)

    def _on_pressed(self, answer: str) -> None:
        """Take a key as the button that it stands for; Enter at an orphan is answered too, by what to do first."""
        button = self._buttons[answer]
        if self._can_write and (not button.isHidden() or answer == "accept"):
            self.answered.emit(answer)

    def _retitle(self) -> None:
        self._buttons["accept all"].setText(_("Confirm all"))
        self._buttons["accept all"].setToolTip(_("Confirm every changed sentence of this document (A)"))
        self.view.setAccessibleName(_("To check"))
        self.setAccessibleName(_("To check"))
        self._offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retitle()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def sizeHint(self) -> QSize:
        return QSize(640, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 150)


def _key(row: Row) -> tuple[CheckReason, int]:
    return row.item.reason, row.item.key


def _next_to(rows: Sequence[Row], before: Row | None, at: int) -> int:
    """The row to go on with after the one at ``at``, which was ``before``, was answered.

    What was refused stands there as an orphan now, which the next press must not delete.
    """
    at = min(max(at, 0), len(rows) - 1)
    if before is None or rows[at].item.annotation.id != before.item.annotation.id:
        return at
    return at + 1 if at + 1 < len(rows) else max(at - 1, 0)
