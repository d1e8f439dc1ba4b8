"""The dialog that shows what came back from reviewers and asks whether to take it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QWidget

from annotator.app.review.report import VerdictClass
from annotator.app.review.report_file import CLASS_HEADINGS
from annotator.core.formatting import format_count, show_hidden
from annotator.core.i18n import _, ngettext, pgettext
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.theme.styles import form_stylesheet
from annotator.gui.widgets.text_label import PlainLabel
from annotator.gui.widgets.word_table import TextTable, table_stylesheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.review.importing import ImportPreview, PreviewRow
    from annotator.gui.theme.theme import Theme

_ROW = 30  # pixels


def ask_take_in(parent: QWidget, arrival: ImportPreview, *, save: Callable[[QWidget], None], theme: Theme) -> bool:
    """Show what came back and return whether to take it in; `save` saves the list of what cannot be."""
    dialog = _ImportDialog(parent, arrival, save=save, theme=theme)
    return dialog.ask(lambda: True) is not None


class _ImportDialog(Dialog):
    def __init__(
        self, parent: QWidget, arrival: ImportPreview, *, save: Callable[[QWidget], None], theme: Theme
    ) -> None:
        super().__init__(parent, _("Take in a reviewer's file"), size=(900, 560 if arrival.rejected else 360))
        self.body.setSpacing(10)
        self.setStyleSheet(form_stylesheet(theme) + table_stylesheet(theme))
        self._arrival = arrival
        self._save = save
        said = self.add_text(_headline(arrival))
        font = said.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        said.setFont(font)
        self.add_text(_hint(arrival), is_quiet=True)
        if arrival.rows:
            self.body.addSpacing(4)
            self.body.addWidget(self._files(), 0 if arrival.rejected else 1)
        if arrival.rejected:
            self._add_untaken(theme)
        self._add_answers()

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

    def _add_untaken(self, theme: Theme) -> None:
        count = len(self._arrival.rejected)
        template = ngettext("{count} place cannot be taken in:", "{count} places cannot be taken in:", count)
        title = PlainLabel(self, template.format(count=count))
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
        self.body.addSpacing(8)
        self.body.addLayout(line)
        self.body.addWidget(self._untaken, 1)

    def _add_answers(self) -> None:
        if self._arrival.new:
            self.add_buttons(_accept_text(self._arrival.new))
            self.accept_button.setFocus()
        else:
            self.add_buttons("", cancel=_("Close"))
            self.cancel_button.setFocus()


_FEW = 300  # rows that are made as high as their words want at once


def _words(row: PreviewRow) -> tuple[str, ...]:
    counts = (*(row.classes[sort] for sort in VerdictClass), row.repeated, row.unanswered)
    return (row.file, show_hidden(row.reviewer) or "–", *(str(count) if count else "–" for count in counts))


def _headline(arrival: ImportPreview) -> str:
    if arrival.new:
        return ngettext("{count} new verdict", "{count} new verdicts", arrival.new).format(
            count=format_count(arrival.new)
        )
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
    return ngettext("Take in {count} verdict", "Take in {count} verdicts", count).format(count=format_count(count))
