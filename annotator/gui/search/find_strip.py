"""The widgets of the find bar: search field, count and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from annotator.core.i18n import _
from annotator.gui.theme.icons import load_icon
from annotator.gui.widgets.text_label import PlainLabel, escape_ampersands, make_tooltip
from annotator.search.find import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.theme.theme import Theme

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindField(QLineEdit):
    """A search field; Enter and arrow keys emit 1 (next) or -1 (previous), Escape emits `left`."""

    entered = Signal(int)
    moved = Signal(int)
    tag_requested = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_handled(event):
            event.accept()  # here Ctrl+Enter tags the matches; in the window it finishes the document
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.tag_requested.emit()
        elif event.key() in _ENTER:
            self.entered.emit(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class FindStrip(QFrame):
    """A search field, the count, and buttons to step, to tag all matches and to close."""

    typed = Signal(str)
    stepped = Signal(int)
    label_chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("find-strip")
        self._theme: Theme | None = None
        self._labels: Sequence[tuple[str, str]] = ()
        self.field = FindField(self)
        self.field.setObjectName("find-field")
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(LONGEST)
        self.field.setMinimumWidth(110)
        self.field.setMaximumWidth(380)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = PlainLabel(self)
        self._count.setObjectName("find-count")
        self._previous, self._next, self._tag, self._close = (self._build_button() for _ in range(4))
        self._close.setText("×")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.field, 6)
        for widget in (self._previous, self._next):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addWidget(self._count)
        layout.addStretch(1)
        layout.addWidget(self._tag)
        layout.addWidget(self._close)
        self.field.textChanged.connect(self.typed)
        self.field.entered.connect(self.stepped)
        self.field.moved.connect(self.stepped)
        self.field.tag_requested.connect(self.choose_label)
        self.field.left.connect(self.left)
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._tag.clicked.connect(self.choose_label)
        self._close.clicked.connect(self.left)
        self.hide()

    def edit(self, words: str) -> None:
        """Show the strip with `words` selected in the field, so that typing replaces them."""
        self.show()
        self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_label(self) -> None:
        """Show the menu of labels for tagging all matches."""
        if not self._tag.isEnabled():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, (key, name) in enumerate(self._labels, start=1):
            shown = escape_ampersands(name)
            action = menu.addAction(f"&{number}   {shown}" if number <= 9 else shown)
            action.triggered.connect(lambda *_, key=key: self.label_chosen.emit(key))
        menu.setActiveAction(menu.actions()[0])
        corner = self._tag.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def set_count(self, text: str, *, is_missed: bool) -> None:
        """Show how many matches there are; `is_missed` if there are none."""
        if text != self._count.text():
            self._count.setText(text)
            self._count.setAccessibleName(text)
            self._announce(text)
        if self._theme is not None:
            palette = self._count.palette()
            palette.setColor(QPalette.ColorRole.WindowText, self._theme.error if is_missed else self._theme.muted)
            self._count.setPalette(palette)

    def set_can_step(self, *, can_step: bool) -> None:
        """Enable or disable the buttons to the next and previous match."""
        for button in (self._previous, self._next):
            button.setEnabled(can_step)

    def set_taggable(self, *, is_taggable: bool) -> None:
        """Enable or disable tagging all matches."""
        self._tag.setEnabled(is_taggable and bool(self._labels))

    def apply_theme(self, theme: Theme, *, labels: Sequence[tuple[str, str]]) -> None:
        """Use the theme and the language; `labels` are pairs of key and name, in order."""
        self._theme, self._labels = theme, labels
        self.setStyleSheet(
            f"#find-strip {{ background: {theme.panel}; border: none; border-top: 1px solid {theme.line}; }}"
            f"QLineEdit {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 8px;"
            f" background: {theme.field}; }}"
            f"QLineEdit:focus {{ border-color: {theme.accent}; }}"
            "QToolButton { border: none; border-radius: 5px; padding: 4px 8px; }"
            f"QToolButton:hover, QToolButton:focus {{ background: {theme.selection}; }}"
            f"QToolButton:disabled {{ color: {theme.faint}; }}"
        )
        self._previous.setIcon(load_icon("up", theme.ink))
        self._next.setIcon(load_icon("down", theme.ink))
        self._tag.setText(_("Tag all…"))
        for button, name, key in (
            (self._previous, _("Previous match"), "Shift+Enter"),
            (self._next, _("Next match"), "Enter"),
            (self._tag, _("Tag every sentence with a match"), "Ctrl+Enter"),
            (self._close, _("Close the search"), "Esc"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(make_tooltip(f"{name} ({key})"))
        self.field.setPlaceholderText(_("Find in this document"))
        self.field.setAccessibleName(_("Find in this document"))
        self.field.setToolTip(_("Accents and case only matter where you type them."))
        self.field.setAccessibleDescription(self.field.toolTip())
        self.setAccessibleName(_("Search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build_button(self) -> QToolButton:
        made = QToolButton(self)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setIconSize(QSize(16, 16))
        return made

    def _announce(self, text: str) -> None:
        if text and QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self.field, text)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)


def _is_handled(event: QKeyEvent) -> bool:
    """Return whether a key has a meaning in the field that differs from that in the window."""
    return event.key() in _ENTER or event.key() == Qt.Key.Key_Escape
