"""The line that tells of files that look like sidecars and belong to no document, with a button to reattach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.app.workspace.sidecar_index import StrayReason
from annotator.core.i18n import _, ngettext
from annotator.gui.widgets.text_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.workspace.sidecar_index import StraySidecar


class StrayBar(QWidget):
    """Hidden while there are none; `asked` is sent when the user wants to reattach them."""

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._strays: tuple[StraySidecar, ...] = ()
        self._text = PlainLabel(self)
        self._text.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._retranslate()
        self.hide()

    def show_strays(self, strays: Sequence[StraySidecar]) -> None:
        """Tell of `strays`."""
        if tuple(strays) != self._strays:
            self._strays = tuple(strays)
            self._retranslate()
        self.setVisible(bool(strays))

    def text(self) -> str:
        """Return what is told."""
        return self._text.text()

    def _retranslate(self) -> None:
        versions = sum(one.reason is StrayReason.VERSION for one in self._strays)
        others = len(self._strays) - versions
        sentences = []
        if others:
            sentence = ngettext(
                "{count} annotation file without its article. It may have been renamed.",
                "{count} annotation files without their article. It may have been renamed.",
                others,
            )
            sentences.append(sentence.format(count=others))
        if versions:
            sentence = ngettext(
                "{count} other version of annotations, which is not counted.",
                "{count} other versions of annotations, which are not counted.",
                versions,
            )
            sentences.append(sentence.format(count=versions))
        self._text.setText(" ".join(sentences))
        self._button.setText(_("Reattach…"))
        self._button.setAccessibleDescription(self._text.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
