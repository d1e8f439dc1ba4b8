"""The window that shows what reviewers changed: counts, shares, and a list with filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.app.review.report import VerdictClass, VerdictFilter, count_classes, list_verdicts, tally_verdicts
from annotator.app.review.report_file import CLASS_HEADINGS, CLASS_NAMES, OUTCOMES, format_wanted
from annotator.core.formatting import show_hidden
from annotator.core.i18n import _
from annotator.core.verdict import Outcome
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.review_report.summary import ReviewSummary
from annotator.gui.widgets.text_label import PlainLabel, TextLabel, make_tooltip
from annotator.gui.widgets.word_table import TextTable, table_stylesheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.review.report import ReportedVerdict, ReviewedDocument
    from annotator.app.review.report_file import Report
    from annotator.gui.theme.theme import Theme

_CHANGES, _ALL = "changes", "all"
_ROW_HEIGHT = 30  # pixels


class ReviewReportWindow(Dialog):
    """The window of the report; its filters apply to counts, shares and verdicts, not to the documents."""

    go_requested = Signal(object)
    save_requested = Signal()
    reload_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "", size=(940, 660))
        self._reviewed: Sequence[ReviewedDocument] = ()
        self._verdicts: list[ReportedVerdict] = []
        self._listed: list[ReportedVerdict] = []
        self._report: Report | None = None
        self._reviewer, self._document, self._sort, self._label = (QComboBox(self) for _number in range(4))
        self._summary = ReviewSummary(self)
        self._tabs = QTabWidget(self)
        self._changes, self._documents = TextTable("", self), TextTable("", self)
        self._empty = PlainLabel(self)
        self._message = TextLabel("", self, is_quiet=True)
        self._save, self._reload = (QPushButton(self) for _number in range(2))
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()

    def set_reviewed(self, reviewed: Sequence[ReviewedDocument], report: Report) -> None:
        """Show the verdicts on these documents, with the current filters."""
        self._reviewed, self._verdicts, self._report = reviewed, list_verdicts(reviewed), report
        self._fill_filters(report)
        self._show()

    def apply_theme(self, report: Report, theme: Theme) -> None:
        """Use the colours of `theme`, and the language and labels of `report`."""
        self.setStyleSheet(table_stylesheet(theme) + _make_tab_stylesheet(theme))
        self._summary.apply_theme(theme)
        self._retranslate()
        self.set_reviewed(self._reviewed, report)

    def show_message(self, sentence: str) -> None:
        """Show a message at the bottom."""
        self._message.setText(sentence)

    def show_in_front(self) -> None:
        """Show the window in front of the others, with the focus on the list."""
        self.show_message("")
        self.show()
        self.raise_()
        self.activateWindow()
        (self._changes if self._listed else self.cancel_button).setFocus()

    # Contents

    def _make_filter(self) -> VerdictFilter:
        """Return the filter for counts and shares, which ignores the class of verdicts."""
        return VerdictFilter(
            self._reviewer.currentData(), self._document.currentData(), None, self._label.currentData()
        )

    def _show(self) -> None:
        if self._report is None:
            return
        sieve, sort = self._make_filter(), self._sort.currentData()
        counted = [one for one in self._verdicts if sieve.admits(one)]
        narrow = sieve._replace(
            sort=VerdictClass(sort) if sort not in {_CHANGES, _ALL} else None, is_plain=sort != _CHANGES
        )
        self._listed = [one for one in counted if narrow.admits(one)]
        self._summary.show_tally(tally_verdicts(counted), self._report)
        self._changes.text_model.set_rows(self._get_headings(), _VerdictRows(self._listed, self._report))
        self._show_documents()
        self._tabs.setTabText(0, f"{_('Verdicts')} ({len(self._listed)})")
        self._tabs.setTabText(1, f"{_('Documents')} ({len(self._reviewed)})")
        self._stack.setCurrentIndex(1 if self._verdicts else 0)
        self._save.setEnabled(bool(self._verdicts))

    def _show_documents(self) -> None:
        sorts = [_(CLASS_HEADINGS[sort]) for sort in VerdictClass]
        headings = [_("Document"), *sorts, *(_(name) for name in OUTCOMES.values())]
        rows = [(one.title, *_format_counts(one)) for one in self._reviewed]
        self._documents.text_model.set_rows(headings, rows, numbers=range(1, len(headings)))
        header = self._documents.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _get_headings(self) -> tuple[str, ...]:
        return (_("Document"), _("Sentence"), _("Change"), _("Comment"), _("Reviewer"), _("Outcome"))

    def _fill_filters(self, report: Report) -> None:
        reviewers = dict.fromkeys(one.verdict.reviewer for one in self._verdicts)
        _refill(
            self._reviewer, _("All reviewers"), ((show_hidden(one) or _("No name"), one) for one in sorted(reviewers))
        )
        titles = dict.fromkeys(one.title for one in self._reviewed)
        _refill(self._document, _("All documents"), ((one, one) for one in titles))
        keys = {key for one in self._verdicts for key in (*one.verdict.labels_seen, *one.verdict.labels)}
        ordered = report.labels.sort_keys(frozenset(keys))
        _refill(self._label, _("All labels"), ((report.names([key]), key) for key in ordered))
        kept = self._sort.currentData()
        # Each signal would tally all verdicts again; _show() does so once afterwards.
        self._sort.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self._sort.clear()
        self._sort.addItem(_("Changes and remarks"), _CHANGES)
        self._sort.addItem(_("Everything"), _ALL)
        for sort in VerdictClass:
            self._sort.addItem(_(CLASS_HEADINGS[sort]).capitalize(), sort.value)
        self._sort.setCurrentIndex(max(0, self._sort.findData(kept)))
        self._sort.blockSignals(False)  # noqa: FBT003  # as above

    def _on_row_chosen(self, row: int) -> None:
        self.go_requested.emit(self._listed[row])

    def _on_document_chosen(self, row: int) -> None:
        self._document.setCurrentIndex(max(0, self._document.findData(self._reviewed[row].title)))
        self._tabs.setCurrentIndex(0)
        self._changes.setFocus()

    def _connect(self) -> None:
        for box in (self._reviewer, self._document, self._sort, self._label):
            box.currentIndexChanged.connect(self._show)
        self._changes.row_chosen.connect(self._on_row_chosen)
        self._documents.row_chosen.connect(self._on_document_chosen)
        self._save.clicked.connect(self.save_requested)
        self._reload.clicked.connect(self.reload_requested)

    def _build_filters(self) -> QHBoxLayout:
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for box, share in ((self._reviewer, 2), (self._document, 3), (self._sort, 2), (self._label, 2)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
            filters.addWidget(box, share)
        return filters

    def _lay_out(self) -> None:
        self._tabs.addTab(self._changes, "")
        self._tabs.addTab(self._documents, "")
        self._tabs.setDocumentMode(True)
        for table in (self._changes, self._documents):
            table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        whole = QWidget(self)
        body = QVBoxLayout(whole)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(14)
        body.addLayout(self._build_filters())
        body.addWidget(self._summary)
        body.addWidget(self._tabs, 1)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(whole)
        self.body.addWidget(self._stack, 1)
        self.foot.insertWidget(0, self._message, 1)
        for button in (self._save, self._reload):
            button.setAutoDefault(False)
            self.foot.addWidget(button)
        self.add_buttons("", cancel=_("Close"), is_default=False)
        self._changes.text_model.set_rows(self._get_headings(), ())
        self._changes.set_widths(120, 200, 160, 150, 110, 84)
        header = self._changes.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _retranslate(self) -> None:
        self.setWindowTitle(_("What reviewers changed"))
        self._empty.setText(
            _(
                "No reviewer has said anything about this folder yet.\n\nSend annotations out with Ctrl+E, then "
                "bring the reviews in with “Import review…” in the menu File."
            )
        )
        names = (_("Reviewer"), _("Document"), _("Kind of verdict"), _("Label"))
        for box, name in zip((self._reviewer, self._document, self._sort, self._label), names, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(make_tooltip(name))
        self._changes.setAccessibleName(_("Verdicts"))
        self._changes.setToolTip(_("Enter or a double click goes to the sentence"))
        self._documents.setAccessibleName(_("Documents"))
        widest = max(self.fontMetrics().horizontalAdvance(_(name)) for name in OUTCOMES.values())
        self._changes.setColumnWidth(5, widest + 22)
        self._save.setText(_("Save as…"))
        self._reload.setText(_("Refresh"))
        self.cancel_button.setText(_("Close"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not isinstance(self.focusWidget(), QPushButton):
            return  # meant for the lists; QDialog would press its first button
        super().keyPressEvent(event)


class _VerdictRows:
    """The rows of the list, formatted when they are shown."""

    def __init__(self, listed: Sequence[ReportedVerdict], report: Report) -> None:
        self._listed = listed
        self._report = report

    def __len__(self) -> int:
        return len(self._listed)

    def __getitem__(self, row: int) -> tuple[str, ...]:
        said = self._listed[row]
        verdict = said.verdict
        change = _(CLASS_NAMES[said.verdict_class])
        if wanted := format_wanted(said, self._report):
            change = f"{self._report.names(verdict.labels_seen)} → {wanted}"
        outcome = _(OUTCOMES[verdict.outcome])
        return (
            said.document.title,
            verdict.text,
            change,
            verdict.comment,
            show_hidden(verdict.reviewer) or "–",
            outcome,
        )


def _format_counts(one: ReviewedDocument) -> tuple[str, ...]:
    outcomes = (one.tally.outcomes[outcome] for outcome in Outcome)
    return tuple(str(count) if count else "–" for count in (*count_classes(one.tally).values(), *outcomes))


def _refill(box: QComboBox, every: str, choices: Iterable[tuple[str, str]]) -> None:
    """Put `choices` into `box` after an entry `every` for all of them, and keep the selection."""
    kept = box.currentData()
    box.blockSignals(True)  # noqa: FBT003  # Qt's own signature
    box.clear()
    box.addItem(every, None)
    for text, value in choices:
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(kept) if kept is not None else 0))
    box.blockSignals(False)  # noqa: FBT003  # as above


def _make_tab_stylesheet(theme: Theme) -> str:
    return f"""
        QTabWidget::pane {{ border: none; }}
        QTabBar {{ qproperty-drawBase: 0; }}
        QTabBar::tab {{ padding: 6px 16px; border: none; color: {theme.muted}; background: transparent; }}
        QTabBar::tab:selected {{ color: {theme.ink}; border-bottom: 2px solid {theme.accent}; }}
        QTabBar::tab:focus {{ color: {theme.accent}; }}
    """
