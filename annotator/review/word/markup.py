"""Builders of WordprocessingML from arbitrary text.

Characters that XML cannot hold are replaced, never dropped: controls by their pictures (from U+2400 on), lone
surrogates and non-characters by U+FFFD. Format: ECMA-376 part 1, section 17.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
"""The namespace declarations for the root element of a part."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("([\t\n\r])")


def xml_safe(words: str) -> str:
    """Replace what XML cannot hold in `words`, one code point by one, so that offsets stay valid."""
    pictured = _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), words)
    return _IMPOSSIBLE.sub("�", pictured)


def attribute(value: str) -> str:
    """Quote `value` for an attribute."""
    return quoteattr(xml_safe(value))


def run(words: str, properties: str = "") -> str:
    """Return a run of `words`; tabs and line breaks are kept."""
    pieces: list[str] = []
    for piece in _BREAKS.split(xml_safe(words)):
        if piece == "\t":
            pieces.append("<w:tab/>")
        elif piece in {"\n", "\r"}:
            pieces.append("<w:br/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{_run_properties(properties)}{''.join(pieces)}</w:r>" if pieces else ""


def paragraph(style: str, *content: str, properties: str = "") -> str:
    """Return a paragraph in the style with that id."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(content)}</w:p>'


def wrap_in_bookmark(name: str, number: int, content: str) -> str:
    """Return `content` inside a bookmark; `number` must be unique in the file."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def link(bookmark: str, words: str) -> str:
    """Return `words` as a link to a bookmark of this file."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{run(words, character_style("Hyperlink"))}</w:hyperlink>'


def character_style(style: str) -> str:
    """Return the run property that selects the character style with that id."""
    return f'<w:rStyle w:val="{style}"/>'


def field(instruction: str, result: str) -> str:
    """Return a field that Word evaluates, such as PAGE, with the `result` to show until then."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run(result)}</w:fldSimple>'


def cell(width: int, *content: str, fill: str = "", columns: int = 1) -> str:
    """Return a cell of paragraphs: `width` in twentieths of a point, `fill` as rrggbb, spanning `columns`."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>{"".join(content)}</w:tc>'


def row(*cells: str, is_header: bool = False) -> str:
    """Return a row that does not break across pages; a header row is repeated on each page."""
    header = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def table(style: str, widths: Iterable[int], rows: Iterable[str]) -> str:
    """Return a table in the style with that id; `widths` are those of its columns in twentieths of a point."""
    columns = tuple(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _run_properties(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""
