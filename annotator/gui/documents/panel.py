"""The list of the documents of a workspace, with state and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.app.documents.progress import DocumentProgress
from annotator.core.annotation import Status
from annotator.core.formatting import format_percent
from annotator.core.i18n import _
from annotator.gui.widgets.stray_bar import StrayBar
from annotator.gui.widgets.text_label import PlainLabel, make_tooltip
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.gui.theme.theme import Theme

_PROGRESS_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


class DocumentModel(QAbstractListModel):
    """Documents in the order of the folder; the progress of one is requested when its row is first shown.

    Progress belongs to the path: rows move when documents come and go.
    """

    def __init__(self, request_progress: Callable[[Path], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._request_progress = request_progress
        self._documents: tuple[Path, ...] = ()
        self._rows: dict[Path, int] = {}
        self._names: tuple[str, ...] = ()
        self._progress: dict[Path, DocumentProgress | None] = {}

    def set_documents(self, folder: Path, documents: tuple[Path, ...]) -> None:
        """Show `documents` by their paths relative to `folder`."""
        self.beginResetModel()
        self._documents, self._rows = documents, {path: row for row, path in enumerate(documents)}
        self._names = tuple(
            format_path(path.relative_to(folder) if path.is_relative_to(folder) else path) for path in documents
        )
        self._progress.clear()
        self.endResetModel()

    def set_progress(self, path: Path, progress: DocumentProgress) -> None:
        """Show the progress of the document at `path` if it is listed."""
        row = self._rows.get(path)
        if row is not None:
            self._progress[path] = progress
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401  # Qt's own
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[row]
        if role == _PROGRESS_ROLE:
            path = self._documents[row]
            if path not in self._progress:
                self._progress[path] = None
                self._request_progress(path)
            return self._progress[path]
        overview = self._progress.get(self._documents[row])
        if role == Qt.ItemDataRole.ToolTipRole:
            return make_tooltip(overview.trouble or self._names[row] if overview else self._names[row])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._names[row]}, {describe_progress(overview)}" if overview else self._names[row]
        return None


def describe_progress(progress: DocumentProgress) -> str:
    """Return state and progress in words."""
    if progress.trouble:
        return _("cannot be read")
    state = {Status.NEW: _("new"), Status.IN_PROGRESS: _("in progress"), Status.DONE: _("done")}[progress.status]
    if progress.status is Status.NEW:
        return state
    return _("{state}, {share} decided").format(state=state, share=format_percent(progress.share))


class _DocumentDelegate(QStyledItemDelegate):
    """Paints a row: name, state in words, and a progress bar."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.open_row: int | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002  # Qt's own signature
        return QSize(160, 2 * option.fontMetrics.height() + 24)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self.theme
        painter.save()
        is_open = index.row() == self.open_row
        if option.state & QStyle.StateFlag.State_Selected or is_open:
            painter.fillRect(option.rect, QColor(theme.selection if is_open else theme.field))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(theme.field))
        if is_open:
            edge = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(edge, QColor(theme.accent))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        area = option.rect.adjusted(14, 7, -12, -8)
        metrics = option.fontMetrics
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, area.width())
        painter.setPen(QColor(theme.ink))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), name)
        overview = index.data(_PROGRESS_ROLE)
        if isinstance(overview, DocumentProgress):
            self._paint_state(painter, area, overview)
        painter.restore()

    def _paint_state(self, painter: QPainter, area: QRect, progress: DocumentProgress) -> None:
        theme = self.theme
        is_done = progress.status is Status.DONE
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        painter.setPen(QColor(theme.error if progress.trouble else theme.success if is_done else theme.muted))
        line = area.adjusted(0, 0, 0, -5)
        text = ("✓ " if is_done else "") + describe_progress(progress)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), text)
        if progress.trouble:
            return
        bar = QRect(area.left(), area.bottom() - 1, area.width(), 3)
        painter.fillRect(bar, QColor(theme.neutral))
        bar.setWidth(int(bar.width() * progress.share))
        painter.fillRect(bar, QColor(theme.success if is_done else theme.accent))


class DocumentPanel(QWidget):
    """The list of documents, or a hint if there are none."""

    document_chosen = Signal(int)

    def __init__(self, theme: Theme, wanted: Callable[[Path], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.model = DocumentModel(wanted, self)
        self._delegate = _DocumentDelegate(theme, self)
        self.view = QListView(self)
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.viewport().setAutoFillBackground(False)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)
        self._empty = PlainLabel(self)
        self._empty.setWordWrap(True)
        self._empty.setMargin(18)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.strays = StrayBar(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.strays)
        self._retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of `theme`."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def set_documents(self, folder: Path, documents: tuple[Path, ...]) -> None:
        """Show the documents of `folder`."""
        self.model.set_documents(folder, documents)
        self._stack.setCurrentIndex(1 if documents else 0)

    def update_documents(self, folder: Path, documents: tuple[Path, ...], *, row: int | None) -> None:
        """Show the documents of `folder` after a change, without scrolling; the one at `row` is open."""
        bar = self.view.verticalScrollBar()
        place = bar.value()
        self.set_documents(folder, documents)
        self.set_open_row(row)
        bar.setValue(place)

    def set_open_row(self, row: int | None) -> None:
        """Mark the row of the open document."""
        self._delegate.open_row = row
        self.view.viewport().update()
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row))

    def _on_chosen(self, index: QModelIndex) -> None:
        self.document_chosen.emit(index.row())

    def _retranslate(self) -> None:
        self.view.setAccessibleName(_("Documents"))
        self._empty.setText(_("No documents here yet. Open a folder that holds articles as text files (.txt, .md)."))
        self.view.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
