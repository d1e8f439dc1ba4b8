"""The list of what reviewers said: a row for each sentence, and one for each verdict.

Rows are put into words when they are seen, so that a long list costs no more than a short one.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter

from annotator.app.descriptions.verdicts import describe_outcome, describe_request, reviewer_name
from annotator.core.i18n import _
from annotator.core.verdict import Outcome, VerdictKind
from annotator.gui.widgets.label_chips import label_styles_for, make_no_label_style, paint_chips
from annotator.gui.widgets.row_views import NUMBER_KEYS, ONE_LINE, RowDelegate, RowList, RowModel, plain_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from annotator.app.review.verdict_groups import GroupedVerdict, VerdictGroup
    from annotator.gui.theme.look import LabelStyle
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.row_views import Index

SIGNS = {Outcome.OPEN: "◆", Outcome.TAKEN: "✓", Outcome.REFUSED: "✕"}
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class Answer(Enum):
    """A decision on one verdict."""

    TAKE = auto()
    REFUSE = auto()
    LATER = auto()
    REOPEN = auto()


class ReviewAction(Enum):
    """An action on many verdicts."""

    TAKE_AGREED = auto()
    TAKE_OPEN = auto()
    TAKE_AGREED_EVERYWHERE = auto()
    OPEN_NEXT = auto()  # the next document with open verdicts


class Row(NamedTuple):
    """A sentence, or a verdict on it; `number` is which sentence of the document it is, 0 where that is not known."""

    matter: VerdictGroup
    said: GroupedVerdict | None
    number: int = 0


class Dress(NamedTuple):
    """Colours and words of the rows: names and looks of labels by their keys, and the time now (ISO 8601)."""

    theme: Theme
    looks: Mapping[str, LabelStyle]
    now: Callable[[], str]

    def names(self, keys: Iterable[str]) -> str:
        """Return the names of labels."""
        return ", ".join(look.name for look in label_styles_for(keys, self.looks, self.theme))


def spoken(row: Row, dress: Dress) -> str:
    """Return a verdict as a screen reader says it: who wants what, of which sentence, what stands, what came of it."""
    group, said = row.matter, row.said
    words = " ".join(group.text.split())
    stands = dress.names(group.labels) or make_no_label_style(dress.theme, is_nothing=group.is_nothing).name
    if said is None:
        return f"{words} {stands}"
    parts = [describe_request(said.verdict, dress.names), describe_outcome(said.verdict, now=dress.now())]
    parts += [f"“{' '.join(said.verdict.comment.split())}”"] if said.verdict.comment else []
    parts += [_("reviewers differ")] if group.is_disputed else []
    parts += [_("its sentence is gone")] if group.place is None else []
    return f"{', '.join(parts)}. {_('It stands: {labels}.').format(labels=stands)} “{words}”"


class ReviewModel(RowModel[Row]):
    """The rows that are shown."""

    def __init__(self, dress: Dress, parent: QWidget) -> None:
        super().__init__(parent)
        self.dress = dress
        self._by_key: dict[int, int] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these, in this order."""
        self._by_key = {row.said.key: at for at, row in enumerate(rows) if row.said is not None}
        super().show_rows(rows)

    def find_row(self, key: int | None) -> int | None:
        """Return the row of the verdict with that key, or None."""
        return None if key is None else self._by_key.get(key)

    def text(self, row: Row) -> str:
        return spoken(row, self.dress)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if self.rows[index.row()].said is not None else Qt.ItemFlag.NoItemFlags  # the keys pass over it


class ReviewDelegate(RowDelegate):
    """Paints rows: a sentence with what stands there; a verdict with who wants what, the comment, what came of it."""

    _model: ReviewModel

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        if row.said is None:
            self._paint_sentence(painter, option.rect, row, is_first=index.row() == 0)
        else:
            self._paint_verdict(painter, option.rect, row.said)

    def _paint_sentence(self, painter: QPainter, rect: QRect, row: Row, *, is_first: bool) -> None:
        dress, metrics = self._model.dress, painter.fontMetrics()
        theme, group = dress.theme, row.matter
        if not is_first:
            painter.fillRect(QRect(rect.left() + 12, rect.top(), rect.width() - 24, 1), QColor(theme.line))
        area = rect.adjusted(12, 1, -12, 0)
        number = str(row.number) if row.number else ("∅" if group.place is None else "…")
        painter.setPen(QColor(theme.faint))
        gutter = max(metrics.horizontalAdvance("000"), metrics.horizontalAdvance(number))
        painter.drawText(QRect(area.left(), area.top(), gutter, area.height()), _RIGHT, number)
        area.setLeft(area.left() + gutter + 9)
        notes = [_("reviewers differ")] if group.is_disputed else []
        notes += [_("gone")] if group.place is None else []
        if notes:
            message = ("≠ " if group.is_disputed else "") + ", ".join(notes)
            painter.setPen(QColor(theme.error))
            painter.drawText(area, _RIGHT, message)
            area.setRight(area.right() - metrics.horizontalAdvance(message) - 12)
        looks = label_styles_for(group.labels, dress.looks, theme) or [
            make_no_label_style(theme, is_nothing=group.is_nothing)
        ]
        if group.place is not None:
            middle = QPoint(area.left(), area.center().y() + 1)
            area.setLeft(paint_chips(painter, middle, looks, right=area.left() + area.width() // 2) + 9)
        painter.setPen(QColor(theme.ink if group.has_open else theme.muted))
        _paint_words(painter, area, group.text, metrics)

    def _paint_verdict(self, painter: QPainter, rect: QRect, said: GroupedVerdict) -> None:
        dress, metrics, verdict = self._model.dress, painter.fontMetrics(), said.verdict
        theme = dress.theme
        area = rect.adjusted(12 + metrics.horizontalAdvance("000") + 9, 0, -12, 0)
        signs = {Outcome.OPEN: theme.accent, Outcome.TAKEN: theme.success, Outcome.REFUSED: theme.muted}
        painter.setPen(QColor(signs[verdict.outcome]))
        painter.drawText(
            QRect(area.left(), area.top(), metrics.height(), area.height()), int(ONE_LINE), SIGNS[verdict.outcome]
        )
        area.setLeft(area.left() + metrics.height() + 2)
        if not said.is_open:
            message = describe_outcome(verdict, now=dress.now())
            message = metrics.elidedText(message, Qt.TextElideMode.ElideRight, area.width() // 2)
            painter.setPen(QColor(theme.muted))
            painter.drawText(area, _RIGHT, message)
            area.setRight(area.right() - metrics.horizontalAdvance(message) - 12)
        ink = QColor(theme.ink if said.is_open else theme.muted)
        area.setLeft(_paint_who(painter, area, reviewer_name(verdict), ink=ink, is_bold=said.is_open) + 9)
        word, looks = _short(verdict.kind), label_styles_for(verdict.labels, dress.looks, theme)
        if verdict.kind is VerdictKind.DROP:
            looks = [make_no_label_style(theme, is_nothing=False)]
        elif not looks and verdict.kind is not VerdictKind.AGREE:
            word = _("add a label") if verdict.kind is VerdictKind.ADD else _("change it")
        painter.setPen(QColor(theme.muted))
        painter.drawText(area, int(ONE_LINE), word)
        area.setLeft(area.left() + metrics.horizontalAdvance(word) + 9)
        if looks:
            middle = QPoint(area.left(), area.center().y() + 1)
            area.setLeft(paint_chips(painter, middle, looks, right=area.right()) + 10)
        painter.setPen(QColor(theme.muted))
        _paint_words(painter, area, f"“{verdict.comment}”" if verdict.comment else "", metrics)


def _short(kind: VerdictKind) -> str:
    """Return what a verdict wants, before the labels."""
    match kind:
        case VerdictKind.AGREE:
            return _("agrees")
        case VerdictKind.ADD:
            return "+"
        case VerdictKind.DROP | VerdictKind.CHANGE:
            return "→"


def _paint_who(painter: QPainter, area: QRect, who: str, *, ink: QColor, is_bold: bool) -> int:
    """Paint a name and return its right edge; usual names have one width, so that wishes stand in a column."""
    font = QFont(painter.font())
    usual = QFont(font)
    font.setBold(is_bold)
    painter.setFont(font)
    painter.setPen(ink)
    metrics = QFontMetrics(font)
    who = metrics.elidedText(who, Qt.TextElideMode.ElideRight, min(area.width() // 3, 18 * metrics.averageCharWidth()))
    painter.drawText(area, int(ONE_LINE), who)
    painter.setFont(usual)
    return area.left() + max(7 * metrics.averageCharWidth(), metrics.horizontalAdvance(who))


def _paint_words(painter: QPainter, area: QRect, words: str, metrics: QFontMetrics) -> None:
    if area.width() > 0 and words:
        line = " ".join(words[:500].split())
        painter.drawText(area, int(ONE_LINE), metrics.elidedText(line, Qt.TextElideMode.ElideRight, area.width()))


class ReviewView(RowList):
    """The list and its keys; `label_pressed` gives the number of a label, `entered` follows when it has the focus."""

    keys: ClassVar[Mapping[int, Answer | ReviewAction]] = {
        Qt.Key.Key_Return: Answer.TAKE,
        Qt.Key.Key_Enter: Answer.TAKE,
        Qt.Key.Key_T: Answer.TAKE,
        Qt.Key.Key_Delete: Answer.REFUSE,
        Qt.Key.Key_R: Answer.REFUSE,
        Qt.Key.Key_L: Answer.LATER,
        Qt.Key.Key_M: ReviewAction.TAKE_AGREED,
        Qt.Key.Key_X: Answer.REOPEN,
        Qt.Key.Key_N: ReviewAction.OPEN_NEXT,
    }

    label_pressed = Signal(int)
    entered = Signal()

    def __init__(self, model: ReviewModel, parent: QWidget) -> None:
        super().__init__(model, ReviewDelegate(model.dress.theme, model), parent)
        self._rows = model

    def choose(self, key: int | None) -> bool:
        """Make the verdict with that key the current one, its sentence in sight, and return whether it is listed."""
        row = self._rows.find_row(key)
        if row is None:
            return False
        index = self._rows.index(row)
        if self.currentIndex() != index:
            self.setCurrentIndex(index)
        else:
            self._reveal(row)
        return True

    def current(self) -> Row | None:
        """Return the verdict that the keys are at, or None."""
        at = self.currentIndex().row()
        row = self._rows.rows[at] if 0 <= at < len(self._rows.rows) else None
        return row if row is not None and row.said is not None else None

    def _reveal(self, row: int) -> None:
        """Bring a verdict into sight, and its sentence above it."""
        above = row
        while above > 0 and self._rows.rows[above].said is not None:
            above -= 1
        self.scrollTo(self._rows.index(above))
        self.scrollTo(self._rows.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:
        if current.isValid():
            self._reveal(current.row())
        super().currentChanged(current, previous)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = NUMBER_KEYS.get(plain_key(event))
        if number is not None:
            self.label_pressed.emit(number)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
