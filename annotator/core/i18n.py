"""Translation of user-visible text, with gettext."""

from __future__ import annotations

from gettext import NullTranslations


class _Spoken:
    """The translations in use; they are global to the process, as a locale is."""

    translations = NullTranslations()


def speak(translations: NullTranslations) -> None:
    """Use `translations` from now on."""
    _Spoken.translations = translations


def _(text: str) -> str:
    """Return the English `text` in the language of the user interface."""
    return _Spoken.translations.gettext(text)


def plural(one: str, many: str, count: int) -> str:
    """Return the English `one` or `many`, as `count` requires, in the language of the user interface."""
    return _Spoken.translations.ngettext(one, many, count)


def later(text: str) -> str:
    """Return `text` unchanged; mark it as a message that is translated when it is shown."""
    return text
