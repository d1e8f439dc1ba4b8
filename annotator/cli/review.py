"""The verb `review`: files to reviewers and their answers back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.app.preferences.identity import new_id, now, user_name
from annotator.app.preferences.settings import load_settings
from annotator.app.preferences.settings_file import settings_path
from annotator.app.preferences.translation import system_language
from annotator.app.review.files import find_refusal, outgoing_name, read_review_file, write_review_file
from annotator.app.review.importing import log_elsewhere
from annotator.app.review.matching import match_answers
from annotator.app.review.packets import articles_of, folder_name, packet_of
from annotator.cli.output import DONE, FAULTS, Pace, fail, find_folder, print_json_list, tell
from annotator.cli.review_report import report
from annotator.core.i18n import _, plural
from annotator.review.model.answer import ReviewFileError
from annotator.review.registry import find_review_format
from annotator.storage.atomic import SaveError
from annotator.storage.paths import PathError, shown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from annotator.app.workspace.workspace import Workspace
    from annotator.review.model.packet import Article


def review(options: argparse.Namespace) -> int:
    """Run the sub-verb of `review` in `options`."""
    return {"out": _go_out, "in": _come_in, "report": report}[options.way](options)


def _go_out(options: argparse.Namespace) -> int:
    workspace, chosen = find_folder(options.path), find_review_format(options.format)
    if workspace is None or chosen is None or not workspace.documents:
        return FAULTS
    only = _chosen(options.only, workspace)
    if only is None:
        return FAULTS
    made = now()
    name = outgoing_name(folder_name(workspace), what="review", day=made, ending=chosen.ending)
    path = options.out or Path(name)
    refusal = find_refusal(path)
    if refusal:
        return fail(refusal)
    language = options.language or system_language()
    troubles: list[str] = []
    counted = 0
    pace = Pace(len(only) or len(workspace.documents))

    def articles() -> Iterator[Article]:
        nonlocal counted
        found = articles_of(workspace, language=language, on_trouble=troubles.append, only=only, on_document=pace.step)
        for article in found:
            counted += 1
            yield article
        pace.end()

    packet = packet_of(workspace, language=language, made=made, by=options.by or _person())
    try:
        write_review_file(path, chosen, packet, articles())
    except (SaveError, ReviewFileError) as error:
        pace.end()  # the generator was not run to its end
        return fail("\n".join((*troubles, str(error))))
    for trouble in troubles:
        tell(trouble)
    if not counted:
        tell(_("Nobody has annotated anything there yet: the file holds no annotations."))
    print(shown(path))
    return FAULTS if troubles or not counted or workspace.warnings else DONE


def _chosen(names: list[Path], workspace: Workspace) -> frozenset[Path] | None:
    """Return the documents at `names`, relative to here or to the folder; None, with a message, if one is unknown."""
    found: set[Path] = set()
    by_path = {path.absolute(): path for path in workspace.documents}
    for name in names:
        document = by_path.get(name.absolute()) or by_path.get((workspace.folder / name).absolute())
        if document is None:
            told = _("{file} is no document of {folder}. Give its path as `annotator status` prints it.")
            tell(told.format(file=shown(name), folder=shown(workspace.folder)))
            return None
        found.add(document)
    return frozenset(found)


def _come_in(options: argparse.Namespace) -> int:
    workspace = find_folder(options.into)
    if workspace is None or not workspace.documents:
        return FAULTS
    answers: list[dict[str, Any]] = []
    for path in options.files:
        answers.append(_file_in(path, workspace, options))
        if not options.json:
            _print_file(answers[-1])
    if options.json:
        print_json_list(answers, key="files")
    is_clean = all(not one["troubles"] and not one["trouble"] for one in answers)
    return DONE if is_clean and not workspace.warnings else FAULTS


def _file_in(path: Path, workspace: Workspace, options: argparse.Namespace) -> dict[str, Any]:
    """Import the answers in the file at `path`; return the outcome as JSON values."""
    made: dict[str, Any] = {
        "file": shown(path),
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
    who = options.by or _person()
    said = [one if one.reviewer else replace(one, reviewer=options.reviewer) for one in returned.answers]
    matched = match_answers(said, workspace, source=shown(path.name), new_id=new_id, who=who)
    troubles = [(one.place, one.sentence) for one in (*returned.troubles, *matched.troubles)]
    pace = Pace(len(matched.batches))
    for batch in matched.batches:
        logged = log_elsewhere(batch, who=who, now=now())
        pace.step()
        made["added"] += logged.added
        made["repeated"] += logged.repeated
        if logged.trouble:
            troubles.append((workspace.shown(logged.place.source), logged.trouble))
    pace.end()
    made["unanswered"] = returned.unanswered
    made["troubles"] = [{"place": place, "sentence": sentence} for place, sentence in troubles]
    return made


def _person() -> str:
    """Return the name of the user, by the setting that the window uses."""
    try:
        return load_settings(settings_path()).annotator or user_name()
    except PathError:
        return user_name()


def _print_file(one: dict[str, Any]) -> None:
    if one["trouble"]:
        tell(one["trouble"])
        return
    count = plural(
        "{file}: {count} verdict came in; decide it in the window (F5)",
        "{file}: {count} verdicts came in; decide them in the window (F5)",
        one["added"],
    )
    if not one["added"]:
        count = _("{file}: nothing new came in")
    print(count.format(file=one["file"], count=one["added"]))
    if one["repeated"]:
        told = plural("{file}: {count} was there already", "{file}: {count} were there already", one["repeated"])
        print(told.format(file=one["file"], count=one["repeated"]))
    if one["unanswered"]:
        told = plural(
            "{file}: {count} annotation was not judged",
            "{file}: {count} annotations were not judged",
            one["unanswered"],
        )
        print(told.format(file=one["file"], count=one["unanswered"]))
    for trouble in one["troubles"]:
        tell(f"{one['file']}: {trouble['place']}: {trouble['sentence']}")
