"""Translations of the texts that Qt itself shows."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QTranslator

from annotator.core.i18n import NP_, pgettext

# Listed so that they are extracted into the catalogue: the texts of Qt that can be seen in this program. The context
# keeps them apart from the program's own texts, where "Apply" or "Open" may mean another thing.
QT_TEXTS = (
    NP_("Qt", "&Undo"),
    NP_("Qt", "&Redo"),
    NP_("Qt", "Cu&t"),
    NP_("Qt", "&Copy"),
    NP_("Qt", "&Paste"),
    NP_("Qt", "Delete"),
    NP_("Qt", "Select All"),
    NP_("Qt", "OK"),
    NP_("Qt", "&OK"),
    NP_("Qt", "Cancel"),
    NP_("Qt", "&Cancel"),
    NP_("Qt", "Close"),
    NP_("Qt", "&Close"),
    NP_("Qt", "Open"),
    NP_("Qt", "&Open"),
    NP_("Qt", "&Choose"),
    NP_("Qt", "Look in:"),
    NP_("Qt", "Directory:"),
    NP_("Qt", "&Directory:"),
    NP_("Qt", "File &name:"),
    NP_("Qt", "Files of type:"),
    NP_("Qt", "Name"),
    NP_("Qt", "Size"),
    NP_("Qt", "Type"),
    NP_("Qt", "Date Modified"),
    NP_("Qt", "Computer"),
    NP_("Qt", "All Files (*)"),
    NP_("Qt", "Back"),
    NP_("Qt", "Forward"),
    NP_("Qt", "Parent Directory"),
    NP_("Qt", "Create New Folder"),
    NP_("Qt", "List View"),
    NP_("Qt", "Detail View"),
    NP_("Qt", "Show &hidden files"),
    NP_("Qt", "&New Folder"),
    NP_("Qt", "&Rename"),
    NP_("Qt", "&Delete"),
    NP_("Qt", "Float"),
)


class QtTranslator(QTranslator):
    """Translates texts of Qt with the program's catalogue; other texts stay as they are."""

    def translate(
        self,
        context: str,  # noqa: ARG002  # Qt's own signature
        sourceText: str,  # noqa: N803
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        # None becomes Qt's null string, for which Qt falls back on its own text; an empty string would be shown.
        return pgettext("Qt", sourceText) if sourceText in _KNOWN_TEXTS else cast("str", None)

    def isEmpty(self) -> bool:
        return False


_KNOWN_TEXTS = frozenset(QT_TEXTS)
