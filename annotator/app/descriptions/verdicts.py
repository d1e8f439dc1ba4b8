"""Descriptions of reviewers' verdicts: what they want, their outcomes, and the steps that decided them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.formatting import describe_time, format_count, show_hidden
from annotator.core.i18n import _, ngettext
from annotator.core.verdict import Outcome, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.core.change import Change

    Names = Callable[[Iterable[str]], str]

_MOST_NAMED = 3  # reviewers that are named before the rest is counted


def reviewer_name(verdict: Verdict) -> str:
    """Return the reviewer's name, or words for an anonymous one."""
    return show_hidden(verdict.reviewer) or _("A reviewer")


def describe_request(verdict: Verdict, names: Names) -> str:
    """Describe who wants what; `names` formats the keys of labels."""
    who, labels = reviewer_name(verdict), names(verdict.labels)
    match verdict.kind:
        case VerdictKind.AGREE:
            template = _("{who} agrees and adds {labels}") if labels else _("{who} agrees")
        case VerdictKind.DROP:
            template = _("{who} proposes no label")
        case VerdictKind.ADD:
            template = _("{who} wants {labels} added") if labels else _("{who} wants a label added")
        case VerdictKind.CHANGE:
            template = _("{who} proposes {labels}") if labels else _("{who} wants it changed")
    return template.format(who=who, labels=labels)


def describe_outcome(verdict: Verdict, *, now: str) -> str:
    """Describe the outcome, by whom and when, as seen from `now` (ISO 8601)."""
    if verdict.outcome is Outcome.OPEN:
        return _("open")
    is_taken = verdict.outcome is Outcome.TAKEN
    message = _("applied") if is_taken else _("declined")
    if verdict.decided_by:
        message = (_("applied by {who}") if is_taken else _("declined by {who}")).format(
            who=show_hidden(verdict.decided_by)
        )
    return f"{message}, {describe_time(verdict.decided_at, now=now)}" if verdict.decided_at else message


def describe_import(names: Names, changes: Sequence[Change]) -> str:
    """Describe a step that imported verdicts."""
    del names
    said = [change.after for change in changes if isinstance(change.after, Verdict)]
    return _("Verdicts by {reviewers} came in: {count}").format(
        reviewers=_list_reviewers(said), count=format_count(len(said))
    )


def describe_decision(names: Names, changes: Sequence[Change]) -> str:
    """Describe a step that decided or reopened verdicts."""
    said = [change.after for change in changes if isinstance(change.after, Verdict)]
    if not said:
        return _("Verdict decided")
    thing = _describe_verdict(said[0], names)
    if len(said) > 1:
        thing = ngettext("{count} verdict by {reviewers}", "{count} verdicts by {reviewers}", len(said))
        thing = thing.format(count=len(said), reviewers=_list_reviewers(said))
    match said[0].outcome:
        case Outcome.TAKEN:
            template = _("Applied {thing}")
        case Outcome.REFUSED:
            template = _("Declined {thing}")
        case Outcome.OPEN:
            template = _("Opened again: {thing}")
    return template.format(thing=thing)


def _describe_verdict(verdict: Verdict, names: Names) -> str:
    """Describe a verdict as a noun phrase."""
    labels = names(verdict.labels)
    match verdict.kind:
        case VerdictKind.AGREE:
            template = _("{who}'s agreement")
        case VerdictKind.DROP:
            template = _("{who}'s proposal to remove the label")
        case VerdictKind.ADD:
            template = _("{who}'s addition of {labels}") if labels else _("{who}'s remark")
        case VerdictKind.CHANGE:
            template = _("{who}'s change to {labels}") if labels else _("{who}'s remark")
    return template.format(who=show_hidden(verdict.reviewer) or _("a reviewer"), labels=labels)


def _list_reviewers(said: Iterable[Verdict]) -> str:
    """List the names of reviewers; beyond the first ones, give their number."""
    found = list(dict.fromkeys(reviewer_name(one) for one in said))
    if len(found) <= _MOST_NAMED:
        return ", ".join(found)
    named = ", ".join(found[: _MOST_NAMED - 1])
    more = len(found) - _MOST_NAMED + 1
    return ngettext("{names} and {count} other", "{names} and {count} others", more).format(
        names=named, count=format_count(more)
    )
