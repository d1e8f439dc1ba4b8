"""The first page of a Word file for reviewers: instructions, legend and list of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.review.word.markup import cell, link, paragraph, row, run, table
from annotator.review.word.styles import PORTRAIT
from annotator.review.word.texts import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.review.model.packet import Packet
    from annotator.review.word.article import LabelStyles
    from annotator.review.word.texts import FileTexts

HEADER_FILL = "DEE6F0"
"""The background of a table's first row (rrggbb)."""

MOST_LISTED = 2000
"""The number of documents that the list names at most."""


class ListedArticle(NamedTuple):
    """An article in the list of documents, with its number of annotations of each label.

    `has_notes` says whether some annotations have a note but no label.
    """

    title: str
    file: str
    annotator: str
    counts: tuple[tuple[str, int], ...]
    annotations: int
    has_notes: bool


def make_cover(packet: Packet, texts: FileTexts, colours: LabelStyles, listed: Sequence[ListedArticle]) -> str:
    """Return everything that precedes the articles."""
    pieces = [
        paragraph("Title", run(texts.title)),
        paragraph("Subtitle", run(packet.folder)),
        _facts(packet, texts, listed),
        paragraph("Heading2", run(texts.how)),
        *(paragraph("Step", run(f"{number}.\t{step}")) for number, step in enumerate(texts.steps, 1)),
        paragraph("Cell"),
        _examples(packet, texts),
        paragraph("Heading2", run(texts.legend)),
        _legend(packet, texts, colours, has_notes=any(one.has_notes for one in listed)),
    ]
    if len(listed) > 1:
        pieces += [paragraph("Heading2", run(texts.contents)), _list(packet, texts, listed)]
    return "".join(pieces)


def _facts(packet: Packet, texts: FileTexts, listed: Sequence[ListedArticle]) -> str:
    made = format_date(packet.language, packet.made)
    extent = texts.format_extent(len(listed), sum(one.annotations for one in listed))
    facts = [(texts.sender, packet.by), (texts.made, made), (texts.content, extent), (texts.reviewer, "")]
    widths = (2400, PORTRAIT - 2400)
    rows = (
        row(
            cell(widths[0], paragraph("CellBold", run(name)), fill=HEADER_FILL),
            cell(widths[1], paragraph("Cell", run(value))),
        )
        for name, value in facts
        if value or name == texts.reviewer
    )
    return table("Grid", widths, rows)


def _examples(packet: Packet, texts: FileTexts) -> str:
    names = [label.name.lower() for label in packet.labels] or [texts.label.lower()]
    first, second = names[1 % len(names)], names[0]
    widths = (3000, PORTRAIT - 3000)
    rows = [_head(widths, (texts.write, texts.means))]
    for words, meaning in texts.examples:
        written = paragraph("CellBold", run(words.format(first=first, second=second)))
        meant = paragraph("Cell", run(meaning.format(first=first, second=second)))
        rows.append(row(cell(widths[0], written), cell(widths[1], meant)))
    return table("Grid", widths, rows)


def _legend(packet: Packet, texts: FileTexts, colours: LabelStyles, *, has_notes: bool) -> str:
    widths = (1100, 2200, PORTRAIT - 3300)
    rows = [_head(widths, (texts.sign, texts.label, texts.hint))]
    rows += [
        row(
            cell(
                widths[0],
                paragraph("CellBold", colours.letter(label.key), properties='<w:jc w:val="center"/>'),
                fill=colours.background((label.key,)),
            ),
            cell(widths[1], paragraph("CellBold", run(label.name)), fill=colours.background((label.key,))),
            cell(widths[2], paragraph("Cell", run(label.hint))),
        )
        for label in packet.labels
    ]
    if not has_notes:
        return table("Grid", widths, rows)
    star = paragraph("CellBold", colours.letter(""), properties='<w:jc w:val="center"/>')
    note = paragraph("Cell", run(texts.note_only))
    rows.append(row(cell(widths[0], star, fill=colours.background(())), cell(sum(widths[1:]), note, columns=2)))
    return table("Grid", widths, rows)


def _list(packet: Packet, texts: FileTexts, listed: Sequence[ListedArticle]) -> str:
    widths = (650, PORTRAIT - 650 - 2300, 2300)
    rows = [_head(widths, (texts.number, texts.document, texts.annotations))]
    rows += [_list_row(packet, widths, number, one) for number, one in enumerate(listed[:MOST_LISTED], 1)]
    return table("Grid", widths, rows)


def _list_row(packet: Packet, widths: tuple[int, int, int], number: int, one: ListedArticle) -> str:
    signs = {label.key: label.letter for label in packet.labels}
    counts = "   ".join(f"{signs.get(key, key)} {count}" for key, count in one.counts) or "–"
    file = " · ".join(filter(None, (one.file, one.annotator)))
    return row(
        cell(widths[0], paragraph("Cell", run(str(number)))),
        cell(
            widths[1],
            paragraph("Cell", link(f"_d{number}", one.title or one.file)),
            paragraph("Cell", run(file, '<w:color w:val="595959"/><w:sz w:val="19"/>')),
        ),
        cell(widths[2], paragraph("Cell", run(counts))),
    )


def _head(widths: Sequence[int], names: Sequence[str]) -> str:
    return row(
        *(
            cell(width, paragraph("CellHead", run(name)), fill=HEADER_FILL)
            for width, name in zip(widths, names, strict=True)
        ),
        is_header=True,
    )
