"""Figures and times as they are shown, in both languages."""

from __future__ import annotations

import ast
import os
import re
import time
from typing import TYPE_CHECKING
from unicodedata import category

import pytest
from repository import ROOT

from annotator.app.preferences.translation import set_language
from annotator.core.formatting import (
    describe_moment,
    describe_time,
    format_count,
    format_day,
    format_percent,
    show_hidden,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = "2026-11-30T22:55:00+07:00"


@pytest.fixture
def _vietnamese() -> Iterator[None]:
    """Speak Vietnamese for one test."""
    set_language("vi")
    yield
    set_language("en")


@pytest.fixture(autouse=True)
def _hanoi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Live in Hà Nội for one test."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system has one time zone")
    with monkeypatch.context() as patch:
        patch.setitem(os.environ, "TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("count", "english", "vietnamese"),
    [(0, "0", "0"), (999, "999", "999"), (2552, "2,552", "2.552"), (-1250, "-1,250", "-1.250"), (10**6, *2 * [""])],
)
def test_a_count(count: int, english: str, vietnamese: str, request: pytest.FixtureRequest) -> None:
    """Thousands are parted from four digits on."""
    assert format_count(count) == (english or "1,000,000")
    request.getfixturevalue("_vietnamese")
    assert format_count(count) == (vietnamese or "1.000.000")


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (0.0001, "1%"), (0.956, "96%"), (0.9999, "99%"), (1, "100%"), (2 / 3, "67%"), (0.125, "13%")],
)
def test_a_share(share: float, text: str, request: pytest.FixtureRequest) -> None:
    """No space before the sign; nothing is done before something is, and all only when nothing is left."""
    assert format_percent(share) == text
    request.getfixturevalue("_vietnamese")
    assert format_percent(share) == text


@pytest.mark.parametrize(
    ("written", "english", "short", "vietnamese", "brief"),
    [
        ("2026-11-30T16:40:10+07:00", "today, 16:40", "16:40", "hôm nay, 16:40", "16:40"),
        ("2026-11-29T09:05:00+07:00", "yesterday, 09:05", "yesterday", "hôm qua, 09:05", "hôm qua"),
        ("2026-11-29T17:30:00+00:00", "today, 00:30", "00:30", "hôm nay, 00:30", "00:30"),
        ("2026-11-28T16:40:00+07:00", "28 Nov, 16:40", "28 Nov", "28/11, 16:40", "28/11"),
        ("2026-05-03T16:40:00", "3 May, 16:40", "3 May", "3/5, 16:40", "3/5"),
        ("2025-11-28T16:40:00+07:00", "28 Nov 2025, 16:40", "28 Nov 2025", "28/11/2025, 16:40", "28/11/2025"),
        ("2026-12-01T08:00:00+07:00", "1 Dec, 08:00", "1 Dec", "1/12, 08:00", "1/12"),
        ("", "", "", "", ""),
        ("a while ago", *4 * ["a while ago"]),
    ],
)
def test_a_time(
    written: str, english: str, short: str, vietnamese: str, brief: str, request: pytest.FixtureRequest
) -> None:
    """In a sentence with day and minute, in a list as short as can be; what is no time stays as it is."""
    assert (describe_time(written, now=NOW), describe_moment(written, now=NOW)) == (english, short)
    request.getfixturevalue("_vietnamese")
    assert (describe_time(written, now=NOW), describe_moment(written, now=NOW)) == (vietnamese, brief)


def test_a_day(request: pytest.FixtureRequest) -> None:
    """In a document it has its year, and is that of the place where it was written."""
    assert (format_day("2026-05-12T23:30:00+00:00"), format_day(""), format_day("soon")) == ("12 May 2026", "", "soon")
    request.getfixturevalue("_vietnamese")
    assert format_day("2025-11-28") == "28/11/2025"


def test_no_other_code_writes_a_time_or_a_per_cent_sign() -> None:
    """The window and what the program tells format them with this module alone."""
    found = []
    for path in (*(ROOT / "annotator" / "gui").rglob("*.py"), *(ROOT / "annotator" / "cli").rglob("*.py")):
        source = path.read_text("utf-8")
        used = {getattr(node, "attr", "") for node in ast.walk(ast.parse(source))}
        if used & {"strftime", "isoformat"} or re.search(r"\}%|\} %\"|:%[HdYm]", source):
            found.append(str(path.relative_to(ROOT)))
    assert not found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mục tiêu <b>&amp;</b>", "Mục tiêu <b>&amp;</b>"),
        ("a\u202etxt.exe", "a\\u202etxt.exe"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("a\u200bb\u200fc\ufeff", "a\\u200bb\\u200fc\\ufeff"),
        ("target\U000e0041", "target\\U000e0041"),
        ("a\x1b[31m\x9b", "a\\x1b[31m\\x9b"),
        ("soft\u00adhyphen", "soft\\xadhyphen"),
        ("a\u200db", "a\\u200db"),
        ("👩\u200d🌾 ❤\ufe0f", "👩\u200d🌾 ❤\ufe0f"),
        ("one\n\ttwo", "one\n\ttwo"),
        ("a\r\nb", "a\\x0d\nb"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_what_it_is(text: str, shown: str) -> None:
    """Marks of direction, of zero width, tags and controls are written out; all letters and pictures stay."""
    assert show_hidden(text) == shown
    assert show_hidden("a\tb\nc\u202e", is_line=True) == "a\\x09b\\x0ac\\u202e"


def test_every_invisible_character_of_unicode_is_shown() -> None:
    """No format character, control or separator of lines is left, but for those that are seen as signs."""
    seen = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
    seen |= {*range(0x1BCA0, 0x1BCA4)}  # of shorthand: they turn the letters beside them
    kinds = {"Cf", "Cc", "Cs", "Zl", "Zp"}
    hidden = [chr(code) for code in range(0x110000) if category(chr(code)) in kinds and code not in {*seen, 9, 10}]
    assert not [f"{ord(char):x}" for char in hidden if char in show_hidden(f"a{char}b")]
