"""Commands that decide reviewers' verdicts on the open document.

Each command is one undo step, however many verdicts it decides. A command for several verdicts leaves out those that
need a decision of their own, and counts them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.review.verdict_groups import SkipReason, VerdictGroup, group_verdicts
from annotator.app.session.events import EventKind
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.core.review.verdict_edits import accept_verdict, refuse_verdict, reopen_verdict
from annotator.core.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from annotator.app.session.session import Session
    from annotator.core.change import Change
    from annotator.core.span import Span
    from annotator.core.verdict import Verdict

REVIEW_STEP = "review"
"""The name of the undo step."""


class BatchDecision(NamedTuple):
    """Verdicts that can be accepted together: their sentences by key, and the number of those left out by reason."""

    places: Mapping[int, Span]
    skipped: Mapping[SkipReason, int]


def select_batch(matters: Iterable[VerdictGroup], wants: Callable[[Verdict], bool]) -> BatchDecision:
    """Collect the open verdicts that `wants` selects and that can be accepted together."""
    places: dict[int, Span] = {}
    left: Counter[SkipReason] = Counter()
    for group in matters:
        for one in group.verdicts:
            if not one.is_open or not wants(one.verdict):
                continue
            if one.reason is None and group.place is not None:
                places[one.key] = group.place
            else:
                left[one.reason or SkipReason.GONE] += 1
    return BatchDecision(places, left)


def is_agreement(verdict: Verdict) -> bool:
    """Return whether the reviewer agrees with the annotation."""
    return verdict.kind is VerdictKind.AGREE


def by_reviewer(reviewer: str) -> Callable[[Verdict], bool]:
    """Return a predicate that selects the verdicts of `reviewer`."""
    return lambda verdict: verdict.reviewer == reviewer


def accept(session: Session, key: int) -> bool:
    """Accept the verdict at `key`; return whether that was possible."""
    if session.reading is None:
        return False
    group = find_group(group_verdicts(session.state, session.reading), key)
    if group is None:
        return False
    if group.place is None:
        session.notify(_("Its sentence is gone from the text, so this verdict can only be refused."))
        return False
    return accept_verdicts(session, {key: group.place})


def accept_verdicts(session: Session, places: Mapping[int, Span]) -> bool:
    """Accept the verdicts at the keys of `places` in one step; return whether anything changed.

    The values of `places` are the sentences that the verdicts apply to.
    """
    state, writer = session.state, session.writer()
    changes: list[Change] = []
    for key, place in places.items():
        made = accept_verdict(state, key, place=place, writer=writer, by=session.author)
        state = state.apply(made)
        changes += made
    return session.apply(REVIEW_STEP, changes)


def refuse(session: Session, key: int) -> bool:
    """Refuse the verdict at `key`; return whether it was open."""
    return session.apply(REVIEW_STEP, refuse_verdict(session.state, key, now=session.writer().now, by=session.author))


def reopen(session: Session, key: int) -> bool:
    """Reopen the verdict at `key`; return whether it was decided."""
    done = session.apply(REVIEW_STEP, reopen_verdict(session.state, key))
    if done:
        message = _("It is open again. The labels stay as they are; undo takes a decision back with all it did.")
        session.notify(message, kind=EventKind.REPORTED)
    return done


def accept_batch(session: Session, wants: Callable[[Verdict], bool]) -> BatchDecision:
    """Accept the open verdicts that `wants` selects, in one step; return what was accepted and left out."""
    if session.reading is None:
        return BatchDecision({}, {})
    found = select_batch(group_verdicts(session.state, session.reading), wants)
    return found if accept_verdicts(session, found.places) else BatchDecision({}, found.skipped)


def find_group(matters: Iterable[VerdictGroup], key: int) -> VerdictGroup | None:
    """Return the sentence that the verdict at `key` is about, with all its verdicts, or None."""
    return next((one for one in matters if any(said.key == key for said in one.verdicts)), None)


def describe_batch(count: int, left: Mapping[SkipReason, int]) -> str:
    """Describe how many verdicts were accepted, and how many were left out and why."""
    message = ngettext("{count} verdict was taken.", "{count} verdicts were taken.", count).format(
        count=format_count(count)
    )
    if not count:
        message = _("No verdict was taken.")
    reasons = [_REASONS[why](number) for why, number in left.items() if number]
    return (
        message
        if not reasons
        else f"{message} {_('Left for you to decide: {reasons}.').format(reasons='; '.join(reasons))}"
    )


def _disputed_text(count: int) -> str:
    template = ngettext("{count} on which reviewers differ", "{count} on which reviewers differ", count)
    return template.format(count=count)


def _changed_text(count: int) -> str:
    template = ngettext(
        "{count} whose sentence or labels changed since", "{count} whose sentences or labels changed since", count
    )
    return template.format(count=count)


def _unnamed_text(count: int) -> str:
    template = ngettext("{count} that names no label", "{count} that name no label", count)
    return template.format(count=count)


def _gone_text(count: int) -> str:
    template = ngettext("{count} whose sentence is gone", "{count} whose sentences are gone", count)
    return template.format(count=count)


_REASONS: dict[SkipReason, Callable[[int], str]] = {
    SkipReason.DISPUTED: _disputed_text,
    SkipReason.CHANGED: _changed_text,
    SkipReason.UNNAMED: _unnamed_text,
    SkipReason.GONE: _gone_text,
}
