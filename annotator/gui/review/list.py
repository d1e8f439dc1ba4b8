"""What reviewers said, as a list: a row for each sentence, and one for each verdict. It must not know what is done.

Rows are put into words when they are seen, so that a long list costs no more than a short one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.app.descriptions.verdicts import describe_outcome, describe_request, reviewer_name
from annotator.core.i18n import _
from annotator.core.verdict import Outcome, VerdictKind
from annotator.gui.widgets.label_chips import chips_of, no_label, paint_chips

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.app.review.verdict_groups import GroupedVerdict, VerdictGroup
    from annotator.gui.theme.look import LabelLook
    from annotator.gui.theme.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
SIGNS = {Outcome.OPEN: "◆", Outcome.TAKEN: "✓", Outcome.REFUSED: "✕"}
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_KEYS = {
    Qt.Key.Key_Return: "take",
    Qt.Key.Key_Enter: "take",
    Qt.Key.Key_T: "take",
    Qt.Key.Key_Delete: "refuse",
    Qt.Key.Key_R: "refuse",
    Qt.Key.Key_L: "later",
    Qt.Key.Key_A: "agreed",
    Qt.Key.Key_U: "reopen",
    Qt.Key.Key_N: "next",
}
_DIGITS = {getattr(Qt.Key, f"Key_{number}"): number for number in range(1, 10)}


class Row(NamedTuple):
    """A sentence, or a verdict on it; ``number`` is which sentence of the document it is, 0 where that is not known."""

    matter: VerdictGroup
    said: GroupedVerdict | None
    number: int = 0


class Dress(NamedTuple):
    """Colours and words of the rows: names and looks of labels by their keys, and the time now (ISO 8601)."""

    theme: Theme
    looks: Mapping[str, LabelLook]
    now: Callable[[], str]

    def names(self, keys: Iterable[str]) -> str:
        """The names of labels."""
        return ", ".join(look.name for look in chips_of(keys, self.looks, self.theme))


def spoken(row: Row, dress: Dress) -> str:
    """A verdict as a screen reader says it: who wants what, of which sentence, what stands, what came of it."""
    matter, said = row.matter, row.said
    words = " ".join(matter.text.split())
    stands = dress.names(matter.labels) or no_label(dress.theme, is_nothing=matter.is_nothing).name
    if said is None:
        return f"{words} {stands}"
    parts = [describe_request(said.verdict, dress.names), describe_outcome(said.verdict, now=dress.now())]
    parts += [f"“{' '.join(said.verdict.comment.split())}”"] if said.verdict.comment else []
    parts += [_("reviewers differ")] if matter.is_disputed else []
    parts += [_("its sentence is gone")] if matter.place is None else []
    return f"{', '.join(parts)}. {_('It stands: {labels}.').format(labels=stands)} “{words}”"


class ReviewModel(QAbstractListModel):
    """The rows that are shown."""

    def __init__(self, dress: Dress, parent: QWidget) -> None:
        super().__init__(parent)
        self.dress = dress
        self.rows: list[Row] = []
        self._by_key: dict[int, int] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these, in this order."""
        self.beginResetModel()
        self.rows = list(rows)
        self._by_key = {row.said.key: at for at, row in enumerate(rows) if row.said is not None}
        self.endResetModel()

    def find_row(self, key: int | None) -> int | None:
        """Where the verdict with that key is, or None."""
        return None if key is None else self._by_key.get(key)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if self.rows[index.row()].said is not None else Qt.ItemFlag.NoItemFlags  # the keys pass over it

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spoken(self.rows[index.row()], self.dress)
        return None


class ReviewDelegate(QStyledItemDelegate):
    """Paints rows: a sentence with what stands there; a verdict with who wants what, the comment, what came of it."""

    def __init__(self, model: ReviewModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002  # Qt's own signature
        return QSize(200, option.fontMetrics.height() + 13)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, row = self._model.dress.theme, self._model.rows[index.row()]
        painter.save()
        painter.setFont(option.font)
        if row.said is None:
            self._paint_sentence(painter, option.rect, row, is_first=index.row() == 0)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(theme.selection))
                painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(theme.accent))
            self._paint_verdict(painter, option.rect, row.said)
        painter.restore()

    def _paint_sentence(self, painter: QPainter, rect: QRect, row: Row, *, is_first: bool) -> None:
        dress, metrics = self._model.dress, painter.fontMetrics()
        theme, matter = dress.theme, row.matter
        if not is_first:
            painter.fillRect(QRect(rect.left() + 12, rect.top(), rect.width() - 24, 1), QColor(theme.line))
        area = rect.adjusted(12, 1, -12, 0)
        number = str(row.number) if row.number else ("∅" if matter.place is None else "…")
        painter.setPen(QColor(theme.faint))
        gutter = max(metrics.horizontalAdvance("000"), metrics.horizontalAdvance(number))
        painter.drawText(QRect(area.left(), area.top(), gutter, area.height()), _RIGHT, number)
        area.setLeft(area.left() + gutter + 9)
        notes = [_("reviewers differ")] if matter.is_disputed else []
        notes += [_("gone")] if matter.place is None else []
        if notes:
            told = ("≠ " if matter.is_disputed else "") + ", ".join(notes)
            painter.setPen(QColor(theme.trouble))
            painter.drawText(area, _RIGHT, told)
            area.setRight(area.right() - metrics.horizontalAdvance(told) - 12)
        looks = chips_of(matter.labels, dress.looks, theme) or [no_label(theme, is_nothing=matter.is_nothing)]
        if matter.place is not None:
            middle = QPoint(area.left(), area.center().y() + 1)
            area.setLeft(paint_chips(painter, middle, looks, right=area.left() + area.width() // 2) + 9)
        painter.setPen(QColor(theme.ink if matter.has_open else theme.muted))
        _paint_words(painter, area, matter.text, metrics)

    def _paint_verdict(self, painter: QPainter, rect: QRect, said: GroupedVerdict) -> None:
        dress, metrics, verdict = self._model.dress, painter.fontMetrics(), said.verdict
        theme = dress.theme
        area = rect.adjusted(12 + metrics.horizontalAdvance("000") + 9, 0, -12, 0)
        signs = {Outcome.OPEN: theme.accent, Outcome.TAKEN: theme.good, Outcome.REFUSED: theme.muted}
        painter.setPen(QColor(signs[verdict.outcome]))
        painter.drawText(QRect(area.left(), area.top(), metrics.height(), area.height()), _LEFT, SIGNS[verdict.outcome])
        area.setLeft(area.left() + metrics.height() + 2)
        if not said.is_open:
            told = describe_outcome(verdict, now=dress.now())
            told = metrics.elidedText(told, Qt.TextElideMode.ElideRight, area.width() // 2)
            painter.setPen(QColor(theme.muted))
            painter.drawText(area, _RIGHT, told)
            area.setRight(area.right() - metrics.horizontalAdvance(told) - 12)
        ink = QColor(theme.ink if said.is_open else theme.muted)
        area.setLeft(_paint_who(painter, area, reviewer_name(verdict), ink=ink, is_bold=said.is_open) + 9)
        word, looks = _short(verdict.kind), chips_of(verdict.labels, dress.looks, theme)
        if verdict.kind is VerdictKind.DROP:
            looks = [no_label(theme, is_nothing=False)]
        elif not looks and verdict.kind is not VerdictKind.AGREE:
            word = _("add a label") if verdict.kind is VerdictKind.ADD else _("change it")
        painter.setPen(QColor(theme.muted))
        painter.drawText(area, _LEFT, word)
        area.setLeft(area.left() + metrics.horizontalAdvance(word) + 9)
        if looks:
            middle = QPoint(area.left(), area.center().y() + 1)
            area.setLeft(paint_chips(painter, middle, looks, right=area.right()) + 10)
        painter.setPen(QColor(theme.muted))
        _paint_words(painter, area, f"“{verdict.comment}”" if verdict.comment else "", metrics)


def _short(kind: VerdictKind) -> str:
    """What a verdict wants, before the labels."""
    match kind:
        case VerdictKind.AGREE:
            return _("agrees")
        case VerdictKind.ADD:
            return "+"
        case VerdictKind.DROP | VerdictKind.CHANGE:
            return "→"


def _paint_who(painter: QPainter, area: QRect, who: str, *, ink: QColor, is_bold: bool) -> int:
    """Paint a name and give its right edge; names of usual length have one width, so that wishes stand in a column."""
    font = QFont(painter.font())
    usual = QFont(font)
    font.setBold(is_bold)
    painter.setFont(font)
    painter.setPen(ink)
    metrics = QFontMetrics(font)
    who = metrics.elidedText(who, Qt.TextElideMode.ElideRight, min(area.width() // 3, 18 * metrics.averageCharWidth()))
    painter.drawText(area, _LEFT, who)
    painter.setFont(usual)
    return area.left() + max(7 * metrics.averageCharWidth(), metrics.horizontalAdvance(who))


def _paint_words(painter: QPainter, area: QRect, words: str, metrics: QFontMetrics) -> None:
    if area.width() > 0 and words:
        line = " ".join(words[:500].split())
        painter.drawText(area, _LEFT, metrics.elidedText(line, Qt.TextElideMode.ElideRight, area.width()))


class ReviewView(QListView):
    """The list and its keys: ``pressed_for`` says what a key asks for, ``chosen`` that another verdict is current."""

    pressed_for = Signal(str)
    label_pressed = Signal(int)
    chosen = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, model: ReviewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(ReviewDelegate(model))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def choose(self, key: int | None) -> bool:
        """Make the verdict with that key the current one, its sentence in sight; whether it is listed."""
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
        """The verdict that the keys are at, or None."""
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

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._reveal(current.row())
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = _KEYS.get(Qt.Key(event.key())) if not pressed else None
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif wanted:
            self.pressed_for.emit(wanted)
        elif event.key() in _DIGITS and not pressed:
            self.label_pressed.emit(_DIGITS[event.key()])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters do not move in the list: some of them do something."""
