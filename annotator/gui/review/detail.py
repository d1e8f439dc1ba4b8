"""One verdict in full: what the reviewer wants, of which words, why, and the buttons."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.app.descriptions.verdicts import describe_outcome, describe_request, reviewer_name
from annotator.app.review.verdict_groups import SkipReason
from annotator.app.session.segmented_text import normalize_words
from annotator.core.formatting import describe_time, show_hidden
from annotator.core.i18n import _, pgettext
from annotator.core.verdict import VerdictKind
from annotator.gui.review.list import Answer
from annotator.gui.widgets.label_chips import ChipLine, label_styles_for, make_no_label_style
from annotator.gui.widgets.layouts import row_of_widgets
from annotator.gui.widgets.list_panel import placeholder_label
from annotator.gui.widgets.side_by_side import SideText, sides_layout
from annotator.gui.widgets.text_diff import format_quote, format_rows, mark_differences
from annotator.gui.widgets.text_label import PlainLabel, make_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.app.review.verdict_groups import GroupedVerdict, VerdictGroup
    from annotator.core.verdict import Verdict
    from annotator.gui.review.list import Dress, Row
    from annotator.gui.theme.look import LabelStyle

_LONGEST = 4_000  # characters of a text that are shown


class _Elided(PlainLabel):
    """Words on one line, as many as there is room for; all of them are in the tool tip."""

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()


class ReviewDetail(QWidget):
    """The verdict that the keys are at; `answered` gives the answer to it."""

    answered = Signal(Answer)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said: GroupedVerdict | None = None
        self._can_write = False
        self._wish = ChipLine(self)
        self._sides = (SideText(self), SideText(self))
        self._titles = (placeholder_label(self), placeholder_label(self))
        self._source = _Elided(self)
        self._buttons = {answer: QPushButton(self) for answer in Answer}
        self._source.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._source.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lay_out()
        for answer, button in self._buttons.items():
            button.clicked.connect(lambda *_, answer=answer: self.answered.emit(answer))
        for side in self._sides:
            side.left.connect(self.left)

    def show_row(self, row: Row | None, dress: Dress, *, can_write: bool) -> None:
        """Show a verdict, or nothing."""
        self._said, self._can_write = (row.said if row is not None else None), can_write
        self.setVisible(self._said is not None)
        if row is None or row.said is None:
            return
        said, group = row.said, row.matter
        message = describe_request(said.verdict, dress.names)
        self._wish.show_pieces(pieces_of(said.verdict, group, dress), ink=dress.theme.ink, spoken=message)
        self._show_words(group, said, dress)
        when = describe_time(said.verdict.answered_at, now=dress.now()) if said.verdict.answered_at else ""
        parts = [
            show_hidden(said.verdict.source),
            when,
            "" if said.is_open else describe_outcome(said.verdict, now=dress.now()),
        ]
        self._source.setText(" · ".join(part for part in parts if part))
        self._source.setToolTip(make_tooltip(self._source.text()))
        self.retitle()

    def press(self, answer: Answer) -> None:
        """Take a key as the button that it stands for."""
        said = self._said
        if not self._buttons[answer].isHidden() and self._buttons[answer].isEnabled():
            self.answered.emit(answer)
        elif answer is Answer.TAKE and said is not None and said.reason is SkipReason.GONE and said.is_open:
            self.answered.emit(answer)  # so that it is said why it cannot be

    def retitle(self) -> None:
        """Set the texts in the language of the program, and offer what can be done."""
        said = self._said
        is_open = said is not None and said.is_open
        is_gone = said is not None and said.reason is SkipReason.GONE
        is_remark = said is not None and said.reason is SkipReason.UNNAMED
        texts = {
            Answer.TAKE: (_("Mark as resolved"), _("You did what it asks for; only that is noted (Enter)"))
            if is_remark
            else (pgettext("a review comment", "Apply"), _("Do what the reviewer wants (Enter)")),
            Answer.REFUSE: (_("Decline"), _("Leave everything as it stands (Delete)")),
            Answer.LATER: (_("Later"), _("Go on to the next verdict and leave this one open (L)")),
            Answer.REOPEN: (_("Open again"), _("Decide it anew; the labels stay as they are (X)")),
        }
        for answer, (text, tip) in texts.items():
            button = self._buttons[answer]
            button.setText(text)
            button.setToolTip(make_tooltip(tip))
            button.setAccessibleDescription(tip)
            button.setVisible(is_open if answer is not Answer.REOPEN else not is_open)
            button.setEnabled(self._can_write or answer is Answer.LATER)
        self._buttons[Answer.TAKE].setEnabled(self._can_write and not is_gone)

    def _show_words(self, matter: VerdictGroup, said: GroupedVerdict, dress: Dress) -> None:
        """Show the words that the verdict is about, old beside new where they differ, and what else is to be known."""
        theme, verdict = dress.theme, said.verdict
        is_changed = matter.place is not None and normalize_words(verdict.text) != normalize_words(matter.text)
        old, new = format_quote(matter.text[:_LONGEST], theme), ""
        if is_changed:
            old, new = mark_differences(verdict.text, matter.text, theme)
        comment = f"“{escape(verdict.comment[:_LONGEST])}”".replace("\n", "<br/>") if verdict.comment else ""
        rows = format_rows(_rows(matter, said, dress), theme)
        texts = f"<p>{old}</p>" + (f"<p style='margin-top: 7px'>{comment}</p>" if comment else "") + rows, new
        seen = _("When reviewing, {who} saw").format(who=reviewer_name(verdict))
        titles = (seen, _("Now")) if is_changed else ("", "")
        for label, side, title, text in zip(self._titles, self._sides, titles, texts, strict=True):
            label.setText(title)
            label.setVisible(bool(title))
            side.setHtml(text)
            side.setAccessibleName(title or _("Verdict"))
            side.setVisible(bool(text))
        self._grid.setColumnStretch(1, 1 if is_changed else 0)

    def _lay_out(self) -> None:
        self._grid = sides_layout(self._titles, self._sides)
        bar = row_of_widgets(*self._buttons.values(), (self._source, 1), margins=(0, 0, 0, 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.setSpacing(7)
        layout.addWidget(self._wish)
        layout.addLayout(self._grid, 1)
        layout.addLayout(bar)


def pieces_of(verdict: Verdict, matter: VerdictGroup, dress: Dress) -> list[str | LabelStyle]:
    """Return who wants what, with the labels as chips, those wanted before those that stand."""
    theme, who = dress.theme, reviewer_name(verdict)
    wanted: list[LabelStyle] = label_styles_for(verdict.labels, dress.looks, theme)
    stands = label_styles_for(matter.labels, dress.looks, theme) or [
        make_no_label_style(theme, is_nothing=matter.is_nothing)
    ]
    is_told_by_word = not wanted and verdict.kind is not VerdictKind.DROP
    if is_told_by_word:  # agreed, or something else without saying what
        return [describe_request(verdict, dress.names) + ("" if matter.place is None else ":"), *stands]
    word = {VerdictKind.AGREE: _("{who} agrees and adds"), VerdictKind.ADD: _("{who} adds")}
    first = word.get(verdict.kind, _("{who} wants")).format(who=who)
    pieces: list[str | LabelStyle] = [first, *(wanted or [make_no_label_style(theme, is_nothing=False)])]
    is_other = matter.place is not None and frozenset(verdict.labels) != frozenset(matter.labels)
    if is_other and verdict.kind in {VerdictKind.CHANGE, VerdictKind.DROP}:
        pieces += [_("instead of"), *stands]
    return pieces


def _rows(matter: VerdictGroup, said: GroupedVerdict, dress: Dress) -> list[tuple[str, str]]:
    """Return what a user should know before deciding, by names."""
    verdict, rows = said.verdict, []
    if matter.place is None:
        message = _("its sentence is not in the text any more, so this verdict can only be refused, or kept as it is")
        rows.append((_("Gone"), message))
    elif said.is_open and frozenset(verdict.labels_seen) != frozenset(matter.labels):
        rows.append(
            (
                _("The reviewer saw"),
                dress.names(verdict.labels_seen) or make_no_label_style(dress.theme, is_nothing=False).name,
            )
        )
    if matter.is_disputed:
        rows.append((_("Reviewers differ"), _("take what is right and refuse the rest")))
    if said.reason is SkipReason.UNNAMED and said.is_open:
        rows.append((_("No label is named"), _("change the sentence yourself (1 … 9), then mark this as resolved")))
    return rows
