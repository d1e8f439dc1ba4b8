"""The dialog that tells of a fault of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from annotator.core.i18n import _
from annotator.gui.mainwindow.message_dialog import Icon, MessageDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class FailureDialog(MessageDialog):
    """Says that nothing is lost and lets the user go on, copy the report, or start again."""

    def __init__(self, parent: QWidget, text: str, *, get_report: Callable[[], str]) -> None:
        hint = _("The report says where in the program it failed. No text of your documents is in it.")
        super().__init__(parent, "annotator", text=text, hint=hint, icon=Icon.SP_MessageBoxCritical)
        self._get_report = get_report
        self.wants_restart = False
        self._copy, restart = QPushButton(_("Copy report"), self), QPushButton(_("Restart"), self)
        self._copy.clicked.connect(self._on_copy_clicked)
        restart.clicked.connect(self._on_restart_clicked)
        for button in (self._copy, restart):
            button.setAutoDefault(False)
            self.foot.addWidget(button)
        self.add_buttons("", cancel=_("Go on"))
        self.cancel_button.setFocus()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._get_report())
        self._copy.setText(_("Copied"))

    def _on_restart_clicked(self) -> None:
        self.wants_restart = True
        self.accept()
