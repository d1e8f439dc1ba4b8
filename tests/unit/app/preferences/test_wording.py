"""The words of the Vietnamese catalogue: settled terms, spelling, quotation marks and ends."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import pytest
from babel.messages.pofile import read_po
from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUE = ROOT / "resources" / "locale" / "vi" / "LC_MESSAGES" / "annotator.po"


class Said(NamedTuple):
    """A text in both languages; the English one of a plural is that of many."""

    english: str
    vietnamese: str


def _read() -> Iterator[Said]:
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, "vi"):
            if message.id:
                english = message.id if isinstance(message.id, str) else message.id[-1]
                strings = [message.string] if isinstance(message.string, str) else message.string or ()
                for vietnamese in strings:
                    yield Said(english, vietnamese)


SAID = tuple(_read())

_RETIRED = {
    r"chú thích(?! ảnh)": "câu đã gán, nhãn",
    r"mồ côi": "nhãn mất câu",
    r"sa-pô": "sapo",
    r"nội dung phụ|phần lặp lại": "phần phụ",
    r"\bkhối\b": "đoạn",
    r"quyết định": "đã xử lý, chưa xử lý; giải quyết",
    r"không có gì(?= ở đây)|^không có gì$": "không thuộc nhãn nào, không nhãn",
    r"^mới$|chưa bắt đầu": "chưa làm",
    r"^(đã )?hoàn thành$": "đã xong",
    r"(?<!kết )nối câu|câu đã nối": "ghép câu",
    r"chấp nhận": "tiếp thu",
    r"từ chối": "bỏ gợi ý",
    r"bác bỏ": "không tiếp thu",
    r"người duyệt|rà soát": "người góp ý",
    r"người (làm )?chú thích": "người gán",
    r"ý kiến": "góp ý",
    r"đánh giá": "lựa chọn",
    r"kết quả góp ý": "bảng tiếp thu, giải trình",
    r"phân xử": "chốt",
    r"bị loại": "không đưa vào danh sách",
    r"\bgắn\b(?! lại)": "gán",
    r"bài báo": "bài viết",
    r"thao tác": "lệnh, bước",
    r"viết tắt": "chữ cái",
    r"chỗ khớp|kết quả khớp": "kết quả",
    r"\bEscape\b": "Esc",
    r"trình đơn": "menu",
    r"kiểu chữ": "phông chữ",
    r"thiết đặt": "thiết lập",
    r"sổ tính|(?<!phần mềm )bảng tính": "tệp Excel, trang tính",
    r"(?<!sao )\bchép\b": "sao chép",
    r"\bbạn\b": "(leave it out)",
    r"\banh/chị\b|\banh chị\b": "(leave it out)",
    r"hiện tại": "hiện nay; hiện tại only in “câu hiện tại”",
    r"phần việc|bị (một )?chương trình khác": "việc đã làm; the active voice",
}
"""Words that are not used, as patterns, and what is said instead."""

_ALLOWED = {
    "hiện tại": r"câu hiện tại",
    "chép": r"ghi chép|sao chép",
}
"""Where a word is right after all."""


@pytest.mark.parametrize("pattern", _RETIRED)
def test_a_retired_word_is_not_used(pattern: str) -> None:
    """Each thing has one name in all messages; *chú thích ảnh*, *phím mới* and *câu hiện tại* are other things."""
    found = []
    for _english, vietnamese in SAID:
        text = vietnamese
        for word, right in _ALLOWED.items():
            if word in pattern:
                text = re.sub(right, "", text, flags=re.IGNORECASE)
        if re.search(pattern, text, re.IGNORECASE):
            found.append(vietnamese)
    assert not found, f"say: {_RETIRED[pattern]}"


def test_the_retired_words_are_recognized() -> None:
    """The patterns find what they are for, also with a capital letter, and leave other meanings alone."""
    faulty = ("Chú thích", "Khối là", "mới", "Hoàn thành", "Chấp nhận", "Gắn nhãn", "công việc của bạn", "bảng tính")
    assert all(any(re.search(one, text, re.IGNORECASE) for one in _RETIRED) for text in faulty)
    right = ("chú thích ảnh", "Nhấn phím mới", "Hoàn thành bài này", "Gắn lại", "phần mềm bảng tính", "Không có gì mới")
    assert not [text for text in right if any(re.search(one, text, re.IGNORECASE) for one in _RETIRED)]


# The tone mark stands on the first of two vowels, "hóa"; "quý" and "toán" are not of this kind.
_MISSPELT = re.compile(
    r"(?<![qQ])(o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)"  # hoá, loè, thuỷ
    r"|\b(kĩ|kí|lí|tỉ lệ|qui)\b",
    re.IGNORECASE,
)


def test_tone_marks_stand_where_the_rule_wants_them() -> None:
    """Composed characters, the tone mark on the first vowel, *kỹ, ký, lý, tỷ lệ, quy*."""
    assert not [text for _, text in SAID if unicodedata.normalize("NFC", text) != text]
    assert not [text for _, text in SAID if _MISSPELT.search(text)]
    assert all(_MISSPELT.search(text) for text in ("xoá", "Hoà", "khoẻ", "huỷ", "tuỳ chọn", "kĩ thuật", "tỉ lệ"))
    assert not any(_MISSPELT.search(text) for text in ("xóa", "hủy", "quý", "toàn", "thoát", "tùy", "ký tự", "quỹ"))


def test_quotation_marks_are_curly_but_in_yaml() -> None:
    """A message has straight marks in both languages or in neither; they stand around what is typed into a file."""
    assert not [said for said in SAID if ('"' in said.english) != ('"' in said.vietnamese)]
    for text in (text for said in SAID for text in said):
        assert [mark for mark in text if mark in "“”"] == ["“", "”"] * text.count("“"), text


def test_no_space_stands_before_a_mark() -> None:
    """Neither a colon nor a per cent sign has a space before it."""
    # A mark that is itself spoken of, and texts of argparse.
    allowed = ("YAML", "begins with !", "bắt đầu bằng !", "such as %", "ví dụ %", "%(", "%s")
    loose = [text for said in SAID for text in said if re.search(r"[\w}”)] [:;?!%](?!\w)", text)]
    assert not [text for text in loose if not any(one in text for one in allowed)]


def test_three_dots_are_one_character() -> None:
    """An ellipsis is one character, with no space before it but where it stands for a count that goes on."""
    ours = [said for said in SAID if not said.english.endswith(" Details...")]  # Qt writes three
    assert not [said for said in ours if any("..." in text or re.search(r"\w …$", text) for text in said)]


def test_what_is_going_on_ends_in_an_ellipsis() -> None:
    """A running state says so by its end, in both languages: “Đang tìm…”."""
    going = [said for said in SAID if re.match(r"[A-Z]\w+ing\b(?! )|[A-Z][a-z]+ing ", said.english)]
    running = [said for said in going if said.vietnamese.startswith(("Đang ", "đang "))]
    assert len(running) > 8
    assert not [said for said in running if not said.english.endswith("…") or not said.vietnamese.endswith("…")]


def test_a_remedy_is_asked_for_without_naming_anybody() -> None:
    """No English text says *she* or *her* of a reviewer, or speaks in contractions."""
    assert not [said.english for said in SAID if re.search(r"\b(she|her|hers|he|his)\b", said.english)]
    assert not [said.english for said in SAID if re.search(r"\w(n't|'ll|'ve)\b|\b(it's|you're)\b", said.english)]
