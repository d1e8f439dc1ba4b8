"""What looks like a sidecar and belongs to no document: told by each verb, offered, never counted twice."""

from __future__ import annotations

import io
import json
import shutil
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, NamedTuple

import pytest
from app_builders import Work, article, labels_on, sidecar_of, sidecar_path

from annotator.app.documents.reattach import reattach
from annotator.app.session import commands
from annotator.app.workspace.sidecar_index import StrayReason, find_sidecar
from annotator.app.workspace.strays import find_strays
from annotator.app.workspace.workspace import load_workspace
from annotator.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-05-13T09:00:00+07:00"
NAMED = "format: annotator-workspace/1\nannotators: [mai, lan]\n"


class Answer(NamedTuple):
    """What a verb printed, and its exit status."""

    status: int
    out: str
    err: str


def verb(*words: object) -> Answer:
    """Run a verb."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run([str(word) for word in words], open_window=lambda _paths: 0)
    return Answer(status, out.getvalue(), err.getvalue())


def tagged(path: Path, label: str = "target", *, who: str = "mai", number: int = 3) -> bytes:
    """Tag a sentence of an article; return its sidecar."""
    work = Work(who=who)
    assert work.open(path)
    work.sentence(number)
    commands.tag(work.session, label)
    assert work.settle()
    assert work.session.store is not None
    written = work.session.store.path.read_bytes()
    work.session.close()
    return written


def counted(folder: Path) -> list[tuple[str, str, int]]:
    """File, annotator and number of labels, as `status` counts them."""
    found = json.loads(verb("status", folder, "--json").out)["documents"]
    return [(one["file"], one.get("annotator", ""), sum(one["labels"].values())) for one in found]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which an article was renamed on another computer, beside one that was not."""
    made = tagged(article(tmp_path / "old"))
    monkeypatch.setenv("ANNOTATOR_STATE_DIR", str(tmp_path / "fresh"))
    article(tmp_path / "new", "renamed.txt")
    article(tmp_path / "new", "other.txt", "Một bài khác hẳn.\n")
    (tmp_path / "new" / "article.txt.annotations.yaml").write_bytes(made)
    return tmp_path / "new"


def test_an_article_that_was_renamed_elsewhere_is_told_by_each_verb(elsewhere: Path) -> None:
    """Status, check and export name the file and the article whose text it is, and end with 1."""
    for answer in (verb("status", elsewhere), verb("check", elsewhere), verb("export", elsewhere, "--format", "csv")):
        assert answer.status == 1
        said = answer.out + answer.err
        assert "article.txt.annotations.yaml has the annotations of the text that is called renamed.txt now" in said
    found = json.loads(verb("status", elsewhere, "--json").out)
    assert found["left_out"] == [{"file": "article.txt.annotations.yaml", "reason": "renamed", "fits": "renamed.txt"}]
    assert counted(elsewhere) == [("other.txt", "", 0), ("renamed.txt", "", 0)]


def test_check_puts_it_back(elsewhere: Path) -> None:
    """It has the article's name then, is counted, and there is nothing more to tell."""
    answer = verb("check", elsewhere, "--fix")
    assert (answer.status, "belongs to renamed.txt again" in answer.out) == (0, True)
    assert counted(elsewhere) == [("other.txt", "", 0), ("renamed.txt", "", 1)]
    assert verb("check", elsewhere).status == 0
    assert not (elsewhere / "article.txt.annotations.yaml").exists()


def test_in_a_sub_folder(elsewhere: Path) -> None:
    """The article was moved and its sidecar stayed."""
    (elsewhere / "sub").mkdir()
    (elsewhere / "renamed.txt").rename(elsewhere / "sub" / "renamed.txt")
    (stray,) = find_strays(load_workspace(elsewhere))
    assert stray[1:] == (elsewhere / "sub" / "renamed.txt", "", StrayReason.RENAMED)
    assert not reattach(stray, load_workspace(elsewhere), now=NOW)
    assert counted(elsewhere) == [("other.txt", "", 0), ("sub/renamed.txt", "", 1)]


def test_two_articles_of_one_text(elsewhere: Path) -> None:
    """Nobody can tell whose it is: it is told and left where it is."""
    article(elsewhere, "twin.txt")
    (stray,) = find_strays(load_workspace(elsewhere))
    assert (stray.document, stray.reason) == (None, StrayReason.LOST)
    assert verb("check", elsewhere, "--fix").status == 1
    assert (elsewhere / "article.txt.annotations.yaml").exists()


def test_two_sidecars_for_one_article(elsewhere: Path) -> None:
    """Neither is taken without a question."""
    data = (elsewhere / "article.txt.annotations.yaml").read_bytes()
    (elsewhere / "before.txt.annotations.yaml").write_bytes(data)
    assert verb("check", elsewhere, "--fix").status == 1
    assert counted(elsewhere) == [("other.txt", "", 0), ("renamed.txt", "", 0)]


@pytest.mark.parametrize(
    "name",
    [
        "article.txt.annotations.mai-LAPTOP1.yaml",
        "article.txt.annotations.mai - Copy.yaml",
        "article.txt.annotations.mai - Bản sao.yaml",
        "article.txt.annotations.mai (1).yaml",
        "article.txt.annotations.Mai.yaml",
        "article.txt.annotations.mai.yaml.txt",
    ],
)
def test_a_copy_of_an_annotators_file_is_not_counted(tmp_path: Path, name: str) -> None:
    """There is no third annotator, no document more, and export writes each annotation once."""
    path = article(tmp_path)
    (tmp_path / "annotator.yaml").write_text(NAMED, "utf-8")
    tagged(path)
    shutil.copy(sidecar_path(path, "mai"), tmp_path / name)
    assert counted(tmp_path) == [("article.txt", "mai", 1), ("article.txt", "lan", 0)]
    exported = verb("export", tmp_path, "--format", "jsonl")
    assert len(exported.out.splitlines()) == 1
    assert name in exported.err
    assert name in verb("check", tmp_path).out


def test_a_name_in_another_normal_form_is_saved_where_it_was_read(tmp_path: Path) -> None:
    """No second sidecar of the same visible name comes into being."""
    path = article(tmp_path, unicodedata.normalize("NFD", "Hòa Bình.txt"))
    data = tagged(path)
    composed = tmp_path / unicodedata.normalize("NFC", sidecar_path(path).name)
    sidecar_path(path).rename(composed)
    assert counted(tmp_path) == [(path.name, "", 1)]
    tagged(path, "opinion", number=4)
    assert [one.name for one in tmp_path.glob("*.yaml")] == [composed.name]
    assert composed.read_bytes() != data
    assert counted(tmp_path) == [(path.name, "", 2)]
    assert verb("check", tmp_path).status == 0


def test_two_names_in_two_cases(tmp_path: Path) -> None:
    """Each of both articles has its own sidecar."""
    upper, lower = article(tmp_path, "A.txt"), article(tmp_path, "a.txt")
    if upper.samefile(lower):
        pytest.skip("this disk has no two names that differ in case")
    tagged(upper)
    assert find_sidecar(lower, owner="") == sidecar_path(lower)
    tagged(lower, "opinion")
    assert [labels[0] for path in (upper, lower) for _text, labels in labels_on(sidecar_of(path).decisions)] == [
        "target",
        "opinion",
    ]


def test_the_one_file_is_that_of_whoever_wrote_it(tmp_path: Path) -> None:
    """A folder gets named annotators: the file from before is that of the annotator whose name is in it."""
    path = article(tmp_path)
    tagged(path)
    (tmp_path / "annotator.yaml").write_text(NAMED, "utf-8")
    assert counted(tmp_path) == [("article.txt", "mai", 1), ("article.txt", "lan", 0)]
    tagged(path, "opinion", number=4)
    assert [one.name for one in tmp_path.glob("article*.yaml")] == ["article.txt.annotations.yaml"]


def test_a_user_who_writes_the_name_in_another_case(tmp_path: Path) -> None:
    """`Mai` works on the file of `mai`."""
    path = article(tmp_path)
    (tmp_path / "annotator.yaml").write_text(NAMED, "utf-8")
    tagged(path, who="Mai")
    assert counted(tmp_path) == [("article.txt", "mai", 1), ("article.txt", "lan", 0)]


def test_a_sidecar_that_an_editor_called_text_is_no_article(tmp_path: Path) -> None:
    """It is not listed; an article that is only called so is."""
    path = article(tmp_path)
    tagged(path)
    sidecar_path(path).rename(tmp_path / "article.txt.annotations.yaml.txt")
    article(tmp_path, "on.annotations.yaml.txt", "Một bài về tệp.\n")
    assert [one.name for one in load_workspace(tmp_path).documents] == ["article.txt", "on.annotations.yaml.txt"]
    (stray,) = find_strays(load_workspace(tmp_path))
    assert (stray.path.name, stray.reason) == ("article.txt.annotations.yaml.txt", StrayReason.UNNAMED)


def test_a_copy_is_merged_into_the_sidecar(tmp_path: Path) -> None:
    """What only the copy says is taken as a step that can be undone; the copy is kept in the backups."""
    path = article(tmp_path)
    old = tagged(path)
    tagged(path, "opinion", number=4)
    copy = tmp_path / "article.txt.annotations - Copy.yaml"
    copy.write_bytes(old.replace(b"[target]", b"[breakthrough]").replace(b"id: mai1", b"id: other"))
    workspace = load_workspace(tmp_path)
    (stray,) = find_strays(workspace)
    assert not reattach(stray, workspace, now=NOW)
    saved = sidecar_of(path).decisions
    assert sorted(labels for _text, labels in labels_on(saved)) == [("opinion",), ("target",)]
    assert [one.labels for one in saved.conflicts.values()] == [("breakthrough",)]
    assert not copy.exists()


def test_what_is_no_sidecar_is_left_alone(tmp_path: Path) -> None:
    """Other YAML files are none of our business."""
    article(tmp_path)
    (tmp_path / "config.yaml").write_text("format: other/1\n", "utf-8")
    (tmp_path / "data (1).yml").write_text("- 1\n", "utf-8")
    assert find_strays(load_workspace(tmp_path)) == ()
    assert verb("status", tmp_path).err == ""
