"""The panel of what reviewers said: the line above, the list, one verdict in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.core.i18n import _
from annotator.gui.review.detail import ReviewDetail
from annotator.gui.review.filter_bar import Counts, ReviewBar
from annotator.gui.review.list import Answer, ReviewAction, ReviewModel, ReviewView
from annotator.gui.theme.styles import panel_style
from annotator.gui.widgets.list_panel import ListPanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from annotator.gui.review.list import Dress, Row

_SHARES = [560, 440]  # of the width, for the list and for the verdict in full


class ReviewPanel(ListPanel):
    """The list beside one verdict in full; `answered` is about that one, `asked` about many."""

    height_hint = 270
    least_height = 180

    view: ReviewView
    answered = Signal(Answer)
    asked = Signal(ReviewAction)
    asked_by = Signal(str)
    run_asked = Signal(str)
    label_pressed = Signal(int)
    chosen = Signal()
    filtered = Signal()

    def __init__(self, dress: Dress, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = ReviewModel(dress, self)
        self.view = ReviewView(self.model, self)
        self._bar, self._detail = ReviewBar(self), ReviewDetail(self)
        self._can_write = False
        self._lay_out()
        self._join()

    # What is shown

    @property
    def is_only_open(self) -> bool:
        """True if what is decided is left out."""
        return self._bar.only_open.isChecked()

    def apply_theme(self, dress: Dress) -> None:
        """Take colours, language and labels in use."""
        self.model.dress = dress
        self.setStyleSheet(panel_style(dress.theme))
        self._retitle()
        self.view.set_theme(dress.theme)
        self._show_current()

    def show_rows(self, rows: Sequence[Row], *, advice: str, can_write: bool) -> None:
        """List `rows`, the current verdict staying the same one; `advice` is what an empty list says."""
        self._can_write = can_write
        before = self.view.current()
        if list(rows) != self.model.rows:
            self.view.blockSignals(True)  # noqa: FBT003  # Qt's own signature
            self.model.show_rows(rows)
            key = before.said.key if before is not None and before.said is not None else None
            if not self.view.choose(key) and rows:
                self.view.choose(self.first_key())
            self.view.blockSignals(False)  # noqa: FBT003  # as above
        self._show_list(advice=advice)
        self._show_current()

    def show_counts(self, counts: Counts) -> None:
        """Say how much there is."""
        self._bar.show_counts(counts, can_write=self._can_write)

    def first_key(self) -> int | None:
        """Return the key of the first verdict listed that is open, else of the first one."""
        said = [row.said for row in self.model.rows if row.said is not None]
        return next((one.key for one in said if one.is_open), said[0].key if said else None)

    def choose(self, key: int | None) -> bool:
        """Make the verdict with that key the current one and return whether it is listed."""
        return self.view.choose(key)

    def take_focus(self) -> None:
        """Give the focus to the list, on a verdict, which the article shows."""
        super().take_focus()
        if self.model.rows:
            self.chosen.emit()

    def _choose_first(self) -> None:
        self.view.choose(self.first_key())

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
        self._lay_out_parts(parts, above=self._bar)

    def _join(self) -> None:
        self._bar.asked.connect(self.asked)
        self._bar.asked_by.connect(self.asked_by)
        self._bar.run_asked.connect(self.run_asked)
        self._bar.filtered.connect(self.filtered)
        self._detail.answered.connect(self.answered)
        self._detail.left.connect(self.left)
        self.view.pressed_for.connect(self._on_pressed)
        self.view.label_pressed.connect(self.label_pressed)
        self.view.chosen.connect(self._show_current)
        self.view.chosen.connect(self.chosen)

    def _on_pressed(self, wanted: Answer | ReviewAction) -> None:
        if isinstance(wanted, Answer):
            self._detail.press(wanted)
        elif self._can_write or wanted is ReviewAction.OPEN_NEXT:
            self.asked.emit(wanted)

    def _retitle(self) -> None:
        self._bar.retitle()
        self._detail.retitle()
        self.view.setAccessibleName(_("Verdicts of reviewers"))
        self.setAccessibleName(_("Review"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_N and not event.modifiers():
            self.asked.emit(ReviewAction.OPEN_NEXT)
        else:
            super().keyPressEvent(event)
