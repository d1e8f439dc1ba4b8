"""The panel of the history: filter, moments, what going back would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.history.model import Filter, HistoryModel
from annotator.gui.history.view import HistoryView
from annotator.gui.theme.styles import panel_style
from annotator.gui.widgets.layouts import row_of_widgets
from annotator.gui.widgets.list_panel import FilteredPanel, placeholder_label
from annotator.gui.widgets.text_label import make_tooltip
from annotator.gui.widgets.threads import IdleTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.descriptions.steps import StepDescriber
    from annotator.core.span import Span
    from annotator.gui.theme.theme import Theme

_PORTION = 150  # moments looked at in one go


class HistoryPanel(FilteredPanel):
    """A filter line over the list, under it what going back would change, and the two things that can be done."""

    height_hint = 270
    least_height = 140

    view: HistoryView
    chosen = Signal()
    back_wanted = Signal()
    copy_wanted = Signal()

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
        self.only_here = QCheckBox(self)
        self.only_here.installEventFilter(self)
        self._told = placeholder_label(self)
        self._back, self._copy = QPushButton(self), QPushButton(self)
        self._search = IdleTask(self._search_on, self)
        self._lay_out()
        self._join()

    # What is shown

    def apply_theme(self, theme: Theme, teller: StepDescriber) -> None:
        """Take the theme, the language and the labels in use."""
        self.setStyleSheet(_style(theme))
        self.view.set_theme(theme)
        self._retitle()
        self.model.spell(teller)
        self.refresh()

    def set_sentence(self, span: Span | None) -> None:
        """Take which sentence is the current one."""
        if span != self._span:
            self._span = span
            if self.only_here.isChecked():
                self._soon.request()

    def set_advice(self, advice: str) -> None:
        """Take what an empty list means."""
        self._advice = advice
        self.refresh()

    def tell(self, told: str, *, can_go: bool, can_copy: bool) -> None:
        """Say what going back to the chosen moment would change."""
        self._told.setText(told)
        self._told.setToolTip(make_tooltip(told))
        self._back.setEnabled(can_go)
        self._copy.setEnabled(can_copy)

    def refresh(self) -> None:
        """Show the count and what an empty list means."""
        listed, total = self.model.rowCount(), self.model.total
        no_match = _("Looking…") if self._is_searching else _("Nothing matches. Change the words above.")
        self._show_list(advice=no_match if total and self.model.is_narrowed else self._advice)
        text = ngettext("{count} entry", "{count} entries", total).format(count=format_count(total)) if total else ""
        if total and self.model.is_narrowed:
            text = _("{shown} of {entries}").format(shown=listed, entries=text) + ("…" if self._is_searching else "")
        self._count.setText(text)

    def _choose_first(self) -> None:
        """Choose the moment that is now, or the first one listed."""
        if self.model.timeline is not None:
            now = self.model.timeline.current
            self.view.choose(now if self.model.find_row(now) is not None else self.model.place(0))

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
        super().stop()
        self._search.stop()

    def _search_on(self) -> bool:
        self._is_searching = not self.model.search_on(_PORTION)
        self.refresh()
        return not self._is_searching

    def _lay_out(self) -> None:
        self._told.setForegroundRole(QPalette.ColorRole.WindowText)
        self._told.setWordWrap(True)
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bar = row_of_widgets((self.words, 3), self.only_here, self._count, 2, margins=(14, 2, 14, 6), spacing=12)
        foot = row_of_widgets((self._told, 1), self._copy, self._back, margins=(14, 5, 14, 6))
        self._lay_out_parts(self.view, above=bar, below=foot)

    def _join(self) -> None:
        self.only_here.toggled.connect(self.narrow)
        for signal in (self._back.clicked, self.view.wanted):
            signal.connect(self.back_wanted)
        self._copy.clicked.connect(self.copy_wanted)
        self.view.chosen.connect(self.chosen)
        self.view.menu_asked.connect(self._on_menu_asked)

    def menu(self) -> QMenu:
        """Return a menu of what can be done with the chosen moment; the caller shows and deletes it."""
        menu = QMenu(self)
        for button in (self._back, self._copy):
            menu.addAction(button.text(), button.click).setEnabled(button.isEnabled())
        return menu

    def _retitle(self) -> None:
        super()._retitle()
        for widget in (self, self.view):
            widget.setAccessibleName(_("History"))
        self.only_here.setText(_("Only this sentence"))
        self.only_here.setToolTip(_("List only what was done to the current sentence"))
        self._back.setText(_("Go back to here"))
        self._back.setToolTip(_("Restore the labels as they were then; can be undone (Enter)"))
        self._copy.setText(_("Save a copy as it was then…"))


def _style(theme: Theme) -> str:
    return f"""
        {panel_style(theme)}
        QTableView {{ border-bottom: 1px solid {theme.line}; }}
        QHeaderView::section {{ padding: 3px 9px; }}
        QHeaderView::section:first {{ padding-left: 14px; }}
    """
