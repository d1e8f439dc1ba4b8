"""The verb `review report`: what reviewers changed, printed or written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.app.preferences.identity import local_time
from annotator.app.preferences.translation import system_language
from annotator.app.review.packets import folder_name
from annotator.app.review.report import VerdictClass, count_classes, iter_reviewed, tally_documents
from annotator.app.review.report_file import (
    WRITERS,
    Report,
    describe_changes,
    format_share,
    list_label_tallies,
)
from annotator.cli.arguments import STANDARD_OUTPUT
from annotator.cli.output import (
    EXIT_DONE,
    EXIT_FAULTS,
    EXIT_WRONG_CALL,
    STANDARD_TARGET,
    Progress,
    encode_json,
    escape_controls,
    find_target_or_report,
    find_workspace_or_report,
    print_message,
    save_or_report,
)
from annotator.core.i18n import _
from annotator.core.verdict import Outcome
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    import argparse

    from annotator.app.review.report import ReviewedDocument
    from annotator.core.review.tally import Tally


def report(options: argparse.Namespace) -> int:
    """Print what reviewers changed, or write it to a file."""
    workspace = find_workspace_or_report(options.path)
    if workspace is None or not workspace.documents:
        return EXIT_FAULTS
    target = find_target_or_report(options.out or STANDARD_OUTPUT, workspace, replaces=options.force)
    if target is None:
        return EXIT_WRONG_CALL
    kind = options.format
    if options.out is not None and not kind:
        kind = options.out.suffix.removeprefix(".")
        if options.json or kind not in WRITERS:
            print_message(_("-o needs --format html or --format csv."))
            return EXIT_WRONG_CALL
    troubles: list[str] = []
    pace = Progress(len(workspace.documents))
    found = list(iter_reviewed(workspace, on_trouble=troubles.append, on_document=pace.step))
    pace.end()
    for trouble in troubles:
        print_message(trouble)
    about = Report(folder_name(workspace), local_time()[:10], workspace.labels, system_language())
    is_done = True
    if kind:
        is_complete = workspace.is_complete and not troubles
        write = WRITERS[kind](found, about)
        is_done = save_or_report(target, write, replaces=options.force, is_complete=lambda: is_complete)
        if is_done and target is not STANDARD_TARGET:
            print(format_path(options.out))
    elif options.json:
        documents = [{"file": one.file, "annotator": one.annotator, **_tally_to_json(one.tally)} for one in found]
        print(encode_json({"all": _tally_to_json(tally_documents(found)), "documents": documents}))
    else:
        _print(found, about)
    return EXIT_FAULTS if troubles or workspace.warnings or not is_done else EXIT_DONE


def _tally_to_json(tally: Tally) -> dict[str, Any]:
    return {
        "verdicts": tally.total,
        "open": tally.outcomes[Outcome.OPEN],
        "taken": tally.outcomes[Outcome.TAKEN],
        "refused": tally.outcomes[Outcome.REFUSED],
        **{
            "remarks" if sort is VerdictClass.REMARK else sort.value: count
            for sort, count in count_classes(tally).items()
        },
        "labels": {
            key: {
                "judged": one.reviewed,
                "agreed": one.agreed,
                "share": one.agreement,
                "dropped": one.dropped,
                "added": one.added,
                "changed": dict(one.changed),
            }
            for key, one in sorted(tally.labels.items())
        },
    }


def _print(found: list[ReviewedDocument], about: Report) -> None:
    if not found:
        print(_("No reviewer has said anything about this folder yet."))
        return
    for title, tally in [*((one.title, one.tally) for one in found), (_("All documents"), tally_documents(found))]:
        counts = count_classes(tally)
        line = _(
            "{title}: {agreed} agreed, {changed} changed, {dropped} dropped, {added} added, {remarks} asked for by "
            "hand; {open} still open"
        )
        numbers = {
            sort.value: counts[sort]
            for sort in (VerdictClass.AGREED, VerdictClass.CHANGED, VerdictClass.DROPPED, VerdictClass.ADDED)
        }
        message = line.format(
            title=escape_controls(title),
            remarks=counts[VerdictClass.REMARK],
            open=tally.outcomes[Outcome.OPEN],
            **numbers,
        )
        print(message)
    for key, label in list_label_tallies(tally_documents(found), about):
        message = _("{share} agreed ({count} of {all})").format(
            share=format_share(label), count=label.agreed, all=label.reviewed
        )
        print(f"  {about.names([key])}: {'; '.join(filter(None, (message, describe_changes(label, about))))}")
