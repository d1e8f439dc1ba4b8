"""Page setup and styles of a Word file for reviewers, with header and footer.

Page and font follow the rules for Vietnamese administrative documents: A4, Times New Roman, margins of 30 mm on the
left and 20 mm elsewhere (Decree 30/2020/ND-CP, annex I).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from annotator.core.document import BlockKind
from annotator.review.word.id_record import SIGN_STYLE
from annotator.review.word.markup import NAMESPACES, attribute, field, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section

    from annotator.review.word.texts import FileTexts

# 160 mm and 247 mm, the page without its margins, are 9071 and 14003 twentieths of a point.
PORTRAIT, LANDSCAPE = 9070, 14000
"""The width of the text, in twentieths of a point."""

STYLE_OF: dict[BlockKind, str] = {
    BlockKind.TITLE: "Heading1",
    BlockKind.LEAD: "Lead",
    BlockKind.HEADING: "Heading2",
    BlockKind.PARAGRAPH: "BodyText",
    BlockKind.ITEM: "ArticleItem",
    BlockKind.CAPTION: "Caption",
    BlockKind.BYLINE: "Byline",
    BlockKind.BOILERPLATE: "Boilerplate",
}
"""The paragraph style for each kind of block."""

_FACE = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"/>'.format("Times New Roman")
_GREY, _INK = '<w:color w:val="595959"/>', '<w:color w:val="1F3864"/>'
_BOLD, _ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
_TOGETHER = "<w:keepNext/><w:keepLines/>"


def _size(points: float) -> str:
    # Word gives font sizes in half points.
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _space(before: int, after: int, *, line: int = 264) -> str:
    # Points in, twentieths out; `line` is in 240ths of a line.
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" w:line="{line}" w:lineRule="auto"/>'


class _Style(NamedTuple):
    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    parent: str = "Normal"


_CENTRED = '<w:jc w:val="center"/>'
_PARAGRAPHS = (
    _Style("Title", "Title", _TOGETHER + _space(0, 4) + _CENTRED, _BOLD + "<w:caps/>" + _INK + _size(18)),
    _Style("Subtitle", "Subtitle", _TOGETHER + _space(0, 10) + _CENTRED, _ITALIC + _GREY + _size(13)),
    _Style("Heading1", "heading 1", _TOGETHER + _space(6, 8) + '<w:outlineLvl w:val="0"/>', _BOLD + _INK + _size(17)),
    _Style("Heading2", "heading 2", _TOGETHER + _space(12, 4) + '<w:outlineLvl w:val="1"/>', _BOLD + _INK + _size(14)),
    _Style("BodyText", "Body Text", '<w:widowControl/>' + _space(0, 7, line=288) + '<w:jc w:val="both"/>', _size(13)),
    _Style("Lead", "Annotator Lead", "", _BOLD, "BodyText"),
    _Style("ArticleItem", "Annotator Item", _space(0, 5, line=288) + '<w:ind w:left="454" w:hanging="284"/>', "",
           "BodyText"),
    _Style("Caption", "caption", _space(2, 8) + '<w:jc w:val="center"/>', _ITALIC + _GREY + _size(11.5)),
    _Style("Byline", "Annotator Byline", _space(4, 8) + '<w:jc w:val="right"/>', _BOLD + _size(12)),
    _Style("Boilerplate", "Annotator Boilerplate", _space(0, 4), _GREY + _size(11)),
    _Style("Source", "Annotator Source", _TOGETHER + "<w:pageBreakBefore/>"
           '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="A6A6A6"/></w:pBdr>' + _space(0, 10),
           _GREY + _size(10)),
    _Style("Step", "Annotator Step", _space(0, 3, line=252) + '<w:ind w:left="340" w:hanging="340"/>', _size(12)),
    _Style("Annex", "Annotator Annex", "<w:pageBreakBefore/>", "", "Heading1"),
    _Style("Cell", "Annotator Cell", _space(2, 2, line=240), _size(11)),
    _Style("CellBold", "Annotator Cell Bold", "", _BOLD, "Cell"),
    _Style("CellHead", "Annotator Cell Head", "<w:keepNext/>", "", "CellBold"),
    _Style("Header", "header", _space(0, 0, line=240) + '<w:jc w:val="right"/>', _ITALIC + _GREY + _size(10)),
    _Style("Footer", "footer", _space(0, 0, line=240) + '<w:jc w:val="center"/>', _GREY + _size(10)),
    _Style("CommentText", "annotation text", _space(0, 0, line=240), _size(10)),
)  # fmt: skip
_CHARACTERS = (
    _Style(SIGN_STYLE, SIGN_STYLE, "", _BOLD + _size(15) + '<w:vertAlign w:val="superscript"/>'),
    _Style("CommentReference", "annotation reference", "", _size(8)),
    _Style("Hyperlink", "Hyperlink", "", '<w:color w:val="0B5394"/><w:u w:val="single"/>'),
)
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = "".join(
    f'<w:{edge} w:w="{width}" w:type="dxa"/>'
    for edge, width in (("top", 0), ("left", 100), ("bottom", 0), ("right", 100))
)
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    f'<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
    f"<w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr></w:style>"
)


def make_document(texts: FileTexts, *, folder: str) -> WordDocument:
    """Return an empty document with our styles, header and footer."""
    document = Document()
    _clean(document)
    _set_styles(document, language=texts.tag)
    # Start from empty settings: the template has those of the Word that made it.
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    compat = "http://schemas.microsoft.com/office/word"
    # compatibilityMode 15 (Word 2013 and later) keeps Word from opening the file in compatibility mode.
    for piece in (
        '<w:zoom {0} w:percent="100"/>',
        '<w:defaultTabStop {0} w:val="720"/>',
        f'<w:compat {{0}}><w:compatSetting w:name="compatibilityMode" w:uri="{compat}" w:val="15"/></w:compat>',
        f'<w:themeFontLang {{0}} w:val="{texts.tag}"/>',
    ):
        settings.append(parse_xml(piece.format(NAMESPACES)))
    section = document.sections[0]
    set_page(section)
    _fill(section.header.part.element, paragraph("Header", run(f"{folder} – {texts.title}")))
    pages = (run(f"{texts.page} "), field("PAGE", "1"), run(" / "), field("NUMPAGES", "1"))
    _fill(section.footer.part.element, paragraph("Footer", *pages))
    return document


def set_page(section: Section, *, is_wide: bool = False) -> None:
    """Set the page of a section: A4 upright, or landscape for wide tables."""
    sides = (Mm(297), Mm(210)) if is_wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = sides
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = section.footer_distance = Mm(10)


def _clean(document: WordDocument) -> None:
    """Remove the thumbnail and foreign parts of python-docx's default template."""
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in {"thumbnail", "stylesWithEffects", "customXml", "numbering"}:
                del part.rels[key]


def _set_styles(document: WordDocument, *, language: str) -> None:
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    tag = attribute(language)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_FACE}{_size(12)}<w:lang w:val={tag} w:eastAsia={tag} w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    own = "".join(_style(one, kind="paragraph") for one in _PARAGRAPHS)
    own += "".join(_style(one, kind="character") for one in _CHARACTERS)
    for child in list(parse_xml(f"<w:styles {NAMESPACES}>{defaults}{_TABLE}{own}</w:styles>")):
        styles.append(child)


def _style(one: _Style, *, kind: str) -> str:
    parent = one.parent if kind == "paragraph" else "DefaultParagraphFont"
    shape = f"<w:pPr>{one.paragraph}</w:pPr>" if one.paragraph else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{one.id}"><w:name w:val="{one.name}"/><w:basedOn w:val="{parent}"/>'
        f"<w:qFormat/>{shape}<w:rPr>{one.run}</w:rPr></w:style>"
    )


def _fill(part: object, content: str) -> None:
    for child in list(part):  # type: ignore[call-overload]
        part.remove(child)  # type: ignore[attr-defined]
    # A fragment declares its own namespaces.
    part.append(parse_xml(content.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)))  # type: ignore[attr-defined]
