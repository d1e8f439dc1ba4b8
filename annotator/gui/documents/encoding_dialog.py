"""The dialog that asks for the encoding of a document and previews it in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
)

from annotator.core.i18n import N_, _
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.widgets.hinted_rows import HINT_ROLE, MARK_ROLE, HintedRowDelegate, boxed_list_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.app.documents.encoding_choice import EncodingSample
    from annotator.gui.theme.theme import Theme


_HINTS = {
    "utf-8": N_("what is usual today"),
    "windows-1258": N_("Windows, with separate tone marks"),
    "tcvn3": N_("fonts called .Vn…, such as .VnTime"),
    "vni": N_("fonts called VNI-…, such as VNI-Times"),
    "viscii": N_("mail and Unix of the nineties"),
    "vps": N_("fonts called VPS…"),
    "utf-16-le": N_("what old Notepad calls Unicode"),
    "utf-16-be": N_("what old Notepad calls Unicode big endian"),
    "windows-1252": N_("Western European, Windows"),
    "latin-1": N_("Western European"),
}


def ask_encoding(
    parent: QWidget, name: str, *, samples: Sequence[EncodingSample], current: str, theme: Theme
) -> str | None:
    """Return the encoding that the user chooses for the document `name`, which is now read as `current`, or None."""
    dialog = _EncodingDialog(parent, name, samples=samples, current=current, theme=theme)
    return dialog.ask(dialog.get_encoding)


class _EncodingDialog(Dialog):
    def __init__(
        self, parent: QWidget, name: str, *, samples: Sequence[EncodingSample], current: str, theme: Theme
    ) -> None:
        super().__init__(parent, _("Encoding of this document"), size=(860, 520))
        self.body.setSpacing(10)
        self._samples = samples
        self.add_text(_("Choose the encoding in which {file} reads right.").format(file=name))
        self._list = self._build_list(current, theme)
        self._preview = QPlainTextEdit(self)
        self._preview.setReadOnly(True)
        self._preview.setTabChangesFocus(True)
        self._preview.setAccessibleName(_("The first lines with accents, read in this encoding"))
        font = self._preview.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self._preview.setFont(font)
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._list.itemActivated.connect(lambda _item: self.accept())
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._list)
        middle.addWidget(self._preview, 1)
        self.body.addLayout(middle, 1)
        kept = _("The choice is kept with the annotations; these stay on their sentences. The file is not changed.")
        self.add_text(kept, is_quiet=True)
        self.add_buttons(_("Use this encoding"))
        rows = [one.encoding for one in samples]
        self._list.setCurrentRow(rows.index(current) if current in rows else 0)
        self._list.setFocus()

    def get_encoding(self) -> str:
        """Return the encoding of the current row."""
        return self._samples[self._list.currentRow()].encoding

    def _build_list(self, current: str, theme: Theme) -> QListWidget:
        found = QListWidget(self)
        found.setAccessibleName(_("Encodings"))
        found.setItemDelegate(HintedRowDelegate(theme, found))
        found.setFixedWidth(300)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setStyleSheet(boxed_list_style(theme))
        for sample in self._samples:
            item = QListWidgetItem(sample.title, found)
            hint = _(_HINTS[sample.encoding])
            mark = _("in use") if sample.encoding == current else _("likely") if sample.is_guess else ""
            item.setData(HINT_ROLE, hint)
            item.setData(MARK_ROLE, mark)
            spoken = ", ".join(part for part in (sample.title, mark, hint) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        return found

    def _on_row_changed(self, row: int) -> None:
        text = self._samples[row].text
        self._preview.setPlainText(text or _("There is nothing but plain ASCII: it reads the same in each encoding."))
