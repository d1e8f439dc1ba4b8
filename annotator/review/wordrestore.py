"""What was sent in a Word file, restored from what people see where the record was taken out. It must not know answers.

Office programs have a command that takes out what is hidden, and some drop such parts by themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.review.wordrecord import FILE_MARK, ITEM_MARK, MARK, SentArticle, SentItem, is_id
from annotator.review.wordsaid import labels_that_went_out, lines_that_went_out
from annotator.review.wordscan import Stretch
from annotator.review.wordtexts import TEXTS

if TYPE_CHECKING:
    from annotator.core.labels import LabelSet
    from annotator.review.wordfile import WordFile

SOURCE_LINE = re.compile(
    rf"^(?:{'|'.join(text.document for text in TEXTS.values())}) (?P<number>\d{{1,7}}): (?P<file>[^\n]{{1,1000}}?)"
    rf"(?: · (?:{'|'.join(text.annotator for text in TEXTS.values())}): (?P<annotator>[^\n]{{1,200}}?))?"
    rf" · (?:{'|'.join(text.annotations for text in TEXTS.values())}): \d+ · [^\n]*$",
    re.MULTILINE,
)
"""The line above an article."""

ANNEX_HEAD = re.compile(
    "|".join(
        rf"^{re.escape(text.annex.partition('{')[0])}[^\n]+\n{re.escape(text.number)}\n{re.escape(text.sentence)}\n"
        for text in TEXTS.values()
    ),
    re.MULTILINE,
)
"""The heading of a table of the annex with the beginning of its first row."""


def restored_articles(file: WordFile, labels: LabelSet) -> tuple[SentArticle, ...]:
    """The articles as far as bookmarks, marks and the lines above the articles tell; without their sentences."""
    names: dict[int, tuple[str, str]] = {
        int(found["number"]): (found["file"], found["annotator"] or "")
        for found in SOURCE_LINE.finditer(file.scan.letters)
    }
    for name, place in file.scan.bookmarks.items():
        if found := FILE_MARK.fullmatch(name):
            number, words = int(found[2]), file.scan.seen(place).strip()
            path, annotator = names.get(number, ("", ""))
            names[number] = (words or path, annotator) if found[1] == "d" else (path, words)
    items = _items(file, labels)
    for number in items:
        names.setdefault(number, ("", ""))
    return tuple(
        SentArticle(number, path, annotator, "", (), tuple(items.get(number, {}).values()))
        for number, (path, annotator) in sorted(names.items())
    )


def _items(file: WordFile, labels: LabelSet) -> dict[int, dict[str, SentItem]]:
    """The annotations by article and token."""
    items: dict[int, dict[str, SentItem]] = {}
    for remark in file.remarks.values():
        for number, token in MARK.findall(remark.words)[-1:]:
            lines = lines_that_went_out(remark.words, labels)
            stood = labels_that_went_out(lines, labels)
            place = file.scan.bookmarks.get(
                f"a{int(number)}_{token}", file.scan.comments.get(remark.key, Stretch(0, 0))
            )
            item = SentItem(token if is_id(token) else "", token, stood, file.scan.sent(place).strip(), lines)
            items.setdefault(int(number), {}).setdefault(token, item)
    for name, place in file.scan.bookmarks.items():
        found = ITEM_MARK.fullmatch(name)
        if found and name.startswith("a"):
            token = found[2]
            item = SentItem(token if is_id(token) else "", token, (), file.scan.sent(place).strip(), ())
            items.setdefault(int(found[1]), {}).setdefault(token, item)
    return items
