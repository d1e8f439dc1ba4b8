"""The dialog that asks what to export, in which format and where to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.app.review.exporting import ExportRequest, ExportScope, extension_of, is_for_review
from annotator.core.i18n import _, ngettext
from annotator.gui.export.format_list import KindList
from annotator.gui.theme.styles import form_style
from annotator.shipped import resource_path
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.gui.theme.theme import Theme


@dataclass(frozen=True)
class Offer:
    """The choices of the dialog and their initial values.

    Attributes:
        open: The open document, or None.
        documents: All documents of the workspace.
        kind: The format chosen last.
        language: The reviewer's language chosen last.
        folder: The folder of the last export.
        name: Returns the suggested file name for a format and a scope.
        shown: Returns the name of a document as it is shown.
        refusal: Returns why nothing can be written at a path, or an empty string.
    """

    open: Path | None
    documents: tuple[Path, ...]
    kind: str
    language: str
    folder: Path
    name: Callable[[str, ExportScope], str]
    shown: Callable[[Path], str]
    refusal: Callable[[Path], str]


def ask_export(parent: QWidget, offer: Offer, *, theme: Theme) -> ExportRequest | None:
    """Return the export that the user asks for, or None."""
    dialog = _Dialog(parent, offer, theme=theme)
    found = dialog.order() if dialog.exec() == QDialog.DialogCode.Accepted else None
    dialog.deleteLater()
    return found


class _Dialog(QDialog):
    def __init__(self, parent: QWidget, offer: Offer, *, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export"))
        self.setStyleSheet(form_style(theme) + _style(theme))
        self._offer = offer
        self._named = ""  # the last suggested file name
        self.kinds = KindList(offer.kind, theme, self)
        self._scopes = QButtonGroup(self)
        self._documents = _DocumentList(offer, theme, self)
        self._language = QComboBox(self)
        for key, name in (("vi", "Tiếng Việt"), ("en", "English")):
            self._language.addItem(name, key)
        self._language.setCurrentIndex(max(0, self._language.findData(offer.language)))
        self._language.setAccessibleName(_("Reviewer's language"))
        self._path = QLineEdit(self)
        self._path.setAccessibleName(_("Save to"))
        self._choose, self._refuse = QPushButton(_("Choose…"), self), QPushButton(_("Cancel"), self)
        self._accept = QPushButton(_("Export"), self)
        self._trouble = QLabel(self)
        self._trouble.setWordWrap(True)
        self._trouble.setStyleSheet(f"color: {theme.trouble};")
        self._trouble.hide()
        self._lay_out()
        self.kinds.currentRowChanged.connect(self._on_kind_changed)
        self._scopes.idToggled.connect(self._on_scope_changed)
        self._path.textChanged.connect(self._trouble.hide)
        self._on_kind_changed()
        self._on_scope_changed()
        self._order_stops()
        self.kinds.setFocus()

    def order(self) -> ExportRequest:
        """Return what is chosen now."""
        scope = self._scope()
        documents: tuple[Path, ...] = ()
        if scope is ExportScope.CHOSEN:
            documents = self._documents.chosen()
        elif scope is ExportScope.OPEN and self._offer.open is not None:
            documents = (self._offer.open,)
        return ExportRequest(self.kinds.chosen(), scope, documents, self._language.currentData(), self._target())

    def accept(self) -> None:
        scope, target = self._scope(), self._target()
        trouble = self._offer.refusal(target)
        if not self._path.text().strip():
            trouble = _("Say where the file is to be saved.")
        elif scope is ExportScope.CHOSEN and not self._documents.chosen():
            trouble = _("Choose at least one document.")
        if trouble:
            self._trouble.setText(trouble)
            self._trouble.show()
            self._path.setFocus()
        elif not target.exists() or self._may_replace(target):
            super().accept()

    def _scope(self) -> ExportScope:
        return ExportScope(self._scopes.checkedId())

    def _target(self) -> Path:
        path = Path(self._path.text().strip()).expanduser()
        return path if path.is_absolute() else self._offer.folder / path

    def _may_replace(self, target: Path) -> bool:
        text = _("There is a file {file} already. Is the new one to take its place?").format(
            file=format_path(target.name)
        )
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), text)
        box.setParent(self, box.windowFlags())
        keep = box.addButton(_("Choose another name"), QMessageBox.ButtonRole.RejectRole)
        replace = box.addButton(_("Replace it"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() is replace

    def _suggest(self) -> None:
        """Suggest a file name for the current choice unless the user entered one."""
        name = self._offer.name(self.kinds.chosen(), self._scope())
        path = self._target()
        if not self._path.text().strip():
            self._path.setText(str(self._offer.folder / name))
        elif path.name == self._named:
            self._path.setText(str(path.with_name(name)))
        else:
            ending = extension_of(self.kinds.chosen())
            self._path.setText(str(path.with_suffix(ending) if path.suffix else path.with_name(path.name + ending)))
        self._named = name

    def _on_kind_changed(self) -> None:
        self._language.setEnabled(is_for_review(self.kinds.chosen()))
        self._suggest()

    def _on_scope_changed(self) -> None:
        for button in self._scopes.buttons():  # Tab stops at the checked button only, arrow keys reach the others
            policy = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        is_chosen = self._scope() is ExportScope.CHOSEN
        if is_chosen:
            self._documents.fill()
        self._documents.setVisible(is_chosen)
        self._suggest()

    def _on_choose_clicked(self) -> None:
        # accept() asks before it overwrites, since the path can also be typed.
        title, option = _("Save to"), QFileDialog.Option.DontConfirmOverwrite
        chosen, _kind = QFileDialog.getSaveFileName(self, title, str(self._target()), options=option)
        if chosen:
            self._path.setText(chosen)

    def _scope_buttons(self) -> list[QRadioButton]:
        offer = self._offer
        count = len(offer.documents)
        texts: dict[ExportScope, str] = {}
        if offer.open is not None:
            texts[ExportScope.OPEN] = _("This document: {file}").format(file=offer.shown(offer.open))
        texts[ExportScope.ALL] = ngettext("The only document", "All {count} documents", count).format(count=count)
        texts[ExportScope.DONE] = _("The documents marked as done")
        texts[ExportScope.CHOSEN] = _("The documents chosen here:")
        buttons: list[QRadioButton] = []
        for scope, text in texts.items():
            button = QRadioButton(self)
            button.setText(button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, 420).replace("&", "&&"))
            button.setAccessibleName(text)
            self._scopes.addButton(button, scope.value)
            buttons.append(button)
        self._scopes.button(ExportScope.ALL.value).setChecked(True)
        return buttons

    def _lay_out(self) -> None:
        self.resize(860, 540)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._heading(_("Which documents")))
        for button in self._scope_buttons():
            right.addWidget(button)
        right.addWidget(self._documents, 1)
        right.addSpacing(8)
        right.addWidget(self._heading(_("Reviewer's language")))
        right.addWidget(self._language)
        right.addSpacing(8)
        right.addWidget(self._heading(_("Save to")))
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._on_choose_clicked)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._path, 1)
        line.addWidget(self._choose)
        right.addLayout(line)
        right.addWidget(self._trouble)
        right.addStretch(0)
        middle = QHBoxLayout()
        middle.setSpacing(22)
        middle.addWidget(self.kinds)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(16)
        layout.addLayout(middle, 1)
        layout.addLayout(self._buttons())

    def _order_stops(self) -> None:
        """Set the tab order to the reading order."""
        stops = (self.kinds, *self._scopes.buttons(), self._documents, self._language, self._path, self._choose)
        for one, other in pairwise((*stops, self._refuse, self._accept)):
            QWidget.setTabOrder(one, other)

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        font = label.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 0.9)
        label.setFont(font)
        return label

    def _buttons(self) -> QHBoxLayout:
        self._refuse.setAutoDefault(False)
        self._accept.setDefault(True)
        self._accept.clicked.connect(self.accept)
        self._refuse.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._refuse)
        buttons.addWidget(self._accept)
        return buttons


def _style(theme: Theme) -> str:
    """Return the style sheet of check boxes and radio buttons, which must be visible on dark backgrounds, too."""
    check = resource_path("icons", f"check-{'dark' if theme.is_dark else 'light'}.svg")
    return f"""
        QRadioButton {{ spacing: 8px; }}
        QRadioButton:focus {{ color: {theme.accent}; }}
        QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.faint}; border-radius: 8px;
            background: {theme.raised}; }}
        QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {theme.accent};
            border-radius: 8px; }}
        QListWidget::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.faint}; border-radius: 3px;
            background: {theme.raised}; }}
        QListWidget::indicator:checked {{ border-color: {theme.accent}; background: {theme.accent};
            image: url("{check.as_posix()}"); }}
    """


class _DocumentList(QListWidget):
    """The documents with check boxes; filled when it is first shown."""

    def __init__(self, offer: Offer, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer = offer
        self.setAccessibleName(_("Documents"))
        self.setUniformItemSizes(True)
        self.setStyleSheet(
            f"QListWidget {{ border: 1px solid {theme.line}; border-radius: 6px; background: {theme.raised};"
            " outline: none; padding: 3px; }"
            f"QListWidget:focus {{ border: {theme.ring}px solid {theme.accent}; }}"
            f"QListWidget::item {{ padding: 3px; }}"
            f"QListWidget::item:selected {{ background: {theme.selection}; color: {theme.ink}; }}"
        )

    def fill(self) -> None:
        """List all documents, with the open one checked."""
        if self.count():
            return
        for path in self._offer.documents:
            item = QListWidgetItem(self._offer.shown(path), self)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_open = path == self._offer.open
            item.setCheckState(Qt.CheckState.Checked if is_open else Qt.CheckState.Unchecked)
        self.setCurrentRow(0)

    def chosen(self) -> tuple[Path, ...]:
        """Return the checked documents."""
        checked = (self.item(row).checkState() is Qt.CheckState.Checked for row in range(self.count()))
        return tuple(path for path, is_on in zip(self._offer.documents, checked, strict=False) if is_on)
