"""The help window: table of contents, search, text. Nothing is fetched from the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.app.help_pages import HelpPage, escape_markdown, fill_markers, load_pages
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.actions.action import Menu
from annotator.gui.actions.action_set import ActionFeature, ActionSet
from annotator.gui.actions.shortcuts import format_key, get_plain_title
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.help.rendering import format_page
from annotator.gui.widgets.text_label import PlainLabel
from annotator.search.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.actions.action import Action
    from annotator.gui.mainwindow.context import Context
    from annotator.gui.theme.theme import Theme


class HelpViewer(ActionFeature):
    """Shows the help pages in the language of the program, with the shortcuts in use."""

    def __init__(self, context: Context, actions: ActionSet) -> None:
        super().__init__(context, actions)
        self._viewer = _HelpWindow(context.window)
        self._viewer.finished.connect(lambda _result: context.article.setFocus())

    def show(self) -> None:
        """Bring the window to the front."""
        self._viewer.show()
        self._viewer.raise_()
        self._viewer.activateWindow()
        self._viewer.search_field.setFocus()

    def apply_theme(self) -> None:
        """Use the theme, the language and the shortcuts in use."""
        pages = build_pages(self._actions.all_actions(), language=self._context.language)
        self._viewer.set_pages(pages, self._context.theme)


def build_pages(actions: Sequence[Action], *, language: str) -> list[HelpPage]:
    """Return the help pages with the names and shortcuts of `actions` filled in."""
    named = {f"action:{action.id}": _format_action(action) for action in actions}
    for menu in Menu:
        rows = [
            f"| {_format_action_row(action)} |" for action in sorted(actions, key=_get_group) if action.menu is menu
        ]
        named[f"menu:{menu.name.lower()}"] = "\n".join(rows)
    return [page._replace(text=fill_markers(page.text, named)) for page in load_pages(language)]


def _get_group(action: Action) -> int:
    return action.group


def _format_action(action: Action) -> str:
    keys = f" ({_format_keys(action)})" if action.keys else ""
    return f"**{escape_markdown(get_plain_title(action))}**{keys}"


def _format_action_row(action: Action) -> str:
    return f"{_format_keys(action) or '–'} | {escape_markdown(get_plain_title(action))}"


def _format_keys(action: Action) -> str:
    return ", ".join(f"`{key}`" for key in dict.fromkeys(format_key(key) for key in action.keys))


class _Browser(QTextBrowser):
    """A browser of links between pages; no other resource is loaded."""

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002, ANN401, ARG002  # Qt's own signature
        return None


class _HelpWindow(Dialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "", size=(900, 660))
        self._pages: list[HelpPage] = []
        self._theme: Theme | None = None
        self._hits: list[QTextCursor] = []
        self._hit_index = 0
        self.search_field = QLineEdit(self)
        self.search_field.setClearButtonEnabled(True)
        self.search_field.textChanged.connect(self._on_typed)
        self.search_field.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setObjectName("help-pages")
        self._list.currentRowChanged.connect(self._on_page_changed)
        self._count = PlainLabel(self)
        self._count.setWordWrap(True)
        self._text = _Browser(self)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setOpenLinks(False)
        self._text.document().setDocumentMargin(26)
        self._text.anchorClicked.connect(self._on_link_clicked)
        self._close = QPushButton(self)
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        left = QVBoxLayout()
        left.setContentsMargins(14, 16, 14, 14)
        left.setSpacing(10)
        for widget in (self.search_field, self._count, self._list, self._close):
            left.addWidget(widget)
        side = QWidget(self)
        side.setLayout(left)
        side.setFixedWidth(250)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(side)
        both.addWidget(self._text, 1)
        self.fill_with(both)

    def set_pages(self, pages: list[HelpPage], theme: Theme) -> None:
        """Show `pages` and stay on the page that was shown."""
        row = max(0, self._list.currentRow())
        self._pages, self._theme = pages, theme
        self.setWindowTitle(_("Help"))
        self.search_field.setPlaceholderText(_("Search the help"))
        self.search_field.setAccessibleName(_("Search the help"))
        self._list.setAccessibleName(_("Pages"))
        self._text.setAccessibleName(_("Help"))
        self._close.setText(_("Close"))
        self.setStyleSheet(
            f"QTextBrowser {{ background: {theme.paper}; border-left: 1px solid {theme.line}; }}"
            "#help-pages { background: transparent; outline: none; }"
            "#help-pages::item { padding: 7px 8px; border-radius: 6px; }"
            f"#help-pages::item:selected {{ background: {theme.selection}; color: {theme.ink}; }}"
        )
        self._count.setStyleSheet(f"color: {theme.muted}")
        self._list.clear()
        for page in pages:
            QListWidgetItem(page.title, self._list)
        self._list.setCurrentRow(row)
        self._on_typed(self.search_field.text())

    def _on_page_changed(self, row: int) -> None:
        if not 0 <= row < len(self._pages) or self._theme is None:
            return
        self._text.document().setMarkdown(self._pages[row].text)
        format_page(self._text.document(), self._theme)
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._text.verticalScrollBar().setValue(0)
        self._find_hits(self.search_field.text())

    def _on_link_clicked(self, link: QUrl) -> None:
        """Go to another page; other links do nothing."""
        names = [page.name for page in self._pages]
        name = link.path().removesuffix(".md")
        if not link.scheme() and name in names:
            self.search_field.clear()
            self._list.setCurrentRow(names.index(name))

    def _on_typed(self, typed: str) -> None:
        wanted = fold(typed.strip()).text
        counts = [fold(f"{page.title} {page.text}").text.count(wanted) if wanted else 1 for page in self._pages]
        for row, count in enumerate(counts):
            self._list.item(row).setHidden(not count)
        self._count.setVisible(bool(wanted))
        found = sum(1 for count in counts if count)
        self._count.setText(ngettext("{count} page", "{count} pages", found).format(count=format_count(found)))
        row = self._list.currentRow()
        if found and counts and not counts[row]:
            self._list.setCurrentRow(next(at for at, count in enumerate(counts) if count))
        else:
            self._find_hits(typed)

    def _find_hits(self, typed: str) -> None:
        """Highlight the matches of `typed` on the page and show the first one."""
        wanted, page = fold(typed.strip()).text, fold(self._text.document().toPlainText())
        self._hits = []
        at = page.text.find(wanted) if wanted else -1
        while at >= 0:
            start, end = page.span(at, at + len(wanted))
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self._hits.append(cursor)
            at = page.text.find(wanted, at + len(wanted))
        self._hit_index = 0
        self._show_hits()

    def _show_hits(self) -> None:
        marks = []
        for number, cursor in enumerate(self._hits):
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            if self._theme is not None:
                is_now = number == self._hit_index
                look.setBackground(QBrush(QColor(self._theme.accent if is_now else self._theme.selection)))
                look.setForeground(QBrush(QColor(self._theme.paper if is_now else self._theme.ink)))
            mark.format, mark.cursor = look, cursor
            marks.append(mark)
        self._text.setExtraSelections(marks)
        if self._hits:
            place = QTextCursor(self._hits[self._hit_index])
            place.clearSelection()
            self._text.setTextCursor(place)
            self._text.ensureCursorVisible()

    def _go_to_next_hit(self) -> None:
        """Show the next match, on this page or on the next one that has any."""
        if self._hit_index + 1 < len(self._hits):
            self._hit_index += 1
            self._show_hits()
            return
        rows = [row for row in range(self._list.count()) if not self._list.item(row).isHidden()]
        if rows:
            later = [row for row in rows if row > self._list.currentRow()]
            row = (later or rows)[0]
            if row == self._list.currentRow():
                self._find_hits(self.search_field.text())
            else:
                self._list.setCurrentRow(row)

    def _move_page(self, by: int) -> None:
        rows = [row for row in range(self._list.count()) if not self._list.item(row).isHidden()]
        if self._list.currentRow() in rows:
            at = rows.index(self._list.currentRow()) + by
            self._list.setCurrentRow(rows[at % len(rows)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search_field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._go_to_next_hit()
                return True
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self._move_page(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)
