"""Descriptions of reviewers' verdicts: what they want, their outcomes, and the steps that decided them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.descriptions.dates import tell_when
from annotator.core.i18n import _, plural
from annotator.core.verdict import Outcome, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.core.change import Change

    Names = Callable[[Iterable[str]], str]

_MOST = 3  # reviewers that are named before the rest is counted


def who_said(verdict: Verdict) -> str:
    """Return the reviewer's name, or words for an anonymous one."""
    return verdict.reviewer or _("A reviewer")


def tell_wish(verdict: Verdict, names: Names) -> str:
    """Describe who wants what; `names` formats the keys of labels."""
    who, labels = who_said(verdict), names(verdict.labels)
    match verdict.kind:
        case VerdictKind.AGREE:
            told = _("{who} agrees and adds {labels}") if labels else _("{who} agrees")
        case VerdictKind.DROP:
            told = _("{who} wants no label")
        case VerdictKind.ADD:
            told = _("{who} wants {labels} added") if labels else _("{who} wants a label added")
        case VerdictKind.CHANGE:
            told = _("{who} wants {labels}") if labels else _("{who} wants it changed")
    return told.format(who=who, labels=labels)


def tell_outcome(verdict: Verdict, *, now: str) -> str:
    """Describe the outcome, by whom and when, as seen from `now` (ISO 8601)."""
    if verdict.outcome is Outcome.OPEN:
        return _("open")
    is_taken = verdict.outcome is Outcome.TAKEN
    told = _("taken") if is_taken else _("refused")
    if verdict.by:
        told = (_("taken by {who}") if is_taken else _("refused by {who}")).format(who=verdict.by)
    return f"{told}, {tell_when(verdict.decided, now=now)}" if verdict.decided else told


def tell_taken_in(names: Names, changes: Sequence[Change]) -> str:
    """Describe a step that imported verdicts."""
    del names
    said = [change.after for change in changes if isinstance(change.after, Verdict)]
    return _("Verdicts by {reviewers} came in: {count}").format(reviewers=_reviewers(said), count=len(said))


def tell_decided(names: Names, changes: Sequence[Change]) -> str:
    """Describe a step that decided or reopened verdicts."""
    said = [change.after for change in changes if isinstance(change.after, Verdict)]
    if not said:
        return _("Verdict decided")
    thing = _thing(said[0], names)
    if len(said) > 1:
        thing = plural("{count} verdict by {reviewers}", "{count} verdicts by {reviewers}", len(said))
        thing = thing.format(count=len(said), reviewers=_reviewers(said))
    match said[0].outcome:
        case Outcome.TAKEN:
            told = _("Took {thing}")
        case Outcome.REFUSED:
            told = _("Refused {thing}")
        case Outcome.OPEN:
            told = _("Opened again: {thing}")
    return told.format(thing=thing)


def _thing(verdict: Verdict, names: Names) -> str:
    """Describe a verdict as a noun phrase."""
    labels = names(verdict.labels)
    match verdict.kind:
        case VerdictKind.AGREE:
            told = _("{who}'s agreement")
        case VerdictKind.DROP:
            told = _("{who}'s wish for no label")
        case VerdictKind.ADD:
            told = _("{who}'s addition of {labels}") if labels else _("{who}'s remark")
        case VerdictKind.CHANGE:
            told = _("{who}'s change to {labels}") if labels else _("{who}'s remark")
    return told.format(who=verdict.reviewer or _("a reviewer"), labels=labels)


def _reviewers(said: Iterable[Verdict]) -> str:
    """List the names of reviewers; beyond the first ones, give their number."""
    found = list(dict.fromkeys(who_said(one) for one in said))
    if len(found) <= _MOST:
        return ", ".join(found)
    named = ", ".join(found[: _MOST - 1])
    more = len(found) - _MOST + 1
    return plural("{names} and {count} other", "{names} and {count} others", more).format(names=named, count=more)
