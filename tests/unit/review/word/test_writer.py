from __future__ import annotations

import io
import re
import zipfile
from itertools import count
from typing import TYPE_CHECKING

import docx as python_docx
import pytest
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_editing import WordEditor, w
from word_packets import LABELS, article, docx, packet

from annotator.core.colour import contrast_ratio
from annotator.core.document import BlockKind
from annotator.review.model.packet import LabelEntry, Packet
from annotator.review.word.annex import field_names
from annotator.review.word.article import LabelStyles, is_vietnamese
from annotator.review.word.markup import run, xml_safe
from annotator.review.word.reader import read_docx
from annotator.review.word.texts import TEXTS, format_date

if TYPE_CHECKING:
    from docx.shared import Length
    from docx.text.paragraph import Paragraph

GOAL = "Đến năm 2030, tỷ trọng kinh tế số đạt trên 30%."
BOTH = "Bộ trưởng đề nghị phấn đấu tăng trưởng 10%."
KINDS = {
    BlockKind.TITLE: "Heading 1",
    BlockKind.LEAD: "Annotator Lead",
    BlockKind.HEADING: "Heading 2",
    BlockKind.PARAGRAPH: "Body Text",
    BlockKind.ITEM: "Annotator Item",
    BlockKind.CAPTION: "Caption",
    BlockKind.BYLINE: "Annotator Byline",
    BlockKind.BOILERPLATE: "Annotator Boilerplate",
}


def opened(data: bytes) -> python_docx.document.Document:
    """The file as python-docx reads it."""
    return python_docx.Document(io.BytesIO(data))


def one_of_each() -> bytes:
    """A file whose article has a block of each kind, with annotations of one label, of two and of none."""
    lines = [
        ["Tựa đề"],
        ["Dẫn nhập."],
        ["Mục"],
        [GOAL, BOTH, "Câu chỉ có ghi chú."],
        ["- gạch đầu dòng"],
        ["Ảnh: A"],
        ["B"],
        ["Xem thêm"],
    ]
    tags = {GOAL: ("k3f9x2", ("target",)), BOTH: ("abc234", ("target", "opinion")), lines[3][2]: ("zz9zz9", ())}
    one = article(lines, tags, kinds=list(KINDS), fields={"Chỉ tiêu": "tỷ trọng", "Giá trị": "30"}, note="xem\nlại")
    return docx([one])


def style_name(paragraph: Paragraph) -> str | None:
    """Return the name of the style of a paragraph."""
    assert paragraph.style is not None
    name: str | None = paragraph.style.name
    return name


def test_each_kind_of_block_is_a_style() -> None:
    """The article reads as it did, paragraph by paragraph, in styles that a person can change."""
    document = opened(one_of_each())
    styles = [(one.text, style_name(one)) for one in document.paragraphs]
    assert set(KINDS.values()) <= {name for _text, name in styles}
    texts = dict(styles)
    assert (texts["Tựa đề"], texts["Dẫn nhập."], texts["Xem thêm"]) == (
        "Heading 1",
        "Annotator Lead",
        "Annotator Boilerplate",
    )


def test_each_annotation_is_a_comment() -> None:
    """With labels, fields, note, the sender, the date, and a last line that says which annotation it is."""
    comments = list(opened(one_of_each()).comments)
    assert [one.text.split("\n") for one in comments] == [
        ["Nhãn: Mục tiêu", "Chỉ tiêu: tỷ trọng", "Giá trị: 30", "Ghi chú: xem / lại", "⟦1.k3f9x2⟧"],
        ["Nhãn: Mục tiêu, Ý kiến", "Chỉ tiêu: tỷ trọng", "Giá trị: 30", "Ghi chú: xem / lại", "⟦1.abc234⟧"],
        ["Nhãn: (chưa có)", "Chỉ tiêu: tỷ trọng", "Giá trị: 30", "Ghi chú: xem / lại", "⟦1.zz9zz9⟧"],
    ]
    assert {(one.author, str(one.timestamp)) for one in comments} == {("Mai", "2026-11-25 09:12:00+00:00")}


def test_a_sentence_is_shaded_and_has_its_letters() -> None:
    """Colour is never the only sign: M for a target, M and Ý for both, a star for a note."""
    paragraph = next(one for one in opened(one_of_each()).paragraphs if GOAL in one.text)
    signs = "".join(run.text for run in paragraph.runs if run.style.name == "AnnotatorSign")
    assert signs.split("\u202f") == ["M", "M", "Ý", "*", ""]
    shaded = [run.text for run in paragraph.runs if run._r.xpath("./w:rPr/w:shd")]
    assert shaded == [GOAL, BOTH, "Câu chỉ có ghi chú."]


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#F0E442", "#0072B2", "#ff0000", "#00ff00"])
def test_shaded_words_and_signs_can_be_read(colour: str) -> None:
    """Whatever colour a label has."""
    colours = LabelStyles((LabelEntry("a", "A", "A", "", colour),))
    ground = "#" + colours.background(("a",))
    assert contrast_ratio("#000000", ground) >= 4.5
    ink = re.findall(r'w:color w:val="(\w+)"', colours.signs(("a",)))
    assert all(contrast_ratio(f"#{one}", on) >= 4.5 for one in ink for on in (ground, "#ffffff"))


def test_the_annex_has_a_table_for_each_label() -> None:
    """With the fields that only its annotations have, a row above each document, and a head on each page."""
    document = opened(one_of_each())
    tables = document.tables[-2:]
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [
        ["STT", "Câu", "Chỉ tiêu", "Giá trị", "Ghi chú"],
        ["STT", "Câu", "Ghi chú"],
    ]
    assert tables[0].rows[1].cells[0].text == "Tài liệu 1: Tựa đề"
    assert [cell.text for cell in tables[1].rows[2].cells] == ["1", BOTH, "xem\nlại"]
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in tables)


def test_fields_of_a_label_are_told_from_those_of_others() -> None:
    """In the order in which they are asked, though no annotation has them all."""
    first = article([["a", "b", "c", "d"]], {"a": ("1", ("target",))}, fields={"Chỉ tiêu": "x", "Thời hạn": "y"}).items
    second = article([["b"]], {"b": ("2", ("target",))}, fields={"Chỉ tiêu": "x", "Giá trị": "5"}).items
    third = article([["c"]], {"c": ("3", ("opinion",))}, fields={"Người nói": "A"}).items
    fourth = article([["d"]], {"d": ("4", ("target", "opinion"))}, fields={"Giá trị": "1", "Người nói": "B"}).items
    items = (*first, *second, *third, *fourth)
    assert field_names("target", items) == ("Chỉ tiêu", "Giá trị", "Thời hạn")
    assert field_names("opinion", items) == ("Người nói",)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_first_page_says_how_to_answer(language: str) -> None:
    """In the reviewer's language: examples that this program understands, the labels, who sent it and when."""
    data = docx([article([[GOAL]], {GOAL: ("k3f9x2", ("target",))})], of=packet(language))
    document = opened(data)
    facts, examples, legend = document.tables[:3]
    assert facts.rows[0].cells[1].text == "Mai"
    assert facts.rows[1].cells[1].text == {"vi": "ngày 25 tháng 11 năm 2026", "en": "25 November 2026"}[language]
    hands = WordEditor(data)
    for row in examples.rows[1:]:
        hands.reply("⟦1.k3f9x2⟧", row.cells[0].text)
    kinds = [one.kind.value for one in read_docx(hands.data(), name="a.docx", labels=LABELS).answers]
    assert kinds == ["agree", "drop", "change", "add"]
    assert [row.cells[1].text for row in legend.rows[1:4]] == [one.name(language) for one in LABELS]


def test_several_articles_are_listed_and_each_begins_a_page() -> None:
    """The list leads to them by links inside the file."""
    data = docx(article([[f"Tựa {name}"]], {}, file=f"{name}.txt", annotator="hà") for name in "abc")
    document = opened(data)
    listed = document.tables[3]
    assert [row.cells[1].text for row in listed.rows[1:]] == [f"Tựa {name}\n{name}.txt · hà" for name in "abc"]
    anchors = document.element.xpath("//w:hyperlink/@w:anchor")
    assert set(anchors) <= set(document.element.xpath("//w:bookmarkStart/@w:name"))
    assert document.styles["Annotator Source"].paragraph_format.page_break_before


def in_mm(length: Length | None) -> int:
    """Return a length that the file gives, in whole millimetres."""
    assert length is not None
    return round(length / Mm(1))


def test_page_and_properties_are_set() -> None:
    """A4 with the margins of Vietnamese administration, page numbers, language, title and author."""
    document = opened(one_of_each())
    first, annex = document.sections
    assert [in_mm(one) for one in (first.page_width, first.page_height, first.left_margin)] == [210, 297, 30]
    assert in_mm(annex.page_width) > in_mm(annex.page_height)
    assert re.findall(r"\b(?:NUM)?PAGES?\b", etree.tostring(first.footer.part.element).decode()) == ["PAGE", "NUMPAGES"]
    assert first.footer.paragraphs[0].text.startswith("Trang")
    assert "Nghị quyết" in first.header.paragraphs[0].text
    properties = document.core_properties
    assert (properties.author, properties.language, properties.title) == (
        "Mai",
        "vi-VN",
        "Phiếu góp ý gán nhãn – Nghị quyết",
    )


def test_a_text_in_another_language_is_marked_as_such() -> None:
    """So that the spelling checker does not underline all of it."""
    text = "The province will reach 30% by 2030."
    languages = opened(docx([article([[text]], {})])).element.xpath("//w:lang/@w:val")
    assert languages == ["en-GB"]
    assert (is_vietnamese(GOAL), is_vietnamese(text), is_vietnamese("")) == (True, False, False)


def test_nothing_leads_out_of_the_file() -> None:
    """No link outside, no field that fetches, no macro, no picture; every part is XML and declares no type."""
    with zipfile.ZipFile(io.BytesIO(one_of_each())) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    assert [name for name in names if not name.endswith((".xml", ".rels"))] == []
    assert not any(b"TargetMode" in content for name, content in parts.items() if name.endswith(".rels"))
    fields = re.findall(r'w:instr="([^"]*)"', "".join(content.decode() for content in parts.values()))
    assert {one.strip() for one in fields} == {"PAGE", "NUMPAGES"}
    assert not any(b"<!DOCTYPE" in content or b"instrText" in content for content in parts.values())
    for content in parts.values():
        etree.fromstring(content)


def test_marks_are_unique_and_end() -> None:
    """Numbers and names of bookmarks and comments, as Word demands it: at most 40 letters a name."""
    root = etree.fromstring(WordEditor(one_of_each()).parts["word/document.xml"])
    for start, end in (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd")):
        numbers = [one.get(w("id")) for one in root.iter(w(start))]
        assert len(set(numbers)) == len(numbers)
        assert sorted(numbers) == sorted(one.get(w("id")) for one in root.iter(w(end)))
    names = [one.get(w("name")) for one in root.iter(w("bookmarkStart"))]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_]\w{,39}", name) for name in names)
    assert "a1_k3f9x2" in names


ODD = "a\x00b\x0bc\ud800d\ufffee<&>\"']]>\u200bf"


def test_what_xml_cannot_hold_is_shown() -> None:
    """Letter for letter; the file opens, and the answer has the words as they were."""
    one = article([[ODD], ["b"]], {ODD: ("k3f9x2", ("target",))}, file="a\x01.txt", note=ODD, fields={ODD: ODD})
    data = docx([one], of=Packet(ODD, "heute", "vi", packet().labels, ODD))
    assert any("a␀b␋c�d�e<&>" in paragraph.text for paragraph in opened(data).paragraphs)
    hands = WordEditor(data)
    hands.reply("⟦1.k3f9x2⟧", "bỏ")
    returned = read_docx(hands.data(), name="a.docx", labels=LABELS)
    assert [(one.text, one.file) for one in returned.answers] == [(ODD, "a\x01.txt")]
    assert returned.troubles == ()


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=3), min_size=1, max_size=4
    )
)
def test_any_text_goes_out_and_comes_back_unchanged(lines: list[list[str]]) -> None:
    """Whatever stands in an article, nobody is told that it was changed."""
    lines = [[sentence.translate(dict.fromkeys([10, 13], " ")) or "x" for sentence in line] for line in lines]
    numbers = count()
    tags = {sentence: (f"i{next(numbers)}", ("target",)) for line in lines for sentence in line[:1]}
    returned = read_docx(docx([article(lines, tags)]), name="a.docx", labels=LABELS)
    assert (returned.answers, returned.troubles) == ((), ())


def test_an_empty_folder_is_a_file_too() -> None:
    """Without articles there is the first page."""
    assert "Phiếu góp ý gán nhãn" in [one.text for one in opened(docx([])).paragraphs]


def test_both_languages_have_the_same_texts() -> None:
    """None is missing, and each way of answering is explained."""
    assert {len(one.steps) for one in TEXTS.values()} == {4}
    assert {len(one.examples) for one in TEXTS.values()} == {4}
    assert format_date("en", "yesterday") == "yesterday"
    assert run("") == ""
    assert xml_safe("a\x1fb") == "a␟b"
