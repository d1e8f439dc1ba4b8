"""Export of a review report as a CSV table or an HTML page.

The page is a single file that loads and runs nothing; its content security policy says so, and all text is escaped.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.review.report import VerdictClass, count_classes, list_verdicts, tally_documents
from annotator.core.colour import adjust_contrast
from annotator.core.formatting import format_count, format_day, format_percent
from annotator.core.i18n import N_, _, ngettext
from annotator.core.verdict import Outcome
from annotator.formats.csv_format import escape_formula
from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import BinaryIO

    from annotator.app.review.report import ReportedVerdict, ReviewedDocument
    from annotator.core.labels import LabelSet
    from annotator.core.review.tally import LabelTally, Tally

CLASS_NAMES: Mapping[VerdictClass, str] = {
    VerdictClass.AGREED: N_("agreed"),
    VerdictClass.CHANGED: N_("changed"),
    VerdictClass.DROPPED: N_("dropped"),
    VerdictClass.ADDED: N_("added"),
    VerdictClass.REMARK: N_("remark"),
}
CLASS_HEADINGS: Mapping[VerdictClass, str] = {**CLASS_NAMES, VerdictClass.REMARK: N_("remarks")}
"""The same as headings of a number."""

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.OPEN: N_("still open"),
    Outcome.TAKEN: N_("applied"),
    Outcome.REFUSED: N_("declined"),
}
"""The outcomes of verdicts, in English; translated when they are shown."""

COLUMNS = (
    "document",
    "annotator",
    "verdict",
    "stood",
    "wanted",
    "sentence",
    "comment",
    "reviewer",
    "said",
    "outcome",
    "decided",
    "by",
    "source",
)
_PAPER = "#ffffff"


class Report(NamedTuple):
    """The subject of a report: the folder's name, the day (ISO 8601), the labels and the language of their names."""

    folder: str
    day: str
    labels: LabelSet
    language: str

    def names(self, keys: Iterable[str]) -> str:
        """Return the names of labels, or a dash if there are none."""
        return ", ".join(self.labels.get(key).name(self.language) for key in keys) or "–"


def list_label_tallies(tally: Tally, report: Report) -> list[tuple[str, LabelTally]]:
    """Return the tally of each label, in the order of the label set, unknown labels last."""
    return [(key, tally.labels[key]) for key in report.labels.sort_keys(frozenset(tally.labels))]


def format_share(label: LabelTally) -> str:
    """Format the share of a label's verdicts that agree, in per cent."""
    return "–" if label.agreement is None else format_percent(label.agreement)


def describe_changes(label: LabelTally, report: Report) -> str:
    """Describe the verdicts on a label that do not agree: changed to which labels, dropped, added."""
    parts: list[str] = []
    for wanted, count in label.changed.most_common():
        if wanted == "-":
            parts.append(_("{count} taken away").format(count=format_count(count)))
        else:
            parts.append(
                _("{count} to {labels}").format(count=format_count(count), labels=report.names(wanted.split(", ")))
            )
    parts += [_("{count} dropped").format(count=format_count(label.dropped))] if label.dropped else []
    parts += [_("{count} added").format(count=format_count(label.added))] if label.added else []
    return "; ".join(parts)


def _write_csv(reviewed: Sequence[ReviewedDocument], _report: Report) -> Callable[[BinaryIO], None]:
    def write(out: BinaryIO) -> None:
        # Excel takes a CSV file for UTF-8 only if it begins with a byte order mark.
        text = io.TextIOWrapper(out, "utf-8-sig", "backslashreplace", newline="")
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for said in list_verdicts(reviewed):
            # Reviewers' texts come from outside: a spreadsheet must not run one as a formula.
            table.writerow([escape_formula(cell) for cell in _cells(said)])
        text.detach()

    return write


def _cells(said: ReportedVerdict) -> tuple[str, ...]:
    verdict = said.verdict
    return (
        said.document.file,
        said.document.annotator,
        said.verdict_class.value,
        "; ".join(verdict.labels_seen),
        "; ".join(verdict.labels),
        verdict.text,
        verdict.comment,
        verdict.reviewer,
        verdict.answered_at,
        verdict.outcome.value,
        verdict.decided_at,
        verdict.decided_by,
        verdict.source,
    )


def _write_html(reviewed: Sequence[ReviewedDocument], report: Report) -> Callable[[BinaryIO], None]:
    def write(out: BinaryIO) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  # for this file alone

        pages = Environment(
            loader=FileSystemLoader(resource_path("review")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        tally = tally_documents(reviewed)
        pieces = pages.get_template("report.html").generate(
            report=report,
            day=format_day(report.day),
            texts=_texts(),
            count=_count(tally),
            tiles=_tiles(tally),
            outcomes=_outcomes(tally),
            labels=[_label(key, label, report) for key, label in list_label_tallies(tally, report)],
            documents=[(one.title, [*_tiles(one.tally), *_outcomes(one.tally)]) for one in reviewed],
            changes=(_change(said, report) for said in list_verdicts(reviewed) if not said.is_bare_agreement),
        )
        out.writelines(piece.encode("utf-8", "replace") for piece in pieces)

    return write


WRITERS: Mapping[str, Callable[[Sequence[ReviewedDocument], Report], Callable[[BinaryIO], None]]] = {
    "html": _write_html,
    "csv": _write_csv,
}
"""The writers of a report by file kind."""


def _count(tally: Tally) -> str:
    return ngettext("{count} verdict", "{count} verdicts", tally.total).format(count=format_count(tally.total))


def _tiles(tally: Tally) -> list[tuple[str, str, int]]:
    """Return the class, title and number of verdicts for each class."""
    return [(sort.value, _(CLASS_HEADINGS[sort]), count) for sort, count in count_classes(tally).items()]


def _outcomes(tally: Tally) -> list[tuple[str, str, int]]:
    return [(one.value, _(name), tally.outcomes[one]) for one, name in OUTCOMES.items()]


def _label(key: str, label: LabelTally, report: Report) -> dict[str, object]:
    found = report.labels.get(key)
    return {
        "name": found.name(report.language),
        # 3:1 is the least contrast for graphics (WCAG 2.1, success criterion 1.4.11).
        "colour": adjust_contrast(found.colour, _PAPER, least=3.0),
        "width": round(100 * (label.agreement or 0)),
        "share": format_share(label),
        "told": _("{count} of {all} agreed").format(count=format_count(label.agreed), all=label.reviewed),
        "rest": describe_changes(label, report),
    }


def _change(said: ReportedVerdict, report: Report) -> dict[str, str]:
    verdict = said.verdict
    return {
        "document": said.document.title,
        "sort": said.verdict_class.value,
        "told": _(CLASS_NAMES[said.verdict_class]),
        "sentence": verdict.text,
        "stood": report.names(verdict.labels_seen),
        "wanted": format_wanted(said, report),
        "comment": verdict.comment,
        "reviewer": verdict.reviewer,
        "said": format_day(verdict.answered_at),
        "outcome": _(OUTCOMES[verdict.outcome]),
        "mark": verdict.outcome.value,
    }


def format_wanted(said: ReportedVerdict, report: Report) -> str:
    """Return the names of the labels that the reviewer wants instead, or "" if the verdict is not about labels."""
    if said.verdict_class in {VerdictClass.AGREED, VerdictClass.REMARK}:
        return ""
    return _("no label") if said.verdict_class is VerdictClass.DROPPED else report.names(said.verdict.labels)


def _texts() -> dict[str, str]:
    return {
        "title": _("What reviewers changed"),
        "labels": _("By label"),
        "documents": _("By document"),
        "changes": _("Changes and remarks"),
        "document": _("Document"),
        "sentence": _("Sentence"),
        "change": _("Change"),
        "comment": _("Comment"),
        "reviewer": _("Reviewer"),
        "outcome": _("Outcome"),
        "none": _("No reviewer has said anything about this folder yet."),
        "all agreed": _("No changes are proposed."),
    }
