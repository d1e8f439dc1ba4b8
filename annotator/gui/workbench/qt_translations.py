"""Translations of the texts that Qt itself shows."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QTranslator

from annotator.core.i18n import N_, _

# Listed so that they are extracted into the catalogue: the texts of Qt that can be seen in this program.
QT_TEXTS = (
    N_("&Undo"),
    N_("&Redo"),
    N_("Cu&t"),
    N_("&Copy"),
    N_("&Paste"),
    N_("Delete"),
    N_("Select All"),
    N_("OK"),
    N_("&OK"),
    N_("Cancel"),
    N_("&Cancel"),
    N_("Close"),
    N_("&Close"),
    N_("Open"),
    N_("&Open"),
    N_("&Choose"),
    N_("Look in:"),
    N_("Directory:"),
    N_("&Directory:"),
    N_("File &name:"),
    N_("Files of type:"),
    N_("Name"),
    N_("Size"),
    N_("Type"),
    N_("Date Modified"),
    N_("Computer"),
    N_("All Files (*)"),
    N_("Back"),
    N_("Forward"),
    N_("Parent Directory"),
    N_("Create New Folder"),
    N_("List View"),
    N_("Detail View"),
    N_("Show &hidden files"),
    N_("&New Folder"),
    N_("&Rename"),
    N_("&Delete"),
    N_("Float"),
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
        return _(sourceText) if sourceText in _KNOWN_TEXTS else cast("str", None)

    def isEmpty(self) -> bool:
        return False


_KNOWN_TEXTS = frozenset(QT_TEXTS)
