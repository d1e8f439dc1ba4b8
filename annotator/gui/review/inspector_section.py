"""The section of the inspector with what reviewers said of the current sentence, and the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.app.descriptions.verdicts import describe_outcome, describe_request
from annotator.app.review.verdict_groups import SkipReason
from annotator.core.i18n import _, pgettext
from annotator.core.verdict import Outcome
from annotator.gui.review.detail import pieces_of
from annotator.gui.widgets.label_chips import ChipLine
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from annotator.app.review.verdict_groups import GroupedVerdict, VerdictGroup
    from annotator.gui.review.list import Dress

_LONGEST = 300  # characters of a comment that are shown


class ReviewNote(QFrame):
    """One verdict below the other, hidden where there is none; `taken` and `refused` give a verdict's key."""

    taken = Signal(object)
    refused = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(10, 8, 10, 9)
        self._layout.setSpacing(5)
        self._title = PlainLabel(self)
        self._title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._layout.addWidget(self._title)
        self._entries: list[QWidget] = []
        self._shown: tuple[object, ...] = ()
        self.setObjectName("review")
        self.hide()

    def show_matter(self, matter: VerdictGroup | None, dress: Dress, *, can_write: bool) -> None:
        """Show what was said of a sentence; nothing where that is None."""
        shown = (matter, dress.theme, dress.looks, can_write, _("Review"))
        if shown == self._shown:
            return
        self._shown = shown
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):  # it is about to go
            self.left.emit()
        for entry in self._entries:
            self._layout.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self._entries.clear()
        theme = dress.theme
        self._title.setText(_("Review: reviewers differ") if matter is not None and matter.is_disputed else _("Review"))
        self.setStyleSheet(
            f"#review {{ border: 1px solid {theme.line}; border-left: 3px solid {theme.accent}; border-radius: 6px;"
            f" background: {theme.field}; }}"
            f"QPushButton {{ padding: 3px 11px; border-radius: 6px; border: 1px solid {theme.line};"
            f" background: {theme.panel}; color: {theme.ink}; }}"
            f"QPushButton:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}"
            f"QPushButton:disabled {{ color: {theme.faint}; }}"
        )
        if matter is not None:
            self._entries += [self._entry(matter, said, dress, can_write=can_write) for said in matter.verdicts]
        for made in self._entries:
            self._layout.addWidget(made)
        self.setVisible(matter is not None)

    def _entry(self, matter: VerdictGroup, said: GroupedVerdict, dress: Dress, *, can_write: bool) -> QWidget:
        """Return a widget for one verdict: the wish, the comment, then the buttons or what came of it."""
        verdict, theme = said.verdict, dress.theme
        entry = QWidget(self)
        layout = QVBoxLayout(entry)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(5)
        message = describe_request(verdict, dress.names)
        if said.is_open:
            request = ChipLine(entry)
            request.show_pieces(pieces_of(verdict, matter, dress), ink=theme.ink, spoken=message)
            layout.addWidget(request)
        else:
            mark = "✓" if verdict.outcome is Outcome.TAKEN else "✕"
            layout.addWidget(
                _words(f"{mark} {message} – {describe_outcome(verdict, now=dress.now())}", entry, is_quiet=True)
            )
        if verdict.comment:
            comment = " ".join(verdict.comment.split())
            comment = f"{comment[:_LONGEST]}…" if len(comment) > _LONGEST else comment
            layout.addWidget(_words(f"“{comment}”", entry, is_quiet=not said.is_open))
        if said.is_open:
            bar = QHBoxLayout()
            bar.setSpacing(6)
            take = QPushButton(
                _("Mark as resolved") if said.reason is SkipReason.UNNAMED else pgettext("a review comment", "Apply"),
                entry,
            )
            take.clicked.connect(lambda *_, key=said.key: self.taken.emit(key))
            refuse = QPushButton(_("Decline"), entry)
            refuse.clicked.connect(lambda *_, key=said.key: self.refused.emit(key))
            for button in (take, refuse):
                button.setEnabled(can_write)
                button.setAutoDefault(True)
                button.setAccessibleDescription(message)
                bar.addWidget(button)
            bar.addStretch(1)
            layout.addLayout(bar)
        return entry


def _words(text: str, parent: QWidget, *, is_quiet: bool) -> QLabel:
    label = PlainLabel(parent, text)
    label.setWordWrap(True)
    if is_quiet:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
