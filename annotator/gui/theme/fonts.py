"""Sees to it that the article has a face with every Vietnamese letter. It must not know what is set in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from annotator.gui.theme.theme import SANS, SERIF
from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHIPPED = {"NotoSerif": SERIF, "NotoSans": SANS}


def provide_faces() -> None:
    """Bring the faces that come with the program where the system has none that will do; asking costs next to nothing.

    Without one, a letter that the face lacks is taken from another, and each Vietnamese word is a patchwork.
    """
    missing = [stem for stem, families in _SHIPPED.items() if not _is_provided(families)]
    if not missing:
        return
    usual = QApplication.font()
    is_usual_good = _has_all_letters(QFontInfo(usual).family())
    for stem in missing:
        for file in sorted(resource_path("fonts").glob(f"{stem}-*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
    if not is_usual_good:  # the window's own texts would be the patchwork
        QApplication.setFont(QFont(list(SANS), usual.pointSize()))


def _is_provided(families: Sequence[str]) -> bool:
    """Whether the first of ``families`` that is installed, which is the one taken, has all letters."""
    taken = next((family for family in families if QFontDatabase.hasFamily(family)), None)
    return taken is not None and _has_all_letters(taken)


def _has_all_letters(family: str) -> bool:
    return QFontDatabase.WritingSystem.Vietnamese in QFontDatabase.writingSystems(family)
