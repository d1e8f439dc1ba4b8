"""The moments of a document as Qt's views read them, the newest first.

Words are made for the rows that are seen. To look for some among many goes on in portions.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt

from annotator.app.history.timeline import PeriodStart
from annotator.core.change import Layer
from annotator.core.formatting import describe_time, show_hidden
from annotator.core.i18n import N_, _
from annotator.gui.widgets.row_views import HeadedModel
from annotator.gui.widgets.text_label import make_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.descriptions.steps import StepDescriber
    from annotator.app.history.timeline import Moment, Timeline
    from annotator.core.span import Span
    from annotator.gui.widgets.row_views import Index

_NOWHERE = frozenset({Layer.STATUS, Layer.ORPHAN})  # what is about no place in the text
_STARTS = {
    PeriodStart.EMPTY: N_("Nothing was decided yet"),
    PeriodStart.FOUND: N_("Labels made elsewhere were already there"),
    PeriodStart.CHANGED: N_("Another program had changed the annotations"),
    PeriodStart.TEXT: N_("The text had been changed"),
    PeriodStart.LOST: N_("Records before this are damaged and cannot be read"),
}


class Column(IntEnum):
    """The columns of the list, in their order."""

    WHEN = 0
    WHO = 1
    WHAT = 2


HEADINGS = {Column.WHEN: N_("When"), Column.WHO: N_("Who"), Column.WHAT: N_("What")}


class Filter(NamedTuple):
    """A filter: moments in which all `words` stand, and steps that touched `span`, where there is one."""

    words: tuple[str, ...] = ()
    span: Span | None = None


class HistoryModel(HeadedModel):
    """One row a moment; `now` gives the time in ISO 8601."""

    headings = tuple(HEADINGS.values())

    def __init__(
        self, teller: StepDescriber, fold: Callable[[str], str], now: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.timeline: Timeline | None = None
        self.can_look_back = False
        self.unfound: set[int] = set()  # moments whose states were looked for in vain
        self._teller = teller
        self._fold = fold
        self._now = now
        self._filter = Filter()
        self._moments: list[Moment] = []  # those of the timeline, which grow with it
        self._shown: list[int] = []
        self._searched = 0  # the moments from this one on were looked at
        self._size = 0

    # What is listed

    def fill(self, timeline: Timeline | None) -> None:
        """List the moments of `timeline` in place of all others."""
        self.beginResetModel()
        self.timeline = timeline
        self._moments = timeline.moments if timeline is not None else []
        self.unfound.clear()
        self._begin()
        self.endResetModel()

    def narrow(self, wanted: Filter) -> bool:
        """List those that match `wanted`, as far as `search_on` finds them; return whether that is another filter."""
        if wanted == self._filter:
            return False
        self.beginResetModel()
        self._filter = wanted
        self._begin()
        self.endResetModel()
        return True

    def search_on(self, moments: int) -> bool:
        """Look at so many older moments whether they match, and return whether all were looked at."""
        until = max(0, self._searched - moments)
        found = [row for row in range(self._searched - 1, until - 1, -1) if self._is_wanted(row)]
        self._searched = until
        if found:
            at = len(self._shown)
            self.beginInsertRows(QModelIndex(), at, at + len(found) - 1)
            self._shown += found
            self.endInsertRows()
        return not until

    def grow(self) -> None:
        """List what the timeline has gained at its end, and show anew what is now and what is undone."""
        size = len(self._moments)
        found = [row for row in range(size - 1, self._size - 1, -1) if self._is_wanted(row)]
        self._size = size
        if found:
            self.beginInsertRows(QModelIndex(), 0, len(found) - 1)
            self._shown[:0] = found
            self.endInsertRows()
        self.refresh()

    def refresh(self) -> None:
        """Show all rows anew."""
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(Column) - 1))

    def spell(self, teller: StepDescriber) -> None:
        """Put all into other words."""
        self._teller = teller
        self.refresh()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    @property
    def total(self) -> int:
        """The number of moments, listed or not."""
        return self._size

    @property
    def is_narrowed(self) -> bool:
        """True if only some are wanted."""
        return self._filter != Filter()

    def place(self, row: int) -> int:
        """Return which moment of the timeline a row shows."""
        return self._shown[row]

    def find_row(self, place: int | None) -> int | None:
        """Return the row that shows a moment of the timeline, or None."""
        return self._shown.index(place) if place is not None and place in self._shown else None

    def moment(self, row: int) -> Moment:
        """Return the moment that a row shows."""
        return self._moments[self._shown[row]]

    # Words

    def text(self, row: int, column: Column) -> str:
        """Return what stands in a cell."""
        moment = self.moment(row)
        match column:
            case Column.WHEN:
                return describe_time(moment.time, now=self._now())
            case Column.WHO:
                return show_hidden(moment.author)
            case Column.WHAT:
                return self._told(moment)

    def sign(self, row: int) -> str:
        """Return what a moment is besides: now, undone, or not to be had; mostly nothing."""
        place, timeline = self._shown[row], self.timeline
        if timeline is None:
            return ""
        if place == timeline.current:
            return _("now")
        if place in self.unfound or timeline.find_restore_problem(place, can_look_back=self.can_look_back):
            return _("only to read")
        return _("undone") if place in timeline.undone else ""

    def is_faint(self, row: int) -> bool:
        """Return whether a moment does not hold any more, or cannot be had."""
        place, timeline = self._shown[row], self.timeline
        return timeline is not None and place != timeline.current and bool(self.sign(row))

    def _told(self, moment: Moment) -> str:
        if moment.step is None:
            return _(_STARTS[moment.start]) if moment.start is not None else ""
        is_here = self.timeline is not None and self.timeline.periods[moment.period].text == self.timeline.text
        return (self._teller if is_here else self._teller._replace(text="")).describe(moment.step)

    def _tip(self, row: int) -> str:
        lines = [self.text(row, Column.WHAT), f"{self.text(row, Column.WHEN)} {self.text(row, Column.WHO)}"]
        place, timeline = self._shown[row], self.timeline
        undone = timeline.undone.get(place) if timeline is not None else None
        if undone is not None and undone.time:
            when = describe_time(undone.time, now=self._now())
            lines.append(_("undone {when} by {who}").format(when=when, who=show_hidden(undone.author)))
        return "\n".join(lines)

    def _begin(self) -> None:
        self._size = len(self._moments)
        self._searched = self._size if self.is_narrowed else 0
        self._shown = [] if self.is_narrowed else list(range(self._size - 1, -1, -1))

    def _is_wanted(self, place: int) -> bool:
        wanted, timeline = self._filter, self.timeline
        if timeline is None or not self.is_narrowed:
            return timeline is not None
        moment = timeline.moments[place]
        if wanted.span is not None:
            changes = moment.step.changes if moment.step is not None else ()
            is_here = timeline.periods[moment.period].text == timeline.text
            if not is_here or not any(
                change.layer not in _NOWHERE and change.affected_span.is_overlapping(wanted.span) for change in changes
            ):
                return False
        if not wanted.words:
            return True
        message = self._fold(
            f"{describe_time(moment.time, now=self._now())}\n{show_hidden(moment.author)}\n{self._told(moment)}"
        )
        return all(word in message for word in wanted.words)

    # Qt's

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            sign = self.sign(index.row()) if column is Column.WHAT else ""
            message = self.text(index.row(), column)
            return f"{message} ({sign})" if sign else message
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_tooltip(self._tip(index.row()))
        return None
