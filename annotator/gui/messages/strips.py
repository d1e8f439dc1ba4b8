"""Strips: ask what needs an answer, over the top of the article, one question at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence

from annotator.core.i18n import _
from annotator.gui.messages.message import MessageKind, Question
from annotator.gui.widgets.key_places import find_key, is_injected, parse_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.messages.log import MessageLog
    from annotator.gui.messages.message import Choice, Topic
    from annotator.gui.messages.strip_card import StripCard
    from annotator.gui.theme.theme import Theme

_EVENTS = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}


class Strips(QObject):
    """Keeps the questions that wait and shows the first; its keys hold while the article or the strip has the focus."""

    def __init__(
        self,
        area: QWidget,
        log: MessageLog,
        parent: QObject,
        *,
        make_room: Callable[[int], None],
        is_busy: Callable[[], bool],
    ) -> None:
        """Ask over `area`.

        Args:
            area: The article.
            log: Keeps what failed.
            parent: The owner of this object.
            make_room: Scrolls the current sentence out of so many pixels at the top.
            is_busy: Returns whether the area has a use of its own for Enter and Esc now.
        """
        super().__init__(parent)
        self._is_busy = is_busy
        self._area = area
        self._log = log
        self._make_room = make_room
        self._theme: Theme | None = None
        self._card: StripCard | None = None  # made when there is something to ask
        self._questions: tuple[Question, ...] = ()
        self._entries: dict[str, int] = {}  # numbers in the log, by text
        self._answered = 0  # of those that have waited together

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that wait; the first one is shown."""
        return self._questions

    def ask(self, question: Question, *, is_first: bool = False) -> None:
        """Show `question`, or let it wait for the others; one that says the same is replaced.

        A question about what the user does (`INFO`) comes first, then what failed, the newest first, then warnings in
        the order in which they came. One that `is_first` comes before all but the questions: it has the cure for what
        they are about.
        """
        before, same = self._questions, self._find(question.message)
        if same is None:
            self._questions = _insert(before, question, is_first=is_first)
        else:
            question = replace(question, kind=same.kind, topic=same.topic or question.topic)
            if same.kind is MessageKind.TROUBLE:  # it failed again
                self._questions = _insert([one for one in before if one is not same], question, is_first=is_first)
            else:
                self._questions = tuple(question if one is same else one for one in before)
        if same is None and question.kind is not MessageKind.INFO:
            self._entries[question.message] = self._log.add(question.message, kind=question.kind)
        is_new = same is None or before[0] is not same
        self._update_card(is_announced=is_new and self._questions[0] is question)

    def warn(self, message: str, *, topic: Topic | None = None) -> None:
        """Tell what failed, whichever document is open: in the first line of `message`, with details in the others.

        What was said before about the same `topic` is taken back.
        """
        if topic is not None:
            self.settle(topic)
        self.ask(Question.from_message(message, kind=MessageKind.TROUBLE, is_kept=True, topic=topic))

    def close(self, question: Question | str) -> None:
        """Take back `question`, or the one that says so, which needs no answer any more."""
        found = self._find(question if isinstance(question, str) else question.message)
        if found is not None:
            self._drop(found)

    def settle(self, topic: Topic) -> None:
        """Take back what was said about `topic`, which is mended; it was read."""
        left = self._without(topic)
        if left != self._questions:
            is_other = not left or left[0] is not self._questions[0]
            self._questions = left
            self._update_card(is_announced=is_other and bool(left))

    def leave_document(self) -> None:
        """Take back what was about the document that is left; it stays in the list of messages, unread."""
        kept = tuple(question for question in self._questions if question.is_kept)
        if kept == self._questions:
            return
        for question in self._questions:
            if question not in kept and question.message in self._entries:
                self._log.mark_unread(self._entries.pop(question.message))
        self._questions = kept
        self._update_card(is_announced=bool(kept))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        if self._card is not None:
            self._card.set_theme(theme)

    def _find(self, message: str) -> Question | None:
        """Return the question that says `message`, or None."""
        return next((question for question in self._questions if question.message == message), None)

    def _without(self, topic: Topic) -> tuple[Question, ...]:
        """Return the questions but those about `topic`, which are not shown any more."""
        left = tuple(one for one in self._questions if one.topic is not topic)
        for question in self._questions:
            if question not in left:
                self._entries.pop(question.message, None)
        return left

    def _answer(self, choice: Choice) -> None:
        """Close the question that is shown and do what was chosen."""
        self._answered += 1
        self._drop(self._questions[0])
        choice.callback()

    def _drop(self, question: Question) -> None:
        self._questions = tuple(one for one in self._questions if one is not question)
        self._entries.pop(question.message, None)
        self._update_card(is_announced=bool(self._questions))

    def _update_card(self, *, is_announced: bool) -> None:
        if not self._questions:
            self._answered = 0
            if self._card is not None:
                self._area.removeEventFilter(self)
                self._card.leave()
            return
        card, question = self._get_card(), self._questions[0]
        number, count = self._answered + 1, self._answered + len(self._questions)
        card.show_question(question, number=number, count=count)
        self._area.installEventFilter(self)
        card.appear()
        self._make_room(card.height())
        if is_announced:
            card.announce(_describe(question), QAccessible.AnnouncementPoliteness.Assertive)

    def _get_card(self) -> StripCard:
        if self._card is None:
            from annotator.gui.messages.strip_card import StripCard  # noqa: PLC0415  # starting does not wait for it

            self._card = StripCard(self._area)
            self._card.chosen.connect(lambda number: self._answer(self._questions[0].all_choices[number]))
            self._card.key_pressed.connect(self._on_key_pressed)
            if self._theme is not None:
                self._card.set_theme(self._theme)
        return self._card

    def _on_key_pressed(self, event: QKeyEvent) -> None:
        choice = self._find_choice(event)
        if choice is not None:
            event.accept()
            self._answer(choice)

    def _find_choice(self, event: QKeyEvent) -> Choice | None:
        """Return what a key chooses in the question that is shown, or None."""
        if not self._questions or is_injected(event):
            return None
        pressed = _get_sequence(event)
        return next((one for one in self._questions[0].all_choices if parse_key(one.key) == pressed), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _EVENTS or not isinstance(event, QKeyEvent) or watched is not self._area:
            return False
        if self._is_busy():
            return False
        choice = self._find_choice(event)
        if choice is None:
            return False
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._answer(choice)
        event.accept()
        return True


def _insert(questions: Sequence[Question], question: Question, *, is_first: bool) -> tuple[Question, ...]:
    """Return `questions` with `question` in its place among them."""
    place = len(questions)
    if is_first or question.kind is not MessageKind.WARN:
        place = sum(1 for one in questions if one.kind is MessageKind.INFO)
    return (*questions[:place], question, *questions[place:])


def _get_sequence(event: QKeyEvent) -> QKeySequence:
    """Return key, by its place, and modifiers, alike for both Enter keys."""
    key = find_key(event)
    key = Qt.Key.Key_Enter if key == Qt.Key.Key_Return else Qt.Key(key)
    return QKeySequence(QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, key))


def _describe(question: Question) -> str:
    """Return question and keys as a screen reader says them."""
    keys = ", ".join(f"{choice.text} ({choice.key})" for choice in question.all_choices)
    return " ".join((question.message, _("Keys: {keys}").format(keys=keys)))
