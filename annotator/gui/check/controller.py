"""Joins what is to be checked with the session: the panel `check` of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session import to_check
from annotator.app.session.events import EventKind
from annotator.app.session.to_check import CheckItem, CheckReason
from annotator.core.field_values.values import format_value
from annotator.core.fields import Field
from annotator.core.formatting import describe_time, format_percent
from annotator.core.i18n import _
from annotator.gui.check.list import CheckAction, row_of
from annotator.gui.check.panel import CheckPanel
from annotator.gui.mainwindow.panel_controller import PanelController
from annotator.gui.widgets.side_by_side import SideBySide
from annotator.gui.widgets.text_diff import format_quote, format_rows, mark_differences

if TYPE_CHECKING:
    from annotator.core.annotation import Annotation
    from annotator.gui.mainwindow.context import Context


class CheckTool(PanelController):
    """Lists what is to be checked, shows it in the article, and gives the answers on."""

    name = "check"
    first_height = 280
    unlisted = frozenset({EventKind.WORKSPACE_OPENED})
    is_following_hidden = True
    _panel: CheckPanel

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._panel = CheckPanel(context.theme, context.window)
        self._panel.chosen.connect(self._on_chosen)
        self._panel.answered.connect(self._answer)
        self._panel.strays.asked.connect(lambda: context.run("reattach"))
        self._install(self._panel)

    def apply_theme(self) -> None:
        """Take the theme, the language and the labels in use."""
        self._panel.apply_theme(self._context.theme)
        self.refresh()

    def refresh(self) -> None:
        """List what is to be checked now, unless nobody sees it."""
        session, names = self._context.session, self._names()
        items = to_check.find_check_items(session.state)
        strays = session.workspace.strays if session.workspace is not None else ()
        title, count = _("To check"), len(items) + len(strays)
        self._dock.set_title(f"{title} ({count})" if count else title)
        self._panel.strays.show_strays(strays)
        if self._panel.isVisible():
            rows = [row_of(item, names) for item in items]
            self._panel.show_rows(rows, advice=self._advice(), can_write=not session.read_only)
            self._show_sides()

    def _advice(self) -> str:
        if self._context.session.document is None:
            return _("No document is open. What has to be checked in one is listed here.")
        return _(
            "There is nothing to check. When the text of a document changes, or somebody else changes its annotations, "
            "what you have to look at is listed here: changed sentences, conflicts, annotations without a sentence."
        )

    # From the user

    def _on_chosen(self) -> None:
        """Show in the article what the current row is about."""
        row, session = self._panel.current(), self._context.session
        if row is not None and session.reading is not None:
            session.go_to(session.reading.find_sentence_at(row.item.span.start))
        self._show_sides()

    def _answer(self, answer: CheckAction) -> None:
        """Do what was asked for about the current row; what comes next is shown at once."""
        row, session = self._panel.current(), self._context.session
        if answer is CheckAction.ACCEPT_ALL:
            done = to_check.accept_all(session)
        elif row is None:
            return
        else:
            done = {
                CheckAction.ACCEPT: to_check.accept_item,
                CheckAction.REFUSE: to_check.refuse_item,
                CheckAction.TAKE: to_check.take_conflicting,
                CheckAction.PUT_BACK: to_check.put_back,
            }[answer](session, row.item)
        if done:
            self.refresh()
            if self._panel.current() is not None:
                self._on_chosen()
            else:
                self._context.article.setFocus()

    def _show_sides(self) -> None:
        row = self._panel.current()
        if row is None:
            return
        item = row.item
        tell = {
            CheckReason.CHANGED: self._changed,
            CheckReason.CONFLICT: self._conflict,
            CheckReason.ORPHAN: self._orphan,
        }[item.reason]
        self._panel.show_sides(tell(item))

    def _changed(self, item: CheckItem) -> SideBySide:
        one, theme = item.annotation, self._context.theme
        was = one.previous
        old, new = mark_differences(was.text if was else "", one.text, theme)
        where = _("{share} alike").format(share=format_percent(was.likeness if was else 0))
        said = format_rows(self._said(one), theme)
        return SideBySide(_("It was"), f"{old}{said}", _("Now"), new, where)

    def _conflict(self, item: CheckItem) -> SideBySide:
        theme, conflict, standing = self._context.theme, item.annotation, item.standing
        left = format_rows(self._said(standing, is_nothing=item.is_nothing), theme)
        right = format_rows(self._said(conflict), theme)
        mark = to_check.describe_mark(conflict)
        if mark:
            right = format_rows([(_("Labels"), mark)], theme)
        if standing is not None and standing.span != conflict.span:
            left, right = f"{format_quote(standing.text, theme)}{left}", f"{format_quote(conflict.text, theme)}{right}"
        return SideBySide(_("This version"), left, _("The other version"), right)

    def _orphan(self, item: CheckItem) -> SideBySide:
        theme, one, session = self._context.theme, item.annotation, self._context.session
        left = format_quote(one.text, theme, before=one.before, after=one.after) + format_rows(self._said(one), theme)
        right = ""
        if session.current is not None and session.document is not None:
            right = format_quote(session.document.text[slice(*session.current.span)], theme)
        return SideBySide(_("It was"), left, _("The current sentence"), right)

    def _said(self, one: Annotation | None, *, is_nothing: bool = False) -> list[tuple[str, str]]:
        """Return what an annotation says, by names."""
        names, language, labels = self._names(), self._context.language, self._context.session.labels
        given = ", ".join(names.get(key, key) for key in one.labels) if one else ""
        rows = [(_("Labels"), given or (_("No label") if is_nothing else _("no label yet")))]
        if one is None:
            return rows
        asked = {field.key: field for field in labels.fields_of(one.labels)}
        for key, value in one.fields.items():
            field = asked.get(key) or Field(key)
            rows.append((field.name(language), format_value(field, value, language=language)))
        rows.append((_("Note"), one.note))
        rows.append((_("Last changed"), describe_time(one.changed or one.made, now=self._context.session.writer().now)))
        return rows

    def _names(self) -> dict[str, str]:
        return {label.key: label.name(self._context.language) for label in self._context.session.labels}
