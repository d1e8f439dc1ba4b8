"""Shipped fonts, used where the system has none with all Vietnamese letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from annotator.gui.theme.theme import SANS, SERIF
from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHIPPED_FONTS = {"NotoSerif": SERIF, "NotoSans": SANS}


def load_missing_fonts() -> None:
    """Load the fonts of the program where no installed family of their kind covers Vietnamese.

    Without such a font Qt takes each missing letter from another one, and every Vietnamese word is set in two fonts.
    The check itself costs next to nothing.
    """
    missing = [stem for stem, families in _SHIPPED_FONTS.items() if not _is_installed_family(families)]
    if not missing:
        return
    usual = QApplication.font()
    is_usual_good = _has_all_letters(QFontInfo(usual).family())
    for stem in missing:
        for file in sorted(resource_path("fonts").glob(f"{stem}-*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
    if not is_usual_good:  # the texts of the window would be set in two fonts, too
        QApplication.setFont(QFont(list(SANS), usual.pointSize()))


def _is_installed_family(families: Sequence[str]) -> bool:
    """Return whether the first installed family, which is the one that Qt takes, covers Vietnamese."""
    taken = next((family for family in families if QFontDatabase.hasFamily(family)), None)
    return taken is not None and _has_all_letters(taken)


def _has_all_letters(family: str) -> bool:
    return QFontDatabase.WritingSystem.Vietnamese in QFontDatabase.writingSystems(family)
