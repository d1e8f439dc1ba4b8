"""The verb `review report`: what reviewers changed, printed or written to a file."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from annotator.app.preferences.identity import now
from annotator.app.preferences.translation import system_language
from annotator.app.review.files import find_refusal
from annotator.app.review.packets import folder_name
from annotator.app.review.report import Sort, reviewed_in, sort_counts, tally_of
from annotator.app.review.report_file import WRITERS, Report, save_report, shares, tell_rest, tell_share
from annotator.cli.output import DONE, FAULTS, WRONG_CALL, Pace, fail, find_folder, printable, tell
from annotator.core.i18n import _
from annotator.core.verdict import Outcome
from annotator.storage.atomic import SaveError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from annotator.app.review.report import Reviewed
    from annotator.core.review.tally import Tally


def report(options: argparse.Namespace) -> int:
    """Print what reviewers changed, or write it to a file."""
    kind = options.format
    if options.out is not None and not kind:
        kind = options.out.suffix.removeprefix(".")
        if options.json or kind not in WRITERS:
            tell(_("With -o, say --format html or --format csv."))
            return WRONG_CALL
    workspace = find_folder(options.path)
    if workspace is None or not workspace.documents:
        return FAULTS
    troubles: list[str] = []
    pace = Pace(len(workspace.documents))
    found = list(reviewed_in(workspace, on_trouble=troubles.append, on_document=pace.step))
    pace.end()
    for trouble in troubles:
        tell(trouble)
    about = Report(folder_name(workspace), now()[:10], workspace.labels, system_language())
    is_done = True
    if kind:
        is_done = _write(options.out, kind, found, about)
    elif options.json:
        documents = [{"file": one.file, "annotator": one.annotator, **_tally_json(one.tally)} for one in found]
        print(json.dumps({"all": _tally_json(tally_of(found)), "documents": documents}, ensure_ascii=False))
    else:
        _print(found, about)
    return FAULTS if troubles or workspace.warnings or not is_done else DONE


def _write(path: Path | None, kind: str, found: list[Reviewed], about: Report) -> bool:
    """Write the report to `path` or to standard output; return whether it succeeded."""
    if path is None:
        WRITERS[kind](found, about)(sys.stdout.buffer)
        return True
    refusal = find_refusal(path)
    try:
        if not refusal:
            save_report(path, kind, found, about)
    except SaveError as error:
        refusal = str(error)
    if refusal:
        fail(refusal)
        return False
    print(shown(path))
    return True


def _tally_json(tally: Tally) -> dict[str, Any]:
    return {
        "verdicts": tally.total,
        "open": tally.outcomes[Outcome.OPEN],
        "taken": tally.outcomes[Outcome.TAKEN],
        "refused": tally.outcomes[Outcome.REFUSED],
        **{"remarks" if sort is Sort.REMARK else sort.value: count for sort, count in sort_counts(tally).items()},
        "labels": {
            key: {
                "judged": one.judged,
                "agreed": one.agreed,
                "share": one.share,
                "dropped": one.dropped,
                "added": one.added,
                "changed": dict(one.changed),
            }
            for key, one in sorted(tally.labels.items())
        },
    }


def _print(found: list[Reviewed], about: Report) -> None:
    if not found:
        print(_("No reviewer has said anything about this folder yet."))
        return
    for title, tally in [*((one.title, one.tally) for one in found), (_("All documents"), tally_of(found))]:
        counts = sort_counts(tally)
        line = _(
            "{title}: {agreed} agreed, {changed} changed, {dropped} dropped, {added} added, {remarks} asked for by "
            "hand; {open} still open"
        )
        numbers = {sort.value: counts[sort] for sort in (Sort.AGREED, Sort.CHANGED, Sort.DROPPED, Sort.ADDED)}
        told = line.format(
            title=printable(title), remarks=counts[Sort.REMARK], open=tally.outcomes[Outcome.OPEN], **numbers
        )
        print(told)
    for key, label in shares(tally_of(found), about):
        told = _("{share} agreed ({count} of {all})").format(
            share=tell_share(label), count=label.agreed, all=label.judged
        )
        print(f"  {about.names([key])}: {'; '.join(filter(None, (told, tell_rest(label, about))))}")
