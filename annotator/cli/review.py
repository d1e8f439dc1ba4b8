"""The verb `review`: files to reviewers and their answers back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.app.preferences.identity import local_time, new_id, user_name
from annotator.app.preferences.settings import load_settings
from annotator.app.preferences.settings_file import settings_path
from annotator.app.preferences.translation import system_language
from annotator.app.review.files import read_review_file, suggest_file_name
from annotator.app.review.importing import import_into_closed_document
from annotator.app.review.matching import match_answers
from annotator.app.review.packets import folder_name, iter_articles, make_packet
from annotator.cli.output import (
    EXIT_DONE,
    EXIT_FAULTS,
    EXIT_WRONG_CALL,
    STANDARD_TARGET,
    Progress,
    find_target_or_report,
    find_workspace_or_report,
    print_json_list,
    print_message,
    save_or_report,
)
from annotator.cli.review_report import report
from annotator.core.i18n import _, ngettext
from annotator.review.model.answer import ReviewFileError
from annotator.review.registry import find_review_format
from annotator.storage.paths import PathError, format_path

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from annotator.app.workspace.workspace import Workspace
    from annotator.review.model.packet import Article


def review(options: argparse.Namespace) -> int:
    """Run the sub-verb of `review` in `options`."""
    return {"out": _export_for_review, "in": _import_answers, "report": report}[options.way](options)


def _export_for_review(options: argparse.Namespace) -> int:
    workspace, chosen = find_workspace_or_report(options.path), find_review_format(options.format)
    if workspace is None or chosen is None or not workspace.documents:
        return EXIT_FAULTS
    only = _find_documents(options.only, workspace)
    if only is None:
        return EXIT_FAULTS
    made = local_time()
    path = options.out or Path(
        suggest_file_name(folder_name(workspace), what="review", day=made, ending=chosen.extension)
    )
    target = find_target_or_report(path, workspace, replaces=options.force)
    if target is None:
        return EXIT_WRONG_CALL
    troubles: list[str] = []
    counted = 0
    pace = Progress(len(only) or len(workspace.documents))
    language = options.language or system_language()

    def articles() -> Iterator[Article]:
        nonlocal counted
        found = iter_articles(
            workspace, language=language, on_trouble=troubles.append, only=only, on_document=pace.step
        )
        for article in found:
            counted += 1
            yield article
        pace.end()
        for trouble in troubles:
            print_message(trouble)

    packet = make_packet(workspace, language=language, made=made, by=options.by or _get_user_name())
    is_written = save_or_report(
        target,
        partial(chosen.write, packet, articles()),
        replaces=options.force,
        is_complete=lambda: workspace.is_complete and not troubles,
    )
    if not is_written:
        pace.end()  # the generator may not have run to its end
        return EXIT_FAULTS
    if not counted:
        print_message(_("Nobody has annotated anything there yet: the file holds no annotations."))
    if target is not STANDARD_TARGET:
        print(format_path(path))
    return EXIT_FAULTS if troubles or not counted or workspace.warnings else EXIT_DONE


def _find_documents(names: list[Path], workspace: Workspace) -> frozenset[Path] | None:
    """Return the documents at `names`, relative to here or to the folder; None, with a message, if one is unknown."""
    found: set[Path] = set()
    by_path = {path.absolute(): path for path in workspace.documents}
    for name in names:
        document = by_path.get(name.absolute()) or by_path.get((workspace.folder / name).absolute())
        if document is None:
            template = _("{file} is no document of {folder}. Give its path as `annotator status` prints it.")
            print_message(template.format(file=format_path(name), folder=format_path(workspace.folder)))
            return None
        found.add(document)
    return frozenset(found)


def _import_answers(options: argparse.Namespace) -> int:
    workspace = find_workspace_or_report(options.into)
    if workspace is None or not workspace.documents:
        return EXIT_FAULTS
    answers: list[dict[str, Any]] = []
    for path in options.files:
        answers.append(_import_file(path, workspace, options))
        if not options.json:
            _print_file(answers[-1])
    if options.json:
        print_json_list(answers, key="files")
    is_clean = all(not one["troubles"] and not one["trouble"] for one in answers)
    return EXIT_DONE if is_clean and not workspace.warnings else EXIT_FAULTS


def _import_file(path: Path, workspace: Workspace, options: argparse.Namespace) -> dict[str, Any]:
    """Import the answers in the file at `path`; return the outcome as JSON values."""
    made: dict[str, Any] = {
        "file": format_path(path),
        "added": 0,
        "repeated": 0,
        "unanswered": 0,
        "troubles": [],
        "trouble": "",
    }
    try:
        returned = read_review_file(path, workspace.labels)
    except ReviewFileError as error:
        return {**made, "trouble": str(error)}
    who = options.by or _get_user_name()
    said = [one if one.reviewer else replace(one, reviewer=options.reviewer) for one in returned.answers]
    matched = match_answers(said, workspace, source=format_path(path.name), new_id=new_id, annotator=who)
    troubles = [(one.place, one.sentence) for one in (*returned.troubles, *matched.troubles)]
    pace = Progress(len(matched.batches))
    for batch in matched.batches:
        logged = import_into_closed_document(batch, who=who, now=local_time())
        pace.step()
        made["added"] += logged.added
        made["repeated"] += logged.repeated
        if logged.trouble:
            troubles.append((workspace.display_path(logged.place.source), logged.trouble))
    pace.end()
    made["unanswered"] = returned.unanswered
    made["troubles"] = [{"place": place, "sentence": sentence} for place, sentence in troubles]
    return made


def _get_user_name() -> str:
    """Return the name of the user, by the setting that the window uses."""
    try:
        return load_settings(settings_path()).annotator or user_name()
    except PathError:
        return user_name()


def _print_file(one: dict[str, Any]) -> None:
    if one["trouble"]:
        print_message(one["trouble"])
        return
    count = ngettext(
        "{file}: {count} verdict came in; decide it in the window (F5)",
        "{file}: {count} verdicts came in; decide them in the window (F5)",
        one["added"],
    )
    if not one["added"]:
        count = _("{file}: nothing new came in")
    print(count.format(file=one["file"], count=one["added"]))
    if one["repeated"]:
        template = ngettext("{file}: {count} was there already", "{file}: {count} were there already", one["repeated"])
        print(template.format(file=one["file"], count=one["repeated"]))
    if one["unanswered"]:
        template = ngettext(
            "{file}: {count} annotation was not judged",
            "{file}: {count} annotations were not judged",
            one["unanswered"],
        )
        print(template.format(file=one["file"], count=one["unanswered"]))
    for trouble in one["troubles"]:
        print_message(f"{one['file']}: {trouble['place']}: {trouble['sentence']}")
