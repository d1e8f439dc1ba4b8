"""Qt's own texts in the language of the program. It must not know where they are shown."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QTranslator

from annotator.core.i18n import _, later

# Texts of Qt that a person can meet here, so that they are in the catalogue.
QT_TEXTS = (
    later("&Undo"),
    later("&Redo"),
    later("Cu&t"),
    later("&Copy"),
    later("&Paste"),
    later("Delete"),
    later("Select All"),
    later("OK"),
    later("&OK"),
    later("Cancel"),
    later("&Cancel"),
    later("Close"),
    later("&Close"),
    later("Open"),
    later("&Open"),
    later("&Choose"),
    later("Look in:"),
    later("Directory:"),
    later("&Directory:"),
    later("File &name:"),
    later("Files of type:"),
    later("Name"),
    later("Size"),
    later("Type"),
    later("Date Modified"),
    later("Computer"),
    later("All Files (*)"),
    later("Back"),
    later("Forward"),
    later("Parent Directory"),
    later("Create New Folder"),
    later("List View"),
    later("Detail View"),
    later("Show &hidden files"),
    later("&New Folder"),
    later("&Rename"),
    later("&Delete"),
    later("Float"),
)


class QtWording(QTranslator):
    """Answers Qt from our catalogue; what is not in it stays as Qt has it."""

    def translate(
        self,
        context: str,  # noqa: ARG002  # Qt's own signature
        sourceText: str,  # noqa: N803
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        # None is Qt's null string: only with it does Qt go on to its own text; an empty one would be shown.
        return _(sourceText) if sourceText in _KNOWN else cast("str", None)

    def isEmpty(self) -> bool:
        return False


_KNOWN = frozenset(QT_TEXTS)
