"""How fast sentences are found, as a ratio to the simplest regular expression on the same text in the same run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from floors import at_least, cost, note, run_rounds

from annotator.core.span import Span
from annotator.segment.block_kinds import BlockClassifier
from annotator.segment.blocks import find_blocks
from annotator.segment.language import load_languages
from annotator.segment.sentences import split_sentences

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

_LANGUAGE = load_languages()
_FLOOR = re.compile(r"(?<=[.!?]) ")
_PARAGRAPH = (
    "Ngày 12/5, tại TP. Hồ Chí Minh, PGS.TS. Nguyễn Văn An cho rằng cần sửa luật trong năm 2025. Tổng vốn đầu tư đạt "
    "1.250.000 tỷ đồng, tăng 18,3% so với cùng kỳ; thu nội địa tăng 10 - 11%. “Chúng ta phải làm ngay!”, ông nói. "
    "Theo Nghị quyết 57-NQ/TW, tỷ trọng kinh tế số (GRDP) đạt trên 30%... Để đạt mục tiêu, tỉnh đặt ra 5 nhiệm vụ.\n\n"
)
_NEWS = _PARAGRAPH * 4000
_HOSTILE = {
    "no terminator": "a" * 1_000_000,
    "full stops": "." * 1_000_000,
    "initials": "A. " * 100_000,
    "quotes": '"' * 1_000_000,
    "brackets": "(" * 500_000 + ")" * 500_000,
    "no gaps": "xong.Xong" * 100_000,
}


def _split(text: str) -> int:
    return sum(len(split_sentences(text, block, _LANGUAGE)) for block in find_blocks(text))


def test_sentences_of_news(benchmark: BenchmarkFixture) -> None:
    """Ordinary news is cut at 5 MB of UTF-8 a second or more."""
    seconds = min(cost(lambda: _split(_NEWS)) for _ in range(3))
    floor = min(cost(lambda: _FLOOR.split(_NEWS)) for _ in range(5))
    speed = len(_NEWS.encode()) / 1e6 / seconds
    note(
        benchmark,
        "sentences of news full of abbreviations",
        measured=f"{speed:.1f} MB/s",
        floor=f"{len(_NEWS.encode()) / 1e6 / floor:.0f} MB/s",
        ratio=f"{seconds / floor:.1f}",
        goals=[at_least(speed, 5, "MB/s")],
    )
    assert run_rounds(benchmark, _split, args=(_NEWS,), rounds=2) == 5 * 4000


def test_blocks_of_a_long_document(benchmark: BenchmarkFixture) -> None:
    """The blocks of 100,000 lines are found before a person notices."""
    text = "Một dòng chữ ngắn của tỉnh hôm nay đã đạt 100%.\n" * 100_000
    assert len(benchmark(find_blocks, text)) == 100_000


def test_kinds_of_news(benchmark: BenchmarkFixture) -> None:
    """The kinds of the blocks of an article are found one by one."""
    blocks = find_blocks(_NEWS)[:1000]

    def kinds() -> int:
        found = BlockClassifier(_NEWS, blocks, _LANGUAGE)
        return sum(1 for index in range(len(blocks)) if found.kind(index))

    assert benchmark(kinds) == 1000


@pytest.mark.parametrize("text", list(_HOSTILE.values()), ids=list(_HOSTILE))
def test_hostile_input(benchmark: BenchmarkFixture, text: str) -> None:
    """Input made to be slow takes time in proportion to its length."""
    assert benchmark(split_sentences, text, Span(0, len(text)), _LANGUAGE)
