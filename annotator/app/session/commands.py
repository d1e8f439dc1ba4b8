"""Editing and navigation commands for the open document, one plain function each.

Every command takes the session. Commands that decide a sentence move on to the next one unless told to stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.descriptions.outcomes import Outcome, OutcomeDescriber
from annotator.app.preferences.translation import current_language
from annotator.app.session.done_guard import HeldChange, HeldKind
from annotator.app.session.events import EventKind
from annotator.app.session.finishing import find_remainder, has_just_finished, holds_history
from annotator.app.session.segmented_text import spans_of
from annotator.core import edit
from annotator.core.annotation import Status
from annotator.core.bulk_edit import select_applicable
from annotator.core.change import BlockMark, Layer
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.core.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.app.session.session import Session
    from annotator.core.annotation import Value
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Change, Step
    from annotator.core.document import BlockKind
    from annotator.core.sentence import Sentence

_MERGE_STEP = "merge"  # the verb of the step that merges another program's changes


def tag(session: Session, label: str, *, is_staying: bool = False) -> None:
    """Give the selected sentences `label` in place of others and move on.

    If `is_staying`, add `label` to each sentence, or remove it where it is, and stay. Fields that go with a label are
    kept in the history and come back with it.
    """
    spans, writer = spans_of(session.selection), session.writer()
    describer, number, selected = _describer(session), _number(session), len(spans)
    if is_staying:
        switched = [
            one for span in spans for one in edit.switch_label(session.state, span, label=label, context=writer)
        ]

        def report_switch(step: Step) -> str:
            return describer.describe_switch(Outcome.of(step), label=label, number=number, selected=selected)

        _apply(session, "tag", switched, report=report_switch)
        return
    wanted = frozenset({label})
    changes = [one for span in spans for one in edit.set_labels(session.state, span, labels=wanted, context=writer)]

    def report(step: Step) -> str:
        return describer.describe_replacement(Outcome.of(step), number=number, selected=selected)

    _apply_and_go_next(session, "tag", changes, report=report)


def mark_nothing(session: Session) -> None:
    """Mark those of the selected sentences *nothing here* that are undecided, and move on."""
    _apply_and_go_next(session, "nothing", _mark_undecided(session), report=_report_nothing(session))


def toggle_nothing(session: Session) -> None:
    """Mark those of the selected sentences *nothing here* that are undecided, or clear that mark where it is; stay."""
    marked = [span for span in spans_of(session.selection) if span.start in session.state.nothing]
    changes = _mark_undecided(session) + edit.clear(session.state, marked, context=session.writer())
    _apply(session, "nothing", changes, report=_report_nothing(session))


def clear(session: Session) -> None:
    """Remove the labels and the *nothing here* marks of the selected sentences."""
    describer, number, selected = _describer(session), _number(session), len(session.selection)

    def report(step: Step) -> str:
        return describer.describe_clearing(Outcome.of(step), number=number, selected=selected)

    changes = edit.clear(session.state, spans_of(session.selection), context=session.writer())
    _apply(session, "clear", changes, report=report)


def set_note(session: Session, note: str) -> None:
    """Set the note of the current sentence."""
    if session.current is not None:
        span = session.current.span
        _apply_typed(session, "note", lambda: edit.set_note(session.state, span, note=note, context=session.writer()))


def set_fields(session: Session, values: Mapping[str, Value]) -> None:
    """Set fields of the current sentence in one undo step; a value of None removes the field."""
    if session.current is not None:
        span = session.current.span
        _apply_typed(
            session, "fields", lambda: edit.set_fields(session.state, span, values=values, context=session.writer())
        )


def go_next(session: Session) -> None:
    """Move to the next sentence that asks for a decision, decided or not; show a message if there is none."""
    found = _find_adjacent(session, 1, any_kind=False)
    if found is not None:
        session.go_to(found)
    else:
        _notify_end(session)


def _apply_typed(session: Session, what: str, make: Callable[[], tuple[Change, ...]]) -> None:
    """Apply the changes that `make` returns; made anew after an answer, as more may have been typed by then."""

    def replay(more: tuple[Change, ...]) -> None:
        session.apply(what, (*make(), *more), is_asking=False)

    changes, guard = make(), session.guard
    held = HeldChange(HeldKind.of_verb(what), changes, session.current, session.selection, replay)
    is_writable = session.store is not None and not session.read_only
    if is_writable and (changes or guard.has_typed) and guard.hold(session.state.status, held):
        return
    session.apply(what, changes)


def _apply(session: Session, what: str, changes: Iterable[Change], *, report: Callable[[Step], str]) -> bool:
    """Apply `changes` as one step; show a message if the last undecided sentence was decided."""
    left = session.reading.undecided_count if session.reading is not None else 0
    is_done = session.apply(what, changes, report=report)
    if is_done and left:
        _notify_complete(session)
    return is_done


def _apply_and_go_next(
    session: Session, what: str, changes: Sequence[Change], *, report: Callable[[Step], str]
) -> None:
    """Apply `changes` as one step that also moves to the next sentence; show a message if there is none.

    Without changes only move: the key was pressed for that as well.
    """
    if not changes:
        go_next(session)
        return
    found: Sentence | None = None
    left = session.reading.undecided_count if session.reading is not None else 0

    def find_next() -> Sentence | None:
        nonlocal found
        found = _find_adjacent(session, 1, any_kind=False)
        return found

    if not session.apply(what, changes, find_next=find_next, report=report):
        return
    if not (left and _notify_complete(session)) and found is None:
        _notify_end(session)


def _notify_complete(session: Session) -> bool:
    """Show that every sentence is decided, and how to finish; return whether that is so."""
    reading = session.reading
    if reading is None or not reading.is_counted or reading.undecided_count or session.state.status is Status.DONE:
        return False
    session.notify(_("Every sentence is decided. Ctrl+Enter finishes."))
    return True


def _notify_end(session: Session) -> None:
    """Show that this is the last sentence, and how many are undecided."""
    if session.reading is None or _notify_complete(session):
        return
    left = session.reading.undecided_count
    text = ngettext(
        "This is the last sentence; {count} is still undecided.",
        "This is the last sentence; {count} are still undecided.",
        left,
    )
    session.notify(text.format(count=left) if left else _("This is the last sentence; every one is decided."))


def go_adjacent(session: Session, by: int, *, is_any_kind: bool = False) -> None:
    """Move to the next (`by` 1) or previous (-1) sentence; skip headings if the session does, unless `is_any_kind`."""
    found = _find_adjacent(session, by, any_kind=is_any_kind)
    if found is not None:
        session.go_to(found)


def extend_selection(session: Session, by: int) -> None:
    """Extend the selection by one sentence (`by` 1) or shrink it (-1); its first sentence stays selected."""
    reading, current = session.reading, session.current
    if reading is None or current is None or not session.selection:
        return
    # The current sentence is the moving end of the selection, so the other end is where it began.
    first = session.selection[0] if session.selection[0] != current else session.selection[-1]
    target = reading.find_next(current.block, current.span.start) if by > 0 else None
    if by < 0:
        target = reading.find_previous(current.block, current.span.start)
    if target is not None:
        session.select(first, target)


def go_undecided(session: Session, by: int) -> None:
    """Move to the next (`by` 1) or previous (-1) undecided sentence, wrapping around at the end of the document."""
    reading, current = session.reading, session.current
    if reading is None or current is None:
        return
    found = reading.find_undecided(current.block, current.span.start, step=by)
    if found is None:
        # Wrap around: search again from the other end.
        last = len(reading.blocks) - 1
        found = reading.find_undecided(0, -1) if by > 0 else reading.find_undecided(last, len(reading.text), step=-1)
    if found is None and not _notify_complete(session):
        session.notify(_("Every sentence of this document is decided."))
    elif found is not None and found != current:
        session.go_to(found)


def go_to_end(session: Session, by: int) -> None:
    """Move to the last (`by` 1) or first (-1) sentence that asks for a decision."""
    reading = session.reading
    if reading is None or not reading.blocks:
        return
    block, offset = (len(reading.blocks) - 1, len(reading.text)) if by > 0 else (0, -1)
    beyond = reading.find_previous(block, offset) if by > 0 else reading.find_next(block, offset)
    while session.is_skipping_headings and beyond is not None and not beyond.kind.is_decidable:
        follow = reading.find_previous if by > 0 else reading.find_next
        beyond = follow(beyond.block, beyond.span.start)
    session.go_to(beyond)


def join(session: Session) -> None:
    """Join the selected sentences, or the current one with the next; keep all labels, fields and notes."""
    reading, current = session.reading, session.current
    if reading is None or current is None:
        return
    old = spans_of(session.selection)
    if len(old) == 1:
        following = reading.find_next(current.block, current.span.start)
        if following is None:
            session.notify(_("This is the last sentence: there is none to join it with."))
            return
        old = (current.span, following.span)
    _resegment(session, "join", old, new=(Span(old[0].start, old[-1].end),))


def split(session: Session, offset: int) -> None:
    """Split the current sentence before `offset` (code points); both halves keep labels, fields and notes."""
    reading, current = session.reading, session.current
    if reading is None or current is None:
        return
    left = trim(reading.text, Span(current.span.start, offset))
    right = trim(reading.text, Span(offset, current.span.end))
    if not current.span.start < offset < current.span.end or left.is_empty or right.is_empty:
        session.notify(_("A sentence can only be split between two of its words."))
        return
    _resegment(session, "split", (current.span,), new=(left, right))


def set_block_kind(session: Session, kind: BlockKind) -> None:
    """Set the kind of the blocks that contain the selected sentences."""
    reading = session.reading
    if reading is None:
        return
    changes: list[Change] = []
    for block in dict.fromkeys(sentence.block for sentence in session.selection):
        if reading.block_kind(block) != kind:
            start, end = reading.blocks[block]
            changes += edit.set_kind(session.state, start, mark=BlockMark(end, kind))
    session.apply("kind", changes)


def find_block_kind(session: Session) -> BlockKind | None:
    """Return the kind of the block of the current sentence, or None if there is no current sentence."""
    reading, current = session.reading, session.current
    return None if reading is None or current is None else reading.block_kind(current.block)


def finish(session: Session) -> bool:
    """Mark the undecided sentences *nothing here* and the document done; return whether it is done now."""
    if session.reading is None:
        return False
    remainder = find_remainder(session)
    session.apply("finish", edit.finish(session.state, remainder.undecided), is_asking=False)
    return session.state.status is Status.DONE


def reopen(session: Session) -> None:
    """Mark the document as not done."""
    session.apply("reopen", edit.set_status(session.state, Status.IN_PROGRESS), is_asking=False)


def undo(session: Session) -> None:
    """Undo the last step, or show a message if there is none.

    A step that merged another program's changes is undone only on the second request in a row.
    """
    last = session.history.done[-1] if session.history.done else None
    if last is not None and last.verb == _MERGE_STEP and not session.history.confirm_undo():
        session.notify(_("The last step merged another program's changes. Undo once more to remove them."))
        return
    if (
        last is not None
        and not has_just_finished(session, last)
        and holds_history(session, HeldKind.UNDO, last.inverse())
    ):
        return
    if last is not None and last.verb == _MERGE_STEP and session.undo():
        session.notify(_("Another program's work was taken out again; redo brings it back."), kind=EventKind.REPORTED)
        return
    if not session.undo():
        session.notify(_("There is nothing to undo."))


def redo(session: Session) -> None:
    """Redo the last undone step, or show a message if there is none."""
    last = session.history.undone[-1] if session.history.undone else None
    if last is not None and holds_history(session, HeldKind.REDO, last):
        return
    if not session.redo():
        session.notify(_("There is nothing to redo."))


def revert(session: Session, step: Step) -> None:
    """Undo `step`, also if other steps followed, as far as nothing has changed what it did."""
    if session.history.done and session.history.done[-1] == step:
        undo(session)
        return
    changes = find_reversal(session.state, step)
    if session.reading is not None:
        session.go_to(session.reading.find_sentence_at(step.place.start))
    if not changes:
        session.notify(_("This cannot be undone any more: the sentence was changed since."))
        return
    session.apply(step.verb, changes)


def find_reversal(state: AnnotationSet, step: Step) -> tuple[Change, ...]:
    """Return the changes that undo what still is as `step` left it, while other steps may have followed.

    A status that came with a decision stays then: it is that of all the work since.
    """
    changes = select_applicable(state, step.inverse())
    is_about_status = step.verb in {"finish", "reopen"}
    return tuple(change for change in changes if is_about_status or change.layer is not Layer.STATUS)


def describe_selection(session: Session) -> str:
    """Return the number of selected sentences in words."""
    count = len(session.selection)
    return ngettext("{count} sentence", "{count} sentences", count).format(count=format_count(count))


def _resegment(session: Session, what: str, old: tuple[Span, ...], *, new: tuple[Span, ...]) -> None:
    reading = session.reading
    if reading is None:
        return
    blocks = range(reading.block_at(old[0].start), reading.block_at(old[-1].end - 1) + 1)
    # The automatic boundaries tell which splits and joins need to be stored at all.
    automatic = [span for block in blocks for span in reading.automatic_spans(block)]
    session.apply(what, edit.resegment(session.state, old, new=new, automatic=automatic, context=session.writer()))


def _find_adjacent(session: Session, by: int, *, any_kind: bool) -> Sentence | None:
    reading = session.reading
    if reading is None or not session.selection:
        return None
    ends = sorted((session.selection[0], session.selection[-1]))
    found: Sentence | None = ends[-1] if by > 0 else ends[0]
    while found is not None:
        follow = reading.find_next if by > 0 else reading.find_previous
        found = follow(found.block, found.span.start)
        if found is not None and (any_kind or not session.is_skipping_headings or found.kind.is_decidable):
            return found
    return None


def _mark_undecided(session: Session) -> tuple[Change, ...]:
    """Return the changes that mark the undecided ones of the selected sentences *nothing here*."""
    undecided = [span for span in spans_of(session.selection) if not session.state.is_decided(span)]
    return edit.mark_nothing(session.state, undecided, context=session.writer())


def _report_nothing(session: Session) -> Callable[[Step], str]:
    describer, selected = _describer(session), len(session.selection)
    return lambda step: describer.describe_nothing(Outcome.of(step), selected=selected)


def _describer(session: Session) -> OutcomeDescriber:
    return OutcomeDescriber(session.labels, current_language())


def _number(session: Session) -> int | None:
    """Return the number of the current sentence, or None while it is not known."""
    if session.reading is None or session.current is None:
        return None
    return session.reading.number_of(session.current)
