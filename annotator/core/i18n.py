"""The language in which the program speaks. It must not know where translations are kept."""

from __future__ import annotations

from gettext import NullTranslations


class _Spoken:
    """The translations in use; they belong to the process, as a locale does."""

    translations = NullTranslations()


def speak(translations: NullTranslations) -> None:
    """Use ``translations`` from now on."""
    _Spoken.translations = translations


def _(text: str) -> str:
    """``text``, which is English, in the language of the program."""
    return _Spoken.translations.gettext(text)


def plural(one: str, many: str, count: int) -> str:
    """``one`` or ``many``, which are English, whichever goes with ``count``, in the language of the program."""
    return _Spoken.translations.ngettext(one, many, count)


def later(text: str) -> str:
    """``text`` as it is: marks a text that is translated when it is shown."""
    return text
