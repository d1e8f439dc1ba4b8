from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository import ROOT, SHARED

from annotator.core.span import Span
from annotator.segment.blocks import find_blocks
from annotator.segment.language import load_languages
from annotator.segment.sentences import split_sentences

if TYPE_CHECKING:
    from pathlib import Path

_LANGUAGE = load_languages()
_GAP = "\ufeff\u200b\u2060"


def split(text: str) -> list[str]:
    """The sentences of a whole text."""
    return [text[s.start : s.end] for block in find_blocks(text) for s in split_sentences(text, block, _LANGUAGE)]


def spaced(sentence: str) -> str:
    """The sentence with each stretch of white space as one space, in which form gold data holds it."""
    return " ".join(sentence.split())


def is_blank(text: str) -> bool:
    """Whether nothing but white space and marks without width stands in a text."""
    return all(letter.isspace() or letter in _GAP for letter in text)


def traps(path: Path) -> list[Any]:
    """The traps of a gold file, each as one parameter; one that is skipped where the file is absent."""
    if not path.exists():
        return [pytest.param("", [], marks=pytest.mark.skip(reason=f"{path.name} is not beside this checkout"))]
    entries = json.loads(path.read_text(encoding="utf-8"))
    return [
        pytest.param(entry["text"], entry["sentences"], id=f"{place}-{entry['kind']}")
        for place, entry in enumerate(entries)
    ]


@pytest.mark.parametrize(("text", "sentences"), traps(SHARED / "gold" / "sentences-vi-traps.json"))
def test_vietnamese_traps(text: str, sentences: list[str]) -> None:
    """Each trap that other splitters fall into is cut exactly where a reader would cut."""
    actual = [spaced(sentence) for sentence in split(text.replace("\r\n", "\n"))]
    assert [spaced(sentence) for sentence in sentences] == actual


@pytest.mark.parametrize(("text", "sentences"), traps(ROOT / "tests" / "golden" / "sentences-own.json"))
def test_own_traps(text: str, sentences: list[str]) -> None:
    """Each trap of our own set is cut exactly where a reader would cut."""
    actual = [spaced(sentence) for sentence in split(text.replace("\r\n", "\n"))]
    assert [spaced(sentence) for sentence in sentences] == actual


def test_seed_is_cut_without_error() -> None:
    """The offsets of every sentence of the seed article are those that a person set."""
    gold, seed = SHARED / "gold" / "sentences-seed.json", SHARED / "seed" / "lang-son.txt"
    if not (gold.exists() and seed.exists()):
        pytest.skip("the seed article is not beside this checkout")
    text = seed.read_text(encoding="utf-8")
    actual = [span for block in find_blocks(text) for span in split_sentences(text, block, _LANGUAGE)]
    expected = [Span(entry["start"], entry["end"]) for entry in json.loads(gold.read_text(encoding="utf-8"))]
    assert expected == actual


# The places of cuts are written as a bar.
_CASES = {
    "opener after a place's abbreviation": "Họp tại các quận của TP. |Theo ông Nam, cần làm ngay.",
    "name that looks like an opener": "Ông ở TP. Bà Rịa. |Bà ở TP. Cần Thơ và H. A Lưới.",
    "article of a law inside a sentence": "Theo khoản 1, Điều 5. |Tỉnh triển khai ngay.",
    "articles of a law in one line": "Điều 5. Phạm vi. |Luật này quy định. |Điều 6. Đối tượng.",
    "numbered entries": "Có hai việc. |1. Mục tiêu. |2. Giải pháp.",
    "list in a sentence": "Nhiệm vụ: a. Phát triển; b. Giữ vững. |Tất cả đồng bộ.",
    "lettered entries": "a) Phát triển. |b) Giữ vững. |(ii) Xây dựng. |c. Tổng kết.",
    "left out": "Ông viết […] Hà Nội (...). |Tỉnh họp.",
    "number with a gap": "Giá vé là 5. 000 đồng.",
    "bulleted number": "- 1. Mục tiêu. |Tăng trưởng.",
    "inline bullet": "Xuất khẩu tăng. |- Nhập khẩu giảm. |• Cán cân thặng dư.",
    "currency in lower case": "Giá vé 5.000 đ. |10 người mua.",
    "initials with gaps": "Sách của J. K. Rowling và của L. Tolstoy. |Sách hay.",
    "foreign initials": "J.K. Rowling viết. |George W. Bush và ông J. Biden đến.",
    "name with a letter": "Bị cáo Nguyễn Văn A. |Phiên tòa mở sáng nay. |Chị H. |Kết quả tốt.",
    "letter that is no initial": "Trẻ cần vitamin K. |Bệnh viêm gan B. |Trận ở bảng H. |Việt Nam thắng.",
    "firm": "He works at Acme Inc. |The firm grew. |Apple Inc. CEO Tim Cook spoke.",
    "hour": "It began at 5 p.m. on Monday and ended at 6 p.m. |The chair spoke.",
    "country": "The U.S. economy grew. |He moved to the U.S. |The economy shrank.",
    "citation": "Smith et al. (2020) agree. |See Fig. 3, i.e. the map, and No. 5.",
    "quotation in a sentence": '“Làm ngay!”, ông nói. |“Làm ngay!” - Ông Nam nói. |"Why?" he asked.',
    "straight quotation without a gap": 'Ông nói: "Phải làm ngay."|Hội nghị nhất trí. |"Tốt", ông nói.',
    "straight quotation with gaps": 'Ông hỏi: " Tại sao ? " |Không ai trả lời.',
    "no gap": "Xong việc.|Tuy nhiên năm 2025.|Tỉnh đạt 30%.|Kim ngạch (xuất khẩu).|Đến nay UBND tỉnh họp.|UBND huyện.",
    "no gap after an abbreviation": "Đến H.Phú Lộc, P.Bến Nghé, Tp.Đà Nẵng, GS.Nguyễn Lân và Q.Chủ tịch.",
    "no gap in capitals": "HỌP TẠI TP. HỒ CHÍ MINH. |CÁC ĐẠI BIỂU.|THỦ TƯỚNG dự.",
    "hosts and files": "Xem VietNamNet.Vn, app.VNeID.Gov.vn và ASP.NET. |Mở BaoCao.Docx hay gửi A.Bc@x.vn ngay.",
    "footnotes": "Tốt.[1] |Tỉnh tăng.¹ |Tỉnh giảm.(2) |Tỉnh đạt mục tiêu.12 |Hết.",
    "emoji": "Tuyệt vời! 😀 |Cảm ơn!😀😀 |Việt Nam vô địch.🇻🇳 |Hết.",
    "Chinese and Japanese": "今天很好。|“好。”|他说。|「行く。」と言った。|彼は来た。",
    "Chinese in Vietnamese": "Biển ghi 「安全第一。」 ở cổng. |Ai cũng thuộc.",
    "other scripts": "यह अच्छा है। |वह भी। |هل هذا جيد؟ |نعم. |ខ្ញុំ។ |គាត់។ |Բարեւ։ |Լավ։ |ሰላም። |ደህና።",
    "gap before the full stop": "Thu nhập tăng ... |Tuy nhiên còn chậm . |Tỉnh sẽ nỗ lực.",
    "brackets": "Các tỉnh (Huế, Vinh... Hà Nội) tăng. |Ông A (sinh năm 1980. Trú tại Huế) nói. |(Hết. |Xong.)",
    "ellipsis": "“...Ta phải đi.” |Và rồi... 5 năm sau, mọi thứ đổi. |Cuối cùng… |“Không có gì”.",
    "brand": "Hội nghị kết thúc. |iPhone rất đắt.",
    "end of a document": "Quyết định có hiệu lực./. |TM. ỦY BAN NHÂN DÂN.",
    "part and chapter": "Phần thứ nhất. QUY ĐỊNH CHUNG. |Mục 1. QUYỀN. |Bước 2. Nộp hồ sơ.",
    "only marks": "... ! ? – …",
}


@pytest.mark.parametrize("marked", list(_CASES.values()), ids=list(_CASES))
def test_cases(marked: str) -> None:
    """Sentences end where the bars stand, and nowhere else."""
    assert [piece.strip() for piece in marked.split("|")] == split(marked.replace("|", ""))


def test_own_abbreviation_ends_no_sentence() -> None:
    """An abbreviation of the workspace stays with the name after it, in its capital form as well."""
    text = "Họp tại Xnk. Sông Đà và XNK. Sông Hồng. Hết."
    language = load_languages(extra=["Xnk."])
    actual = [text[s.start : s.end] for s in split_sentences(text, Span(0, len(text)), language)]
    assert actual == ["Họp tại Xnk. Sông Đà và XNK. Sông Hồng.", "Hết."]


def test_quotation_can_be_kept_whole() -> None:
    """With the setting, a quotation of several sentences is one sentence; without, it is cut inside."""
    text = 'Ông nói: “Việc khó. Phải quyết tâm.” Hội trường vỗ tay. "Tốt. Rất tốt." Hết.'
    language = dataclasses.replace(_LANGUAGE, is_quote_kept_whole=True)
    actual = [text[s.start : s.end] for s in split_sentences(text, Span(0, len(text)), language)]
    assert actual == ["Ông nói: “Việc khó. Phải quyết tâm.”", "Hội trường vỗ tay.", '"Tốt. Rất tốt."', "Hết."]
    assert len(split(text)) == 6


def test_blank_block_has_no_sentence() -> None:
    """White space and marks without width are no sentence."""
    assert split_sentences(" \xa0\ufeff", Span(0, 3), _LANGUAGE) == ()


_PIECES = st.sampled_from([
    *"aAbđĐớỞệ1 5.,;:!?…“”\"'()[]-–/•*%@。？।😀\xa0\u200b\u0301",
    "TP", "PGS.TS", "Nguyễn Văn ", "Điều 5", "v.v", "...", "./.", ". ", ".” ", "Theo ", "ông ", "vitamin C",
    "chinhphu.vn",    "U.S", "[1]", "Inc", "1. ", "a. ", "; ", " ... ", "Tỉnh ", "hoàn thành", "https://x.vn/A.B",
])  # fmt: skip
_NEWS = st.lists(_PIECES, max_size=40).map("".join)


@given(st.text() | _NEWS)
def test_sentences_tile_the_block(text: str) -> None:
    """Sentences come in order, none is empty, and between them stands white space only."""
    for block in find_blocks(text):
        at = block.start
        spans = split_sentences(text, block, _LANGUAGE)
        assert spans[0].start == block.start
        assert spans[-1].end == block.end
        for span in spans:
            assert is_blank(text[at : span.start])
            assert not is_blank(text[span.start])
            assert not is_blank(text[span.end - 1])
            at = span.end


@given(_NEWS)
def test_unicode_forms_agree(text: str) -> None:
    """The composed and the decomposed form of a text have the same sentences."""
    composed = split(normalize("NFC", text))
    decomposed = [normalize("NFC", sentence) for sentence in split(normalize("NFD", text))]
    assert [normalize("NFC", sentence) for sentence in composed] == decomposed


@pytest.mark.parametrize("marked", list(_CASES.values()), ids=list(_CASES))
def test_decomposed_cases(marked: str) -> None:
    """Sentences of a decomposed text end where those of the composed one do."""
    expected = [normalize("NFD", piece.strip()) for piece in marked.split("|")]
    assert expected == split(normalize("NFD", marked.replace("|", "")))


_HOSTILE = {
    "no terminator": ("a" * 1_000_000, 1),
    "full stops": ("." * 1_000_000, 1),
    "full stops with gaps": (". " * 100_000, 1),
    "initials": ("A. " * 100_000, 2),
    "glued initials": ("A." * 100_000, 1),
    "straight quotes": ('"' * 1_000_000, 1),
    "quotes": ("“" * 1_000_000, 1),
    "open brackets": ("(" * 1_000_000, 1),
    "deep brackets": ("(" * 300_000 + "a. B" + ")" * 300_000, 2),
    "open brackets with sentences": ("(ab. Cd " * 50_000, 50_001),
    "white space": ("ab." + " " * 1_000_000 + "B", 2),
    "accents": ("a" + "\u0301" * 1_000_000, 1),
    "sentences": ("Xong. " * 100_000, 100_000),
    "no gaps": ("xong.Xong" * 50_000, 50_001),
    "entries": ("; 1. A" * 100_000, 1),
    "marks": ("!-" * 300_000, 1),
    "footnotes": ("a.[1" * 100_000, 1),
}


@pytest.mark.parametrize(("text", "count"), list(_HOSTILE.values()), ids=list(_HOSTILE))
def test_hostile_input_is_cut_in_the_end(text: str, count: int) -> None:
    """Input made to be slow is cut like any other; the benchmarks show how fast."""
    assert count == len(split_sentences(text, Span(0, len(text)), _LANGUAGE))
