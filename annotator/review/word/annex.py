"""The annex of a Word file for reviewers: a table for each label, grouped by document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from annotator.review.word.cover import HEADER_FILL
from annotator.review.word.id_record import ANNEX_MARK
from annotator.review.word.markup import cell, paragraph, row, run, table, wrap_in_bookmark
from annotator.review.word.styles import LANDSCAPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.review.model.packet import Packet, ReviewItem
    from annotator.review.word.texts import FileTexts

# In twentieths of a point: the number column, a letter, the least column; and the fields that a table shows at most.
_NUMBER, _LETTER, _LEAST, _MOST_FIELDS = 650, 110, 1050, 7


class AnnexEntry(NamedTuple):
    """An annotation in the annex, with the number, title and path of its article and its own token."""

    number: int
    title: str
    file: str
    item: ReviewItem
    token: str


def make_annex(packet: Packet, texts: FileTexts, entries: Sequence[AnnexEntry], *, numbers: Iterator[int]) -> str:
    """Return the tables of the annex, or "" if no annotation has a label; `numbers` yields unique bookmark ids."""
    pieces: list[str] = []
    items = [one.item for one in entries]
    for number, label in enumerate(packet.labels, 1):
        found = [one for one in entries if label.key in one.item.labels]
        if not found:
            continue
        names = field_names(label.key, items)[:_MOST_FIELDS]
        heading = run(texts.annex.format(label=label.name))
        if not pieces:
            heading = wrap_in_bookmark(ANNEX_MARK, next(numbers), heading)
        properties = "" if pieces else '<w:pageBreakBefore w:val="0"/>'
        pieces.append(paragraph("Annex", heading, properties=properties))
        pieces.append(_LabelTable(f"r{number}", names, texts, numbers).write(found))
    return "".join(pieces)


def field_names(label: str, items: Iterable[ReviewItem]) -> tuple[str, ...]:
    """Return the names of the fields of annotations with `label`, in the order in which they are asked.

    For an annotation with several labels, fields known to belong to the other labels are left out.
    """
    own: list[str] = []
    others: set[str] = set()
    shared: list[str] = []
    for item in items:
        if label not in item.labels:
            others.update(item.fields)
        elif len(item.labels) == 1:
            _insert(own, item.fields)
        else:
            _insert(shared, item.fields)
    _insert(own, [name for name in shared if name in own or name not in others])
    return tuple(own)


def _insert(names: list[str], more: Iterable[str]) -> None:
    """Insert the new names in `more`, each after the name that precedes it there."""
    at = 0
    for name in more:
        if name in names:
            at = names.index(name) + 1
        else:
            names.insert(at, name)
            at += 1


def _fit_widths(widths: Sequence[int], *, most: int) -> list[int]:
    """Fit `widths` into a total of `most`.

    Each gets at least `_LEAST`; the space left is divided in proportion to what each needs beyond that.
    """
    over = [max(width - _LEAST, 0) for width in widths]
    left = max(most - _LEAST * len(over), 0)
    return [_LEAST + (more * left // sum(over) if sum(over) > left else more) for more in over]


@dataclass(frozen=True)
class _LabelTable:
    """The table of one label; `mark` is the prefix of its bookmarks, `names` are the names of its fields."""

    mark: str
    names: Sequence[str]
    texts: FileTexts
    numbers: Iterator[int]

    def write(self, entries: Sequence[AnnexEntry]) -> str:
        """Return the table of `entries`."""
        has_notes = any(one.item.note.strip() for one in entries)
        columns = (*self.names, *((self.texts.note,) if has_notes else ()))
        lines = [self._values(one.item, has_notes=has_notes) for one in entries]
        needs = [
            max(map(len, (name, *values))) for name, values in zip(columns, zip(*lines, strict=True), strict=False)
        ]
        # The fields take at most 65 % of the width, and the longest value counts as at most 36 letters.
        wide = _fit_widths([min(need, 36) * _LETTER for need in needs], most=(LANDSCAPE - _NUMBER) * 13 // 20)
        widths = (_NUMBER, LANDSCAPE - _NUMBER - sum(wide), *wide)
        heads = zip(widths, (self.texts.number, self.texts.sentence, *columns), strict=True)
        rows = [
            row(
                *(cell(width, paragraph("CellHead", run(name)), fill=HEADER_FILL) for width, name in heads),
                is_header=True,
            )
        ]
        last = 0
        for place, (one, values) in enumerate(zip(entries, lines, strict=True), 1):
            if one.number != last:
                last = one.number
                # Entries are in document order, so a change of number begins a new group.
                rows.append(self._group(one, columns=len(widths)))
            rows.append(self._row(one, widths, place=place, values=values))
        return table("Grid", widths, rows)

    def _values(self, item: ReviewItem, *, has_notes: bool) -> list[str]:
        return [item.fields.get(name, "") for name in self.names] + ([item.note] if has_notes else [])

    def _group(self, one: AnnexEntry, *, columns: int) -> str:
        """Return the row above the annotations of a document."""
        words = f"{self.texts.document} {one.number}: {one.title or one.file}"
        return row(cell(LANDSCAPE, paragraph("CellHead", run(words)), fill="F2F2F2", columns=columns))

    def _row(self, one: AnnexEntry, widths: Sequence[int], *, place: int, values: Sequence[str]) -> str:
        name = f"{self.mark}_{one.number}_{one.token}"
        sentence = wrap_in_bookmark(name, next(self.numbers), run(one.item.text))
        return row(
            cell(widths[0], paragraph("Cell", run(str(place)))),
            cell(widths[1], paragraph("Cell", sentence)),
            *(cell(width, paragraph("Cell", run(value))) for width, value in zip(widths[2:], values, strict=True)),
        )
