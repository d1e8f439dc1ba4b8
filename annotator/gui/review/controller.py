"""Joins what reviewers said with the session: the panel `review` of the window."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from annotator.app.review import decide
from annotator.app.review.decide import accept_batch, by_reviewer, describe_batch, is_agreement, select_batch
from annotator.app.review.verdict_groups import VerdictGroup, group_verdicts
from annotator.app.session import commands
from annotator.app.session.events import EventKind
from annotator.core.i18n import _
from annotator.core.verdict import Outcome
from annotator.gui.mainwindow.message_actions import make_undo_action
from annotator.gui.mainwindow.panel_controller import PanelController
from annotator.gui.review.filter_bar import Counts
from annotator.gui.review.list import Answer, ReviewAction, Row
from annotator.gui.review.notifications import dress_of
from annotator.gui.review.panel import ReviewPanel
from annotator.gui.review.waiting import WaitingVerdicts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.session.events import Event
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.verdict import Verdict
    from annotator.gui.mainwindow.context import Context


class ReviewTool(PanelController):
    """Lists verdicts, shows each in the article, decides them, and goes on to the next one, in other documents too."""

    name = "review"
    first_height = 300
    unlisted = frozenset({EventKind.SELECTION_CHANGED})
    is_following_hidden = True
    _panel: ReviewPanel

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._panel = ReviewPanel(dress_of(self._context), context.window)
        self._matters: tuple[VerdictGroup, ...] = ()
        self._seen: AnnotationSet | None = None
        self._put_off: set[int] = set()
        self._arriving: Path | None = None  # the document on whose verdicts to go on
        self._waiting = WaitingVerdicts(context)
        self._waiting.changed.connect(self._soon.request)
        self._panel.view.entered.connect(self._waiting.look)
        self._panel.chosen.connect(self._on_chosen)
        self._panel.answered.connect(self._answer)
        self._panel.asked.connect(self._ask)
        self._panel.run_asked.connect(self._run)
        self._panel.asked_by.connect(lambda reviewer: self._take_together(by_reviewer(reviewer)))
        self._panel.label_pressed.connect(self._tag)
        self._panel.filtered.connect(self.refresh)
        self._install(self._panel)

    def apply_theme(self) -> None:
        """Take the theme, the language and the labels in use."""
        self._panel.apply_theme(dress_of(self._context))
        self.refresh()

    def enter(self) -> None:
        """Show the panel and go to an open verdict on the current sentence, else to the first one."""
        self.open()
        self._follow()
        self._panel.take_focus()

    def refresh(self) -> None:
        """List what was said, as it stands now, unless nobody sees it."""
        session = self._context.session
        count = sum(one.outcome is Outcome.OPEN for one in session.state.verdicts.values())
        title = _("Review")
        self._dock.set_title(f"{title} ({count})" if count else title)
        if not self._panel.isVisible():
            return
        if self._seen is not session.state:
            self._seen = session.state
            self._matters = group_verdicts(session.state, session.reading) if session.reading is not None else ()
        self._panel.show_rows(self._rows(), advice=self._advice(), can_write=not session.read_only)
        self._panel.show_counts(self._counts(count))
        if self._arriving is not None and self._arriving == session.path and count:
            self._arriving = None
            self._panel.choose(self._panel.first_key())
            self._panel.take_focus()

    # From the session

    def _note_event(self, event: Event) -> None:
        if event.kind is EventKind.DOCUMENT_OPENED:
            self._put_off.clear()
            self._seen, self._matters = None, ()
            if self._panel.isVisible():
                self._waiting.look()
        if event.is_moved and self._panel.isVisible() and not self._panel.view.hasFocus():
            self._follow()

    def _on_shown(self) -> None:
        self._waiting.look()
        super()._on_shown()

    def _follow(self) -> None:
        """Choose what was said of the sentence that was chosen in the article."""
        current, row = self._context.session.current, self._panel.view.current()
        if current is None or (row is not None and row.matter.place == current.span):
            return
        said = [one for group in self._matters if group.place == current.span for one in group.verdicts]
        any(self._panel.choose(one.key) for one in sorted(said, key=lambda one: not one.is_open))

    def _rows(self) -> list[Row]:
        reading, is_only_open = self._context.session.reading, self._panel.is_only_open
        rows: list[Row] = []
        for group in self._matters:
            if is_only_open and not group.has_open:
                continue
            sentence = reading.find_sentence_at(group.place.start) if reading and group.place is not None else None
            number = (reading.number_of(sentence) or 0) if reading and sentence is not None else 0
            rows.append(Row(group, None, number))
            rows += [Row(group, said, number) for said in group.verdicts]
        return rows

    def _counts(self, count: int) -> Counts:
        workspace, state = self._context.session.workspace, self._context.session.state
        by = Counter(one.reviewer for one in state.verdicts.values() if one.outcome is Outcome.OPEN)
        others = (
            [(workspace.display_path(path), number) for path, number in self._waiting.others()] if workspace else []
        )
        agreed = len(select_batch(self._matters, is_agreement).places)
        return Counts(count, len(state.verdicts), agreed, sorted(by.items()), others, self._waiting.is_all)

    def _advice(self) -> str:
        if self._context.session.document is None:
            return _("No document is open. What reviewers said of one is listed here.")
        if self._matters:
            return _("All that reviewers said of this document is decided. It can be seen without the filter above.")
        return _(
            "Reviewers have said nothing of this document yet. Export it for them (Ctrl+E); what they send back is "
            "taken in here, and you decide on each of their verdicts with one key."
        )

    # From the user

    def _on_chosen(self) -> None:
        """Show in the article what the current verdict is about."""
        row, session = self._panel.view.current(), self._context.session
        if row is not None and row.matter.place is not None and session.reading is not None:
            session.go_to(session.reading.find_sentence_at(row.matter.place.start))

    def _answer(self, answer: Answer) -> None:
        """Do what was asked for about the current verdict, and go on to the next one."""
        row, session = self._panel.view.current(), self._context.session
        if row is None or row.said is None:
            return
        key = row.said.key
        following = self._open_after(key)
        if answer is Answer.REOPEN:
            decide.reopen(session, key)
            self.refresh()
            return
        if answer is Answer.LATER:
            self._put_off.add(key)
            self._go_on(following, told="")
            return
        if (decide.accept if answer is Answer.TAKE else decide.refuse)(session, key):
            self.refresh()
            self._go_on(following, told="")

    def _ask(self, what: ReviewAction) -> None:
        match what:
            case ReviewAction.TAKE_AGREED:
                self._take_together(is_agreement)
            case ReviewAction.TAKE_OPEN:
                self._take_together(lambda _verdict: True)
            case ReviewAction.OPEN_NEXT:
                if not self._open_next(told=""):
                    self._context.session.notify(self._no_other())
            case ReviewAction.TAKE_AGREED_EVERYWHERE:
                self._take_everywhere()

    def _take_everywhere(self) -> None:
        from annotator.gui.review.accept_agreed import take_agreed_everywhere  # noqa: PLC0415  # loaded when asked for

        take_agreed_everywhere(self._context)
        self._waiting.look()
        self.refresh()
        self._panel.take_focus()

    def _run(self, id_: str) -> None:
        self._context.run(id_)
        self._waiting.look()

    def _take_together(self, wants: Callable[[Verdict], bool]) -> None:
        """Take all that `wants` names, and go on with what is left."""
        self._context.commit_edits()
        found = accept_batch(self._context.session, wants)
        message = describe_batch(len(found.places), found.skipped)
        if found.places:
            self._context.toasts.show(message, action=make_undo_action(self._context))
        elif self._context.session.guard.held is None:  # else a question is asked first
            self._context.session.notify(message)
        if found.places:
            self.refresh()
            self._go_on([one.key for group in self._matters for one in group.verdicts], told=message)

    def _tag(self, number: int) -> None:
        """Give the current sentence the label with that number, or take it away, as in the article."""
        labels = list(self._context.session.labels)[:9]
        if number <= len(labels):
            commands.tag(self._context.session, labels[number - 1].key, is_staying=True)

    def _open_after(self, key: int) -> list[int]:
        """Return the keys of the other verdicts, those after `key` first, then those before it."""
        keys = [one.key for group in self._matters for one in group.verdicts]
        at = keys.index(key) if key in keys else 0
        return [*keys[at + 1 :], *keys[:at]]

    def _go_on(self, keys: list[int], *, told: str) -> None:
        """Go to the first of the verdicts at `keys` that is open, else to the next document that has one."""
        verdicts, session = self._context.session.state.verdicts, self._context.session
        is_open = [key for key in keys if (one := verdicts.find(key)) is not None and one.outcome is Outcome.OPEN]
        wanted = next((key for key in is_open if key not in self._put_off), None)
        if wanted is None and self._open_next(told=told):
            return
        if wanted is None and self._put_off:
            self._put_off.clear()
            wanted = next(iter(is_open), None)
            session.notify(_("Now back at the ones left for later.") if wanted else self._no_other())
        elif wanted is None:
            session.notify(" ".join(part for part in (told, self._no_other()) if part))
        if wanted is not None:
            self._panel.choose(wanted)
            self._panel.take_focus()

    def _open_next(self, *, told: str) -> bool:
        """Open the next document with open verdicts and say so after `told`; return whether there is one."""
        session, others = self._context.session, self._waiting.others()
        row = session.workspace.index(others[0][0]) if session.workspace is not None and others else None
        if session.workspace is None or row is None:
            return False
        left = sum(one.outcome is Outcome.OPEN for one in session.state.verdicts.values())
        done = "" if left else _("All verdicts on the last document are decided.")
        self._arriving = others[0][0]
        self._context.open_row(row)
        name = session.workspace.display_path(others[0][0])
        told = " ".join(part for part in (told, done, _("This is {document}.").format(document=name)) if part)
        self.refresh()
        session.notify(told, kind=EventKind.REPORTED)
        return True

    def _no_other(self) -> str:
        if not self._waiting.is_all:
            return _("The other documents are still being looked through.")
        if any(one.outcome is Outcome.OPEN for one in self._context.session.state.verdicts.values()):
            return _("No other document has open verdicts.")
        return _("All verdicts are decided, in every document.")

    def _on_closing(self) -> None:
        super()._on_closing()
        self._waiting.stop()
