"""Dialogs of the main window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from annotator import __version__
from annotator.core.i18n import _
from annotator.gui.mainwindow.message_dialog import Icon, ask_consent, show_message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def ask_folder(parent: QWidget) -> Path | None:
    """Return the folder that the user chooses, or None."""
    chosen = QFileDialog.getExistingDirectory(parent, _("Open folder"))
    return Path(chosen) if chosen else None


def ask_document(parent: QWidget) -> Path | None:
    """Return the document that the user chooses, or None."""
    kinds = _("Articles") + " (*.txt *.md *.text);;" + _("All files") + " (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Open document"), "", kinds)
    return Path(chosen) if chosen else None


def show_about(parent: QWidget) -> None:
    """Show name and version of the program until the user closes the dialog."""
    text = _(
        "annotator {version}\n\nRead an article, tag its sentences, keep the tags as YAML beside it. "
        "Everything stays on this machine."
    )
    icon = Icon.SP_MessageBoxInformation
    show_message(parent, _("About annotator"), text=text.format(version=__version__), icon=icon)


def ask_leave(parent: QWidget, *, trouble: str, is_kept: bool) -> bool:
    """Return whether the user leaves although the work is not in its file yet, for the reason `trouble`.

    `is_kept` says whether the journal has all of it; if it has not, `trouble` promises nothing else.
    """
    kept = _(
        "Your work is kept on this machine and comes back when this document is opened again from the same folder."
    )
    if not is_kept:
        kept = _("What you did last is lost when you leave.")
    return ask_consent(
        parent,
        _("Not saved"),
        text=trouble or _("The last changes are not saved yet."),
        hint=kept,
        consent=_("Quit anyway"),
        refuse=_("Stay"),
    )
