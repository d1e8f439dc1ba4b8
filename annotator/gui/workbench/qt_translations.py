"""Translations of the texts that Qt itself shows."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QTranslator

from annotator.core.i18n import NP_, _, pgettext

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
    NP_("Qt", "&Look in:"),
    NP_("Qt", "Files of &type:"),
    NP_("Qt", "&Save"),
    NP_("Qt", "Save"),
    NP_("Qt", "Save As"),
    NP_("Qt", "Go back"),
    NP_("Qt", "Go forward"),
    NP_("Qt", "Go to the parent directory"),
    NP_("Qt", "Create a New Folder"),
    NP_("Qt", "Change to list view mode"),
    NP_("Qt", "Change to detail view mode"),
    NP_("Qt", "Directories"),
    NP_("Qt", "Files"),
    NP_("Qt", "Sidebar"),
    NP_("Qt", "List of places and bookmarks"),
    NP_("Qt", "Show "),
    NP_("Qt", "Remove"),
    NP_("Qt", "New Folder"),
    NP_("Qt", "Drive"),
    NP_("Qt", "Folder"),
    NP_("Qt", "File"),
    NP_("Qt", "File Folder"),
    NP_("Qt", "Find Directory"),
    NP_("Qt", "Recent Places"),
    NP_("Qt", "%1 already exists.\nDo you want to replace it?"),
    NP_("Qt", "%1\nFile not found.\nPlease verify the correct file name was given."),
    NP_("Qt", "%1\nDirectory not found.\nPlease verify the correct directory name was given."),
    NP_("Qt", "'%1' is write protected.\nDo you want to delete it anyway?"),
    NP_("Qt", "Are you sure you want to delete '%1'?"),
    NP_("Qt", "Could not delete directory."),
    NP_("Qt", "&Yes"),
    NP_("Qt", "&No"),
    NP_("Qt", "Discard"),
    NP_("Qt", "Retry"),
    NP_("Qt", "Ignore"),
    NP_("Qt", "Abort"),
    NP_("Qt", "Reset"),
    NP_("Qt", "Apply"),
    NP_("Qt", "Help"),
    NP_("Qt", "Show Details..."),
    NP_("Qt", "Hide Details..."),
)

# Keys as they are printed on a keyboard, in every language; Qt says "Return" and "PgDown" and spells arrows out.
_KEYS = {
    "Return": "Enter",
    "Del": "Delete",
    "Ins": "Insert",
    "PgUp": "PageUp",
    "PgDown": "PageDown",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
}


class QtTranslator(QTranslator):
    """Translates texts of Qt with the program's catalogue and names keys; other texts stay as they are."""

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803  # Qt's own signature
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        # None becomes Qt's null string, for which Qt falls back on its own text; an empty string would be shown.
        if context == "QShortcut":  # the names of keys, where "Delete" is no command
            return _("Space") if sourceText == "Space" else _KEYS.get(sourceText, cast("str", None))
        return pgettext("Qt", sourceText) if sourceText in _KNOWN_TEXTS else cast("str", None)

    def isEmpty(self) -> bool:
        return False


_KNOWN_TEXTS = frozenset(QT_TEXTS)
