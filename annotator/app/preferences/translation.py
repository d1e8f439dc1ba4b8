"""The language of the user interface and its message catalogue."""

from __future__ import annotations

import gettext
import locale
import os

from annotator.core.i18n import speak
from annotator.shipped import shipped_path

LANGUAGES = ("vi", "en")
"""The available languages, by code."""


class _Chosen:
    """The current language; it belongs to the process, as a locale does."""

    language = "en"


def choose_language(wanted: str) -> str:
    """Switch to the language `wanted`, or to the system's if it is empty; return the code of the new language."""
    language = _Chosen.language = wanted if wanted in LANGUAGES else system_language()
    # The catalogue serves the standard library as well: argparse looks its texts up in the current domain.
    gettext.bindtextdomain("annotator", str(shipped_path("locale")))
    gettext.textdomain("annotator")
    if language == "en":
        speak(gettext.NullTranslations())
    else:
        speak(gettext.translation("annotator", str(shipped_path("locale")), [language], fallback=True))
    return language


def spoken_language() -> str:
    """Return the code of the current language."""
    return _Chosen.language


def system_language() -> str:
    """Return the system's language: Vietnamese if its locale says so, else English."""
    # The precedence of GNU gettext.
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "vi" if value.lower().startswith("vi") else "en"
    return "vi" if (locale.getlocale()[0] or "").lower().startswith("vi") else "en"
