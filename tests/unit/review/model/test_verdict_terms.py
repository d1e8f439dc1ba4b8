from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.verdict import VerdictKind
from annotator.review.model.verdict_terms import (
    VERDICT_NAMES,
    ParsedVerdict,
    find_label,
    find_labels,
    find_parsed_verdict,
    find_verdict_kind,
)
from annotator.storage.workspace.label_set import load_builtin_labels

LABELS = load_builtin_labels()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Đồng ý", ParsedVerdict(VerdictKind.AGREE)),
        ("dong y.", ParsedVerdict(VerdictKind.AGREE)),
        ("OK", ParsedVerdict(VerdictKind.AGREE)),
        ("Đồng ý, câu này rất rõ", ParsedVerdict(VerdictKind.AGREE, comment="câu này rất rõ")),
        ("bỏ", ParsedVerdict(VerdictKind.DROP)),
        ("BỎ!", ParsedVerdict(VerdictKind.DROP)),
        ("Bỏ: đây là số liệu cũ", ParsedVerdict(VerdictKind.DROP, comment="đây là số liệu cũ")),
        ("Đúng", ParsedVerdict(VerdictKind.AGREE)),
        ("không đồng ý", ParsedVerdict(VerdictKind.DROP)),
        ("sửa: đột phá", ParsedVerdict(VerdictKind.CHANGE, ("breakthrough",))),
        ("Sửa thành: Đột phá, Ý kiến", ParsedVerdict(VerdictKind.CHANGE, ("breakthrough", "opinion"))),
        ("sửa - mục tiêu", ParsedVerdict(VerdictKind.CHANGE, ("target",))),
        (
            "sửa: mục tiêu. Năm 2030 là hạn chót.",
            ParsedVerdict(VerdictKind.CHANGE, ("target",), "Năm 2030 là hạn chót."),
        ),
        ("thêm: mục tiêu và ý kiến", ParsedVerdict(VerdictKind.ADD, ("target", "opinion"))),
        ("Thêm: mục tiêu\nxem Nghị quyết", ParsedVerdict(VerdictKind.ADD, ("target",), "xem Nghị quyết")),
        ("change: opinion", ParsedVerdict(VerdictKind.CHANGE, ("opinion",))),
        (
            "Change to: breakthrough; it is a lever",
            ParsedVerdict(VerdictKind.CHANGE, ("breakthrough",), "it is a lever"),
        ),
        ("add: target", ParsedVerdict(VerdictKind.ADD, ("target",))),
        ("drop", ParsedVerdict(VerdictKind.DROP)),
        ("agree", ParsedVerdict(VerdictKind.AGREE)),
        ("sửa", ParsedVerdict(VerdictKind.CHANGE)),
        ("sửa: nhiệm vụ", ParsedVerdict(VerdictKind.CHANGE, (), "", "nhiệm vụ")),
    ],
)
def test_what_reviewers_write_is_understood(words: str, expected: ParsedVerdict) -> None:
    """A verdict, its labels and a remark, in either language, however cased and accented."""
    assert find_parsed_verdict(words, LABELS) == expected
    assert find_parsed_verdict(unicodedata.normalize("NFD", words), LABELS) == ParsedVerdict(
        expected.kind,
        expected.labels,
        unicodedata.normalize("NFD", expected.comment),
        expected.unknown,
    )


@pytest.mark.parametrize(
    "words", ["", "Câu này hay.", "bỏ phiếu là gì?", "Sửa đường rồi", "added value", "đồng ý kiến", "Mục tiêu", "đừng"]
)
def test_a_remark_is_no_verdict(words: str) -> None:
    """Only a comment that begins with a verdict is one: a word that begins like it is not."""
    assert find_parsed_verdict(words, LABELS) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_choice_offered_is_understood(language: str) -> None:
    """What a drop-down offers comes back as what it meant, and so does each label by name, letter and key."""
    assert {kind: find_verdict_kind(word) for kind, word in VERDICT_NAMES[language].items()} == {
        kind: kind for kind in VerdictKind
    }
    for label in LABELS:
        names = (label.name(language), label.letter(language), label.key)
        assert [find_label(name, LABELS) for name in names] == [label.key] * 3
    words = ", ".join(label.name(language) for label in LABELS)
    assert find_labels(words, LABELS) == (tuple(label.key for label in LABELS), "")


@given(st.text(max_size=60))
def test_any_text_is_taken(words: str) -> None:
    """Nothing that anybody writes breaks it, and a remark that it gives stands in what was written."""
    spoken = find_parsed_verdict(words, LABELS)
    assert spoken is None or all(line in words for line in spoken.comment.split("\n"))
