"""Dialogs that ask for the place of a file to write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFileDialog

from annotator.core.i18n import _
from annotator.gui.mainwindow.message_dialog import ask_consent, show_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from annotator.app.outputs.target import OutputTarget


class OutputQuestion(NamedTuple):
    """What a dialog for the place of a file asks.

    Attributes:
        title: The title of the dialog.
        suggested: The suggested path.
        kinds: The kinds of files, in Qt's notation.
        inspect: Looks at the place at a path.
        complete: Completes the path that was chosen, given the kind of file that was chosen.
    """

    title: str
    suggested: Path
    kinds: str
    inspect: Callable[[Path], OutputTarget]
    complete: Callable[[Path, str], Path] = lambda path, _kind: path


def ask_output(parent: QWidget, question: OutputQuestion) -> OutputTarget | None:
    """Return a place that may be written, which the user chooses, or None.

    A place that is refused is told, and one that is taken is asked about; then the dialog comes again.
    """
    suggested = question.suggested
    while True:
        # Asked about here: the path may be completed, and the answer must hold for the file that was looked at.
        option = QFileDialog.Option.DontConfirmOverwrite
        chosen, kind = QFileDialog.getSaveFileName(
            parent, question.title, str(suggested), question.kinds, options=option
        )
        if not chosen:
            return None
        suggested = question.complete(Path(chosen), kind)
        target = question.inspect(suggested)
        if target.refusal:
            show_message(parent, question.title, text=target.refusal)
        elif not target.is_taken or ask_replace(parent, target, title=question.title):
            return target


def ask_replace(parent: QWidget, target: OutputTarget, *, title: str) -> bool:
    """Return whether the user wants the file at `target` replaced."""
    text = _("There is a file {file} already. Is the new one to take its place?").format(file=target.name)
    return ask_consent(parent, title, text=text, consent=_("Replace it"), refuse=_("Choose another name"))
