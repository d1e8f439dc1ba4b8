"""Parser of the command line, which runs a verb or opens the window.

Exit status: 0 done, 1 done with faults reported, 2 wrong call, 130 interrupted.
"""

from __future__ import annotations

import argparse
import difflib
import gc
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from annotator import __version__
from annotator.app.preferences.translation import set_language
from annotator.cli.arguments import add_output
from annotator.cli.names import VERBS
from annotator.cli.streams import EXIT_INTERRUPTED, call_interruptible, discard, write_message
from annotator.core.i18n import N_, _
from annotator.formats import FORMATS
from annotator.storage.errors import describe_os_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from _typeshed import SupportsWrite

    OpenWindow = Callable[[Sequence[Path]], int]


# Texts of argparse, listed for the message catalogue.
_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("argument %(argument_name)s: %(message)s"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors end with how to get help."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if message and file is sys.stdout:
            print(message, end="")
        elif message:
            write_message(message)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n{_('Try')} `{self.prog} --help`.\n")


def run(arguments: Sequence[str], *, open_window: OpenWindow) -> int:
    """Run the program with `arguments`; return the exit status. `open_window` opens the window on paths."""
    set_language("")
    if isinstance(sys.stdout, TextIOWrapper):  # document and file names may hold any character, in any locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = list(arguments)
    # `annotator PATH` is short for `annotator open PATH`.
    if not words or (words[0] not in VERBS and not words[0].startswith("-")):
        meant = _find_verb(words[0]) if words else ""
        if meant:
            template = _("Unknown command or file: {word}. Did you mean `annotator {verb}`?")
            write_message(f"annotator: {template.format(word=words[0], verb=meant)}\n")
            return 2
        words = ["open", *words]
    try:
        options = _make_parser(words[0]).parse_args(words)
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 2
        return _flush_answer() or status
    except OSError as error:
        return _report_unwritten(error)
    if options.verb == "open":
        return open_window([Path(path) for path in options.paths])
    gc.enable()  # disabled in __main__ while modules are imported
    status = call_interruptible(lambda: _run_verb(options))
    if status == EXIT_INTERRUPTED:
        _flush_answer()
    return status


def _find_verb(word: str) -> str:
    """Return the verb that `word` is probably a misspelling of, or an empty string; an existing path is none."""
    if os.path.lexists(word):
        return ""
    return next(iter(difflib.get_close_matches(word, VERBS, n=1, cutoff=0.75)), "")


def _run_verb(options: argparse.Namespace) -> int:
    try:
        status = _get_verb(options.verb)(options)
    except OSError as error:
        return _report_unwritten(error)
    return _flush_answer() or status


def _flush_answer() -> int:
    """Write what is left of the answer; return the exit status, 0 if that is possible."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return _report_unwritten(error)
    return 0


def _report_unwritten(error: OSError) -> int:
    """Say why the answer cannot be written, unless nobody wants more of it; return the exit status."""
    discard(sys.stdout)
    if not isinstance(error, BrokenPipeError):  # as with `| head -1`
        reason = describe_os_error(error)
        write_message(f"annotator: {_('The answer cannot be written: {reason}.').format(reason=reason)}\n")
    return 1


def _get_verb(name: str) -> Callable[[argparse.Namespace], int]:
    """Return the function of the verb `name`, imported only now so that the window opens sooner."""
    if name == "review":
        from annotator.cli.review import review

        return review
    if name == "find":
        from annotator.cli.find import find

        return find
    from annotator.cli import verbs

    found: Callable[[argparse.Namespace], int] = getattr(verbs, name)
    return found


def _make_parser(verb: str) -> _Parser:
    """Return the parser of all verbs, without that of `review` if `verb` is `open`, as the window waits for it."""
    parser = _Parser(
        prog="annotator",
        description=_("Read policy news and tag its sentences. Without a verb, the window opens."),
        epilog=_("`annotator VERB --help` tells more about a verb."),
    )
    # Python 3.11 does not translate this help by itself.
    about = _("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"annotator {__version__}", help=about)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"), parser_class=_Parser)
    _add_open(verbs)
    _add_sentences(verbs)
    _add_check(verbs)
    _add_status(verbs)
    _add_find(verbs)
    _add_export(verbs)
    if verb != "open":
        from annotator.cli.review_parser import add_review

        add_review(verbs, make_parser=_add_verb)
    _add_doctor(verbs)
    return parser


def _add_verb(
    verbs: argparse._SubParsersAction[_Parser], name: str, *, purpose: str, examples: Sequence[str]
) -> argparse.ArgumentParser:
    lines = "\n".join(f"  {example}" for example in examples)
    return verbs.add_parser(
        name,
        help=purpose,
        description=purpose,
        epilog=f"{_('Examples:')}\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_open(verbs: argparse._SubParsersAction[_Parser]) -> None:
    examples = ("annotator documents/", "annotator open article.txt")
    parser = _add_verb(verbs, "open", purpose=_("open the window on a folder or a document"), examples=examples)
    parser.add_argument("paths", nargs="*", metavar=_("PATH"))


def _add_sentences(verbs: argparse._SubParsersAction[_Parser]) -> None:
    examples = ("annotator sentences article.txt", "annotator sentences article.txt --json", "annotator sentences -")
    parser = _add_verb(verbs, "sentences", purpose=_("print the sentences of a document"), examples=examples)
    parser.add_argument("path", type=_parse_path, metavar=_("FILE"), help=_("an article; - for standard input"))
    _add_json(parser)


def _add_check(verbs: argparse._SubParsersAction[_Parser]) -> None:
    examples = ("annotator check documents/", "annotator check article.txt --json", "annotator check documents/ --fix")
    parser = _add_verb(verbs, "check", purpose=_("tell whether the annotation files are sound"), examples=examples)
    parser.add_argument("paths", nargs="+", type=_parse_place, metavar=_("PATH"))
    parser.add_argument(
        "--fix",
        action="store_true",
        help=_("write the annotations that were found again at their new places; the old file is kept"),
    )
    _add_json(parser)


def _add_status(verbs: argparse._SubParsersAction[_Parser]) -> None:
    examples = ("annotator status documents/", "annotator status documents/ --json")
    parser = _add_verb(verbs, "status", purpose=_("print how far each document is"), examples=examples)
    parser.add_argument("path", type=_parse_place, metavar=_("PATH"))
    _add_json(parser)


def _add_find(verbs: argparse._SubParsersAction[_Parser]) -> None:
    examples = (
        'annotator find documents/ "kinh te so"       # accents and capitals count only where they are typed',
        'annotator find documents/ "Đột phá" --label breakthrough',
        "annotator find article.txt 30% --json",
    )
    parser = _add_verb(verbs, "find", purpose=_("print the sentences in which words stand"), examples=examples)
    parser.add_argument("path", type=_parse_place, metavar=_("PATH"))
    parser.add_argument("words", nargs="+", metavar=_("WORDS"), help=_("what to look for, as it stands in a sentence"))
    parser.add_argument("--label", default="", metavar=_("LABEL"), help=_("only in sentences with this label"))
    _add_json(parser)


def _add_export(verbs: argparse._SubParsersAction[_Parser]) -> None:
    examples = ("annotator export documents/ --format csv -o tags.csv", "annotator export article.txt --format jsonl")
    parser = _add_verb(verbs, "export", purpose=_("write all annotations in another format"), examples=examples)
    parser.add_argument("path", type=_parse_place, metavar=_("PATH"))
    parser.add_argument(
        "--format",
        required=True,
        choices=[one.name for one in FORMATS],
        metavar=_("FORMAT"),
        help="; ".join(f"{one.name}: {_(one.purpose)}" for one in FORMATS),
    )
    add_output(parser, purpose=_("where to; standard output without it"))


def _add_doctor(verbs: argparse._SubParsersAction[_Parser]) -> None:
    purpose = _("tell versions, folders and what is missing on this machine")
    _add_json(_add_verb(verbs, "doctor", purpose=purpose, examples=("annotator doctor", "annotator doctor --json")))


def _parse_path(word: str) -> Path:
    """Return the path that `word` names; refuse an empty word, which would be the current folder."""
    if not word:
        raise argparse.ArgumentTypeError(_("the name is empty; the current folder is ."))
    return Path(word)


def _parse_place(word: str) -> Path:
    """Return the path that `word` names, for a verb that needs a file or folder on disk."""
    if word == "-" and not os.path.lexists(word):
        raise argparse.ArgumentTypeError(
            _("only `annotator sentences` reads standard input (-); name a file or folder")
        )
    return _parse_path(word)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("for programs: print JSON"))
