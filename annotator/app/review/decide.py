"""Commands that decide reviewers' verdicts on the open document.

Each command is one undo step, however many verdicts it decides. A command for several verdicts leaves out those that
need a decision of their own, and counts them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.review.verdict_groups import Matter, Why, matters_of
from annotator.core.i18n import _, plural
from annotator.core.review.verdict_edits import refuse_verdict, reopen_verdict, take_verdict
from annotator.core.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from annotator.app.session.session import Session
    from annotator.core.change import Change
    from annotator.core.span import Span
    from annotator.core.verdict import Verdict

WHAT = "review"
"""The name of the undo step."""


class Sweep(NamedTuple):
    """Verdicts that can be accepted together: their sentences by key, and the number of those left out by reason."""

    places: Mapping[int, Span]
    left: Mapping[Why, int]


def sweep(matters: Iterable[Matter], wants: Callable[[Verdict], bool]) -> Sweep:
    """Collect the open verdicts that `wants` selects and that can be accepted together."""
    places: dict[int, Span] = {}
    left: Counter[Why] = Counter()
    for matter in matters:
        for one in matter.said:
            if not one.is_open or not wants(one.verdict):
                continue
            if one.why is None and matter.place is not None:
                places[one.key] = matter.place
            else:
                left[one.why or Why.GONE] += 1
    return Sweep(places, left)


def is_agreed(verdict: Verdict) -> bool:
    """Return whether the reviewer agrees with the annotation."""
    return verdict.kind is VerdictKind.AGREE


def is_by(reviewer: str) -> Callable[[Verdict], bool]:
    """Return a predicate that selects the verdicts of `reviewer`."""
    return lambda verdict: verdict.reviewer == reviewer


def take(session: Session, key: int) -> bool:
    """Accept the verdict at `key`; return whether that was possible."""
    if session.reading is None:
        return False
    matter = find_matter(matters_of(session.state, session.reading), key)
    if matter is None:
        return False
    if matter.place is None:
        session.tell(_("Its sentence is gone from the text, so this verdict can only be refused."))
        return False
    return take_all(session, {key: matter.place})


def take_all(session: Session, places: Mapping[int, Span]) -> bool:
    """Accept the verdicts at the keys of `places` in one step; return whether anything changed.

    The values of `places` are the sentences that the verdicts apply to.
    """
    state, writer = session.state, session.writer()
    changes: list[Change] = []
    for key, place in places.items():
        made = take_verdict(state, key, place=place, writer=writer, by=session.who)
        state = state.applied(made)
        changes += made
    return session.do(WHAT, changes)


def refuse(session: Session, key: int) -> bool:
    """Refuse the verdict at `key`; return whether it was open."""
    return session.do(WHAT, refuse_verdict(session.state, key, now=session.writer().now, by=session.who))


def reopen(session: Session, key: int) -> bool:
    """Reopen the verdict at `key`; return whether it was decided."""
    done = session.do(WHAT, reopen_verdict(session.state, key))
    if done:
        session.tell(_("It is open again. The labels stay as they are; undo takes a decision back with all it did."))
    return done


def take_swept(session: Session, wants: Callable[[Verdict], bool]) -> Sweep:
    """Accept the open verdicts that `wants` selects, in one step; return what was accepted and left out."""
    if session.reading is None:
        return Sweep({}, {})
    found = sweep(matters_of(session.state, session.reading), wants)
    return found if take_all(session, found.places) else Sweep({}, found.left)


def find_matter(matters: Iterable[Matter], key: int) -> Matter | None:
    """Return the sentence that the verdict at `key` is about, with all its verdicts, or None."""
    return next((one for one in matters if any(said.key == key for said in one.said)), None)


def tell_swept(count: int, left: Mapping[Why, int]) -> str:
    """Describe how many verdicts were accepted, and how many were left out and why."""
    told = plural("{count} verdict was taken.", "{count} verdicts were taken.", count).format(count=count)
    if not count:
        told = _("No verdict was taken.")
    reasons = [_REASONS[why](number) for why, number in left.items() if number]
    return (
        told if not reasons else f"{told} {_('Left for you to decide: {reasons}.').format(reasons='; '.join(reasons))}"
    )


def _disputed(count: int) -> str:
    told = plural("{count} on which reviewers differ", "{count} on which reviewers differ", count)
    return told.format(count=count)


def _changed(count: int) -> str:
    told = plural(
        "{count} whose sentence or labels changed since", "{count} whose sentences or labels changed since", count
    )
    return told.format(count=count)


def _unnamed(count: int) -> str:
    told = plural("{count} that names no label", "{count} that name no label", count)
    return told.format(count=count)


def _gone(count: int) -> str:
    told = plural("{count} whose sentence is gone", "{count} whose sentences are gone", count)
    return told.format(count=count)


_REASONS: dict[Why, Callable[[int], str]] = {
    Why.DISPUTED: _disputed,
    Why.CHANGED: _changed,
    Why.UNNAMED: _unnamed,
    Why.GONE: _gone,
}
