"""Tell that verdicts of reviewers are open, and show those on the current sentence in the inspector.

It is made when the first document with verdicts is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.review import decide
from annotator.app.review.verdict_groups import VerdictIndex
from annotator.app.session.events import MESSAGE_KINDS, Event, EventKind
from annotator.core.i18n import _, ngettext
from annotator.core.verdict import Outcome
from annotator.gui.mainwindow.context import Context, Feature
from annotator.gui.mainwindow.message_actions import make_action
from annotator.gui.messages.message import MessageKind
from annotator.gui.review.inspector_section import ReviewNote
from annotator.gui.review.list import Dress
from annotator.gui.theme.theme import make_label_styles
from annotator.gui.widgets.threads import Debouncer

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.session.session import Session

_LATER = 30  # milliseconds after which what happened is shown, as in the rest of the inspector


class ReviewWatch(Feature):
    """Follows the session."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._told: set[Path] = set()
        self._message = ""
        self._index: VerdictIndex | None = None
        self._note = ReviewNote(context.window)
        self._note.taken.connect(lambda key: self._decide(key, is_taken=True))
        self._note.refused.connect(lambda key: self._decide(key, is_taken=False))
        self._note.left.connect(context.article.setFocus)
        context.add_to_inspector(self._note)
        self._soon = Debouncer(self.refresh, self, milliseconds=_LATER)
        context.window.panels["review"].visibilityChanged.connect(lambda *_: self._take_back())
        context.session.changed.connect(self._on_changed)
        context.window.closing.connect(self._on_closing)

    def apply_theme(self) -> None:
        """Take the theme, the language and the labels in use."""
        self.refresh()

    def note(self, event: Event) -> None:
        """Say once that verdicts on a document that was opened wait, unless they are in sight."""
        if event.kind is EventKind.DOCUMENT_OPENED:
            self._tell()

    def refresh(self) -> None:
        """Show what was said of the current sentence."""
        context, session = self._context, self._context.session
        group = None
        if session.state.verdicts and session.current is not None and session.document is not None:
            if self._index is None or self._index.verdicts is not session.state.verdicts:
                self._index = VerdictIndex(session.state.verdicts)
            group = self._index.group_at(session.current.span, session.state, text=session.document.text)
        is_one = len(session.selection) <= 1
        self._note.show_matter(group if is_one else None, dress_of(context), can_write=not session.read_only)

    def _tell(self) -> None:
        context, session = self._context, self._context.session
        count = open_count(session)
        if session.path is None or not count or session.path in self._told:
            return
        self._told.add(session.path)
        if not context.window.panels["review"].isHidden():
            return
        template = ngettext(
            "Reviewers' verdicts on this document: {count} waits for your decision.",
            "Reviewers' verdicts on this document: {count} wait for your decision.",
            count,
        )
        path = session.path
        show = make_action(
            context, "panel-review", _("Review"), is_possible=lambda: session.path == path and open_count(session) > 0
        )
        self._message = template.format(count=count)
        context.toasts.show(self._message, kind=MessageKind.INFO, action=show)

    def _take_back(self) -> None:
        """Say it no more where they are in sight."""
        if self._message and not self._context.window.panels["review"].isHidden():
            self._context.toasts.dismiss(self._message)
            self._message = ""

    def _decide(self, key: int, *, is_taken: bool) -> None:
        (decide.accept if is_taken else decide.refuse)(self._context.session, key)
        self._context.article.setFocus()

    def _on_changed(self, event: Event) -> None:
        if event.kind is EventKind.DOCUMENT_OPENED and self._context.session.document is None:
            self._context.toasts.dismiss(self._message)  # it was about the document that is left
            self._message = ""
        if event.kind not in MESSAGE_KINDS:
            self._soon.request()

    def _on_closing(self) -> None:
        self._context.session.changed.disconnect(self._on_changed)
        self._soon.stop()


def dress_of(context: Context) -> Dress:
    """Return colours and words of verdicts."""
    session = context.session
    looks = {
        label.key: look for label, look in make_label_styles(context.theme, session.labels, language=context.language)
    }
    return Dress(context.theme, looks, lambda: session.writer().now)


def open_count(session: Session) -> int:
    """Return how many verdicts on the open document are open."""
    return sum(one.outcome is Outcome.OPEN for one in session.state.verdicts.values())
