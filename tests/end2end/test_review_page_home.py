"""The whole way by the web page: from the sidecar to a reviewer's Chromium and back into the sidecar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE
from patience import PATIENCE
from playwright import sync_api
from programs import require_program
from pypdf import PdfReader
from round_trips import assert_decided, assert_undo_restores, decide_verdicts, import_answers, sent, tag_folder

from annotator.app.review.packets import iter_articles

if TYPE_CHECKING:
    from pathlib import Path


def judged_in_chromium(page_path: Path, saved: Path) -> str:
    """Agree, change, drop, add and a comment by keys; return the free sentence to which a label was added."""
    chromium = require_program("chromium", "chromium-browser", "google-chrome", package="chromium")
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, headless=True, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        page.goto(page_path.as_uri())
        page.locator("#reviewer").fill("Lan")
        for key in ("Escape", "j", "1", "j", "2", "1", "Enter", "j", "3", "Shift+ArrowDown", "+", "3", "Enter"):
            page.keyboard.press(key)
        added = page.locator("#card .quote").text_content() or ""
        for key in ("j", "n", "?", "Escape"):
            page.keyboard.press(key)
        with page.expect_download() as download:
            page.keyboard.press("Control+s")
        download.value.save_as(saved)
        browser.close()
    return added


@pytest.mark.parametrize("kind", ["own", "seed"])
def test_by_page(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    """Agree, change, drop, a remark and an addition, chosen by keys; six steps, and undo takes all of them back."""
    text = ARTICLE if kind == "own" else request.getfixturevalue("seed").read_text("utf-8")
    folder = tag_folder(tmp_path / "Lạng Sơn", text)
    saved = tmp_path / "answers.json"
    assert judged_in_chromium(sent(folder, "html", tmp_path / "page.html"), saved) == folder.free
    import_answers(folder, saved, verdicts=5)
    decide_verdicts(folder)
    assert_decided(folder, source="answers.json")
    assert_undo_restores(folder, 6)


def test_the_seed_is_printed_whole(seed: Path, tmp_path: Path) -> None:
    """Each of its sentences can be read on the pages."""
    folder = tag_folder(tmp_path / "Lạng Sơn", seed.read_text("utf-8"))
    path = sent(folder, "pdf", tmp_path / "a.pdf")
    words = "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())
    workspace = folder.work.session.workspace
    assert workspace is not None
    (article,) = iter_articles(workspace, language="vi", on_trouble=pytest.fail)
    missing = [
        article.text[slice(*span)]
        for paragraph in article.paragraphs
        for span in paragraph.sentences
        if "".join(article.text[slice(*span)].split()) not in words
    ]
    assert len(missing) <= 2, missing  # those that a page break cuts in two
