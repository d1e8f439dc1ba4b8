"""Labels of plain text, such as names of files, that wrap wherever there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.gui.theme.theme import Theme

_WIDEST, _NARROWEST = 60, 8  # average letters: as wide as it likes to be, as narrow as it may become
_MOST_LINES = 6  # of an error: it has its place beside the buttons, which must stay on the screen


class TextLabel(QLabel):
    """A text without markup that wraps between words, and within one that is longer than a line.

    A word that cannot be broken, such as a long path, would otherwise make its dialog wider than the screen.
    """

    def __init__(self, text: str, parent: QWidget, *, is_quiet: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)
        if is_quiet:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self._get_frame_size()
        return self._lay_out(width - around.width())[1] + around.height()

    def sizeHint(self) -> QSize:
        around = self._get_frame_size()
        text = self.fontMetrics().size(0, self.text())
        width = min(text.width() + 1, _WIDEST * self.fontMetrics().averageCharWidth()) + around.width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        letters = _NARROWEST * self.fontMetrics().averageCharWidth()
        width = min(self.sizeHint().width(), letters + self._get_frame_size().width())
        return QSize(width, self.fontMetrics().lineSpacing() + self._get_frame_size().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's own signature
        area = self.contentsRect().adjusted(self.margin(), self.margin(), -self.margin(), -self.margin())
        layouts, height = self._lay_out(area.width())
        top = float(area.top())
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max(0, area.height() - height) / 2
        elif self.alignment() & Qt.AlignmentFlag.AlignBottom:
            top += max(0, area.height() - height)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        for layout in layouts:
            layout.draw(painter, QPointF(area.left(), top))
            top += layout.boundingRect().height()
        painter.end()

    def _lay_out(self, width: int) -> tuple[list[QTextLayout], int]:
        """Return the paragraphs laid out in `width` pixels, and their height together."""
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layouts, total = [], 0.0
        for paragraph in self.text().split("\n") if self.text() else ():
            layout = QTextLayout(paragraph, self.font(), self)
            layout.setTextOption(option)
            layout.beginLayout()
            height = 0.0
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(1, width))
                line.setPosition(QPointF(0, height))
                height += line.height()
            layout.endLayout()
            layouts.append(layout)
            total += height
        return layouts, -int(-total // 1)

    def _get_frame_size(self) -> QSize:
        margins = self.contentsMargins()
        own = 2 * self.margin()
        return QSize(margins.left() + margins.right() + own, margins.top() + margins.bottom() + own)


class ErrorLine(TextLabel):
    """An error message, or nothing."""

    def __init__(self, theme: Theme | None, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setMaximumHeight(_MOST_LINES * self.fontMetrics().lineSpacing() + 2)
        self.hide()
        if theme is not None:
            self.setStyleSheet(f"color: {theme.error}")

    def show_error(self, sentence: str) -> None:
        """Show `sentence`, and announce it to screen readers if it is a new one."""
        if sentence != self.text():
            self.setText(sentence)
            self.setAccessibleName(sentence)
            self.setVisible(bool(sentence))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
