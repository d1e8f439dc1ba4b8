"""The words of a comment apart from the lines that were sent in it.

A reviewer answers with a reply, or writes into the comment itself: above or below its lines, after one, or in place of
one. Some programs quote the comment in a reply.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.verdict import VerdictKind
from annotator.review.model.verdict_terms import ParsedVerdict, find_labels, find_parsed_verdict
from annotator.review.word.id_record import MARK
from annotator.review.word.markup import xml_safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.core.labels import LabelSet

_QUOTES = "\"'“”„«» \t"
# A mark that lost one of its brackets when the reviewer wrote into the comment.
_BROKEN_MARK = re.compile(r"⟦[^⟧\n]{0,60}⟧?|\d+\.\w+⟧")
# Words before a quoted comment, such as "Anna wrote: “".
_QUOTING = re.compile(r".*[:：]\s*[\"“„«]\s*")
# A name and a value, as in all lines that are sent.
_LINE = re.compile(r"[^:]{1,60}: ?.*")
_TRIMMED = " \t.,;:-–—→>="


class CommentContent(NamedTuple):
    """The reviewer's words, the lines of ours that are gone, and the labels that replace ours, if any."""

    words: str
    gone: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def separate_answer(words: str, lines: Sequence[str], labels: LabelSet) -> CommentContent:
    """Separate `words`, the text of a comment, from `lines`, which were sent in it."""
    rest = [normalize_line(line) for line in lines if not MARK.search(line)]
    label_line = rest[0] if rest else ""
    wanted: tuple[str, ...] = ()
    pieces: list[str] = []
    for line in words.splitlines():
        bare = normalize_line(_BROKEN_MARK.sub(" ", line))
        named = _labels_in(bare, label_line, labels)
        if named:
            wanted = named
            rest.remove(label_line) if label_line in rest else None
            continue
        more, before = _without_sent_line(bare, rest), bare
        while more != before:  # some programs join the lines of a comment
            more, before = _without_sent_line(more, rest), more
        # Marks alone are a remark where words stand before them; at the beginning, or left of ours, they say nothing.
        if more.strip(_QUOTES + _TRIMMED) or (pieces and more and more == normalize_line(line)):
            pieces.append(more.strip(" \t"))
    return CommentContent("\n".join(pieces), tuple(rest), wanted)


def find_verdict(said: CommentContent, labels: LabelSet) -> ParsedVerdict | None:
    """Return the verdict in `said`, or None for a mere remark; labels in place of ours are a verdict."""
    spoken = find_parsed_verdict(said.words, labels)
    if spoken is None and said.labels:
        return ParsedVerdict(VerdictKind.CHANGE, said.labels, said.words)
    return spoken


def guess_sent_lines(words: str, labels: LabelSet) -> tuple[str, ...]:
    """Return the lines of a comment that look like ours, for a file without its record."""
    head = words[: found.start()] if (found := MARK.search(words)) else ""
    return tuple(
        line
        for line in head.splitlines()
        if _LINE.fullmatch(line.strip()) and find_parsed_verdict(line, labels) is None
    )


def guess_sent_labels(lines: Sequence[str], labels: LabelSet) -> tuple[str, ...]:
    """Return the labels named in the first of our lines."""
    return find_labels(lines[0].partition(":")[2], labels)[0] if lines else ()


def normalize_line(words: str) -> str:
    """Normalize `words` for comparison: as shown in a file, runs of white space as one space."""
    return " ".join(xml_safe(words).split())


def _labels_in(line: str, label_line: str, labels: LabelSet) -> tuple[str, ...]:
    """Return the labels that `line` names, if it replaces the line that names ours."""
    head, colon, tail = label_line.partition(":")
    if not colon or line == label_line or not line.startswith(head + colon):
        return ()
    found, unknown = find_labels(line[len(head) + 1 :], labels)
    return found if found and not unknown and found != find_labels(tail, labels)[0] else ()


def _without_sent_line(line: str, rest: list[str]) -> str:
    """Return `line` without the one of `rest` that it contains, and remove that from `rest`; else return it whole."""
    bare = line.strip(_QUOTES)
    for ours in rest:
        if ours in {line, bare}:
            rest.remove(ours)
            return ""
    # The longest first: one of our lines may be the beginning of another.
    for ours in sorted(rest, key=len, reverse=True):
        before, there, after = line.partition(ours)
        if there and (not before or not after.strip(_QUOTES)):
            rest.remove(ours)
            before = "" if _QUOTING.fullmatch(before) else before
            return (
                f"{before} {after.strip(_TRIMMED)}".strip(_QUOTES) if after.strip(_QUOTES) else before.strip(_TRIMMED)
            )
    return line
