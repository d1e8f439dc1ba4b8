"""The tour: a few callouts for users who see the window for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.app.preferences.settings_file import save_user_settings
from annotator.core.i18n import _
from annotator.gui.actions.action_set import ActionFeature, ActionSet
from annotator.gui.actions.shortcuts import format_key
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.gui.mainwindow.context import Context
    from annotator.gui.theme.theme import Theme

_WIDTH, _GAP, _GRID_STEP = 330, 14, 40


class _Step(NamedTuple):
    """A step: the framed part of the window, and what is said about it."""

    target: QWidget
    title: str
    text: str


class Tour(ActionFeature):
    """At most five callouts, one after the other; none of them covers the current sentence."""

    def __init__(self, context: Context, actions: ActionSet) -> None:
        super().__init__(context, actions)
        self._index = -1
        self._frame = QFrame(context.window)
        self._frame.setObjectName("tour-frame")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frame.hide()
        self._callout = _Callout(context.window)
        self._callout.forward.connect(lambda: self._go(1))
        self._callout.back.connect(lambda: self._go(-1))
        self._callout.ended.connect(self.end)
        for watched in (context.window, context.article):
            watched.installEventFilter(self)
        context.article.current_shown.connect(self._move_callout)

    def start(self, *, is_asked: bool = True) -> None:
        """Start the tour; the callout takes the focus only if the user asked for it."""
        self._index = 0
        self._show()
        QWidget.setTabOrder(self._context.article, self._callout.next_button)
        if is_asked:
            self._callout.next_button.setFocus()

    def end(self) -> None:
        """End the tour and do not show it at later starts."""
        had_focus = self._callout.isAncestorOf(self._context.window.focusWidget() or self._context.window)
        self._index = -1
        self._callout.hide()
        self._frame.hide()
        self._context.settings.toured = True
        save_user_settings(self._context.settings)
        if had_focus:
            self._context.article.setFocus()

    def apply_theme(self) -> None:
        """Use the theme and the language in use."""
        theme = self._context.theme
        self._frame.setStyleSheet(
            f"#tour-frame {{ border: 2px solid {theme.accent}; border-radius: 6px; background: transparent; }}"
        )
        self._callout.apply_theme(theme)
        if self._index >= 0:
            self._show()

    def _go(self, by: int) -> None:
        if self._index + by >= len(self._make_steps()):
            self.end()
        else:
            self._index = max(0, self._index + by)
            self._show()

    def _make_steps(self) -> list[_Step]:
        window, article = self._context.window, self._context.article
        entries = self._actions.all_actions()
        keys = {entry.id: format_key(entry.keys[0]) if entry.keys else "–" for entry in entries}
        labels = [f"{keys[entry.id]} {entry.label}" for entry in entries if entry.id.startswith("tag-")]
        return [
            _Step(
                article,
                _("The article"),
                _(
                    "The sentence with the outline is the current one. {next} and {previous} go on and back, "
                    "a click goes anywhere."
                ).format(next=keys["next"], previous=keys["previous"]),
            ),
            _Step(
                article,
                _("One key decides"),
                _(
                    "{labels}; {nothing} says that there is nothing in it. Then the next sentence is the current one. "
                    "{undo} takes a step back."
                ).format(labels=", ".join(labels[:4]), nothing=keys["nothing"], undo=keys["undo"]),
            ),
            _Step(
                self._get_target_panel("inspector"),
                _("The sentence"),
                _("Its labels and your note. {note} goes to the note, Esc comes back.").format(note=keys["note"]),
            ),
            _Step(
                self._get_target_panel("documents"),
                _("The documents"),
                _("All articles of the folder and how far each one is. {next} opens the next one.").format(
                    next=keys["next-document"]
                ),
            ),
            _Step(
                window.tool_bar,
                _("To find anything"),
                _("{keys} shows all keys, {palette} finds every action, {help} opens the help.").format(
                    keys=keys["keys"], palette=keys["palette"], help=keys["help"]
                ),
            ),
        ]

    def _get_target_panel(self, name: str) -> QWidget:
        panel = self._context.window.panels[name]
        return panel if panel.isVisible() and not panel.isFloating() else self._context.article

    def _show(self) -> None:
        stops = self._make_steps()
        stop = stops[self._index]
        self._callout.show_step(stop.title, stop.text, number=self._index + 1, count=len(stops))
        self._callout.show()
        self._frame.show()
        self._move_callout()

    def _move_callout(self) -> None:
        """Move the callout beside or into its target, off the current sentence as far as possible."""
        if self._index < 0:
            return
        part = self._make_steps()[self._index].target
        area = QRect(part.mapTo(self._context.window, QPoint(0, 0)), part.size())
        self._frame.setGeometry(area)
        self._frame.raise_()
        self._callout.setFixedWidth(min(_WIDTH, self._context.window.width() - 2 * _GAP))
        self._callout.adjustSize()
        kept_free = self._get_sentence_rects()
        places = list(_iter_positions(area, self._callout.size(), self._context.window.size()))
        self._callout.move(
            min(places, key=lambda place: _compute_overlap(QRect(place, self._callout.size()), kept_free))
        )
        self._callout.raise_()

    def _get_sentence_rects(self) -> list[QRect]:
        """Return the rectangles of the current sentence and its chips, in window coordinates."""
        article = self._context.article
        scene, viewport = article.scene, article.viewport()
        if scene is None or scene.current is None:
            return []
        corner = viewport.mapTo(self._context.window, QPoint(0, 0))
        lines = [band.translated(corner) for band in scene.line_bands(scene.current.span)]
        chips = [child for child in viewport.findChildren(QWidget) if child.isVisible()]
        return lines + [QRect(chip.mapTo(self._context.window, QPoint(0, 0)), chip.size()) for chip in chips]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the callout when the window is resized, and end the tour with Escape."""
        if event.type() == QEvent.Type.Resize:
            self._move_callout()
        elif self._index >= 0 and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # else a shortcut on Escape would be triggered first
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.end()
                return True
        return super().eventFilter(watched, event)


def _iter_positions(area: QRect, size: QSize, window: QSize) -> Iterator[QPoint]:
    """Yield positions for a callout of `size` inside the window, the best ones first."""
    right, bottom = window.width() - size.width() - _GAP, window.height() - size.height() - _GAP
    beside = area.right() + _GAP if area.center().x() < window.width() // 2 else area.left() - size.width() - _GAP
    wanted = [
        QPoint(beside, area.center().y() - size.height() // 2),
        QPoint(area.center().x() - size.width() // 2, area.bottom() + _GAP),
        QPoint(area.center().x() - size.width() // 2, area.bottom() - size.height() - 2 * _GAP),
        QPoint(area.center().x() - size.width() // 2, area.top() + 2 * _GAP),
    ]
    if area.width() > window.width() // 3 and area.height() > window.height() // 3:
        wanted = wanted[2:]
    elif area.width() > window.width() // 2:
        wanted = wanted[1:]
    yield from (QPoint(min(max(_GAP, one.x()), right), min(max(_GAP, one.y()), bottom)) for one in wanted)
    grid = [
        QPoint(x, y) for y in range(bottom, _GAP, -_GRID_STEP) for x in range(_GAP, max(_GAP + 1, right), _GRID_STEP)
    ]
    yield from sorted(grid, key=lambda one: (one - wanted[0]).manhattanLength())


def _compute_overlap(place: QRect, kept_free: list[QRect]) -> int:
    shared = (place.intersected(one) for one in kept_free)
    return sum(one.width() * one.height() for one in shared if not one.isEmpty())


class _Callout(QFrame):
    """A callout with a title, a sentence or two, and buttons to go on, go back and end."""

    forward = Signal()
    back = Signal()
    ended = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self._title, self._text, self._number = (PlainLabel(self) for _ in range(3))
        font = QFont(self._title.font())
        font.setBold(True)
        self._title.setFont(font)
        for label in (self._title, self._text):
            label.setWordWrap(True)
        self.next_button, self._back, self._end = (QPushButton(self) for _ in range(3))
        self.next_button.clicked.connect(self.forward)
        self._back.clicked.connect(self.back)
        self._end.clicked.connect(self.ended)
        self._end.setFlat(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._end)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 14, 12)
        layout.setSpacing(7)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._number)
        layout.addLayout(top)
        layout.addWidget(self._text)
        layout.addSpacing(4)
        layout.addLayout(row)
        self.hide()

    def show_step(self, title: str, text: str, *, number: int, count: int) -> None:
        """Show one step."""
        self._title.setText(title)
        self._text.setText(text)
        self._number.setText(f"{number} / {count}")
        self._back.setText(_("Back"))
        self._back.setEnabled(number > 1)
        self._end.setText(_("Do not show again"))
        self.next_button.setText(_("Next") if number < count else _("Done"))
        self.setAccessibleName(f"{title}. {text}")
        self.next_button.setAccessibleDescription(text)

    def apply_theme(self, theme: Theme) -> None:
        """Use the colours of `theme`."""
        self.setStyleSheet(
            f"#tour {{ background: {theme.field}; border: 1px solid {theme.accent};"
            f" border-left: 4px solid {theme.accent}; border-radius: 8px; }}"
            f"#tour QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 5px 14px;"
            f" background: {theme.panel}; color: {theme.ink}; }}"
            f"#tour QPushButton:flat {{ border-color: transparent; background: transparent; color: {theme.muted};"
            " padding: 5px 2px; }"
            f"#tour QPushButton:focus {{ border-color: {theme.accent}; }}"
            f"#tour QPushButton:disabled {{ color: {theme.faint}; }}"
        )
        self._number.setStyleSheet(f"color: {theme.muted}")
