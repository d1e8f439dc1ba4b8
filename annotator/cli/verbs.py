"""The other verbs: each takes its parsed options and returns the exit status.

Answers go to standard output; faults, and progress on a terminal, to standard error.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

from annotator.app.diagnostics.doctor import examine
from annotator.app.documents.progress import overviews_of
from annotator.app.export import records_of, save_records
from annotator.app.session.segmented_text import automatic_sentences
from annotator.app.sidecar_check import check_path
from annotator.app.workspace.article_reader import read_article, told_by
from annotator.app.workspace.workspace import workspace_of
from annotator.cli.output import DONE, FAULTS, fail, find_folder, print_json_list, printable, tell, watched
from annotator.core.annotation import Status
from annotator.core.i18n import _
from annotator.formats import find_format
from annotator.storage.atomic import SaveError
from annotator.storage.documents.folder import FolderError
from annotator.storage.documents.reader import DocumentError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from annotator.app.documents.progress import Overview
    from annotator.app.sidecar_check import Checked
    from annotator.core.annotation import Annotation
    from annotator.formats import Format, Record

_WIDEST = 60  # characters of the column of names
_STATES = {
    Status.NEW: lambda: _("new"),
    Status.IN_PROGRESS: lambda: _("in progress"),
    Status.DONE: lambda: _("done"),
}


def sentences(options: argparse.Namespace) -> int:
    """Print the sentences of a document: start, end, kind, text."""
    try:
        document = read_article(options.path, told_by(options.path))
    except DocumentError as error:
        return fail(str(error))
    if document.warning:
        tell(document.warning)
    found = (
        {"start": one.span.start, "end": one.span.end, "kind": one.kind.value, "text": document.text[slice(*one.span)]}
        for one in automatic_sentences(document.text, workspace_of(options.path).language)
    )
    if options.json:
        print_json_list(found)
        return DONE
    for one in found:
        print(one["start"], one["end"], one["kind"], printable(str(one["text"])), sep="\t")
    return DONE


def check(options: argparse.Namespace) -> int:
    """Print whether annotation files are sound and fit their documents."""
    troubles: list[str] = []
    unsettled = 0

    def found() -> Iterator[Checked]:
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
                tell(str(error))
                continue
            if is_bare:
                tell(_("There is nothing to check at {path}: no annotation file is there.").format(path=shown(path)))

    if options.json:
        print_json_list((_checked_json(one) for one in found()), key="files")
    else:
        for one in found():
            _print_checked(one)
    return FAULTS if troubles or unsettled else DONE


def status(options: argparse.Namespace) -> int:
    """Print the progress of each document."""
    workspace = find_folder(options.path)
    if workspace is None:
        return FAULTS
    troubles: list[str] = []

    def found() -> Iterator[Overview]:
        for one in watched(overviews_of(workspace), len(workspace.documents)):
            if one.trouble:
                troubles.append(one.trouble)
                tell(one.trouble)
            yield one

    if options.json:
        print_json_list((_overview_json(one) for one in found()), key="documents")
    else:
        width = min(_WIDEST, max((len(workspace.shown(path)) for path in workspace.documents), default=0))
        for one in found():
            print(_overview_line(one, width))
    return FAULTS if troubles or not workspace.documents or workspace.warnings else DONE


def export(options: argparse.Namespace) -> int:
    """Write all annotations in another format."""
    workspace, chosen = find_folder(options.path), find_format(options.format)
    if workspace is None or chosen is None:
        return FAULTS
    troubles: list[str] = []

    def trouble(sentence: str) -> None:
        troubles.append(sentence)
        tell(sentence)

    records = records_of(workspace, on_trouble=trouble)
    if options.out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(newline="")  # the csv module writes its own line ends
        chosen.write(records, sys.stdout)
    elif not _write_file(options.out, records, chosen):
        return FAULTS
    return FAULTS if troubles or not workspace.documents or workspace.warnings else DONE


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
    return DONE if all(one.is_good for one in found) else FAULTS


def _write_file(path: Path, records: Iterable[Record], chosen: Format) -> bool:
    """Write `records` to `path` atomically; return whether it succeeded."""
    try:
        save_records(path, chosen, records)
    except SaveError as error:
        tell(str(error))
        return False
    return True


def _overview_line(one: Overview, width: int) -> str:
    words = [f"{one.file:{width}}", one.annotator]
    if one.trouble:
        words.append(_("cannot be read"))
    else:
        labels = "  ".join(f"{key} {count}" for key, count in sorted(one.labels.items()))
        words += [
            f"{int(100 * one.share):3} %",
            f"{one.decided}/{one.decided + one.left}",
            _STATES[one.status](),
            labels,
        ]
    return "  ".join(word for word in words if word)


def _overview_json(one: Overview) -> dict[str, Any]:
    found: dict[str, Any] = {
        "file": one.file,
        "status": one.status.value,
        "sentences": one.sentences,
        "decided": one.decided,
        "labels": dict(one.labels),
    }
    extra = {"annotator": one.annotator, "trouble": one.trouble}
    return {**found, **{key: value for key, value in extra.items() if value}}


def _checked_json(one: Checked) -> dict[str, Any]:
    return {
        "file": one.file,
        "sound": one.is_sound,
        "fixed": one.is_fixed,
        "faults": [{"line": fault.line, "what": fault.what, "cure": fault.cure} for fault in one.faults],
        "notices": list(one.notices),
        "annotations": {
            "exact": one.exact,
            "moved": one.moved,
            "changed": len(one.changed),
            "orphans": len(one.orphans),
            "conflicts": len(one.conflicts),
        },
        "changed": [
            {**_annotation_json(changed), "was": changed.was.text, "likeness": changed.was.likeness}
            for changed in one.changed
            if changed.was is not None
        ],
        "conflicts": [_annotation_json(rival) for rival in one.conflicts],
        "orphans": [_annotation_json(orphan) for orphan in one.orphans],
    }


def _annotation_json(one: Annotation) -> dict[str, Any]:
    return {"id": one.id, "labels": list(one.labels), "text": one.text}


def _print_checked(one: Checked) -> None:
    if one.is_sound:
        print(_("{file}: sound").format(file=one.file))
    for fault in one.faults:
        print(fault.sentence(one.file))
    for notice in one.notices:
        print(f"{one.file}: {notice}")
    if one.is_fixed:
        print(_("{file}: written anew; the old file is kept").format(file=one.file))
    if one.moved or one.is_waiting:
        told = _("{file}: annotations: {exact} exact, {moved} moved, {changed} changed, {orphans} orphans")
        counts = {"exact": one.exact, "moved": one.moved, "changed": len(one.changed), "orphans": len(one.orphans)}
        print(told.format(file=one.file, **counts))
    for changed in one.changed:
        _print_annotation(_("{file}: changed {id} ({labels}): {text}"), one.file, changed)
        if changed.was is not None:
            told = _("  {share} % alike, it was: {text}")
            print(told.format(share=int(100 * changed.was.likeness), text=printable(changed.was.text)))
    for rival in one.conflicts:
        _print_annotation(_("{file}: another version of {id} says ({labels}): {text}"), one.file, rival)
    for orphan in one.orphans:
        _print_annotation(_("{file}: orphan {id} ({labels}): {text}"), one.file, orphan)


def _print_annotation(sentence: str, file: str, one: Annotation) -> None:
    text = " ".join(one.text.split())
    labels = ", ".join(one.labels) or _("no label")
    print(sentence.format(file=file, id=one.id, labels=labels, text=text))
