"""Plain text: labels, tooltips, buttons and titles that show any text as it is, whatever it holds.

Qt takes a text that looks like HTML for HTML, opens the files that it names, and takes `&` for the sign of a key.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPalette, Qt, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.gui.theme.theme import Theme

_WIDEST, _NARROWEST = 60, 8  # average letters: as wide as it likes to be, as narrow as it may become
_MOST_LINES = 6  # of an error: it has its place beside the buttons, which must stay on the screen


_TIP_WIDTH = 80  # letters in a line of a tooltip: Qt breaks the lines of none that is plain


def make_tooltip(text: str) -> str:
    """Return what shows `text` as it is in a tooltip, its lines broken where they are long."""
    if not Qt.mightBeRichText(text) and max(map(len, text.split("\n"))) <= _TIP_WIDTH:
        return text
    return f"<qt><p style='white-space: pre-wrap'>{escape(text)}</p></qt>"


def escape_ampersands(text: str) -> str:
    """Return what shows `text` as it is on a button, a tab, in a menu, or in a label that leads to a field."""
    return text.replace("&", "&&")


def make_window_title(text: str) -> str:
    """Return what shows `text` as it is in the title of a window."""
    return text.replace("[*]", "[*][*]")  # of one alone Qt makes the sign of a changed document


class PlainLabel(QLabel):
    """A label that shows any text as it is; one with a buddy needs `escape_ampersands`."""

    def __init__(self, parent: QWidget | None, text: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class TextLabel(PlainLabel):
    """A text without markup that wraps between words, and within one that is longer than a line.

    A word that cannot be broken, such as a long path, would otherwise make its dialog wider than the screen.
    """

    def __init__(self, text: str, parent: QWidget, *, is_quiet: bool = False) -> None:
        super().__init__(parent, text)
        self.setWordWrap(True)
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
