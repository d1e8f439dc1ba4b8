"""What a comment says beside the lines that went out in it. It must not know where it stands, nor which file it is in.

A reviewer answers by a reply, or writes into the comment itself: above, below, behind a line, in place of one. Some
programs quote the comment in the reply to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.verdict import VerdictKind
from annotator.review.model.verdict_terms import Spoken, find_labels, find_spoken
from annotator.review.word.id_record import MARK
from annotator.review.word.markup import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.labels import LabelSet

_QUOTES = "\"'“”„«» \t"
_BROKEN_MARK = re.compile(r"⟦[^⟧\n]{0,60}⟧?|\d+\.\w+⟧")
_QUOTING = re.compile(r".*[:：]\s*[\"“„«]\s*")
_LINE = re.compile(r"[^:]{1,60}: ?.*")
_AROUND = " \t.,;:-–—→>="


class Said(NamedTuple):
    """What was said, the lines of ours that are gone, and the labels that stand in place of ours, if others do."""

    words: str
    gone: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def said_beside(words: str, lines: Sequence[str], labels: LabelSet) -> Said:
    """What ``words``, the text of a comment, says beside ``lines``, which went out in it."""
    rest = [same(line) for line in lines if not MARK.search(line)]
    label_line = rest[0] if rest else ""
    wanted: tuple[str, ...] = ()
    pieces: list[str] = []
    for line in words.splitlines():
        bare = same(_BROKEN_MARK.sub(" ", line))
        named = _labels_in(bare, label_line, labels)
        if named:
            wanted = named
            rest.remove(label_line) if label_line in rest else None
            continue
        more, before = _beside(bare, rest), bare
        while more != before:  # a program may put our lines into one
            more, before = _beside(more, rest), more
        if more.strip(_QUOTES + _AROUND):
            pieces.append(more.strip(" \t"))
    return Said("\n".join(pieces), tuple(rest), wanted)


def spoken_of(said: Said, labels: LabelSet) -> Spoken | None:
    """The verdict in what was said, or None where it is a remark only; others labels in place of ours are one."""
    spoken = find_spoken(said.words, labels)
    if spoken is None and said.labels:
        return Spoken(VerdictKind.CHANGE, said.labels, said.words)
    return spoken


def lines_that_went_out(words: str, labels: LabelSet) -> tuple[str, ...]:
    """The lines of a comment that look like ours, where it is not known any more which they were."""
    head = words[: found.start()] if (found := MARK.search(words)) else ""
    return tuple(
        line for line in head.splitlines() if _LINE.fullmatch(line.strip()) and find_spoken(line, labels) is None
    )


def labels_that_went_out(lines: Sequence[str], labels: LabelSet) -> tuple[str, ...]:
    """The labels that the first of our lines names."""
    return find_labels(lines[0].partition(":")[2], labels)[0] if lines else ()


def same(words: str) -> str:
    """``words`` as they are compared: shown as in a file, white space as one space."""
    return " ".join(shown(words).split())


def _labels_in(line: str, label_line: str, labels: LabelSet) -> tuple[str, ...]:
    """The labels that ``line`` names, where it stands in place of the line that names ours."""
    head, colon, tail = label_line.partition(":")
    if not colon or line == label_line or not line.startswith(head + colon):
        return ()
    found, unknown = find_labels(line[len(head) + 1 :], labels)
    return found if found and not unknown and found != find_labels(tail, labels)[0] else ()


def _beside(line: str, rest: list[str]) -> str:
    """What stands in ``line`` beside one of ``rest``, which is taken from there; the whole of it where none does."""
    bare = line.strip(_QUOTES)
    for ours in rest:
        if ours in {line, bare}:
            rest.remove(ours)
            return ""
    for ours in sorted(rest, key=len, reverse=True):
        before, there, after = line.partition(ours)
        if there and (not before or not after.strip(_QUOTES)):
            rest.remove(ours)
            before = "" if _QUOTING.fullmatch(before) else before
            return f"{before} {after.strip(_AROUND)}".strip(_QUOTES) if after.strip(_QUOTES) else before.strip(_AROUND)
    return line
