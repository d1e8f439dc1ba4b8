"""Interpretation of what a reviewer wrote in a row.

A row with only a comment asks for a change by hand: its answer is a change without labels, and so is that of a row
which says *change* and names no label. If no verdict was chosen, a verdict in the comment (`bỏ`, `sửa: đột phá`)
counts. Labels overwritten in the column of labels count as new ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.core.verdict import VerdictKind
from annotator.review.excel.rows import fold_text
from annotator.review.model.verdict_terms import (
    VERDICT_NAMES,
    ParsedVerdict,
    find_label,
    find_labels,
    find_parsed_verdict,
    find_verdict_kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.core.labels import LabelSet

_SIGN = " · "


class UnclearAnswerError(Exception):  # not an error of the program
    """A row cannot be understood; the message is the sentence that the user reads."""


class RowAnswer(NamedTuple):
    """The answer in a row: the verdict, the labels wanted, and a comment."""

    kind: VerdictKind
    labels: tuple[str, ...] = ()
    comment: str = ""


class LabelNames:
    """Names of labels in one file: those of the workspace and those of the file's own codebook."""

    def __init__(self, labels: LabelSet, called: Mapping[str, str]) -> None:
        self._labels = labels
        self._by_name = {fold_text(name): key for name, key in called.items() if labels.find(key) is not None}

    def find(self, words: str) -> str | None:
        """Return the key of the label called `words`, or None."""
        bare = words.partition(_SIGN)[2] or words  # may be copied from the column of labels, with the letter
        return self._by_name.get(fold_text(bare)) or find_label(bare, self._labels)

    def find_all(self, words: str) -> tuple[tuple[str, ...], str]:
        """Return the labels named in `words`, and the words that name none."""
        whole = self.find(words)
        if whole is not None:
            return (whole,), ""
        parts = [part.strip() for line in words.splitlines() for part in line.split(",") if part.strip()]
        keys: list[str] = []
        unknown: list[str] = []
        for part in parts:
            one = self.find(part)
            more, others = ((one,), "") if one is not None else find_labels(part, self._labels)
            keys += more
            unknown += [others] if others else []
        return tuple(dict.fromkeys(keys)), ", ".join(unknown)

    def parse_exported(self, words: str) -> tuple[str, ...]:
        """Return the labels in a cell as exported: one a line, after its letter; unknown ones as written."""
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        return tuple(dict.fromkeys(key for line in lines for key in self._keys_or_words(line)))

    def has_all(self, keys: Iterable[str]) -> bool:
        """Return whether the workspace has all these labels."""
        return all(self._labels.find(key) is not None for key in keys)

    def find_verdict(self, words: str) -> ParsedVerdict | None:
        """Return the verdict at the beginning of `words`, or None."""
        return find_parsed_verdict(words, self._labels)

    def _keys_or_words(self, line: str) -> tuple[str, ...]:
        keys, unknown = self.find_all(line)
        return (line,) if unknown else keys


def get_labels_seen(words: Mapping[str, str], labels: LabelNames) -> tuple[str, ...]:
    """Return the labels that the reviewer saw, from the hidden keys if present, otherwise from the displayed names."""
    hidden = words.get("stood", "")
    return tuple(hidden.splitlines()) if hidden else labels.parse_exported(words.get("labels", ""))


def has_answer(words: Mapping[str, str], labels: LabelNames) -> bool:
    """Return whether the reviewer wrote anything in a row on an annotation."""
    return any(words.get(key) for key in ("verdict", "new", "comment")) or bool(_find_overwritten(words, labels))


def read_row_answer(words: Mapping[str, str], labels: LabelNames) -> RowAnswer:
    """Return what the reviewer says in a row on an annotation, which must have an answer.

    Raises:
        UnclearAnswerError: It cannot be understood, or contradicts itself.
    """
    verdict, comment = words.get("verdict", ""), words.get("comment", "")
    new = _new_labels(words, labels)
    spoken = _find_verdict(words, labels, has_new=bool(new))
    if spoken.unknown:
        raise UnclearAnswerError(_unknown_label_message(spoken.unknown, words))
    wanted = tuple(dict.fromkeys((*new, *spoken.labels)))
    if spoken.kind in {VerdictKind.AGREE, VerdictKind.DROP} and wanted:
        # Agreeing and repeating the labels that stood is no contradiction.
        if spoken.kind is VerdictKind.AGREE and set(wanted) <= set(get_labels_seen(words, labels)):
            return RowAnswer(spoken.kind, (), spoken.comment)
        template = _("It says “{verdict}” and yet names the label “{label}”: which is meant? {all}")
        label = words.get("new") or ", ".join(wanted)
        raise UnclearAnswerError(template.format(verdict=verdict or comment, label=label, all=quote_row(words)))
    return RowAnswer(spoken.kind, wanted, spoken.comment)


def read_row_addition(words: Mapping[str, str], labels: LabelNames) -> RowAnswer:
    """Return what the reviewer wants at a sentence without a label; without labels it asks for a change by hand.

    Raises:
        UnclearAnswerError: A label is unknown, or there is no sentence.
    """
    keys, unknown = labels.find_all(words.get("new", ""))
    if unknown:
        raise UnclearAnswerError(_unknown_label_message(unknown, words))
    if not words.get("text", ""):
        raise UnclearAnswerError(
            _("There is no sentence beside it, so nothing can be added. {all}").format(all=quote_row(words))
        )
    return RowAnswer(VerdictKind.ADD, keys, words.get("comment", ""))


def _find_verdict(words: Mapping[str, str], labels: LabelNames, *, has_new: bool) -> ParsedVerdict:
    verdict, comment = words.get("verdict", ""), words.get("comment", "")
    if verdict:
        kind = find_verdict_kind(verdict)
        if kind is not None:
            return ParsedVerdict(kind, comment=comment)
        spoken = labels.find_verdict(verdict)
        if spoken is None:
            template = _("“{words}” is no verdict. Choose {choices}. {all}")
            choices = " / ".join(VERDICT_NAMES["vi"].values()), " / ".join(VERDICT_NAMES["en"].values())
            raise UnclearAnswerError(template.format(words=verdict, choices="; ".join(choices), all=quote_row(words)))
        return spoken._replace(comment="\n".join(filter(None, (spoken.comment, comment))))
    spoken = labels.find_verdict(comment) if comment else None
    if spoken is not None and not spoken.unknown and not (has_new and spoken.kind is not VerdictKind.CHANGE):
        return spoken
    return ParsedVerdict(VerdictKind.CHANGE, comment=comment)


def _new_labels(words: Mapping[str, str], labels: LabelNames) -> tuple[str, ...]:
    """Return the labels named as new, or those written over the labels that stood."""
    named = words.get("new", "")
    if not named:
        return _find_overwritten(words, labels)
    keys, unknown = labels.find_all(named)
    if unknown:
        raise UnclearAnswerError(_unknown_label_message(unknown, words))
    return keys


def _find_overwritten(words: Mapping[str, str], labels: LabelNames) -> tuple[str, ...]:
    hidden, shown = words.get("stood", ""), labels.parse_exported(words.get("labels", ""))
    is_other = bool(hidden and shown) and set(shown) != set(hidden.splitlines()) and labels.has_all(shown)
    return shown if is_other else ()


def _unknown_label_message(unknown: str, words: Mapping[str, str]) -> str:
    template = _("There is no label “{words}”. Write it as the codebook has it. {all}")
    return template.format(words=unknown, all=quote_row(words))


def quote_row(words: Mapping[str, str]) -> str:
    """Return everything that the reviewer wrote in the row, to be quoted in a message so that none of it is lost."""
    keys = ("verdict", "new", "comment") if "verdict" in words else ("document", "text", "new", "comment")
    written = [words.get(key, "") for key in keys]
    return "[" + " | ".join(filter(None, written)) + "]"
