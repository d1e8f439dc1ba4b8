"""The panel of the history: filter, moments, what going back would change. It must not know the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.core.i18n import _, ngettext
from annotator.gui.history.model import Filter, HistoryModel
from annotator.gui.history.view import HistoryView
from annotator.gui.theme.styles import form_style
from annotator.gui.widgets.threads import Idle, Soon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent

    from annotator.app.descriptions.steps import StepDescriber
    from annotator.core.span import Span
    from annotator.gui.theme.theme import Theme

_TYPING = 120  # milliseconds after the last letter of the filter
_PORTION = 150  # moments looked at in one go


class HistoryPanel(QWidget):
    """A filter line over the list, under it what going back would change, and the two things that can be done."""

    chosen = Signal()
    back_wanted = Signal()
    copy_wanted = Signal()
    left = Signal()
    shown = Signal()

    def __init__(
        self,
        teller: StepDescriber,
        theme: Theme,
        *,
        fold: Callable[[str], str],
        now: Callable[[], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.model = HistoryModel(teller, fold, now, self)
        self.view = HistoryView(self.model, theme, self)
        self._fold = fold
        self._span: Span | None = None
        self._is_searching = False
        self._advice = ""
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.words.installEventFilter(self)
        self.only_here = QCheckBox(self)
        self.only_here.installEventFilter(self)
        self._count, self._told, self._empty = QLabel(self), QLabel(self), QLabel(self)
        self._back, self._copy = QPushButton(self), QPushButton(self)
        self._soon = Soon(self.narrow, self, milliseconds=_TYPING)
        self._search = Idle(self._search_on, self)
        self._lay_out()
        self._join()

    # What is shown

    def dress(self, theme: Theme, teller: StepDescriber) -> None:
        """Take the theme, the language and the labels in use."""
        self.setStyleSheet(_style(theme))
        self.view.set_theme(theme)
        self._retitle()
        self.model.spell(teller)
        self.refresh()

    def set_sentence(self, span: Span | None) -> None:
        """Say which sentence is the current one."""
        if span != self._span:
            self._span = span
            if self.only_here.isChecked():
                self._soon.ask()

    def set_advice(self, advice: str) -> None:
        """Say what an empty list means."""
        self._advice = advice
        self.refresh()

    def tell(self, told: str, *, can_go: bool, can_copy: bool) -> None:
        """Say what going back to the chosen moment would change."""
        self._told.setText(told)
        self._told.setToolTip(told)
        self._back.setEnabled(can_go)
        self._copy.setEnabled(can_copy)

    def refresh(self) -> None:
        """Show the count and what an empty list means."""
        listed, total = self.model.rowCount(), self.model.total
        self._stack.setCurrentWidget(self.view if listed else self._empty)
        no_match = _("Looking…") if self._is_searching else _("Nothing matches. Change the words above.")
        self._empty.setText(no_match if total and self.model.is_narrowed else self._advice)
        text = ngettext("{count} entry", "{count} entries", total).format(count=total) if total else ""
        if total and self.model.is_narrowed:
            text = _("{shown} of {entries}").format(shown=listed, entries=text) + ("…" if self._is_searching else "")
        self._count.setText(text)

    def take_focus(self) -> None:
        """Let the keys go to the list, on a row."""
        if self.model.rowCount():
            if not self.view.currentIndex().isValid() and self.model.timeline is not None:
                now = self.model.timeline.current
                self.view.choose(now if self.model.find_row(now) is not None else self.model.place(0))
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def narrow(self) -> None:
        """List what is asked for above."""
        words = tuple(self._fold(self.words.text()).split())
        span = self._span if self.only_here.isChecked() else None
        if self.model.narrow(Filter(words, span)):
            self.search()

    def search(self) -> None:
        """Begin to look for what is asked for."""
        self._is_searching = self.model.is_narrowed and not self.model.search_on(_PORTION)
        if self._is_searching:
            self._search.start()
        else:
            self._search.stop()
        self.refresh()

    def stop(self) -> None:
        """Look for nothing any more."""
        self._soon.stop()
        self._search.stop()

    def _search_on(self) -> bool:
        self._is_searching = not self.model.search_on(_PORTION)
        self.refresh()
        return not self._is_searching

    def _lay_out(self) -> None:
        for label in (self._count, self._told, self._empty):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setMargin(18)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._told.setForegroundRole(QPalette.ColorRole.WindowText)
        self._told.setWordWrap(True)
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 2, 14, 6)
        bar.setSpacing(12)
        bar.addWidget(self.words, 3)
        bar.addWidget(self.only_here)
        bar.addWidget(self._count)
        bar.addStretch(2)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 5, 14, 6)
        foot.setSpacing(8)
        foot.addWidget(self._told, 1)
        foot.addWidget(self._copy)
        foot.addWidget(self._back)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addLayout(self._stack, 1)
        layout.addLayout(foot)

    def _join(self) -> None:
        self.words.textChanged.connect(self._soon.ask)
        self.only_here.toggled.connect(self.narrow)
        self._back.clicked.connect(self.back_wanted)
        self._copy.clicked.connect(self.copy_wanted)
        self.view.wanted.connect(self.back_wanted)
        self.view.chosen.connect(self.chosen)
        self.view.left.connect(self.left)
        self.view.menu_asked.connect(self._on_menu_asked)

    def _on_menu_asked(self, at: QPoint) -> None:
        menu = QMenu(self)
        for button in (self._back, self._copy):
            menu.addAction(button.text(), button.click).setEnabled(button.isEnabled())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _retitle(self) -> None:
        self.setAccessibleName(_("History"))
        self.view.setAccessibleName(_("History"))
        self.words.setPlaceholderText(_("Filter by words"))
        self.words.setAccessibleName(_("Filter by words"))
        self.only_here.setText(_("Only this sentence"))
        self.only_here.setToolTip(_("List only what was done to the current sentence"))
        self._back.setText(_("Go back to here"))
        self._back.setToolTip(_("Have the annotations stand as they stood then; can be undone (Enter)"))
        self._copy.setText(_("Save a copy as it was then…"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            is_down = event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if watched is self.words and is_down and self.model.rowCount():
                self.take_focus()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()

    def sizeHint(self) -> QSize:
        return QSize(640, 270)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 140)


def _style(theme: Theme) -> str:
    return f"""
        {form_style(theme)}
        QLineEdit {{ padding: 4px 8px; }}
        QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 12px;
            background: {theme.raised}; color: {theme.ink}; }}
        QPushButton:focus {{ border: {theme.ring}px solid {theme.accent}; }}
        QPushButton:disabled {{ color: {theme.faint}; }}
        QTableView {{ background: {theme.raised}; border-top: 1px solid {theme.line};
            border-bottom: 1px solid {theme.line}; }}
        QHeaderView::section {{ padding: 3px 9px; font-weight: 600; }}
        QHeaderView::section:first {{ padding-left: 14px; }}
        QHeaderView {{ background: {theme.panel}; }}
    """
