"""Translation of user-visible text, with gettext."""

from __future__ import annotations

from gettext import NullTranslations


class _Active:
    """The translations in use; they are global to the process, as a locale is."""

    translations = NullTranslations()


def set_translations(translations: NullTranslations) -> None:
    """Use `translations` from now on."""
    _Active.translations = translations


def _(text: str) -> str:
    """Return the English `text` in the language of the user interface."""
    return _Active.translations.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the English `one` or `many`, as `count` requires, in the language of the user interface."""
    return _Active.translations.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Return the English `text` in the language of the user interface, in the meaning that `context` tells.

    For a text that has two meanings in English and a translation for each; `context` is for the translator alone.
    """
    return _Active.translations.pgettext(context, text)


def N_(text: str) -> str:
    """Return `text` unchanged; mark it as a message that is translated when it is shown."""
    return text


def NP_(context: str, text: str) -> str:  # noqa: ARG001  # read by scripts/messages.py
    """Return `text` unchanged; mark it as a message that `pgettext` translates by `context` when it is shown."""
    return text
