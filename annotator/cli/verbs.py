"""The other verbs: each takes its parsed options and returns the exit status.

Answers go to standard output; faults, and progress on a terminal, to standard error.
"""

from __future__ import annotations

import io
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from annotator.app.diagnostics.doctor import examine
from annotator.app.documents.progress import iter_progress
from annotator.app.export import iter_records, write_records
from annotator.app.session.segmented_text import automatic_sentences
from annotator.app.sidecar_check import check_path
from annotator.app.workspace.strays import find_strays, stray_notice
from annotator.app.workspace.workspace import load_document_workspace
from annotator.cli.arguments import STANDARD_OUTPUT
from annotator.cli.article_source import STANDARD_INPUT, find_other_kind, read_sentences_source
from annotator.cli.output import (
    EXIT_DONE,
    EXIT_FAULTS,
    EXIT_WRONG_CALL,
    STANDARD_TARGET,
    escape_controls,
    find_target_or_report,
    find_workspace_or_report,
    name_place,
    print_failure,
    print_json_list,
    print_message,
    save_or_report,
    with_progress,
)
from annotator.core.annotation import Status
from annotator.core.formatting import format_percent, show_hidden
from annotator.core.i18n import _
from annotator.formats import find_format
from annotator.storage.documents.folder import FolderError
from annotator.storage.documents.reader import DocumentError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from annotator.app.documents.progress import DocumentProgress
    from annotator.app.sidecar_check import CheckResult
    from annotator.app.workspace.sidecar_index import StraySidecar
    from annotator.app.workspace.workspace import Workspace
    from annotator.core.annotation import Annotation

_MAX_NAME_WIDTH = 60  # characters of the column of names
_STATES = {Status.NEW: "new", Status.IN_PROGRESS: "in_progress", Status.DONE: "done"}  # in the JSON of `status`
_STATUS_NAMES = {
    Status.NEW: lambda: _("new"),
    Status.IN_PROGRESS: lambda: _("in progress"),
    Status.DONE: lambda: _("done"),
}


def sentences(options: argparse.Namespace) -> int:
    """Print the sentences of a document: start, end, kind, text."""
    if str(options.path) != STANDARD_INPUT:
        other = find_other_kind(options.path)
        if other:
            return print_failure(other)
    try:
        document = read_sentences_source(options.path)
    except DocumentError as error:
        return print_failure(str(error))
    if document.warning:
        print_message(document.warning)
    found = (
        {"start": one.span.start, "end": one.span.end, "kind": one.kind.value, "text": document.text[slice(*one.span)]}
        for one in automatic_sentences(document.text, load_document_workspace(options.path).language)
    )
    if options.json:
        print_json_list(found)
        return EXIT_DONE
    for one in found:
        print(one["start"], one["end"], one["kind"], escape_controls(str(one["text"])), sep="\t")
    return EXIT_DONE


def check(options: argparse.Namespace) -> int:
    """Print whether annotation files are sound and fit their documents."""
    troubles: list[str] = []
    unsettled = 0

    def iter_found() -> Iterator[CheckResult]:
        nonlocal unsettled
        for path in options.paths:
            is_bare = True
            try:
                for one in check_path(path, is_fixing=options.fix):
                    is_bare = False
                    unsettled += not one.is_settled
                    yield one
            except FolderError as error:
                troubles.append(str(error))
                print_message(str(error))
                continue
            if is_bare:
                print_message(
                    _("There is nothing to check at {path}: no annotation file is there.").format(path=name_place(path))
                )

    if options.json:
        print_json_list((_checked_to_json(one) for one in iter_found()), key="files")
    else:
        for one in iter_found():
            _print_checked(one)
    return EXIT_FAULTS if troubles or unsettled else EXIT_DONE


def status(options: argparse.Namespace) -> int:
    """Print the progress of each document."""
    workspace = find_workspace_or_report(options.path)
    if workspace is None:
        return EXIT_FAULTS
    strays = find_strays(workspace)
    troubles = [stray_notice(stray) for stray in strays]
    for trouble in troubles:
        print_message(trouble)

    def found() -> Iterator[DocumentProgress]:
        for one in with_progress(iter_progress(workspace), len(workspace.documents)):
            if one.trouble:
                troubles.append(one.trouble)
                print_message(one.trouble)
            yield one

    if options.json:
        left_out = [_stray_to_json(stray, workspace) for stray in strays]
        print_json_list(map(_overview_to_json, found()), key="documents", more={"left_out": left_out} if strays else {})
    else:
        width = min(
            _MAX_NAME_WIDTH, max((len(workspace.display_path(path)) for path in workspace.documents), default=0)
        )
        for one in found():
            print(_format_overview(one, width))
    return EXIT_FAULTS if troubles or not workspace.documents or workspace.warnings else EXIT_DONE


def export(options: argparse.Namespace) -> int:
    """Write all annotations in another format."""
    workspace, chosen = find_workspace_or_report(options.path), find_format(options.format)
    if workspace is None or chosen is None:
        return EXIT_FAULTS
    target = find_target_or_report(options.out or STANDARD_OUTPUT, workspace, replaces=options.force)
    if target is None:
        return EXIT_WRONG_CALL
    if not workspace.documents and target is not STANDARD_TARGET:
        return EXIT_FAULTS
    troubles: list[str] = []
    uncounted: list[str] = []

    def report_to(told: list[str], sentence: str) -> None:
        told.append(sentence)
        print_message(sentence)

    records = iter_records(
        workspace, on_trouble=partial(report_to, troubles), on_uncounted=partial(report_to, uncounted)
    )
    if target is STANDARD_TARGET:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(newline="")  # the csv module writes its own line ends
        chosen.write(records, sys.stdout)
    else:

        def is_complete() -> bool:
            return workspace.is_complete and not troubles

        write = partial(write_records, chosen, records)
        if not save_or_report(target, write, replaces=options.force, is_complete=is_complete):
            return EXIT_FAULTS
    is_whole = workspace.documents and not (troubles or uncounted or workspace.warnings)
    return EXIT_DONE if is_whole else EXIT_FAULTS


def doctor(options: argparse.Namespace) -> int:
    """Print versions, folders and what is missing."""
    found = examine()
    if options.json:
        print_json_list(
            {"name": one.name, "found": one.found, "good": one.is_good, "cure": "" if one.is_good else one.cure}
            for one in found
        )
    else:
        for one in found:
            print(f"{'ok' if one.is_good else '!!'}  {one.name:12} {one.found}")
            if not one.is_good:
                print(f"    {one.cure}")
    return EXIT_DONE if all(one.is_good for one in found) else EXIT_FAULTS


def _format_overview(one: DocumentProgress, width: int) -> str:
    words = [f"{one.file:{width}}", one.annotator]
    if one.trouble:
        words.append(_("cannot be read"))
    else:
        labels = "  ".join(f"{key} {count}" for key, count in sorted(one.labels.items()))
        words += [
            f"{format_percent(one.share):>4}",
            f"{one.decided}/{one.decided + one.undecided}",
            _STATUS_NAMES[one.status](),
            labels,
        ]
    return show_hidden("  ".join(word for word in words if word), is_line=True)


def _overview_to_json(one: DocumentProgress) -> dict[str, Any]:
    found: dict[str, Any] = {
        "file": one.path.as_posix(),
        "status": _STATES[one.status],
        "sentences": one.sentences,
        "decided": one.decided,
        "labels": dict(one.labels),
    }
    extra = {"annotator": one.annotator, "trouble": one.trouble}
    return {**found, **{key: value for key, value in extra.items() if value}}


def _stray_to_json(stray: StraySidecar, workspace: Workspace) -> dict[str, str]:
    found = {"file": workspace.display_path(stray.path), "reason": stray.reason.name.lower()}
    return {**found, "fits": workspace.display_path(stray.document)} if stray.document is not None else found


def _checked_to_json(one: CheckResult) -> dict[str, Any]:
    return {
        "file": one.file,
        "sound": one.is_clean,
        "fixed": one.is_fixed,
        "faults": [{"line": fault.line, "what": fault.problem, "cure": fault.remedy} for fault in one.faults],
        "notices": list(one.notices),
        "annotations": {
            "exact": one.exact,
            "moved": one.moved,
            "changed": len(one.changed),
            "orphans": len(one.orphans),
            "conflicts": len(one.conflicts),
        },
        "changed": [
            {**_annotation_to_json(changed), "was": changed.previous.text, "likeness": changed.previous.likeness}
            for changed in one.changed
            if changed.previous is not None
        ],
        "conflicts": [_annotation_to_json(conflict) for conflict in one.conflicts],
        "orphans": [_annotation_to_json(orphan) for orphan in one.orphans],
    }


def _annotation_to_json(one: Annotation) -> dict[str, Any]:
    return {"id": one.id, "labels": list(one.labels), "text": one.text}


def _print_checked(one: CheckResult) -> None:
    if one.is_clean:
        print(_("{file}: sound").format(file=one.file))
    for fault in one.faults:
        print(show_hidden(fault.format(one.file)))
    for notice in one.notices:
        print(show_hidden(f"{one.file}: {notice}"))
    if one.is_fixed:
        print(_("{file}: written anew; the old file is kept").format(file=one.file))
    if one.moved or one.is_undecided:
        template = _("{file}: annotations: {exact} exact, {moved} moved, {changed} changed, {orphans} orphans")
        counts = {"exact": one.exact, "moved": one.moved, "changed": len(one.changed), "orphans": len(one.orphans)}
        print(template.format(file=one.file, **counts))
    for changed in one.changed:
        _print_annotation(_("{file}: changed {id} ({labels}): {text}"), one.file, changed)
        if changed.previous is not None:
            share = format_percent(changed.previous.likeness)
            template = _("  {share} alike, it was: {text}")
            print(template.format(share=share, text=escape_controls(changed.previous.text)))
    for conflict in one.conflicts:
        _print_annotation(_("{file}: another version of {id} says ({labels}): {text}"), one.file, conflict)
    for orphan in one.orphans:
        _print_annotation(_("{file}: orphan {id} ({labels}): {text}"), one.file, orphan)


def _print_annotation(sentence: str, file: str, one: Annotation) -> None:
    text = " ".join(one.text.split())
    labels = ", ".join(one.labels) or _("no label yet")
    print(show_hidden(sentence.format(file=file, id=one.id, labels=labels, text=text), is_line=True))
