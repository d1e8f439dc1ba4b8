"""Base of the features that fill a panel at the bottom of the window and follow the session while it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.app.session.events import MESSAGE_KINDS, Event, EventKind
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.widgets.threads import Debouncer

if TYPE_CHECKING:
    from annotator.gui.widgets.list_panel import ListPanel

_LATER = 40  # milliseconds after which events are shown, so that keys in the article never wait for a panel


class PanelController(Feature):
    """Shows, hides and refreshes one panel.

    A subclass names the dock, makes its panel and its own state in `__init__` and calls `_install` last: a dock that is
    shown already shows the panel at once. It overrides `refresh`, and `_note_event` where it keeps something of events.
    """

    name: ClassVar[str]  # of the dock; saved with the window's state
    first_height: ClassVar[int] = 0  # pixels that the panel takes when it is opened, where there is room; 0: as it is
    unlisted: ClassVar[frozenset[EventKind]] = frozenset()  # events that change nothing in the panel
    is_following_hidden: ClassVar[bool] = False  # also refreshed while hidden, for a count in the title

    _panel: ListPanel

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._dock = context.window.panels[self.name]
        self._soon = Debouncer(self.refresh, self, milliseconds=_LATER)

    def _install(self, panel: ListPanel) -> None:
        """Put `panel` into the dock and begin to follow the session."""
        self._panel = panel
        panel.shown.connect(self._on_shown)
        panel.left.connect(self._context.article.setFocus)
        self._context.session.changed.connect(self._on_changed)
        self._context.window.closing.connect(self._on_closing)
        self._dock.setWidget(panel)

    # What a user asks for

    def toggle(self) -> None:
        """Hide the panel if it has the focus, and go back to the article; else show it and give it the focus."""
        if self._has_focus():
            self._dock.hide()
            self._context.article.setFocus()
        else:
            self.enter()

    def enter(self) -> None:
        """Show the panel and give it the focus."""
        self.open()
        self._panel.take_focus()

    def open(self) -> None:
        """Show the panel, in front of others in its place; the focus stays where it is."""
        window, height = self._context.window, self.first_height
        self._dock.show()
        self._dock.raise_()
        if not self._context.settings.panels and self._dock.height() < height <= window.height() // 2:
            window.resizeDocks([self._dock], [height], Qt.Orientation.Vertical)
        self.refresh()

    @property
    def is_seen(self) -> bool:
        """True if the panel is shown."""
        return self._panel.isVisible()

    def refresh(self) -> None:
        """Show what happened since, unless nobody sees it."""

    def _has_focus(self) -> bool:
        """Return whether the panel is in front and has the focus, be it in a window of its own."""
        focus = QApplication.focusWidget() or self._context.window.focusWidget()
        return self._panel.isAncestorOf(focus) and not self._panel.visibleRegion().isEmpty()

    # From the session and the window

    def _note_event(self, event: Event) -> None:
        """Remember of `event` what the next refresh needs."""

    def _on_changed(self, event: Event) -> None:
        if event.kind in MESSAGE_KINDS:
            return
        self._note_event(event)
        if event.kind not in self.unlisted and (self.is_following_hidden or self._panel.isVisible()):
            self._soon.request()

    def _on_shown(self) -> None:
        self.refresh()

    def _on_closing(self) -> None:
        self._context.session.changed.disconnect(self._on_changed)
        self._soon.stop()
