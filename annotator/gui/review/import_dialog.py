"""The dialog that shows what came back from reviewers and asks whether to take it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.app.review.report import VerdictClass
from annotator.app.review.report_file import CLASS_HEADINGS
from annotator.core.i18n import _, ngettext, pgettext
from annotator.gui.theme.styles import form_stylesheet
from annotator.gui.widgets.word_table import TextTable, table_stylesheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.review.importing import ImportPreview, PreviewRow
    from annotator.gui.theme.theme import Theme

_ROW = 30  # pixels


def ask_take_in(parent: QWidget, arrival: ImportPreview, *, save: Callable[[QWidget], None], theme: Theme) -> bool:
    """Show what came back and return whether to take it in; `save` saves the list of what cannot be."""
    dialog = _Dialog(parent, arrival, save=save, theme=theme)
    is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return is_wanted


class _Dialog(QDialog):
    def __init__(
        self, parent: QWidget, arrival: ImportPreview, *, save: Callable[[QWidget], None], theme: Theme
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Take in a reviewer's file"))
        self.setStyleSheet(form_stylesheet(theme) + table_stylesheet(theme))
        self._arrival = arrival
        self._save = save
        said = QLabel(_headline(arrival), self)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        font = said.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        said.setFont(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(said)
        layout.addWidget(self._quiet(_hint(arrival)))
        self._accept = QPushButton(_accept_text(arrival.new), self)
        if arrival.rows:
            layout.addSpacing(4)
            layout.addWidget(self._files(), 0 if arrival.rejected else 1)
        if arrival.rejected:
            self._add_untaken(layout, theme)
        layout.addSpacing(4)
        layout.addLayout(self._buttons())
        self.resize(900, 560 if arrival.rejected else 360)

    def _files(self) -> TextTable:
        table = TextTable(_("What the files say"), self)
        sorts = [_(CLASS_HEADINGS[sort]).capitalize() for sort in VerdictClass]
        headings = (_("File"), _("Reviewer"), *sorts, _("There already"), _("Not judged"))
        table.text_model.set_rows(headings, [_words(row) for row in self._arrival.rows], numbers=range(2, 9))
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setDefaultSectionSize(_ROW)
        if self._arrival.rejected:
            rows = min(5, len(self._arrival.rows))
            table.setFixedHeight(header.sizeHint().height() + rows * _ROW + 10)
        return table

    def _add_untaken(self, layout: QVBoxLayout, theme: Theme) -> None:
        count = len(self._arrival.rejected)
        template = ngettext("{count} place cannot be taken in:", "{count} places cannot be taken in:", count)
        title = QLabel(template.format(count=count), self)
        title.setStyleSheet(f"color: {theme.error}; font-weight: 600;")
        self._untaken = TextTable(_("What cannot be taken in"), self)
        rows = [tuple(one) for one in self._arrival.rejected]
        self._untaken.text_model.set_rows((_("File"), pgettext("in a file", "Place"), _("What is wrong")), rows)
        self._untaken.set_widths(170, 170)
        self._untaken.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        if count <= _FEW:
            self._untaken.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        copy, save = QPushButton(_("Copy"), self), QPushButton(_("Save this list…"), self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._untaken.selected_text()))
        save.clicked.connect(lambda: self._save(self))
        for button in (copy, save):
            button.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(title, 1)
        line.addWidget(copy)
        line.addWidget(save)
        layout.addSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self._untaken, 1)

    def _quiet(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _buttons(self) -> QHBoxLayout:
        has_new = bool(self._arrival.new)
        refuse = QPushButton(_("Cancel") if has_new else _("Close"), self)
        refuse.clicked.connect(self.reject)
        self._accept.clicked.connect(self.accept)
        self._accept.setVisible(has_new)
        (self._accept if has_new else refuse).setDefault(True)
        (self._accept if has_new else refuse).setFocus()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(refuse)
        buttons.addWidget(self._accept)
        return buttons


_FEW = 300  # rows that are made as high as their words want at once


def _words(row: PreviewRow) -> tuple[str, ...]:
    counts = (*(row.classes[sort] for sort in VerdictClass), row.repeated, row.unanswered)
    return (row.file, row.reviewer or "–", *(str(count) if count else "–" for count in counts))


def _headline(arrival: ImportPreview) -> str:
    if arrival.new:
        return ngettext("{count} new verdict", "{count} new verdicts", arrival.new).format(count=arrival.new)
    if arrival.repeated:
        template = ngettext(
            "Nothing new: the {count} verdict was there already.",
            "Nothing new: all {count} verdicts were there already.",
            arrival.repeated,
        )
        return template.format(count=arrival.repeated)
    return _("There is nothing to take in.")


def _hint(arrival: ImportPreview) -> str:
    if not arrival.new:
        return _("Nothing is changed.")
    message = _("They are imported as open: no label changes until you apply or decline them (F5).")
    if not arrival.repeated:
        return message
    more = ngettext(
        "{count} verdict was there already and is left out.",
        "{count} verdicts were there already and are left out.",
        arrival.repeated,
    )
    return f"{message} {more.format(count=arrival.repeated)}"


def _accept_text(count: int) -> str:
    return ngettext("Take in {count} verdict", "Take in {count} verdicts", count).format(count=count)
