"""Takes what reviewers agree with in all documents, once it was seen what that is. It must not know how it is done."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.descriptions.verdicts import who_said
from annotator.app.preferences.identity import new_id, now
from annotator.app.review.closed_documents import Done, agreed_in, find_agreed, take_elsewhere
from annotator.app.review.decide import take_all, tell_swept
from annotator.core.i18n import _, plural
from annotator.gui.widgets.preview_dialog import ask_which
from annotator.gui.widgets.progress import walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from annotator.app.review.closed_documents import Agreed, Found
    from annotator.app.review.verdict_groups import Why
    from annotator.gui.mainwindow.context import Context

_LONGEST = 200  # characters of a sentence that are shown


class _Candidate(NamedTuple):
    path: Path
    agreed: Agreed


def take_agreed_everywhere(context: Context) -> None:
    """Show what is agreed in all documents, and take what the person leaves chosen."""
    session = context.session
    workspace = session.workspace
    if workspace is None:
        return
    context.commit_edits()
    walked = walk(
        context.window,
        [path for path in workspace.documents if path != session.path],
        each=partial(find_agreed, workspace=workspace, who=session.who),
        worker=context.worker,
        title=_("Looking through the verdicts on all documents"),
    )
    if not walked.is_whole:
        return
    found = [*_here(context), *walked.results]
    order = {path: at for at, path in enumerate(workspace.documents)}
    found.sort(key=lambda one: order.get(one.path, 0))
    trouble = [f"{workspace.shown(one.path)}: {one.trouble}" for one in found if one.trouble]
    if trouble:
        session.warn("\n".join((_("These documents could not be looked through:"), *trouble)))
    left: Counter[Why] = Counter()
    for one in found:
        left.update(one.left)
    candidates = [_Candidate(one.path, agreed) for one in found for agreed in one.agreed]
    if not candidates:
        session.tell(tell_swept(0, left))
        return
    chosen = ask_which(
        context.window,
        _("Take what reviewers agree with"),
        rows=[_row(context, one) for one in candidates],
        consent=_("Take"),
        hint=_(
            "Documents that are not open are changed at once. To take that back, open the document and undo it there."
        ),
    )
    if chosen:
        _take(context, [candidates[number] for number in chosen], left=left)


def _here(context: Context) -> list[Found]:
    session = context.session
    if session.reading is None or session.path is None or session.read_only:
        return []
    return [agreed_in(session.path, session.state, session.reading)]


def _take(context: Context, chosen: Sequence[_Candidate], *, left: Mapping[Why, int]) -> None:
    session = context.session
    workspace = session.workspace
    if workspace is None:
        return
    keys: dict[Path, set[int]] = {}
    for one in chosen:
        keys.setdefault(one.path, set()).update(one.agreed.keys)
    count = 0
    here = {
        key: one.agreed.matter.place
        for one in chosen
        if one.path == session.path and one.agreed.matter.place is not None
        for key in one.agreed.keys
    }
    if here and take_all(session, here):
        count += len(here)

    def take(path: Path) -> Done:
        return take_elsewhere(path, keys[path], workspace=workspace, who=session.who, now=now, new_id=new_id)

    others = [path for path in keys if path != session.path]
    title = _("Taking what reviewers agree with in the other documents")
    told = walk(context.window, others, each=take, worker=context.worker, title=title).results
    count += sum(done.verdicts for done in told)
    trouble = [f"{workspace.shown(done.path)}: {done.trouble}" for done in told if done.trouble]
    if trouble:
        session.warn("\n".join((_("Not everything could be written:"), *trouble)))
    for done in told:
        row = workspace.index(done.path)
        if row is not None:
            context.refresh_overview(row)
    changed = sum(done.verdicts > 0 for done in told)
    also = plural("{count} other document was changed.", "{count} other documents were changed.", changed)
    session.tell(" ".join((tell_swept(count, left), *((also.format(count=changed),) if changed else ()))))


def _row(context: Context, candidate: _Candidate) -> str:
    workspace, labels, matter = context.session.workspace, context.session.labels, candidate.agreed.matter
    said = [one.verdict for one in matter.said if one.key in candidate.agreed.keys]
    text = " ".join(matter.text.split())
    row = _("{document}, sentence {number}: {who} – {labels}: {text}")
    return row.format(
        document=workspace.shown(candidate.path) if workspace is not None else "",
        number=candidate.agreed.number,
        who=", ".join(dict.fromkeys(who_said(one) for one in said)),
        labels=", ".join(labels.get(key).name(context.language) for key in matter.labels) or _("no label"),
        text=text if len(text) <= _LONGEST else text[:_LONGEST] + "…",
    )
