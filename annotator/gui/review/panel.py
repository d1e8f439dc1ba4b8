"""The panel of what reviewers said: the line above, the list, one verdict in full. It must not know the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.review.detail import ANSWERS, ReviewDetail
from annotator.gui.review.filter_bar import Counts, ReviewBar
from annotator.gui.review.list import ReviewModel, ReviewView
from annotator.gui.theme.styles import form_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from annotator.gui.review.list import Dress, Row
    from annotator.gui.theme.theme import Theme

_SHARES = [560, 440]  # of the width, for the list and for the verdict in full


class ReviewPanel(QWidget):
    """``answered`` gives the answer to the current verdict, ``asked`` what is to be done with many."""

    answered = Signal(str)
    asked = Signal(str)
    asked_by = Signal(str)
    label_pressed = Signal(int)
    chosen = Signal()
    filtered = Signal()
    left = Signal()
    shown = Signal()

    def __init__(self, dress: Dress, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = ReviewModel(dress, self)
        self.view = ReviewView(self.model, self)
        self._bar, self._detail, self._empty = ReviewBar(self), ReviewDetail(self), QLabel(self)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._empty.setWordWrap(True)
        self._empty.setMargin(18)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._can_write = False
        self._lay_out()
        self._join()

    # What is shown

    @property
    def is_only_open(self) -> bool:
        """Whether what is decided is left out."""
        return self._bar.only_open.isChecked()

    def dress(self, dress: Dress) -> None:
        """Take colours, language and labels in use."""
        self.model.dress = dress
        self.setStyleSheet(_style(dress.theme))
        self._retitle()
        self.view.viewport().update()
        self._show_current()

    def show_rows(self, rows: Sequence[Row], *, advice: str, can_write: bool) -> None:
        """List ``rows``, the current verdict staying the same one; ``advice`` is what an empty list says."""
        self._can_write = can_write
        before = self.view.current()
        if list(rows) != self.model.rows:
            self.view.blockSignals(True)  # noqa: FBT003  # Qt's own signature
            self.model.show_rows(rows)
            key = before.said.key if before is not None and before.said is not None else None
            if not self.view.choose(key) and rows:
                self.view.choose(self.first_key())
            self.view.blockSignals(False)  # noqa: FBT003  # as above
        self._stack.setCurrentIndex(0 if rows else 1)
        self._empty.setText(advice)
        self._show_current()

    def show_counts(self, counts: Counts) -> None:
        """Say how much there is."""
        self._bar.show_counts(counts, can_write=self._can_write)

    def first_key(self) -> int | None:
        """The key of the first verdict listed that is open, else of the first one."""
        said = [row.said for row in self.model.rows if row.said is not None]
        return next((one.key for one in said if one.is_open), said[0].key if said else None)

    def choose(self, key: int | None) -> bool:
        """Make the verdict with that key the current one; whether it is listed."""
        return self.view.choose(key)

    def take_focus(self) -> None:
        """Let the keys go to the list, on a verdict."""
        if self.model.rows:
            if self.view.current() is None:
                self.view.choose(self.first_key())
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.chosen.emit()
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_current(self) -> None:
        self._detail.show_row(self.view.current(), self.model.dress, can_write=self._can_write)

    def _lay_out(self) -> None:
        parts = QSplitter(self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.view)
        parts.addWidget(self._detail)
        parts.setSizes(_SHARES)
        parts.setStretchFactor(0, _SHARES[0])
        parts.setStretchFactor(1, _SHARES[1])
        self._stack = QStackedLayout()
        self._stack.addWidget(parts)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addLayout(self._stack, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _join(self) -> None:
        self._bar.asked.connect(self.asked)
        self._bar.asked_by.connect(self.asked_by)
        self._bar.filtered.connect(self.filtered)
        self._detail.answered.connect(self.answered)
        self._detail.left.connect(self.left)
        self.view.pressed_for.connect(self._on_pressed)
        self.view.label_pressed.connect(self.label_pressed)
        self.view.chosen.connect(self._show_current)
        self.view.chosen.connect(self.chosen)
        self.view.left.connect(self.left)

    def _on_pressed(self, answer: str) -> None:
        if answer in ANSWERS:
            self._detail.press(answer)
        elif self._can_write or answer == "next":
            self.asked.emit(answer)

    def _retitle(self) -> None:
        self._bar.retitle()
        self._detail.retitle()
        self.view.setAccessibleName(_("Verdicts of reviewers"))
        self.setAccessibleName(_("Review"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_N and not event.modifiers():
            self.asked.emit("next")
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
        return QSize(640, 270)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 180)


def _style(theme: Theme) -> str:
    return (
        form_style(theme) + f"QListView {{ background: {theme.panel}; }}"
        f"QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 12px;"
        f" background: {theme.raised}; color: {theme.ink}; }}"
        f"QPushButton:focus {{ border: {theme.ring}px solid {theme.accent}; }}"
        f"QPushButton:disabled {{ color: {theme.faint}; }}"
        f"QTextEdit {{ background: {theme.raised}; border: 1px solid {theme.line}; border-radius: 6px;"
        f" padding: 2px; color: {theme.ink}; }} QTextEdit:focus {{ border: {theme.ring}px solid {theme.accent}; }}"
    )
