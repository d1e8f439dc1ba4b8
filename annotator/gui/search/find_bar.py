"""Find in the document: search for what is typed, highlight the matches, go from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from annotator.app import search
from annotator.app.session.events import Event, EventKind
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.dialogs.preview_dialog import ask_rows
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.mainwindow.message_actions import make_undo_action
from annotator.gui.search.document_search import DocumentSearch
from annotator.gui.search.find_strip import FindStrip

if TYPE_CHECKING:
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span

_MAX_SELECTION_LENGTH = 200  # characters; a longer selection is hardly meant as a search
_MAX_TAGGED = 2_000  # matches; nobody can check more of them in the preview
_MAX_ROW_LENGTH = 400


class FindBar(Feature):
    """The find bar below the article; it stays open while the article is edited, until Escape."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._strip = FindStrip(context.window)
        context.window.centre_layout.addWidget(self._strip)
        self._search = DocumentSearch(self, context.worker)
        self._start_offset = 0  # offset from which the first match is wanted
        self._match_index: int | None = None  # the number of the current match
        self._match_sentence: Sentence | None = None  # the current sentence when that match was reached
        self._search.progressed.connect(self._on_advanced)
        self._strip.typed.connect(self._start_search)
        self._strip.stepped.connect(self.step)
        self._strip.left.connect(self.close)
        self._strip.label_chosen.connect(self._tag_matches)
        context.session.changed.connect(self._on_changed)
        context.window.closing.connect(self._on_closing)

    @property
    def words(self) -> str:
        """The selected text where the focus is, or else the last search."""
        return self._get_selected_text() or self._strip.field.text()

    def open(self) -> None:
        """Show the bar with the selected text, or else the last search, ready to be replaced."""
        words = self.words
        self._show_strip()
        with QSignalBlocker(self._strip.field):
            self._strip.edit(words)
        self._start_search()

    def show_match(self, words: str, *, at: int) -> None:
        """Search for `words`, with the match at offset `at` as the current one."""
        with QSignalBlocker(self._strip.field):
            self._strip.field.setText(words)
        self._show_strip()
        self._start_offset = at
        self._start_search()

    def step(self, by: int) -> None:
        """Go to the next (`by` 1) or previous (-1) match, wrapping around at the end."""
        if not self._strip.field.text():
            self.open()
            return
        if self._strip.isHidden():
            self._show_strip()
            if self._search.matches is None:
                self._start_search()
                self._match_sentence = None  # none of these matches has been visited yet
        found = self._find_neighbour(by)
        if found is not None:
            self._match_index = found
            self._go_to_match()
            self._show_matches()

    def close(self) -> None:
        """Hide the bar and give the article the focus, at the sentence with the current match."""
        session = self._context.session
        if self._match_index is not None and session.current == self._match_sentence:
            self._go_to_match()
        self._strip.hide()
        self._context.article.removeEventFilter(self)
        self._context.article.set_matches((), current=None)
        self._context.article.setFocus()

    def apply_theme(self) -> None:
        """Use the theme, the language and the labels in use."""
        context = self._context
        labels = [(label.key, label.name(context.language)) for label in context.session.labels]
        self._strip.apply_theme(context.theme, labels=labels)
        self._show_matches()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the bar when Escape is pressed in the article."""
        is_key = event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and not self._is_splitting():
            if event.type() == QEvent.Type.KeyPress:
                self.close()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _is_splitting(self) -> bool:
        scene = self._context.article.scene
        return scene is not None and scene.split_offset is not None

    def _get_selected_text(self) -> str:
        """Return the selected text where the focus is, or an empty string if it is too long or has line breaks."""
        session, widget = self._context.session, self._context.window.focusWidget()
        text = ""
        if isinstance(widget, QLineEdit) and widget is not self._strip.field:
            text = widget.selectedText()
        elif isinstance(widget, QPlainTextEdit):
            text = widget.textCursor().selectedText()
        elif widget is self._context.article and len(session.selection) > 1:
            text = self._context.article.selected_text()
        text = text.strip()
        # QTextCursor.selectedText() separates lines by U+2029.
        is_fit = len(text) <= _MAX_SELECTION_LENGTH and not any(mark in text for mark in "\n\u2029")
        return text if is_fit else ""

    def _show_strip(self) -> None:
        """Show the bar; the search starts at the current sentence."""
        current = self._context.session.current
        self._strip.show()
        self._context.article.installEventFilter(self)
        if self._match_sentence is None or current != self._match_sentence:
            self._match_sentence = current
            self._start_offset = current.span.start if current else 0

    def _start_search(self) -> None:
        """Search for what is typed."""
        document = self._context.session.document
        self._match_index = None
        if document is None:
            self._search.clear()
            self._show_matches()
        else:
            self._search.search(self._strip.field.text(), text=document.text)

    def _on_advanced(self) -> None:
        matches = self._search.matches
        if matches is not None and self._match_index is None:
            self._match_index = matches.find_first_from(self._start_offset)
            if self._match_index is None and matches.is_complete and matches:
                self._match_index = 0
            if self._match_index is not None or matches.is_complete:
                self._show_matches()
        elif matches is None or matches.is_complete:
            self._show_matches()

    def _find_neighbour(self, by: int) -> int | None:
        """Return the number of the match to go to, or None if there is none or it is not known yet."""
        matches, current = self._search.matches, self._context.session.current
        if not matches:
            return None
        count = len(matches)
        if self._match_index is None or (current is not None and current != self._match_sentence):
            first = matches.find_first_from(current.span.start if current else 0)
            first = count if first is None else first
            found = first if by > 0 else first - 1
        else:
            found = self._match_index + by
        if 0 <= found < count:
            return found
        if not self._search.is_complete:
            return None
        self._context.session.notify(
            _("The search goes on from the beginning.") if by > 0 else _("The search goes on from the end.")
        )
        return 0 if by > 0 else count - 1

    def _go_to_match(self) -> None:
        """Make the sentence with the match the current one."""
        session, match = self._context.session, self._get_match()
        if match is None or session.reading is None:
            return
        sentence = session.reading.find_sentence_at(match.start)
        self._start_offset = match.start
        if sentence != session.current:
            session.go_to(sentence)
        self._match_sentence = session.current

    def _get_match(self) -> Span | None:
        matches = self._search.matches
        return (
            matches[self._match_index]
            if matches and self._match_index is not None and self._match_index < len(matches)
            else None
        )

    def _show_matches(self) -> None:
        """Highlight the matches and show their count."""
        matches, words = self._search.matches, self._strip.field.text()
        is_known = self._search.is_complete
        count = len(matches) if matches else 0
        if not self._strip.isHidden():
            self._context.article.set_matches(matches or (), current=self._get_match())
        text = ""
        if words and not is_known:
            text = _("searching…")
        elif words and not count:
            text = _("not found")
        elif words:
            text = _("{number} of {count}").format(
                number=format_count((self._match_index or 0) + 1), count=format_count(count)
            )
        self._strip.set_count(text, is_missed=bool(words) and is_known and not count)
        self._strip.set_can_step(can_step=count > 0)
        self._strip.set_taggable(is_taggable=count > 0 and is_known and not self._context.session.read_only)

    def _tag_matches(self, label: str) -> None:
        """Ask which sentences with matches to tag with `label`, and tag them."""
        session, matches = self._context.session, self._search.matches
        if matches is None or session.reading is None or session.document is None:
            return
        if len(matches) > _MAX_TAGGED:
            template = _("More than {count} matches are too many to be tagged at once. Look for more words.")
            session.notify(template.format(count=_MAX_TAGGED))
            return
        name = session.labels.get(label).name(self._context.language)
        found = search.find_unlabelled(session, search.find_sentences(session.reading, matches), label=label)
        if not found:
            session.notify(_("Every sentence with a match has the label {label} already.").format(label=name))
            return
        text = session.document.text
        chosen = ask_rows(
            self._context.window,
            _("Tag every sentence with “{words}”: {label}").format(words=self._strip.field.text(), label=name),
            rows=[_format_row(text[slice(*one.span)]) for one in found],
            consent=_("Tag"),
        )
        self._strip.field.setFocus()
        if chosen and search.tag_sentences(session, [found[number] for number in chosen], label=label):
            said = ngettext("{count} sentence was tagged.", "{count} sentences were tagged.", len(chosen))
            self._context.toasts.show(said.format(count=len(chosen)), action=make_undo_action(self._context))

    def _on_changed(self, event: Event) -> None:
        if event.kind is not EventKind.DOCUMENT_OPENED:
            return
        self._search.clear()
        self._match_index = self._match_sentence = None
        if not self._strip.isHidden():
            self._show_strip()
            self._start_search()

    def _on_closing(self) -> None:
        self._search.clear()
        self._context.session.changed.disconnect(self._on_changed)


def _format_row(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_ROW_LENGTH else line[:_MAX_ROW_LENGTH] + "…"
