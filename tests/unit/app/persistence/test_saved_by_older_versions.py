"""What version 0.1.0 saved is read for ever: sidecars, journals, workspace file and settings in ``tests/saved``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from app_builders import Work, sidecar_path
from repository import ROOT

from annotator.app.preferences.settings import Settings, load_settings
from annotator.app.session import commands
from annotator.core.document import BlockKind
from annotator.core.verdict import Outcome
from annotator.storage.journal.journal import journal_path

SAVED = ROOT / "tests" / "saved" / "0.1.0"
ARTICLES = sorted(path.name for path in (SAVED / "articles").glob("*.txt"))
STEPS = {  # that can be undone: those since the text changed, where it did
    "cang-xanh-ven-bien.txt": [],
    "chuyen-doi-so-xa.txt": ["tag", "tag", "nothing", "tag", "tag", "note"],
    "delta-water-plan.txt": ["tag", "note", "tag", "merge", "review in"],
    "xe-buyt-ben-ha.txt": [
        "split",
        "join",
        "kind",
        "tag",
        "fields",
        "note",
        "tag",
        "nothing",
        "tag",
        *["review in"] * 3,
        *["review"] * 2,
        "nothing",
    ],
}
RARE = "xe-buyt-ben-ha.txt"  # read in a chosen encoding; it has one of each record that is seldom made


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A copy of the folder that version 0.1.0 left."""
    return Path(shutil.copytree(SAVED / "articles", tmp_path / "articles"))


def with_journal(articles: Path, own_folders: Path, name: str) -> Path:
    """Put the journal that was written on an article where it is looked for, and return the article's path."""
    article = articles / name
    journal = journal_path(article, annotator="mai", state_folder=own_folders / "state")
    journal.parent.mkdir(parents=True)
    shutil.copy(SAVED / "journals" / f"{name}.jsonl", journal)
    return article


def saved(article: Path) -> dict[str, Any]:
    """Return the content of an article's sidecar, but for the digests of the text."""
    found: dict[str, Any] = yaml.safe_load(sidecar_path(article, "mai").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", ARTICLES)
def test_a_sidecar_is_saved_as_it_was_read(articles: Path, name: str) -> None:
    """A step and its undo leave every entry of the file as version 0.1.0 wrote it."""
    work, article = Work(), articles / name
    before = saved(article)
    assert work.open(article)
    assert work.warned == ""
    work.sentence(7)
    commands.set_note(work.session, "Một ghi chú.")
    assert work.settle()
    assert saved(article) != before
    commands.undo(work.session)
    assert work.settle()
    assert saved(article) == before


@pytest.mark.parametrize("name", STEPS)
def test_a_journal_is_taken_up(articles: Path, own_folders: Path, name: str) -> None:
    """A document opens with its history, and its last steps can be undone and done again."""
    article = with_journal(articles, own_folders, name)
    work = Work()
    assert work.open(article)
    before = work.session.state
    undone: list[str] = []
    while work.session.history.done:
        undone.insert(0, work.session.history.done[-1].verb)
        assert work.session.undo()
    assert undone == STEPS[name]
    for _ in undone:
        assert work.session.redo()
    assert work.session.state == before


def test_what_waits_for_an_answer_is_there(articles: Path) -> None:
    """Changed sentences, orphans, conflicts and verdicts of reviewers come back."""
    work = Work()
    assert work.open(articles / "delta-water-plan.txt")
    state = work.session.state
    assert [one.id for one in state.annotations.values() if one.previous] == ["mai1"]
    assert [one.id for one in state.orphans.values()] == ["mai4"]
    assert [one.id for one in state.conflicts.values()] == ["mai3"]
    verdicts = list(state.verdicts.values())
    assert {one.kind.value for one in verdicts} == {"agree", "drop", "change"}
    assert {(one.reviewer, one.outcome) for one in verdicts} == {("Bà Hoa", Outcome.OPEN)}


def test_rare_records_are_there(articles: Path) -> None:
    """Cuts, joins, block kinds, fields and the chosen encoding come back by value."""
    work = Work()
    assert work.open(articles / RARE)
    assert work.warned == ""
    document, state = work.session.document, work.session.state
    assert document is not None
    assert document.encoding == saved(articles / RARE)["document"]["encoding"] == "tcvn3"
    (cut,) = (place for place, _ in state.splits.items())
    assert document.text[:cut].endswith("60 chuyến; ")
    assert document.text[cut:].startswith("vé đồng giá")
    ((start, end),) = state.joins.items()
    assert document.text[start:end] == "Điện lực dựng bốn trạm sạc. Bãi đỗ cũ được sửa lại."
    ((start, block),) = state.blocks.items()
    assert (document.text[start : start + 10], block.kind) == ("Thị xã Bến", BlockKind.CAPTION)
    assert [document.text[start:end] for start, end in state.nothing.items()] == [
        "Tuyến dài 18 km, nối ga Bến Hạ với khu công nghiệp Cồn Sậy.",
        "Thị xã chưa trả lời.",
    ]
    found = {one.id: one for one in state.annotations.values()}
    assert found["mai1"].fields == {"value": "80%", "by": "2030"}
    assert found["mai1"].note == "Mốc của cả thị xã."
    assert found["mai3"].labels == ("opinion",)


def test_decided_verdicts_are_there(articles: Path) -> None:
    """A verdict comes back with what was made of it, when and by whom."""
    work = Work()
    assert work.open(articles / RARE)
    now = "2026-05-13T09:00:00+07:00"
    verdicts = {one.id: one for one in work.session.state.verdicts.values()}
    assert {key: (one.kind.value, one.outcome, one.decided_at, one.decided_by) for key, one in verdicts.items()} == {
        "gopy01": ("change", Outcome.TAKEN, now, "mai"),
        "gopy02": ("drop", Outcome.REFUSED, now, "mai"),
        "gopy03": ("agree", Outcome.OPEN, "", ""),
    }
    assert verdicts["gopy01"].labels_seen == ("breakthrough",)
    assert verdicts["gopy01"].comment == "Đây là ý kiến."


def test_an_undone_step_can_be_done_again(articles: Path, own_folders: Path) -> None:
    """The step that was undone last waits in the journal, also after the restart."""
    work = Work()
    assert work.open(with_journal(articles, own_folders, RARE))
    assert [step.verb for step in work.session.history.undone] == ["tag"]
    assert work.session.redo()
    found = {one.id: one for one in work.session.state.annotations.values()}
    assert (found["mai4"].text, found["mai4"].labels) == ("Tài xế học nghề trong sáu tuần.", ("target",))


def test_settings_are_read(tmp_path: Path) -> None:
    """Every preference comes back as it was chosen."""
    path = Path(shutil.copy(SAVED / "settings.json", tmp_path))
    raw = json.loads(path.read_text("utf-8"))
    found = load_settings(path)
    assert found != Settings()
    for name, value in raw.items():
        kept = getattr(found, name)
        assert (kept if name != "places" else {key: list(place) for key, place in kept.items()}) == value
