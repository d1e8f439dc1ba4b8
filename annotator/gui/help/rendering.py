"""The format of help pages: sizes, spacing and colours that Markdown does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextDocument

    from annotator.gui.theme.theme import Theme

_SIZES = {1: 1.75, 2: 1.25, 3: 1.08}  # of headings, as a factor of the default size
_FIRST_COLUMN = 32  # per cent of the width, in a table of two columns
_LINE_HEIGHT = 138.0  # per cent
_PROPORTIONAL = 1  # QTextBlockFormat.LineHeightTypes.ProportionalHeight; PySide takes only an int here


def format_page(document: QTextDocument, theme: Theme) -> None:
    """Format the blocks, code and tables of a page."""
    size = document.defaultFont().pointSizeF()
    block = document.begin()
    while block.isValid():
        _format_block(block, theme, size=size)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _format_table(frame, theme)


def _format_block(block: QTextBlock, theme: Theme, *, size: float) -> None:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    level = block.blockFormat().headingLevel()
    shape = QTextBlockFormat()
    in_table = cursor.currentTable() is not None
    is_code = _is_code(block)
    if not is_code:
        shape.setLineHeight(_LINE_HEIGHT, _PROPORTIONAL)
    if level:
        shape.setTopMargin(0 if level == 1 else 16)
        shape.setBottomMargin(10 if level == 1 else 5)
        look = QTextCharFormat()
        look.setFontPointSize(size * _SIZES.get(level, 1.0))
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setForeground(QBrush(QColor(theme.ink if level == 1 else theme.accent)))
        cursor.mergeCharFormat(look)
    elif is_code:
        shape.setBackground(QBrush(QColor(theme.panel)))
        shape.setLeftMargin(10)
        shape.setRightMargin(10)
        shape.setTopMargin(0)
        shape.setBottomMargin(0)
    elif not in_table:
        shape.setTopMargin(9 if _is_code(block.previous()) else 0)
        shape.setBottomMargin(4 if block.textList() else 9)
    cursor.mergeBlockFormat(shape)
    if not is_code:
        _format_code(block, theme)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _format_code(block: QTextBlock, theme: Theme) -> None:
    """Give inline code, such as keys, a background."""
    spans = []
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        if piece.charFormat().fontFixedPitch():
            spans.append((piece.position(), piece.length()))
        pieces += 1
    look = QTextCharFormat()
    look.setBackground(QBrush(QColor(theme.panel)))
    look.setForeground(QBrush(QColor(theme.ink)))
    for start, length in spans:
        cursor = QTextCursor(block.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def _format_table(table: QTextTable, theme: Theme) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderBrush(QBrush(QColor(theme.line)))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setCellPadding(5)
    shape.setCellSpacing(0)
    shape.setTopMargin(4)
    shape.setBottomMargin(12)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if table.columns() == 2:
        shares = (_FIRST_COLUMN, 100 - _FIRST_COLUMN)
        shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
    table.setFormat(shape)
