"""How verdicts come in: as open ones, a step for each document. It must not know how they were matched.

Those on the open document are a step of the session; those on another one go into its journal and its sidecar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.elsewhere import Place, work_elsewhere
from annotator.core.change import Step
from annotator.core.i18n import _
from annotator.core.review.verdict_edits import log_verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.decisions import Decisions
    from annotator.app.keeper import Keeper
    from annotator.app.reviewin import Batch
    from annotator.app.session import Session
    from annotator.core.annotation_set import AnnotationSet

WHAT = "review in"
"""What the step is called."""


class Logged(NamedTuple):
    """How many verdicts came in at a place, how many were there already, and the sentence why none came, or nothing."""

    place: Place
    added: int = 0
    repeated: int = 0
    trouble: str = ""


def log_batches(batches: Sequence[Batch], session: Session) -> list[Logged]:
    """Let the verdicts come in, those on the open document as a step of the session; each document is one step."""
    return [
        log_here(batch, session)
        if is_here(batch, session)
        else log_elsewhere(batch, who=session.who, now=session.writer().now)
        for batch in batches
    ]


def is_here(batch: Batch, session: Session) -> bool:
    """Whether the verdicts are about what the session works on."""
    if session.document is None or session.workspace is None or session.path != batch.place.source:
        return False
    return session.workspace.owner(session.who) == batch.place.owned.annotator


def log_here(batch: Batch, session: Session) -> Logged:
    """Let verdicts on the open document come in."""
    changes = log_verdicts(session.state, batch.verdicts)
    if changes and not session.do(WHAT, changes):
        return Logged(batch.place, trouble=session.read_only or _("This document can only be read."))
    return Logged(batch.place, len(changes), len(batch.verdicts) - len(changes))


def log_elsewhere(batch: Batch, *, who: str, now: str) -> Logged:
    """Let verdicts on a document that is not open come in, at ``now`` (ISO 8601); in any thread."""
    counted = 0

    def act(decisions: Decisions, keeper: Keeper) -> AnnotationSet | str:
        nonlocal counted
        changes = log_verdicts(decisions.state, batch.verdicts)
        counted = len(changes)
        if not changes:
            return decisions.state
        step = Step(WHAT, changes, batch.verdicts[0].span, when=now, who=who)
        return keeper.done(step) or decisions.state.applied(changes)

    trouble = work_elsewhere(batch.place, act, now=now)
    if trouble:
        return Logged(batch.place, trouble=trouble)
    return Logged(batch.place, counted, len(batch.verdicts) - counted)
