"""Accept what reviewers agree with in all documents, after a look at what that is."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.descriptions.verdicts import reviewer_name
from annotator.app.preferences.identity import local_time, new_id
from annotator.app.review.closed_documents import AcceptResult, accept_in_closed_document, find_agreed, find_agreed_in
from annotator.app.review.decide import accept_verdicts, describe_batch
from annotator.core.i18n import _, ngettext, pgettext
from annotator.gui.dialogs.preview_dialog import ask_rows
from annotator.gui.dialogs.progress import run_each

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from annotator.app.review.closed_documents import AgreedSentence, AgreedVerdicts
    from annotator.app.review.verdict_groups import SkipReason
    from annotator.gui.mainwindow.context import Context

_LONGEST = 200  # characters of a sentence that are shown


class _Candidate(NamedTuple):
    path: Path
    agreed: AgreedSentence


def take_agreed_everywhere(context: Context) -> None:
    """Show what is agreed in all documents, and accept what the user leaves chosen."""
    session = context.session
    workspace = session.workspace
    if workspace is None:
        return
    context.commit_edits()
    walked = run_each(
        context.window,
        [path for path in workspace.documents if path != session.path],
        each=partial(find_agreed, workspace=workspace, annotator=session.author),
        worker=context.worker,
        title=_("Looking through the verdicts on all documents…"),
    )
    if not walked.is_complete:
        return
    found = [*_here(context), *walked.results]
    order = {path: at for at, path in enumerate(workspace.documents)}
    found.sort(key=lambda one: order.get(one.path, 0))
    trouble = [f"{workspace.display_path(one.path)}: {one.trouble}" for one in found if one.trouble]
    if trouble:
        context.strips.warn("\n".join((_("These documents could not be looked through:"), *trouble)))
    left: Counter[SkipReason] = Counter()
    for one in found:
        left.update(one.skipped)
    candidates = [_Candidate(one.path, agreed) for one in found for agreed in one.agreed]
    if not candidates:
        session.notify(describe_batch(0, left))
        return
    chosen = ask_rows(
        context.window,
        _("Take what reviewers agree with"),
        rows=[_row(context, one) for one in candidates],
        consent=pgettext("a review comment", "Apply"),
        hint=_(
            "Documents that are not open are changed at once. To take that back, open the document and undo it there."
        ),
    )
    if chosen:
        _take(context, [candidates[number] for number in chosen], left=left)


def _here(context: Context) -> list[AgreedVerdicts]:
    session = context.session
    if session.reading is None or session.path is None or session.read_only:
        return []
    return [find_agreed_in(session.path, session.state, session.reading)]


def _take(context: Context, chosen: Sequence[_Candidate], *, left: Mapping[SkipReason, int]) -> None:
    session = context.session
    workspace = session.workspace
    if workspace is None:
        return
    keys: dict[Path, set[int]] = {}
    for one in chosen:
        keys.setdefault(one.path, set()).update(one.agreed.keys)
    count = 0
    here = {
        key: one.agreed.group.place
        for one in chosen
        if one.path == session.path and one.agreed.group.place is not None
        for key in one.agreed.keys
    }
    if here and accept_verdicts(session, here):
        count += len(here)

    def take(path: Path) -> AcceptResult:
        return accept_in_closed_document(
            path, keys[path], workspace=workspace, annotator=session.author, now=local_time, new_id=new_id
        )

    others = [path for path in keys if path != session.path]
    title = _("Taking what reviewers agree with in the other documents…")
    message = run_each(context.window, others, each=take, worker=context.worker, title=title).results
    count += sum(done.verdicts for done in message)
    trouble = [f"{workspace.display_path(done.path)}: {done.trouble}" for done in message if done.trouble]
    if trouble:
        context.strips.warn("\n".join((_("Not everything could be written:"), *trouble)))
    for done in message:
        if done.verdicts:
            session.trail.add_elsewhere(done.path)
        context.refresh_progress(done.path)
    changed = sum(done.verdicts > 0 for done in message)
    also = ngettext("{count} other document was changed.", "{count} other documents were changed.", changed)
    if count or session.guard.held is None:  # else a question is asked first
        context.toasts.show(
            " ".join((describe_batch(count, left), *((also.format(count=changed),) if changed else ())))
        )


def _row(context: Context, candidate: _Candidate) -> str:
    workspace, labels, group = context.session.workspace, context.session.labels, candidate.agreed.group
    said = [one.verdict for one in group.verdicts if one.key in candidate.agreed.keys]
    text = " ".join(group.text.split())
    row = _("{document}, sentence {number}: {who} – {labels}: {text}")
    return row.format(
        document=workspace.display_path(candidate.path) if workspace is not None else "",
        number=candidate.agreed.number,
        who=", ".join(dict.fromkeys(reviewer_name(one) for one in said)),
        labels=", ".join(labels.get(key).name(context.language) for key in group.labels) or _("no label yet"),
        text=text if len(text) <= _LONGEST else text[:_LONGEST] + "…",
    )
