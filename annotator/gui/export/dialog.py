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
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.app.review.exporting import ExportRequest, ExportScope, extension_of, is_for_review
from annotator.core.formatting import format_count
from annotator.core.i18n import _
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.export.format_list import FormatList
from annotator.gui.mainwindow.output_dialog import ask_replace
from annotator.gui.theme.styles import form_stylesheet
from annotator.gui.widgets.hinted_rows import boxed_list_style
from annotator.gui.widgets.text_label import PlainLabel, escape_ampersands
from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.outputs.target import OutputTarget
    from annotator.gui.theme.theme import Theme


@dataclass(frozen=True)
class ExportOptions:
    """The choices of the dialog and their initial values.

    Attributes:
        open_document: The open document, or None.
        documents: All documents of the workspace.
        kind: The format chosen last.
        language: The reviewer's language chosen last.
        folder: The folder of the last export.
        suggest_name: Returns the suggested file name for a format and a scope.
        display_path: Returns the name of a document as it is shown.
        inspect: Looks at the place of a file.
    """

    open_document: Path | None
    documents: tuple[Path, ...]
    kind: str
    language: str
    folder: Path
    suggest_name: Callable[[str, ExportScope], str]
    display_path: Callable[[Path], str]
    inspect: Callable[[Path], OutputTarget]


def ask_export(parent: QWidget, offer: ExportOptions, *, theme: Theme) -> ExportRequest | None:
    """Return the export that the user asks for, or None."""
    dialog = _ExportDialog(parent, offer, theme=theme)
    return dialog.ask(dialog.get_request)


class _ExportDialog(Dialog):
    def __init__(self, parent: QWidget, offer: ExportOptions, *, theme: Theme) -> None:
        super().__init__(parent, _("Export"), size=(860, 540), theme=theme)
        self.setStyleSheet(form_stylesheet(theme) + _make_stylesheet(theme))
        self._options = offer
        self._suggested_name = ""  # the last suggested file name
        self._target: OutputTarget | None = None  # that the user agreed to
        self.kinds = FormatList(offer.kind, theme, self)
        self._scopes = QButtonGroup(self)
        self._documents = _DocumentList(offer, theme, self)
        self._language = QComboBox(self)
        for key, name in (("vi", "Tiếng Việt"), ("en", "English")):
            self._language.addItem(name, key)
        self._language.setCurrentIndex(max(0, self._language.findData(offer.language)))
        self._language.setAccessibleName(_("Reviewer's language"))
        self._path = QLineEdit(self)
        self._path.setAccessibleName(_("Save to"))
        self._browse = QPushButton(_("Choose…"), self)
        self.add_buttons(_("Export"))
        self._lay_out()
        self.kinds.currentRowChanged.connect(self._on_kind_changed)
        self._scopes.idToggled.connect(self._on_scope_changed)
        self._path.textChanged.connect(lambda: self.show_error(""))
        self._on_kind_changed()
        self._on_scope_changed()
        self._set_tab_order()
        self.kinds.setFocus()

    def get_request(self) -> ExportRequest:
        """Return what was chosen when the dialog was accepted."""
        scope = self._get_scope()
        documents: tuple[Path, ...] = ()
        if scope is ExportScope.CHOSEN:
            documents = self._documents.get_checked()
        elif self._get_scope() is ExportScope.OPEN and self._options.open_document is not None:
            documents = (self._options.open_document,)
        target = self._target or self._options.inspect(self._get_path())
        return ExportRequest(self.kinds.get_format(), scope, documents, self._language.currentData(), target)

    def accept(self) -> None:
        target = self._options.inspect(self._get_path())
        trouble = target.refusal
        if not self._path.text().strip():
            trouble = _("Say where the file is to be saved.")
        elif self._get_scope() is ExportScope.CHOSEN and not self._documents.get_checked():
            trouble = _("Choose at least one document.")
        if trouble:
            self.show_error(trouble)
            self._path.setFocus()
        elif not target.is_taken or ask_replace(self, target, title=self.windowTitle()):
            self._target = target
            super().accept()

    def _get_scope(self) -> ExportScope:
        return ExportScope(self._scopes.checkedId())

    def _get_path(self) -> Path:
        path = Path(self._path.text().strip()).expanduser()
        return path if path.is_absolute() else self._options.folder / path

    def _suggest_name(self) -> None:
        """Suggest a file name for the current choice unless the user entered one."""
        name = self._options.suggest_name(self.kinds.get_format(), self._get_scope())
        path = self._get_path()
        if not self._path.text().strip():
            self._path.setText(str(self._options.folder / name))
        elif path.name == self._suggested_name:
            self._path.setText(str(path.with_name(name)))
        else:
            ending = extension_of(self.kinds.get_format())
            self._path.setText(str(path.with_suffix(ending) if path.suffix else path.with_name(path.name + ending)))
        self._suggested_name = name

    def _on_kind_changed(self) -> None:
        self._language.setEnabled(is_for_review(self.kinds.get_format()))
        self._suggest_name()

    def _on_scope_changed(self) -> None:
        for button in self._scopes.buttons():  # Tab stops at the checked button only, arrow keys reach the others
            policy = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        is_chosen = self._get_scope() is ExportScope.CHOSEN
        if is_chosen:
            self._documents.fill()
        self._documents.setVisible(is_chosen)
        self._suggest_name()

    def _on_choose_clicked(self) -> None:
        # accept() asks before it overwrites, since the path can also be typed.
        title, option = _("Save to"), QFileDialog.Option.DontConfirmOverwrite
        chosen, _kind = QFileDialog.getSaveFileName(self, title, str(self._get_path()), options=option)
        if chosen:
            self._path.setText(chosen)

    def _build_scope_buttons(self) -> list[QRadioButton]:
        offer = self._options
        count = len(offer.documents)
        texts: dict[ExportScope, str] = {}
        if offer.open_document is not None:
            texts[ExportScope.OPEN] = _("This document: {file}").format(file=offer.display_path(offer.open_document))
        # Two messages, as a language without plurals has one form for both.
        everything = _("The only document") if count == 1 else _("All {count} documents")
        texts[ExportScope.ALL] = everything.format(count=format_count(count))
        texts[ExportScope.DONE] = _("The documents marked as done")
        texts[ExportScope.CHOSEN] = _("The documents chosen here:")
        buttons: list[QRadioButton] = []
        for scope, text in texts.items():
            button = QRadioButton(self)
            shown = button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, 350)
            button.setText(escape_ampersands(shown))
            button.setAccessibleName(text)
            self._scopes.addButton(button, scope.value)
            buttons.append(button)
        self._scopes.button(ExportScope.ALL.value).setChecked(True)
        return buttons

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._build_heading(_("Which documents")))
        for button in self._build_scope_buttons():
            right.addWidget(button)
        right.addWidget(self._documents, 1)
        right.addSpacing(8)
        right.addWidget(self._build_heading(_("Reviewer's language")))
        right.addWidget(self._language)
        right.addSpacing(8)
        right.addWidget(self._build_heading(_("Save to")))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._on_choose_clicked)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._path, 1)
        line.addWidget(self._browse)
        right.addLayout(line)
        right.addStretch(0)
        middle = QHBoxLayout()
        middle.setSpacing(22)
        middle.addWidget(self.kinds)
        middle.addLayout(right, 1)
        self.body.addLayout(middle, 1)

    def _set_tab_order(self) -> None:
        """Set the tab order to the reading order."""
        stops = (self.kinds, *self._scopes.buttons(), self._documents, self._language, self._path, self._browse)
        for one, other in pairwise((*stops, self.cancel_button, self.accept_button)):
            QWidget.setTabOrder(one, other)

    def _build_heading(self, text: str) -> QLabel:
        label = PlainLabel(self, text)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        font = label.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 0.9)
        label.setFont(font)
        return label


def _make_stylesheet(theme: Theme) -> str:
    """Return the style sheet of check boxes and radio buttons, which must be visible on dark backgrounds, too."""
    check = resource_path("icons", f"check-{'dark' if theme.is_dark else 'light'}.svg")
    return f"""
        QRadioButton {{ spacing: 8px; }}
        QRadioButton:focus {{ color: {theme.accent}; }}
        QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.faint}; border-radius: 8px;
            background: {theme.field}; }}
        QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {theme.accent};
            border-radius: 8px; }}
        QListWidget::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.faint}; border-radius: 3px;
            background: {theme.field}; }}
        QListWidget::indicator:checked {{ border-color: {theme.accent}; background: {theme.accent};
            image: url("{check.as_posix()}"); }}
    """


class _DocumentList(QListWidget):
    """The documents with check boxes; filled when it is first shown."""

    def __init__(self, offer: ExportOptions, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._options = offer
        self.setAccessibleName(_("Documents"))
        self.setUniformItemSizes(True)
        self.setStyleSheet(
            boxed_list_style(theme) + f"QListWidget::item {{ padding: 3px; }}"
            f"QListWidget::item:selected {{ background: {theme.selection}; color: {theme.ink}; }}"
        )

    def fill(self) -> None:
        """List all documents, with the open one checked."""
        if self.count():
            return
        for path in self._options.documents:
            item = QListWidgetItem(self._options.display_path(path), self)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_open = path == self._options.open_document
            item.setCheckState(Qt.CheckState.Checked if is_open else Qt.CheckState.Unchecked)
        self.setCurrentRow(0)

    def get_checked(self) -> tuple[Path, ...]:
        """Return the checked documents."""
        checked = (self.item(row).checkState() is Qt.CheckState.Checked for row in range(self.count()))
        return tuple(path for path, is_on in zip(self._options.documents, checked, strict=False) if is_on)
