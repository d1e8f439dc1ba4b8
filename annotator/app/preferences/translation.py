"""The language of the user interface and its message catalogue."""

from __future__ import annotations

import gettext
import locale
import os

from annotator.core.i18n import set_translations
from annotator.shipped import resource_path

LANGUAGES = ("vi", "en")
"""The available languages, by code."""


class _Current:
    """The current language; it belongs to the process, as a locale does."""

    language = "en"


def set_language(wanted: str) -> str:
    """Switch to the language `wanted`, or to the system's if it is empty; return the code of the new language."""
    language = _Current.language = wanted if wanted in LANGUAGES else system_language()
    # The catalogue serves the standard library as well: argparse looks its texts up in the current domain.
    gettext.bindtextdomain("annotator", str(resource_path("locale")))
    gettext.textdomain("annotator")
    if language == "en":
        set_translations(gettext.NullTranslations())
    else:
        set_translations(gettext.translation("annotator", str(resource_path("locale")), [language], fallback=True))
    return language


def current_language() -> str:
    """Return the code of the current language."""
    return _Current.language


def system_language() -> str:
    """Return the system's language: Vietnamese if its locale says so, else English."""
    # The precedence of GNU gettext.
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "vi" if value.lower().startswith("vi") else "en"
    return "vi" if (locale.getlocale()[0] or "").lower().startswith("vi") else "en"
