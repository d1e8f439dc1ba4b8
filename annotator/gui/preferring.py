"""Lets the person say what she prefers, and makes it so. It must not know how that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.preferences.identity import user_name
from annotator.app.preferences.settings_file import keep_settings
from annotator.app.session.events import Event, What
from annotator.gui.keyeditor import ask_keys
from annotator.gui.preferences import Preferences, ask_preferences
from annotator.gui.tool import Tool

if TYPE_CHECKING:
    from annotator.gui.workbench import Workbench


class Preferring(Tool):
    """What a person prefers takes effect at once; another name of hers from the next document on."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._who = ""
        bench.session.changed.connect(self._on_changed)

    def ask(self) -> None:
        """Ask for all preferences."""
        bench, settings = self.bench, self.bench.settings
        now = Preferences(
            language=settings.language,
            theme=settings.theme,
            face=settings.face,
            zoom=settings.zoom,
            annotator=settings.annotator,
            skips=settings.skips,
            fade=settings.fade,
            keys=settings.keys,
        )
        actions = bench.actions.as_shipped()
        found = ask_preferences(bench.window, now, actions=actions, theme=bench.theme, user=user_name())
        if found is not None:
            self._take(found, before=now)
        bench.article.setFocus()

    def ask_keys(self) -> None:
        """Ask for other keys."""
        bench = self.bench
        found = ask_keys(bench.window, bench.actions.as_shipped(), changed=bench.settings.keys, theme=bench.theme)
        if found is not None:
            bench.settings.keys = found
            self._rebind()
            self._keep()
        bench.article.setFocus()

    def _take(self, found: Preferences, *, before: Preferences) -> None:
        bench, settings = self.bench, self.bench.settings
        settings.skips = bench.session.skips = found.skips
        settings.fade = found.fade
        bench.article.set_faded(is_faded=found.fade)
        if found.annotator != before.annotator:
            settings.annotator = found.annotator
            self._who = found.annotator or user_name()
            if bench.session.document is None:
                self._rename()
        if found.keys != before.keys:
            settings.keys = dict(found.keys)
            self._rebind()
        if found.zoom != before.zoom:
            bench.zoom(found.zoom / settings.zoom)
        if (found.face, found.theme, found.language) != (before.face, before.theme, before.language):
            changed = found.language if found.language != before.language else None
            bench.choose(face=found.face, theme=found.theme, language=changed)
        self._keep()

    def _rebind(self) -> None:
        self.bench.actions.rebind()
        self.bench.actions.retitle()

    def _keep(self) -> None:
        trouble = keep_settings(self.bench.settings)
        if trouble:
            self.bench.notice.add(trouble)

    def _rename(self) -> None:
        self.bench.session.who = self._who
        self._who = ""
        self.bench.listener.refresh()

    def _on_changed(self, event: Event) -> None:
        """Take the new name in the moment between two documents."""
        if event.what is What.OPENED and self._who and self.bench.session.document is None:
            self._rename()
