"""Which language the program speaks, and its catalogue. It must not know what is said."""

from __future__ import annotations

import gettext
import locale
import os

from annotator.core.i18n import speak
from annotator.shipped import shipped_path

LANGUAGES = ("vi", "en")
"""The languages that the program speaks, by code."""


class _Chosen:
    """The language spoken; it belongs to the process, as a locale does."""

    language = "en"


def choose_language(wanted: str) -> str:
    """Speak ``wanted``, or the system's language where it is empty; gives the code of the language spoken."""
    language = _Chosen.language = wanted if wanted in LANGUAGES else system_language()
    # The standard library speaks from here as well: argparse looks its texts up in the current domain.
    gettext.bindtextdomain("annotator", str(shipped_path("locale")))
    gettext.textdomain("annotator")
    if language == "en":
        speak(gettext.NullTranslations())
    else:
        speak(gettext.translation("annotator", str(shipped_path("locale")), [language], fallback=True))
    return language


def spoken_language() -> str:
    """The code of the language that the program speaks now."""
    return _Chosen.language


def system_language() -> str:
    """The language of the system: Vietnamese where it says so, else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "vi" if value.lower().startswith("vi") else "en"
    return "vi" if (locale.getlocale()[0] or "").lower().startswith("vi") else "en"
