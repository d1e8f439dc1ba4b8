from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository import SHARED

from annotator.core.document import BlockKind
from annotator.segment.block_kinds import BlockClassifier
from annotator.segment.blocks import find_blocks
from annotator.segment.language import load_languages

_SEED = SHARED / "seed" / "lang-son.txt"
_LANGUAGE = load_languages()
_LETTERS = {
    "T": BlockKind.TITLE,
    "L": BlockKind.LEAD,
    "H": BlockKind.HEADING,
    "P": BlockKind.PARAGRAPH,
    "I": BlockKind.ITEM,
    "C": BlockKind.CAPTION,
    "B": BlockKind.BYLINE,
    "X": BlockKind.BOILERPLATE,
}


def kinds(text: str) -> list[BlockKind]:
    """The kind of each block of a text."""
    blocks = find_blocks(text)
    found = BlockClassifier(text, blocks, _LANGUAGE)
    return [found.kind(index) for index in range(len(blocks))]


def test_seed_article() -> None:
    """Each part of the seed article is what a reader takes it for."""
    if not _SEED.exists():
        pytest.skip("the seed article is not beside this checkout")
    expected = [_LETTERS[letter] for letter in "HTBLCCPPPPPPPPCCPPBX"]
    assert expected == kinds(_SEED.read_text(encoding="utf-8"))


# Each line begins with the letter of its kind.
_ARTICLES = {
    "bare paragraphs": "P Một câu dài.\n\nP Câu hai.\n\nP Câu ba.",
    "one sentence": "P Một câu.",
    "one line": "P Một câu không dấu chấm",
    "no blank lines": "T Tỉnh A đạt kết quả cao\nL Báo cáo cho biết tăng 10%.\nP Theo báo cáo, tốt.\nH Kết quả chung\n"
    "P Hết.\nB Minh Anh",
    "numbered headings": "H 1. Mục tiêu tổng quát\nP Đến năm 2030 đạt 10%.\nH 2. Mục tiêu cụ thể\nP Tăng 5%.",
    "list": "H I. KẾT QUẢ ĐẠT ĐƯỢC\nI 1. Xây dựng Đảng\nI 2. Phát triển kinh tế\nI - Giữ vững an ninh;\n"
    "I a) Một việc.\nI • Hai việc",
    "law": "H Điều 5. Phạm vi điều chỉnh\nP Luật này quy định.\nP Điều 6. Luật này áp dụng cho mọi người.",
    "captions": "T Hội nghị tổng kết năm\nL Đoạn đầu.\nC Quang cảnh.\nC Ảnh: TTXVN\nP Đoạn hai.\n"
    "C Hội nghị. Ảnh: Nhật Bắc\nC (Nguồn: GSO)\nP Hết.",
    "dates": "T Thủ tướng dự hội nghị\nB Thứ hai, 12/05/2025 | 09:13 GMT+7\nB Minh Anh\nL Đoạn mở đầu.\n"
    "P Đoạn hai.\nB Theo TTXVN",
    "markdown": "T # Tiêu đề\nL Đoạn mở đầu.\nH ## Mục một\nP Đoạn hai.",
    "page": "T Tỉnh A đạt kết quả cao\nP Báo cáo cho biết tăng 10%.\nX Xem thêm\nX Chia sẻ:\nX ***"
    "\nX Tỉnh B khởi công đường mới\nB Bài và ảnh: Minh Hà\nX https://x.vn/a",
    "table": "T Tỉnh A đạt kết quả cao\nL Báo cáo cho biết.\nP Đoạn hai.\nC Bảng 1. Tăng trưởng GRDP\nP Đoạn ba.",
    "English": "T City plans new line\nB By John Smith\nL The city said so.\nP It will open.\n\n"
    "C Photo: Reuters\nX Read more",
}


@pytest.mark.parametrize("article", list(_ARTICLES.values()), ids=list(_ARTICLES))
def test_articles(article: str) -> None:
    """Each line is of the kind that its letter names, in either Unicode form."""
    expected = [_LETTERS[line[0]] for line in article.split("\n") if line]
    text = re.sub(r"^[A-Z] ", "", article, flags=re.MULTILINE)
    assert expected == kinds(text)
    assert expected == kinds(normalize("NFD", text))


def test_index_beyond_the_text_is_refused() -> None:
    """Asking for a block that is not there says how many there are."""
    with pytest.raises(IndexError, match="no block 1; the text has 1"):
        BlockClassifier("a", find_blocks("a"), _LANGUAGE).kind(1)


@given(st.lists(st.text(max_size=60), max_size=20).map("\n".join))
def test_any_text_has_kinds(text: str) -> None:
    """Every block of whatever text has a kind, and at most one is the title."""
    assert kinds(text).count(BlockKind.TITLE) <= 1
