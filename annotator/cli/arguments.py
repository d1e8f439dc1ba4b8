"""Arguments that several verbs have."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.core.i18n import _

STANDARD_OUTPUT = Path("/dev/stdout")
"""What `-o -` stands for; a file called `-` is `./-`."""

_OUTPUT_NAMES = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})


def add_output(parser: argparse.ArgumentParser, *, purpose: str) -> None:
    """Add the options that name a file to write, with `purpose` as its help."""
    parser.add_argument("-o", "--out", type=_parse_output, metavar=_("FILE"), help=purpose)
    parser.add_argument(
        "--force",
        action="store_true",
        help=_("replace a file that is there already; never an article, annotations, labels or a reviewer's answers"),
    )


def _parse_output(text: str) -> Path:
    """Return the path of the file `text`; a path drops the slash that makes it a folder."""
    if text in _OUTPUT_NAMES:
        return STANDARD_OUTPUT
    path = Path(text)
    if not text:
        raise argparse.ArgumentTypeError(_("Give the name of a file."))
    if text.endswith("/") and not path.is_dir():
        sentence = _("{file} is the name of a folder. Give the name of a file in it.")
        raise argparse.ArgumentTypeError(sentence.format(file=text))
    return path
