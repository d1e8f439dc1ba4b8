"""The verb `find`."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING, Any

from annotator.app.search import find_in_folder
from annotator.cli.output import DONE, FAULTS, WRONG_CALL, find_folder, print_json_list, printable, tell
from annotator.core.i18n import _
from annotator.search.find import LONGEST, query_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from annotator.app.search import Hit
    from annotator.app.workspace.workspace import Workspace


def find(options: argparse.Namespace) -> int:
    """Print the sentences that contain words: document, number of the sentence, labels, sentence.

    Finding nothing is no fault: the status is 0, and a sentence on standard error says so.
    """
    words = " ".join(options.words)
    if len(words) > LONGEST:
        tell(_("These are more than {count} characters to look for. Look for fewer.").format(count=LONGEST))
        return WRONG_CALL
    if not query_of(words).text.strip():
        tell(_("There is nothing to look for: give a word."))
        return WRONG_CALL
    workspace = find_folder(options.path)
    if workspace is None or not workspace.documents or not _is_label(options.label, workspace):
        return FAULTS
    troubles: list[str] = []
    count = 0

    def trouble(sentence: str) -> None:
        troubles.append(sentence)
        tell(sentence)

    def found() -> Iterator[Hit]:
        nonlocal count
        for hit in find_in_folder(workspace, words, label=options.label, on_trouble=trouble):
            count += 1
            yield hit

    if options.json:
        print_json_list(_json(hit) for hit in found())
    else:
        for hit in found():
            print(printable(hit.file), hit.number, ",".join(hit.labels), printable(hit.text), sep="\t")
            sys.stdout.flush()  # a large folder takes seconds, and each hit is of use at once
    if not count:
        tell(_not_found(words, options.label).format(words=words, label=options.label))
    return FAULTS if troubles or workspace.warnings else DONE


def _is_label(label: str, workspace: Workspace) -> bool:
    """Return whether `label` is empty or one of the workspace's; print a message if not."""
    keys = [one.key for one in workspace.labels]
    if not label or label in keys:
        return True
    meant = next(iter(difflib.get_close_matches(label, keys, n=1)), "")
    told = _("There is no label {label} here. Did you mean {meant}?") if meant else ""
    told = told or _("There is no label {label} here. There are: {labels}.")
    tell(told.format(label=label, meant=meant, labels=", ".join(keys)))
    return False


def _not_found(words: str, label: str) -> str:
    if label:
        return _("“{words}” stands in no sentence with the label {label}.")
    if any(letter != letter.lower() or not letter.isascii() for letter in words):
        return _("“{words}” was not found. Without accents and capital letters, more is found.")
    return _("“{words}” was not found.")


def _json(hit: Hit) -> dict[str, Any]:
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
