"""What a reviewer means by the words in a row. It must not know where the row stands, nor the file.

A row with a comment alone asks for something by hand: it is an answer that changes, with no labels, and so is one that
says *change* without saying to what. Words in the comment that are a verdict (``bỏ``, ``sửa: đột phá``) are one where
no verdict was chosen. Labels that were overwritten where they stood count as new labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.core.i18n import _
from annotator.core.verdict import VerdictKind
from annotator.review.excel.rows import folded
from annotator.review.model.verdict_terms import CHOICES, Spoken, find_kind, find_label, find_labels, find_spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.core.labels import LabelSet

_SIGN = " · "


class Unclear(Exception):  # noqa: N818  # it is no error of the program
    """What a row says cannot be understood; its text is the sentence for the person."""


class Said(NamedTuple):
    """What a row says: the verdict, the labels wanted, and what was said besides."""

    kind: VerdictKind
    labels: tuple[str, ...] = ()
    comment: str = ""


class LabelWords:
    """The labels as they may be called in one file: as the workspace does, or as the file's own codebook does."""

    def __init__(self, labels: LabelSet, called: Mapping[str, str]) -> None:
        self._labels = labels
        self._called = {folded(name): key for name, key in called.items() if labels.find(key) is not None}

    def find(self, words: str) -> str | None:
        """The key of the label that is called so, or None."""
        bare = words.partition(_SIGN)[2] or words  # as it stands in the column of labels, with its letter
        return self._called.get(folded(bare)) or find_label(bare, self._labels)

    def found(self, words: str) -> tuple[tuple[str, ...], str]:
        """The labels named in ``words``, and the words that are none."""
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

    def shown(self, words: str) -> tuple[str, ...]:
        """The labels that stand in a cell as it went out: a line each, with its letter; unknown ones as they are."""
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        return tuple(dict.fromkeys(key for line in lines for key in self._keys_or_words(line)))

    def has(self, keys: Iterable[str]) -> bool:
        """Whether the workspace has all these labels."""
        return all(self._labels.find(key) is not None for key in keys)

    def spoken(self, words: str) -> Spoken | None:
        """The verdict that stands at the beginning of ``words``, or None."""
        return find_spoken(words, self._labels)

    def _keys_or_words(self, line: str) -> tuple[str, ...]:
        keys, unknown = self.found(line)
        return (line,) if unknown else keys


def stood_in(words: Mapping[str, str], labels: LabelWords) -> tuple[str, ...]:
    """The labels that the reviewer saw: by the hidden keys, where they are there, else by what is shown."""
    hidden = words.get("stood", "")
    return tuple(hidden.splitlines()) if hidden else labels.shown(words.get("labels", ""))


def is_answered(words: Mapping[str, str], labels: LabelWords) -> bool:
    """Whether the reviewer says anything in a row on an annotation."""
    return any(words.get(key) for key in ("verdict", "new", "comment")) or bool(_overwritten(words, labels))


def said_in(words: Mapping[str, str], labels: LabelWords) -> Said:
    """What the reviewer says in a row on an annotation, in which she says something.

    Raises:
        Unclear: it cannot be understood, or is two things at once.
    """
    verdict, comment = words.get("verdict", ""), words.get("comment", "")
    new = _new_labels(words, labels)
    spoken = _spoken(words, labels, has_new=bool(new))
    if spoken.unknown:
        raise Unclear(_unknown(spoken.unknown, words))
    wanted = tuple(dict.fromkeys((*new, *spoken.labels)))
    if spoken.kind in {VerdictKind.AGREE, VerdictKind.DROP} and wanted:
        if spoken.kind is VerdictKind.AGREE and set(wanted) <= set(stood_in(words, labels)):
            return Said(spoken.kind, (), spoken.comment)
        told = _("It says “{verdict}” and yet names the label “{label}”: which is meant? {all}")
        label = words.get("new") or ", ".join(wanted)
        raise Unclear(told.format(verdict=verdict or comment, label=label, all=all_words(words)))
    return Said(spoken.kind, wanted, spoken.comment)


def added_in(words: Mapping[str, str], labels: LabelWords) -> Said:
    """What the reviewer wants at a sentence that had no label; without labels it asks for something by hand.

    Raises:
        Unclear: a label is unknown, or there is no sentence.
    """
    keys, unknown = labels.found(words.get("new", ""))
    if unknown:
        raise Unclear(_unknown(unknown, words))
    if not words.get("text", ""):
        raise Unclear(_("There is no sentence beside it, so nothing can be added. {all}").format(all=all_words(words)))
    return Said(VerdictKind.ADD, keys, words.get("comment", ""))


def _spoken(words: Mapping[str, str], labels: LabelWords, *, has_new: bool) -> Spoken:
    verdict, comment = words.get("verdict", ""), words.get("comment", "")
    if verdict:
        kind = find_kind(verdict)
        if kind is not None:
            return Spoken(kind, comment=comment)
        spoken = labels.spoken(verdict)
        if spoken is None:
            told = _("“{words}” is no verdict. Choose {choices}. {all}")
            choices = " / ".join(CHOICES["vi"].values()), " / ".join(CHOICES["en"].values())
            raise Unclear(told.format(words=verdict, choices="; ".join(choices), all=all_words(words)))
        return spoken._replace(comment="\n".join(filter(None, (spoken.comment, comment))))
    spoken = labels.spoken(comment) if comment else None
    if spoken is not None and not spoken.unknown and not (has_new and spoken.kind is not VerdictKind.CHANGE):
        return spoken
    return Spoken(VerdictKind.CHANGE, comment=comment)


def _new_labels(words: Mapping[str, str], labels: LabelWords) -> tuple[str, ...]:
    """The labels that are named as new, or that were written over those that stood."""
    named = words.get("new", "")
    if not named:
        return _overwritten(words, labels)
    keys, unknown = labels.found(named)
    if unknown:
        raise Unclear(_unknown(unknown, words))
    return keys


def _overwritten(words: Mapping[str, str], labels: LabelWords) -> tuple[str, ...]:
    hidden, shown = words.get("stood", ""), labels.shown(words.get("labels", ""))
    is_other = bool(hidden and shown) and set(shown) != set(hidden.splitlines()) and labels.has(shown)
    return shown if is_other else ()


def _unknown(unknown: str, words: Mapping[str, str]) -> str:
    told = _("There is no label “{words}”. Write it as the codebook has it. {all}")
    return told.format(words=unknown, all=all_words(words))


def all_words(words: Mapping[str, str]) -> str:
    """All that the reviewer wrote in the row, so that none of it is lost with a sentence about it."""
    keys = ("verdict", "new", "comment") if "verdict" in words else ("document", "text", "new", "comment")
    written = [words.get(key, "") for key in keys]
    return "[" + " | ".join(filter(None, written)) + "]"
