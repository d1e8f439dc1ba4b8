"""The whole way by the web page: from the sidecar to a reviewer's Chromium and back into the sidecar."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright import sync_api
from programs import require_program
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "app"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "review"))

from appbuilders import ARTICLE, Work, sidecar_of
from pagearticles import write_to

from annotator.app.documents.open import open_document
from annotator.app.review.importing import log_batches
from annotator.app.review.matching import match_answers, place_of
from annotator.app.review.packets import articles_of, packet_of
from annotator.app.session import commands
from annotator.core.review.verdict_edits import refuse_verdict, take_verdict
from annotator.core.verdict import Outcome
from annotator.review.html.pdf import write_pdf
from annotator.review.registry import read_returned

if TYPE_CHECKING:
    from annotator.review.model.packet import Article, Packet


def worked_on(folder: Path, text: str) -> Work:
    """A folder of one article, of which four sentences are tagged; the fourth that can be is left free."""
    folder.mkdir()
    path = folder / "bài.txt"
    path.write_text(text, "utf-8")
    made = Work()
    assert made.open(folder)
    assert open_document(made.session, path, deliver=made.deliver)
    reading = made.session.reading
    assert reading is not None
    decidable = [one for one in reading.all_sentences() if reading.kind(one.block).is_decidable]
    for place, label in ((0, "target"), (1, "breakthrough"), (2, "opinion"), (4, "target")):
        made.session.go(decidable[place])
        commands.tag(made.session, label, stay=True)
    assert made.settle()
    return made


def going_out(work: Work, language: str) -> tuple[Packet, list[Article]]:
    """What goes to the reviewer."""
    workspace = work.session.workspace
    assert workspace is not None
    packet = packet_of(workspace, language=language, made="2026-11-25", by="mai")
    return packet, list(articles_of(workspace, language=language, on_trouble=pytest.fail))


def judged_in_chromium(page_path: Path, saved: Path) -> str:
    """Agree, change, drop, add and a comment by keys; what the free sentence said to which a label was added."""
    chromium = require_program("chromium", "chromium-browser", "google-chrome", package="chromium")
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, headless=True, args=["--no-sandbox"])
        page = browser.new_page()
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
def test_what_is_decided_ends_in_the_sidecar(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    """Taken: changed, dropped, added; refused: a remark. The sidecar has just that, with who said it."""
    text = ARTICLE if kind == "own" else request.getfixturevalue("seed").read_text("utf-8")
    work = worked_on(tmp_path / "Lạng Sơn", text)
    session = work.session
    assert session.workspace is not None
    packet, articles = going_out(work, "vi")
    before = [(one.text, one.labels) for one in session.state.annotations.values()]
    saved = tmp_path / "answers.json"
    added = judged_in_chromium(write_to(tmp_path / "page.html", packet, articles), saved)
    found = read_returned(saved.read_bytes(), name=saved.name, labels=session.workspace.labels)
    assert (found.troubles, found.unanswered) == ((), 0)
    ids = count(1)
    matched = match_answers(found.answers, session.workspace, source=saved.name, new_id=lambda: f"v{next(ids)}")
    assert matched.troubles == ()
    (logged,) = log_batches(matched.batches, session)
    assert (logged.added, logged.trouble) == (5, "")
    for key, verdict in list(session.state.verdicts.items()):
        if verdict.comment:
            changes = refuse_verdict(session.state, key, now="2026-11-26", by="mai")
        else:
            assert session.reading is not None
            place = place_of(verdict, session.state, session.reading)
            changes = take_verdict(session.state, key, place=place, writer=session.writer(), by="mai")
        assert session.do("review", changes)
    assert work.settle()
    assert session.path is not None
    kept = sidecar_of(session.path).decisions
    after = [(one.text, one.labels) for one in kept.annotations.values()]
    assert after == [before[0], (before[1][0], ("target",)), (added, ("opinion",)), before[3]]
    verdicts = list(kept.verdicts.values())
    assert {(one.reviewer, one.source) for one in verdicts} == {("Lan", "answers.json")}
    assert [one.comment for one in verdicts if one.outcome is Outcome.REFUSED] == ["?"]
    assert sum(one.outcome is Outcome.TAKEN for one in verdicts) == 4


def test_the_seed_is_printed_whole(seed: Path, tmp_path: Path) -> None:
    """Each of its sentences can be read on the pages."""
    packet, articles = going_out(worked_on(tmp_path / "Lạng Sơn", seed.read_text("utf-8")), "vi")
    path = tmp_path / "a.pdf"
    with path.open("wb") as out:
        write_pdf(packet, articles, out)
    words = "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())
    (article,) = articles
    missing = [
        article.text[slice(*span)]
        for paragraph in article.paragraphs
        for span in paragraph.sentences
        if "".join(article.text[slice(*span)].split()) not in words
    ]
    assert len(missing) <= 2, missing  # those that a page break cuts in two
