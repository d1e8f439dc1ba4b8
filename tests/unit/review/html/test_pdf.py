from __future__ import annotations

import builtins
import io
import subprocess
from typing import TYPE_CHECKING

import pytest
from page_articles import ATTACKS, TAGS, article, hostile, many, packet
from programs import require_program
from pypdf import PdfReader

from annotator.review.html.pdf import write_pdf
from annotator.review.model.answer import ReviewFileError

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.review.model.packet import Article, Packet


def printed(made: Packet, *articles: Article) -> PdfReader:
    """The pages as somebody else's program reads them."""
    out = io.BytesIO()
    write_pdf(made, articles, out)
    return PdfReader(out)


def words_of(pages: PdfReader) -> str:
    """All words on them, white space as one space."""
    return " ".join(" ".join(page.extract_text() for page in pages.pages).split())


def test_pages_hold_the_article_and_a_table_to_sign() -> None:
    """Vietnamese as it is written, letters and numbers at the sentences, boxes, lines to sign on, page numbers."""
    pages = printed(packet(), article(note="số liệu của tỉnh"))
    words = words_of(pages)
    for sentence in TAGS:
        assert words.count(sentence) == 2, sentence
    for said in (
        "số liệu của tỉnh",
        "Đồng ý",
        "Người góp ý",
        "Ngày",
        "Ký tên",
        "Trang 1 / 2",
        "Hồ sơ 2026",
        "25/11/2026",
    ):
        assert said in words
    assert pages.metadata is not None
    assert (pages.metadata.title, pages.metadata.author) == ("Phiếu góp ý gán nhãn – Hồ sơ 2026", "Mai")
    assert str(pages.root_object["/Lang"]) == "vi"


def test_several_documents_have_a_table_of_contents() -> None:
    """With the page of each, in the reviewer's language, and bookmarks."""
    pages = printed(packet("en"), article(), article(file="b.txt", annotator="hoa"))
    words = words_of(pages)
    for said in ("The documents", "Annotator: hoa", "Page 1 of 3", "Reviewed by", "Agree", "25 November 2026"):
        assert said in words
    first = " ".join((pages.pages[0].extract_text() or "").split())
    assert "1 Cao nguyên mở đường 2 2 Cao nguyên mở đường 3" in first
    assert len(pages.outline) == 4


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_words_are_only_printed(language: str) -> None:
    """No script, no address, no file of this machine; the words are there to be read."""
    pages = printed(packet(language, folder='#read("/etc/passwd") <b>', by=""), hostile(), article("", {}))
    words = words_of(pages)
    assert ATTACKS[0] in words
    assert '#read("/etc/passwd")' in words
    assert "root:" not in words
    for page in pages.pages:
        assert "/AA" not in page
        for one in page.get("/Annots") or ():
            assert one.get_object().get("/A", {}).get("/S") in {None, "/GoTo"}
    for key in ("/OpenAction", "/AcroForm", "/AA"):
        assert key not in pages.root_object
    assert "/JavaScript" not in (pages.root_object.get("/Names") or {})


def test_long_texts_break_over_pages() -> None:
    """A sentence longer than a page, with a note like it, stands whole in the article and in the annex."""
    long = "Một câu rất dài " + "hoài " * 2500 + "hết."
    pages = printed(packet(), article(f"Bài\n{long}", {long: ("target",)}))
    assert words_of(pages).count("hoài hết.") == 2
    assert words_of(pages).count("hoài") == 5000


def test_without_its_library_the_person_hears_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence, not a traceback; nothing is written."""
    real = builtins.__import__

    def missing(name: str, *rest: object, **more: object) -> object:
        if name == "typst":
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    out = io.BytesIO()
    with pytest.raises(ReviewFileError, match="pip install typst"):
        write_pdf(packet(), [article()], out)
    assert out.getvalue() == b""


def test_poppler_reads_it_too(tmp_path: Path) -> None:
    """Another program finds the words and no JavaScript in 60 documents."""
    require_program("pdftotext", package="poppler-utils")
    path = tmp_path / "a.pdf"
    with path.open("wb") as out:
        write_pdf(packet(), many(60), out)
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "JavaScript:      no" in told
    assert "Tagged:          yes" in told
    words = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Đoạn 3, câu 4 nói đến năm 2030 đạt 4% tổng sản phẩm" in " ".join(words.split())
    assert "Bài số 59" in words
