"""Arguments of the verb `review`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from annotator.app.preferences.translation import LANGUAGES
from annotator.cli.arguments import add_output
from annotator.core.i18n import N_, _
from annotator.review.registry import REVIEW_FORMATS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

REPORTS = {
    "html": N_("a page to read and print"),
    "csv": N_("a table with a row for each verdict"),
}
"""Formats of a report, with what each is good for."""

Subparsers: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001  # argparse has no public name for it


class ParserFactory(Protocol):
    """Factory of a verb's parser."""

    def __call__(
        self,
        verbs: Subparsers,
        name: str,
        *,
        purpose: str,
        examples: Sequence[str],
    ) -> argparse.ArgumentParser:
        """Return the parser of the verb `name`."""
        ...


def add_review(verbs: Subparsers, *, make_parser: ParserFactory) -> None:
    """Add the verb `review` to `verbs`."""
    examples = (
        "annotator review out documents/ --format xlsx",
        "annotator review out documents/ --format docx -o for-review.docx --language vi",
        "annotator review in answers.xlsx --into documents/",
        "annotator review report documents/ --json",
        "annotator review report documents/ --format html -o changes.html",
    )
    parser = make_parser(
        verbs, "review", purpose=_("send annotations to reviewers, and take in what they say"), examples=examples
    )
    ways = parser.add_subparsers(dest="way", required=True, metavar="out|in|report", parser_class=type(parser))
    _add_out(ways, make_parser)
    _add_in(ways, make_parser)
    _add_report(ways, make_parser)


def _add_out(ways: Subparsers, make_parser: ParserFactory) -> None:
    examples = (
        "annotator review out documents/ --format html -o for-review.html",
        "annotator review out documents/ --format docx --only lang-son.txt cao-bang.txt",
    )
    parser = make_parser(ways, "out", purpose=_("write all annotations into a file for reviewers"), examples=examples)
    parser.add_argument("path", type=Path, metavar=_("PATH"))
    parser.add_argument(
        "--format",
        required=True,
        choices=[one.name for one in REVIEW_FORMATS],
        metavar=_("FORMAT"),
        help="; ".join(f"{one.name}: {_(one.purpose)}" for one in REVIEW_FORMATS),
    )
    add_output(parser, purpose=_("where to; the folder's name with -review without it"))
    parser.add_argument(
        "--only", nargs="+", type=Path, default=[], metavar=_("FILE"), help=_("these documents alone, not all")
    )
    parser.add_argument("--language", choices=LANGUAGES, help=_("the reviewer's language; your own without it"))
    parser.add_argument("--by", default="", metavar=_("NAME"), help=_("who sends it; your name without it"))


def _add_in(ways: Subparsers, make_parser: ParserFactory) -> None:
    examples = ("annotator review in from-lan.xlsx from-hoa.docx --into documents/",)
    purpose = _("take in what reviewers say, to be decided in the window")
    parser = make_parser(ways, "in", purpose=purpose, examples=examples)
    parser.add_argument("files", nargs="+", type=Path, metavar=_("FILE"))
    parser.add_argument("--into", required=True, type=Path, metavar=_("PATH"), help=_("the folder that it is about"))
    parser.add_argument("--by", default="", metavar=_("NAME"), help=_("who takes it in; your name without it"))
    parser.add_argument(
        "--reviewer", default="", metavar=_("NAME"), help=_("whose answers they are, where a file does not say")
    )
    parser.add_argument("--json", action="store_true", help=_("for programs: print JSON"))


def _add_report(ways: Subparsers, make_parser: ParserFactory) -> None:
    examples = (
        "annotator review report documents/",
        "annotator review report documents/ --format csv -o changes.csv",
    )
    parser = make_parser(
        ways, "report", purpose=_("print what reviewers changed, by document and by label"), examples=examples
    )
    parser.add_argument("path", type=Path, metavar=_("PATH"))
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--json", action="store_true", help=_("for programs: print JSON"))
    kinds.add_argument(
        "--format",
        choices=tuple(REPORTS),
        default="",
        metavar=_("FORMAT"),
        help="; ".join(f"{name}: {_(purpose)}" for name, purpose in REPORTS.items()),
    )
    add_output(parser, purpose=_("where to; standard output without it"))
