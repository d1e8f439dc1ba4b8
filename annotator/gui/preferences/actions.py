"""Actions of the *View* menu and of the preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.gui.mainwindow.context import Context


def _toggle_fade(context: Context) -> None:
    context.settings.fade = not context.settings.fade
    context.article.set_faded(is_faded=context.settings.fade)


def _face_choice(face: str) -> tuple[Callable[[Context], object], Callable[[Context], bool]]:
    return (lambda context: context.set_appearance(face=face)), (lambda context: context.settings.face == face)


def _theme_choice(theme: str) -> tuple[Callable[[Context], object], Callable[[Context], bool]]:
    return (lambda context: context.set_appearance(theme=theme)), (lambda context: context.settings.theme == theme)


def _language_choice(language: str) -> tuple[Callable[[Context], object], Callable[[Context], bool]]:
    return (lambda context: context.set_appearance(language=language)), (lambda context: context.language == language)


def _make_choice_action(
    id_: str, text: str, how: tuple[Callable[[Context], object], Callable[[Context], bool]], *, group: int
) -> Action:
    return Action(id_, text, how[0], Menu.VIEW, group, is_on=how[1])


def _toggle_panel(context: Context, name: str) -> None:
    context.window.panels[name].setVisible(not context.is_panel_shown(name))


def _toggle_full_screen(context: Context) -> None:
    context.window.setWindowState(context.window.windowState() ^ Qt.WindowState.WindowFullScreen)


def _edit_preferences(context: Context) -> None:
    from annotator.gui.preferences.controller import PreferencesEditor

    context.feature(PreferencesEditor).edit()


def _edit_keys(context: Context) -> None:
    from annotator.gui.preferences.controller import PreferencesEditor

    context.feature(PreferencesEditor).edit_keys()


ACTIONS: tuple[Action, ...] = (
    Action("preferences", N_("Preferences…"), _edit_preferences, Menu.FILE, 4, ("Ctrl+,",)),
    Action("edit-keys", N_("Change keys…"), _edit_keys, Menu.FILE, 4),
    Action("zoom-in", N_("Larger text"), lambda w: w.zoom(1.1), Menu.VIEW, 0, ("Ctrl++", "Ctrl+=")),
    Action("zoom-out", N_("Smaller text"), lambda w: w.zoom(1 / 1.1), Menu.VIEW, 0, ("Ctrl+-",)),
    Action("zoom-usual", N_("Default text size"), lambda w: w.zoom(0), Menu.VIEW, 0, ("Ctrl+0",)),
    _make_choice_action("serif", N_("Serif font"), _face_choice("serif"), group=1),
    _make_choice_action("sans", N_("Sans-serif font"), _face_choice("sans"), group=1),
    Action(
        "fade",
        N_("Dim untagged sentences"),
        _toggle_fade,
        Menu.VIEW,
        1,
        ("Ctrl+Shift+A",),
        is_on=lambda w: w.settings.fade,
    ),
    _make_choice_action("theme-system", N_("Same as system"), _theme_choice(""), group=2),
    _make_choice_action("theme-light", N_("Light"), _theme_choice("light"), group=2),
    _make_choice_action("theme-dark", N_("Dark"), _theme_choice("dark"), group=2),
    _make_choice_action("theme-high-light", N_("Light, high contrast"), _theme_choice("high-light"), group=2),
    _make_choice_action("theme-high-dark", N_("Dark, high contrast"), _theme_choice("high-dark"), group=2),
    _make_choice_action("language-vi", "Tiếng Việt", _language_choice("vi"), group=3),
    _make_choice_action("language-en", "English", _language_choice("en"), group=3),
    Action(
        "panel-documents",
        N_("Documents panel"),
        lambda w: _toggle_panel(w, "documents"),
        Menu.VIEW,
        4,
        ("F9",),
        is_on=lambda w: w.is_panel_shown("documents"),
    ),
    Action(
        "panel-inspector",
        N_("Sentence panel"),
        lambda w: _toggle_panel(w, "inspector"),
        Menu.VIEW,
        4,
        ("F10",),
        is_on=lambda w: w.is_panel_shown("inspector"),
    ),
    Action(
        "go-article",
        N_("Go to the article"),
        lambda w: w.article.setFocus(),
        Menu.VIEW,
        5,
        ("Ctrl+L",),
        Need.DOCUMENT,
    ),
    Action(
        "full-screen",
        N_("Full screen"),
        _toggle_full_screen,
        Menu.VIEW,
        5,
        ("F11",),
        is_on=lambda w: w.window.isFullScreen(),
    ),
)
