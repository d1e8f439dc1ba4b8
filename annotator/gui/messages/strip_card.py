"""The widget of a strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.core.i18n import _
from annotator.gui.messages.card import Card, kind_colour, make_text_label, show_icon, show_text
from annotator.gui.messages.key_button import ButtonLook, KeyButton
from annotator.gui.messages.message import MessageKind
from annotator.gui.theme.styles import scroll_bar_style
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from annotator.gui.messages.message import Choice, Question
    from annotator.gui.theme.theme import Theme

_MIN_HEIGHT = 46
_EDGE = 4  # pixels of colour at the left
_ICON_SIZE = 17
_MIN_TEXT_WIDTH = 260  # pixels; in a narrower place the buttons go below the text
_MAX_DETAIL_LINES = 8  # visible at once; the others by scrolling
_MAX_SHARE = 0.4  # of the article's height
_MIN_DETAIL_LINES = 2


class StripCard(Card):
    """Sentence, detail and buttons over the top of the article, as wide as it is."""

    chosen = Signal(int)
    key_pressed = Signal(object)

    def __init__(self, area: QWidget) -> None:
        super().__init__(area, "strip")
        self._theme: Theme | None = None
        self._kind = MessageKind.INFO
        self._buttons: tuple[KeyButton, ...] = ()
        self._icon = PlainLabel(self)
        self._text = make_text_label("strip-text", self)
        self._detail = make_text_label("strip-detail", self)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._count = make_text_label("strip-count", self)
        self._count.setContentsMargins(0, 5, 0, 5)  # on one line with the texts of the buttons
        self._scroll = self._make_scroll_area()
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(6)
        self._words.addWidget(self._text)
        self._words.addWidget(self._scroll, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        self._row.addWidget(self._count)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(16, 9, 12, 9)
        self._layout.setSpacing(8)
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(10)
        self._head.addWidget(self._icon)
        self._head.addLayout(self._words, 1)
        self._layout.addLayout(self._head, 1)
        self._layout.addLayout(self._row)

    def show_question(self, question: Question, *, number: int, count: int) -> None:
        """Show `question`, which is the one of this `number` among `count` that wait."""
        self._kind = question.kind
        show_text(self._text, question.text)
        if question.detail != self._detail.accessibleName():
            self._scroll.verticalScrollBar().setValue(0)  # of another question
        show_text(self._detail, question.detail)
        self._scroll.setVisible(bool(question.detail))
        self._count.setText(_("{number} of {count}").format(number=number, count=count))
        self._count.setVisible(count > 1)
        self.setAccessibleName(" ".join(part for part in (question.text, question.detail) if part))
        had_focus = self.has_focus
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = tuple(
            self._make_button(choice, number=place) for place, choice in enumerate(question.all_choices)
        )
        if had_focus:
            self._buttons[0].setFocus()
        if self._theme is not None:
            self.set_theme(self._theme)
        self.place()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        self.setStyleSheet(
            f"#strip {{ background: {theme.field}; border: none; border-bottom: 1px solid {theme.line};"
            f" border-left: {_EDGE}px solid {kind_colour(self._kind, theme)}; }}"
            f"#strip-text {{ color: {theme.ink}; font-weight: bold; }}"
            f"#strip-detail, #strip-count {{ color: {theme.muted}; }}"
            "#strip QScrollArea, #strip-ground { background: transparent; border: none; }"
            f"#strip QScrollArea:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}"
            f"{scroll_bar_style(theme)}"
        )
        show_icon(self._icon, self._kind, theme, size=_ICON_SIZE)
        for button in self._buttons:
            button.set_theme(theme)

    def place(self) -> None:
        for part in (self, self._text, self._detail, self._count):
            part.ensurePolished()  # frame and font count
        area = self._area.geometry()
        width = area.width()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight)
        self._row_by_row(is_wrapped=False)
        buttons = self._row.sizeHint().width()
        margins = self._layout.contentsMargins()
        room = width - margins.left() - margins.right() - _ICON_SIZE - 10
        is_narrow = room - buttons - 8 < min(_MIN_TEXT_WIDTH, self._words_width())
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        if buttons > room:
            self._row.setDirection(QBoxLayout.Direction.TopToBottom)
        room -= 0 if is_narrow else buttons + 8
        if "\n" in self._detail.text() or self._words_width() > room:
            self._row_by_row(is_wrapped=True)
            below = self._row.sizeHint().height() + self._layout.spacing() if is_narrow else 0
            self._fit_detail(room, free=int(_MAX_SHARE * area.height()) - below)
        is_stacked = self._words.direction() is QBoxLayout.Direction.TopToBottom
        place = Qt.AlignmentFlag.AlignTop if is_stacked else Qt.AlignmentFlag.AlignVCenter
        self._head.setAlignment(self._icon, place)
        for widget in (self._count, *self._buttons):
            self._row.setAlignment(widget, place)
        for layout in (self._words, self._row, self._head, self._layout):
            layout.invalidate()  # Qt invalidates the outermost layout alone
        self._layout.activate()
        has_lines = self._layout.hasHeightForWidth()
        height = self._layout.totalHeightForWidth(width) if has_lines else self._layout.totalSizeHint().height()
        height = max(_MIN_HEIGHT, height)
        self.setGeometry(area.left(), area.top(), width, min(height, area.height()))
        super().place()

    def _words_width(self) -> int:
        """Return how wide sentence and detail are in one line."""
        widths = [self._text.sizeHint().width()]
        if self._detail.text():
            widths.append(6 + self._detail.fontMetrics().horizontalAdvance(self._detail.text()) + 4)
        return sum(widths)

    def _row_by_row(self, *, is_wrapped: bool) -> None:
        """Put the detail below the sentence, both wrapped, or beside it."""
        direction = QBoxLayout.Direction.TopToBottom if is_wrapped else QBoxLayout.Direction.LeftToRight
        self._words.setDirection(direction)
        self._text.setWordWrap(is_wrapped)
        self._detail.setWordWrap(is_wrapped)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFixedHeight(self._detail.fontMetrics().height() + 2)

    def _fit_detail(self, room: int, *, free: int) -> None:
        """Give the detail the height of its lines in `room` pixels; sentence and detail get `free` pixels at most."""
        height = self._detail.heightForWidth(max(1, room - 2))
        margins, line = self._layout.contentsMargins(), self._detail.fontMetrics().lineSpacing()
        beside = margins.top() + margins.bottom() + self._words.spacing() + self._text.heightForWidth(max(1, room))
        limit = max(_MIN_DETAIL_LINES * line, min(_MAX_DETAIL_LINES * line, free - beside - 4))
        if height > limit:
            self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that the keyboard reaches the rest
        self._scroll.setFixedHeight(min(height, limit) + 2)

    def _make_button(self, choice: Choice, *, number: int) -> KeyButton:
        look = ButtonLook.PRIMARY if number == 0 and choice.key != "Esc" else ButtonLook.PLAIN
        button = KeyButton(choice.text, choice.key, self, look=look)
        button.setObjectName("offer")
        button.clicked.connect(lambda *_: self.chosen.emit(number))
        self._row.addWidget(button)
        button.show()
        return button

    def _make_scroll_area(self) -> QScrollArea:
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("Details"))
        ground = QWidget(scroll)
        ground.setObjectName("strip-ground")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._detail)
        scroll.setWidget(ground)
        return scroll

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.key_pressed.emit(event)
