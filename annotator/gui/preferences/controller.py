"""Edit the preferences and apply them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.preferences.identity import user_name
from annotator.app.preferences.settings_file import save_user_settings
from annotator.app.session.events import Event, EventKind
from annotator.gui.actions.action_set import ActionFeature, ActionSet
from annotator.gui.actions.shortcut_editor import ask_keys
from annotator.gui.messages.message import Topic
from annotator.gui.preferences.dialog import Preferences, ask_preferences

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


class PreferencesEditor(ActionFeature):
    """Applies changed preferences at once; another name of the annotator only from the next document on."""

    def __init__(self, context: Context, actions: ActionSet) -> None:
        super().__init__(context, actions)
        self._next_author = ""
        context.session.changed.connect(self._on_changed)

    def edit(self) -> None:
        """Show the dialog of the preferences and apply its result."""
        context, settings = self._context, self._context.settings
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
        actions = self._actions.shipped_actions()
        found = ask_preferences(context.window, now, actions=actions, theme=context.theme, user=user_name())
        if found is not None:
            self._apply(found, before=now)
        context.article.setFocus()

    def edit_keys(self) -> None:
        """Show the shortcut editor and apply its result."""
        context = self._context
        found = ask_keys(
            context.window, self._actions.shipped_actions(), changed=context.settings.keys, theme=context.theme
        )
        if found is not None:
            context.settings.keys = found
            self._update_shortcuts()
            self._save()
        context.article.setFocus()

    def _apply(self, found: Preferences, *, before: Preferences) -> None:
        context, settings = self._context, self._context.settings
        settings.skips = found.skips
        context.session.set_skipping_headings(is_skipping=found.skips)
        settings.fade = found.fade
        context.article.set_faded(is_faded=found.fade)
        if found.annotator != before.annotator:
            settings.annotator = found.annotator
            self._next_author = found.annotator or user_name()
            if context.session.document is None:
                self._set_author()
        if found.keys != before.keys:
            settings.keys = dict(found.keys)
            self._update_shortcuts()
        if found.zoom != before.zoom:
            context.zoom(found.zoom / settings.zoom)
        if (found.face, found.theme, found.language) != (before.face, before.theme, before.language):
            changed = found.language if found.language != before.language else None
            context.set_appearance(face=found.face, theme=found.theme, language=changed)
        self._save()

    def _update_shortcuts(self) -> None:
        self._actions.rebind()
        self._actions.retitle()

    def _save(self) -> None:
        trouble = save_user_settings(self._context.settings)
        if trouble:
            self._context.strips.warn(trouble, topic=Topic.SETTINGS)
        else:
            self._context.strips.settle(Topic.SETTINGS)

    def _set_author(self) -> None:
        self._context.session.set_author(self._next_author)
        self._next_author = ""
        self._context.refresh()

    def _on_changed(self, event: Event) -> None:
        """Apply the new name between two documents, so that no document gets two names."""
        if event.kind is EventKind.DOCUMENT_OPENED and self._next_author and self._context.session.document is None:
            self._set_author()
