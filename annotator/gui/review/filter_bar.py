"""The line above the list of verdicts: counts, a filter, what can be done with many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from annotator.core.formatting import format_count, show_hidden
from annotator.core.i18n import _, ngettext
from annotator.gui.review.list import ReviewAction
from annotator.gui.widgets.text_label import PlainLabel, escape_ampersands, make_tooltip
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Sequence

_LISTED = 12  # documents that are named
ELSEWHERE = ("review-in", "review-report")
"""The actions of the window that belong to a review and have buttons here."""


class Counts(NamedTuple):
    """Counts of verdicts: the open ones, all, those that agree and can be taken, the open ones of each reviewer.

    `others` are the other documents with open verdicts by name; `is_all` says that all were looked through.
    """

    open: int = 0
    all: int = 0
    agreed: int = 0
    by: Sequence[tuple[str, int]] = ()
    others: Sequence[tuple[str, int]] = ()
    is_all: bool = True


class ReviewBar(QWidget):
    """`asked` says what is to be done, `asked_by` whose verdicts are to be taken, `run_asked` which action to run."""

    asked = Signal(ReviewAction)
    asked_by = Signal(str)
    run_asked = Signal(str)
    filtered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._counts, self._can_write = Counts(), False
        self._told = PlainLabel(self)
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.only_open = QCheckBox(self)
        self.only_open.setChecked(True)
        self.only_open.toggled.connect(self.filtered)
        self._next, self._all = QPushButton(self), QPushButton(self)
        self._next.clicked.connect(lambda: self.asked.emit(ReviewAction.OPEN_NEXT))
        self._elsewhere = {id_: QPushButton(self) for id_ in ELSEWHERE}
        for id_, button in self._elsewhere.items():
            button.clicked.connect(lambda *_, id_=id_: self.run_asked.emit(id_))
        self._menu = QMenu(self)
        self._all.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.setSpacing(8)
        layout.addWidget(self._told, 1)
        for widget in (self.only_open, self._next, self._all, *self._elsewhere.values()):
            layout.addWidget(widget)

    def show_counts(self, counts: Counts, *, can_write: bool) -> None:
        """Say how much there is, and offer what can be done about it."""
        self._counts, self._can_write = counts, can_write
        self.retitle()

    def retitle(self) -> None:
        """Set the texts in the language of the program."""
        counts = self._counts
        message = _("{open} open of {all}").format(open=counts.open, all=counts.all)
        self._told.setText(message if counts.all else "")
        self.only_open.setVisible(counts.all > 0)
        self._all.setVisible(counts.all > 0 or bool(counts.others))
        self.only_open.setText(_("Only open ones"))
        self.only_open.setToolTip(_("Leave out what is taken or refused already"))
        self._all.setText(_("Apply several…"))
        self._all.setToolTip(_("Take several verdicts of this document, or of all, at once"))
        self._elsewhere["review-in"].setText(_("Import review…"))
        self._elsewhere["review-report"].setText(_("What reviewers changed"))
        documents = len(counts.others)
        text = ngettext("{count} other document", "{count} other documents", documents).format(
            count=format_count(documents)
        )
        self._next.setText(text)
        named = [f"{format_path(name)}: {number}" for name, number in counts.others[:_LISTED]]
        named += ["…"] if documents > _LISTED or not counts.is_all else []
        tip = "\n".join((_("Go to the next document with open verdicts (N)"), *named))
        self._next.setToolTip(make_tooltip(tip))
        self._next.setAccessibleDescription(tip)
        self._next.setVisible(bool(documents))

    def _fill(self) -> None:
        """Put into the menu what can be taken together now."""
        self._menu.clear()
        counts = self._counts
        text = _("All that agree, in this document ({count})").format(count=format_count(counts.agreed)) + "\tA"
        self._add(text, ReviewAction.TAKE_AGREED, is_on=counts.agreed > 0)
        for reviewer, number in counts.by:
            name = reviewer or _("a reviewer without a name")
            made = self._menu.addAction(
                escape_ampersands(_("All by {who} ({count})").format(who=show_hidden(name), count=format_count(number)))
            )
            made.triggered.connect(lambda *_, reviewer=reviewer: self.asked_by.emit(reviewer))
            made.setEnabled(self._can_write)
        self._add(
            _("All open ones ({count})").format(count=format_count(counts.open)),
            ReviewAction.TAKE_OPEN,
            is_on=counts.open > 0,
        )
        self._menu.addSeparator()
        everywhere = self._menu.addAction(_("All that agree, in all documents…"))
        everywhere.triggered.connect(lambda: self.asked.emit(ReviewAction.TAKE_AGREED_EVERYWHERE))

    def _add(self, text: str, action: ReviewAction, *, is_on: bool) -> None:
        made = self._menu.addAction(text)
        made.triggered.connect(lambda: self.asked.emit(action))
        made.setEnabled(is_on and self._can_write)
