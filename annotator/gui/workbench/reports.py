"""What steps took away, told in toasts, and questions before a finished document is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app.descriptions.outcomes import Outcome
from annotator.app.session.done_guard import Answer, HeldChange, HeldKind
from annotator.app.session.events import Event, EventKind
from annotator.app.session.finishing import answer_held
from annotator.app.session.session import refuse_change
from annotator.core.change import Layer, Step
from annotator.core.i18n import _, ngettext
from annotator.core.span import Span
from annotator.gui.mainwindow.undo import offer_undo
from annotator.gui.messages.message import Choice, Question

if TYPE_CHECKING:
    from annotator.core.change import Change
    from annotator.gui.inspector.panel import Inspector
    from annotator.gui.mainwindow.context import Context

_MAX_DIGIT = 9
_IGNORED_MODIFIERS = Qt.KeyboardModifier.ShiftModifier.value | Qt.KeyboardModifier.KeypadModifier.value
_OF_ONE_SENTENCE = {HeldKind.TAG, HeldKind.CLEAR, HeldKind.NOTHING}  # told by its number where it is only one
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_HISTORY_KEYS = {  # the usual keys of what is grey while there is no step
    QKeyCombination(_CTRL, Qt.Key.Key_Z).toCombined(): "undo",
    QKeyCombination(_CTRL | _SHIFT, Qt.Key.Key_Z).toCombined(): "redo",
    QKeyCombination(_CTRL, Qt.Key.Key_Y).toCombined(): "redo",
}


class Reports(QObject):
    """Shows the toasts and questions that the session asks for."""

    def __init__(self, context: Context, *, inspector: Inspector) -> None:
        super().__init__(context.window)
        self._context = context
        self._inspector = inspector
        self._asked_from: QWidget | None = None  # what had the focus when the question came
        inspector.note.begun.connect(self._on_note_begun)
        context.session.guard.switch_on()
        context.session.changed.connect(self._on_changed)
        context.article.key_ignored.connect(self._on_key_ignored)

    def _on_changed(self, event: Event) -> None:
        context = self._context
        held = context.session.guard.held
        if event.kind is EventKind.DECISIONS_CHANGED and event.step is not None:
            context.toasts.show(event.message, action=offer_undo(context, event.step))
        elif event.kind is EventKind.CONFIRMATION_ASKED and held is not None:
            self._ask(held)
        elif event.kind is EventKind.CONFIRMATION_PENDING:
            context.status.show_remark(_("Answer the question above first."))

    def _ask(self, held: HeldChange) -> None:
        self._asked_from = QApplication.focusWidget()
        if not held.is_typed:
            self._context.article.setFocus()  # where the keys of the question hold; typing is not interrupted
        choices = (
            Choice(_("Change, stay done"), "Enter", lambda: self._answer(Answer.CHANGE)),
            Choice(_("Reopen"), "R", lambda: self._answer(Answer.REOPEN)),
            Choice(_("Cancel"), "Esc", lambda: self._answer(Answer.CANCEL)),
        )
        self._context.strips.ask(Question(_describe(self._context, held), choices=choices))

    def _answer(self, answer: Answer) -> None:
        """Do what the user wants with the change that waits, and with what was typed since."""
        if answer is Answer.CANCEL:
            self._inspector.note.discard()
        else:
            self._context.commit_note()
        answer_held(self._context.session, answer)
        self._context.refresh()
        asked_from, self._asked_from = self._asked_from, None
        if asked_from is not None and asked_from.isVisible() and self._context.article.hasFocus():
            asked_from.setFocus()

    def _on_key_ignored(self, key: int) -> None:
        """Say why a key that usually acts on a sentence did nothing."""
        session, status = self._context.session, self._context.status
        if session.document is None:
            return
        if key in _HISTORY_KEYS:
            self._context.run(_HISTORY_KEYS[key])
            return
        if session.read_only and self._has_action(key):
            refuse_change(session)
            return
        key &= ~_IGNORED_MODIFIERS
        number = key - int(Qt.Key.Key_0)
        if len(session.labels) < number <= _MAX_DIGIT:
            status.show_remark(_("There is no label {number}. Ctrl+Shift+L adds one.").format(number=number))
        elif key in {int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)}:
            status.show_remark(_("This sentence has no suggestion."))

    def _has_action(self, key: int) -> bool:
        """Return whether `key` belongs to an action, which is disabled now."""
        pressed = QKeySequence(QKeyCombination.fromCombined(key & ~Qt.KeyboardModifier.KeypadModifier.value))
        actions = (*self._context.article.actions(), *self._context.window.actions())
        return any(pressed in action.shortcuts() for action in actions)

    def _on_note_begun(self) -> None:
        """Ask when the first letter of a note is typed; the note itself follows after a pause."""
        session = self._context.session

        def replay(more: tuple[Change, ...]) -> None:
            """Reopen at most: the text is passed on by the editor."""
            session.apply("reopen", more, is_asking=False)

        if session.guard.held is None and not session.read_only:
            session.guard.hold(
                session.state.status, HeldChange(HeldKind.NOTE, (), session.current, session.selection, replay)
            )


def _describe(context: Context, held: HeldChange) -> str:
    """Describe what a change that waits would do."""
    match held.kind:
        case HeldKind.UNDO:
            return _("This document is done. Undo would change it.")
        case HeldKind.REDO:
            return _("This document is done. Redo would change it.")
        case HeldKind.NOTE:
            return _("This document is done. A note would change it.")
        case _:
            return _describe_decisions(context, held)


def _describe_decisions(context: Context, held: HeldChange) -> str:
    session = context.session
    outcome = Outcome.of(Step("", held.changes, Span(0, 0)))
    count = len(outcome.after)
    if count != 1 or held.kind not in _OF_ONE_SENTENCE:
        places = len({change.affected_span.start for change in held.changes})
        return ngettext(
            "This document is done. {count} sentence would change.",
            "This document is done. {count} sentences would change.",
            places,
        ).format(count=places)
    place = min(change.place for change in held.changes if change.layer in {Layer.ANNOTATION, Layer.NOTHING})
    sentence = session.reading.find_sentence_at(place) if session.reading is not None else None
    number = session.reading.number_of(sentence) if session.reading is not None and sentence is not None else None
    (labels,) = outcome.after
    keys = [label.key for label in session.labels]
    names = ", ".join(session.labels.get(key).name(context.language) for key in labels)
    if len(labels) == 1 and labels[0] in keys[:_MAX_DIGIT] and outcome.before[0] != labels:
        text = _("This document is done. Key {key} changes sentence {number} to {label}.")
        return text.format(key=keys.index(labels[0]) + 1, number=number or "…", label=names)
    if labels:
        text = _("This document is done. Sentence {number} would be: {labels}.")
        return text.format(number=number or "…", labels=names)
    if held.kind is HeldKind.NOTHING:
        return _("This document is done. Sentence {number} would be set to no label.").format(number=number or "…")
    return _("This document is done. Sentence {number} would be undecided again.").format(number=number or "…")
