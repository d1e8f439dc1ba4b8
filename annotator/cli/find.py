"""The verb `find`."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING, Any

from annotator.app.search import search_folder
from annotator.cli.output import (
    EXIT_DONE,
    EXIT_FAULTS,
    EXIT_WRONG_CALL,
    escape_controls,
    find_workspace_or_report,
    print_json_list,
    print_message,
)
from annotator.core.formatting import show_hidden
from annotator.core.i18n import _
from annotator.search.find import LONGEST, parse_query

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from annotator.app.search import SearchHit
    from annotator.app.workspace.workspace import Workspace


def find(options: argparse.Namespace) -> int:
    """Print the sentences that contain words: document, number of the sentence, labels, sentence.

    Finding nothing is no fault: the status is 0, and a sentence on standard error says so.
    """
    words = " ".join(options.words)
    if len(words) > LONGEST:
        print_message(_("The search text is longer than {count} characters. Shorten it.").format(count=LONGEST))
        return EXIT_WRONG_CALL
    if not parse_query(words).text.strip():
        print_message(_("There is nothing to look for: give a word."))
        return EXIT_WRONG_CALL
    workspace = find_workspace_or_report(options.path)
    if workspace is None or not workspace.documents or not _check_label(options.label, workspace):
        return EXIT_FAULTS
    troubles: list[str] = []
    count = 0

    def report_problem(sentence: str) -> None:
        troubles.append(sentence)
        print_message(sentence)

    def iter_found() -> Iterator[SearchHit]:
        nonlocal count
        for hit in search_folder(workspace, words, label=options.label, on_trouble=report_problem):
            count += 1
            yield hit

    if options.json:
        print_json_list(_hit_to_json(hit) for hit in iter_found())
    else:
        for hit in iter_found():
            print(
                escape_controls(hit.file),
                hit.number,
                show_hidden(",".join(hit.labels), is_line=True),
                escape_controls(hit.text),
                sep="\t",
            )
            sys.stdout.flush()  # a large folder takes seconds, and each hit is of use at once
    if not count:
        print_message(_not_found_message(words, options.label).format(words=words, label=options.label))
    return EXIT_FAULTS if troubles or workspace.warnings else EXIT_DONE


def _check_label(label: str, workspace: Workspace) -> bool:
    """Return whether `label` is empty or one of the workspace's; print a message if not."""
    keys = [one.key for one in workspace.labels]
    if not label or label in keys:
        return True
    meant = next(iter(difflib.get_close_matches(label, keys, n=1)), "")
    template = _("There is no label {label} here. Did you mean {meant}?") if meant else ""
    template = template or _("There is no label {label} here. There are: {labels}.")
    print_message(template.format(label=label, meant=meant, labels=", ".join(keys)))
    return False


def _not_found_message(words: str, label: str) -> str:
    if label:
        return _("“{words}” stands in no sentence with the label {label}.")
    if any(letter != letter.lower() or not letter.isascii() for letter in words):
        return _("“{words}” was not found. Without accents and capital letters, more is found.")
    return _("“{words}” was not found.")


def _hit_to_json(hit: SearchHit) -> dict[str, Any]:
    return {
        "file": hit.file,
        "number": hit.number,
        "start": hit.start,
        "end": hit.start + len(hit.text),
        "kind": hit.kind,
        "labels": list(hit.labels),
        "text": hit.text,
        "matches": [list(span) for span in hit.matches],
    }
