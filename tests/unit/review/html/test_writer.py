from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_articles import TAGS, TEXT, article, hostile, many, packet, page_bytes

from annotator.core.colour import contrast_ratio
from annotator.core.span import Span
from annotator.review.html.colours import DARK_INK, DARK_PAPER, LIGHT_INK, LIGHT_PAPER, get_shades, render_colour_rules
from annotator.review.html.data import LOOSE, article_to_json, dump_safe_json
from annotator.review.html.texts import TEXTS, format_date
from annotator.review.html.writer import write_page
from annotator.review.model.packet import ReviewItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.review.model.packet import Article

DATA = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)
SCRIPTS = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def data_of(page: bytes) -> list[object]:
    """What a browser would find in the page's data, in order: packet, articles, end."""
    return [json.loads(found) for found in DATA.findall(page.decode("utf-8"))]


def test_the_page_holds_all_that_goes_out() -> None:
    """The packet, each article with each sentence once and in order, and at the end how many."""
    first, second, last = data_of(page_bytes(packet(), article(note="số liệu")))
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert isinstance(last, dict)
    assert (first["folder"], first["language"], len(first["labels"])) == ("Hồ sơ 2026", "vi", 3)
    words = [piece if isinstance(piece, str) else piece[0] for _kind, pieces in second["blocks"] for piece in pieces]
    assert "".join(words) == TEXT.replace("\n", "")
    tagged = [piece[0] for _kind, pieces in second["blocks"] for piece in pieces if piece[2:] and piece[2]]
    assert tagged == list(TAGS)
    assert [item["note"] for item in second["items"]] == ["số liệu"] * 3
    assert (last["articles"], last["annotations"], len(last["fingerprint"])) == (1, 3, 32)


def test_the_policy_names_the_script_and_the_style_and_nothing_else() -> None:
    """The hashes are those of what stands in the page; there is no address in it, and no handler in an attribute."""
    page = page_bytes(packet(), article()).decode("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    (script,) = SCRIPTS.findall(page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for part, kind in ((script, "script-src"), (style, "style-src")):
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1]
    assert re.findall(r"https?://", page) == ["http://"]
    assert "http://www.w3.org/2000/svg" in page
    assert re.search(r"<[^>]*\s(?:on\w+|style)=", re.sub(SCRIPTS, "", page)) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_words_are_data(language: str) -> None:
    """Whatever stands in texts, notes, labels and names: the page has as many elements as that of a plain article."""
    plain = page_bytes(packet(language), article()).decode("utf-8")
    page = page_bytes(packet(language, folder="</title><script>1</script>", by="<i>\ud800"), hostile()).decode("utf-8")
    tags = re.compile(r"<[a-z!/][^>]*>")
    assert len(tags.findall(page)) == len(tags.findall(plain))
    assert data_of(page.encode())[1] == article_to_json(hostile())


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_data_is_harmless_and_whole(text: str) -> None:
    """Any text, lone surrogates too, comes back as it was and has nothing that a page would take for markup."""
    made = dump_safe_json({"a": [text]})
    assert not set(made) & set("<>&\u2028\u2029")
    made.encode("utf-8")
    assert json.loads(made) == {"a": [text]}


def test_no_annotation_is_left_out() -> None:
    """One that spans two sentences stands at the first; one in a gap or beyond the text stands by itself at the end."""
    one = article()
    gap = TEXT.index(" Đến năm")
    stray = (
        ReviewItem("wide", Span(gap - 5, gap + 9), 0, ("target",), "phiên đầu. Đến năm"),
        ReviewItem("gap", Span(gap, gap + 1), 0, ("target",), " "),
        ReviewItem("beyond", Span(9000, 9001), 0, (), "x", note="lost"),
    )
    values = article_to_json(_with_items(one, (*one.items, *stray)))
    blocks = values["blocks"]
    assert isinstance(blocks, list)
    places = [at for block in blocks for piece in _pieces(block) if not isinstance(piece, str) for at in piece[2]]
    assert sorted(places) == list(range(6))
    assert blocks[-1] == [LOOSE, [[" ", 0, [4]], ["x", 0, [5]]]]


def test_articles_are_written_one_by_one_and_a_page_comes_whole_or_not_at_all() -> None:
    """Each is asked for when the one before is written; where one fails, nothing was handed out."""

    def broken() -> Iterator[Article]:
        yield article()
        raise OSError(5, "gone")

    out = io.BytesIO()
    with pytest.raises(OSError, match="gone"):
        write_page(packet(), broken(), out)
    assert out.getvalue() == b""
    write_page(packet(), many(200), out)
    assert data_of(out.getvalue())[-1] == {**_end(out.getvalue()), "articles": 200, "annotations": 5000}


def test_the_fingerprint_is_that_of_the_content() -> None:
    """The same articles have the same; one letter more has another, and so has another day."""
    one, same = (_end(page_bytes(packet(), article())) for _ in range(2))
    other = _end(page_bytes(packet(), article(TEXT + "!")))
    assert one == same
    assert one["fingerprint"] != other["fingerprint"]


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_labels_can_be_read_in_any_colour(colour: str) -> None:
    """On light and on dark paper: text on the ground of a label by 7, its letter by 4.5."""
    for paper, ink in ((LIGHT_PAPER, LIGHT_INK), (DARK_PAPER, DARK_INK)):
        made = get_shades(colour, paper=paper, ink=ink)
        assert contrast_ratio(ink, made.background) >= 7
        assert contrast_ratio(made.letter, made.background) >= 4.5
        assert contrast_ratio(made.line, paper) >= 3


def test_a_colour_that_is_none_is_grey() -> None:
    """Nothing from a label set gets into the style but colours."""
    assert "harm" not in render_colour_rules(("red;}*{background:url(harm)}", "#12", ""))


def test_both_languages_say_the_same() -> None:
    """With the same places to fill in."""
    assert list(TEXTS["vi"]) == list(TEXTS["en"])
    for key, words in TEXTS["vi"].items():
        assert sorted(re.findall(r"{\w+}", words)) == sorted(re.findall(r"{\w+}", TEXTS["en"][key])), key


def test_dates_are_written_as_in_the_language() -> None:
    """A day, a day with time, and what is none."""
    assert format_date("vi", "2026-02-01T10:00:00+07:00") == "01/02/2026"
    assert format_date("en", "2026-12-25") == "25 December 2026"
    assert format_date("en", "soon") == "soon"


def _with_items(one: Article, items: tuple[ReviewItem, ...]) -> Article:
    from dataclasses import replace  # noqa: PLC0415  # only here

    return replace(one, items=items)


def _pieces(block: object) -> list[list[list[int]] | str]:
    assert isinstance(block, list)
    found: list[list[list[int]] | str] = block[1]
    return found


def _end(page: bytes) -> dict[str, object]:
    end = data_of(page)[-1]
    assert isinstance(end, dict)
    return end


@pytest.mark.parametrize("theme", [0, 1])
def test_the_page_itself_can_be_read(theme: int) -> None:
    """Words, quiet words, verdicts and buttons by 4.5 on every paper that they stand on, edges of fields by 3."""
    style = page_bytes(packet(), article()).decode("utf-8")
    found = re.findall(r":root \{([^}]*--paper[^}]*)\}", style)[theme]
    colours = dict(re.findall(r"--(\w[\w-]*): (#[0-9a-f]{6})", found))
    papers = [colours[name] for name in ("paper", "desk", "field", "soft")]
    for name in ("ink", "quiet", "agree", "change", "drop", "accent"):
        for paper in papers:
            assert contrast_ratio(colours[name], paper) >= 4.5, (name, paper)
    assert contrast_ratio(colours["on-accent"], colours["accent"]) >= 4.5
    assert all(contrast_ratio(colours["paper"], colours[name]) >= 4.5 for name in ("agree", "change", "drop"))
    assert all(contrast_ratio(colours["edge"], paper) >= 3 for paper in papers[:3])
