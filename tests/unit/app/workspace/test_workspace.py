"""Workspaces, and what is found out about all of their documents: overviews, records to export, checks."""

from __future__ import annotations

import errno
import shutil
from itertools import count
from pathlib import Path

import pytest
from app_builders import ARTICLE, Work, article, sidecar_of, sidecar_path

from annotator.app.documents.change_detection import detect_changes, initial_watch_state
from annotator.app.documents.progress import DocumentProgress, count_progress, iter_progress
from annotator.app.export import iter_records
from annotator.app.persistence import safe_overwrite
from annotator.app.persistence.safe_overwrite import save_backup
from annotator.app.session import commands
from annotator.app.sidecar_check import CheckResult, check_path
from annotator.app.workspace.sidecar_index import SidecarFile, find_sidecars
from annotator.app.workspace.workspace import load_folder_workspace, load_workspace, reload_settings
from annotator.core.annotation import Status
from annotator.storage.documents import folder as folder_module
from annotator.storage.documents.folder import FolderError
from annotator.storage.paths import ensure_state_folder

NAMED = "format: annotator-workspace/1\nannotators: [mai, lan]\n"


def tagged(path: Path, *labels: str, who: str = "mai") -> Path:
    """An article with its first sentences tagged."""
    work = Work(who=who)
    assert work.open(path)
    for label in labels:
        commands.tag(work.session, label)
    assert work.session.close()
    return path


def test_the_settings_of_a_workspace(tmp_path: Path) -> None:
    """Labels, abbreviations and annotators of the folder hold for its documents, also for one opened by itself."""
    path = article(tmp_path, text="Khu Hoathinh. Long đã họp.\n")
    (tmp_path / "annotator.yaml").write_text(
        "format: annotator-workspace/1\nlanguage: vi\nabbreviations: [Hoathinh.]\nannotators: [mai]\n"
        "labels: [{key: a, names: {en: A}}, {key: b, names: {en: B}}]\n"
    )
    for workspace in (load_folder_workspace(tmp_path), load_workspace(path)):
        assert [label.key for label in workspace.labels] == ["a", "b"]
        assert workspace.warnings == ()
        assert (workspace.documents, workspace.index(path), workspace.index(None)) == ((path,), 0, None)
        assert workspace.sidecar_path(path, annotator="mai") == sidecar_path(path, "mai")
        assert count_progress(path, workspace, annotator="mai").sentences == 1


def test_a_folder_that_could_not_be_listed_whole_stays_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading its settings again lists nothing; listing it again does, and finds what can be read by then."""
    path = article(tmp_path)
    article(tmp_path / "sub", "b.txt")
    scan = folder_module._scan

    def refuse(place: str) -> object:
        if place.endswith("sub"):
            raise PermissionError(errno.EACCES, "no")
        return scan(place)

    with monkeypatch.context() as patched:
        patched.setattr(folder_module, "_scan", refuse)
        workspace = load_folder_workspace(tmp_path)
        work = Work()
        assert work.open(path)
        work.session.use_workspace(workspace)
        watched = initial_watch_state(work.session)
        assert watched is not None
        watched = detect_changes(watched, work.session.state).known
    assert not workspace.is_complete
    assert not reload_settings(workspace).is_complete
    (tmp_path / "c.txt").write_text("Câu.\n", "utf-8")
    found = detect_changes(watched, work.session.state).listing
    assert found is not None
    assert (found.is_complete, len(found.documents)) == (True, 3)
    assert load_folder_workspace(tmp_path).is_complete
    work.session.close()


def test_settings_that_can_be_read_again_make_a_folder_complete(tmp_path: Path) -> None:
    """Nothing is carried along that is mended."""
    article(tmp_path)
    (tmp_path / "annotator.yaml").write_text("format: [")
    workspace = load_folder_workspace(tmp_path)
    assert not workspace.is_complete
    (tmp_path / "annotator.yaml").unlink()
    assert reload_settings(workspace).is_complete


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"format: [", "annotator.yaml"),
        (b"format: annotator-workspace/9\n", "later version"),
        (b"\xff\x00", "annotator.yaml"),
        (b"", "the file is empty"),
        (b"format: annotator-workspace/1\nlanguage: xx\n", "xx"),
        (b"format: annotator-workspace/1\nlabels: other\n", "other"),
    ],
)
def test_a_broken_workspace_file(tmp_path: Path, content: bytes, told: str) -> None:
    """It is told, the usual labels and languages hold, work goes on, and the file stays as it is."""
    path = article(tmp_path)
    (tmp_path / "annotator.yaml").write_bytes(content)
    work = Work()
    assert work.open(tmp_path)
    assert told in work.warned
    assert [label.key for label in work.session.labels] == ["target", "breakthrough", "opinion"]
    commands.tag(work.session, "target")
    assert work.session.close()
    assert sidecar_of(path).decisions.decided_count == 1
    assert (tmp_path / "annotator.yaml").read_bytes() == content


def test_a_workspace_file_that_is_a_folder(tmp_path: Path) -> None:
    """It is told like any other file that cannot be read."""
    (tmp_path / "annotator.yaml").mkdir()
    assert "cannot be read" in load_folder_workspace(tmp_path).warnings[0]


@pytest.mark.parametrize("name", ["none", "x" * 300, "file.txt/below"])
def test_a_place_where_nothing_is(tmp_path: Path, name: str) -> None:
    """A sentence says so, whatever the reason is."""
    article(tmp_path, "file.txt")
    with pytest.raises(FolderError):
        load_workspace(tmp_path / name)


def test_how_far_documents_are(tmp_path: Path) -> None:
    """Counts by label, state and share, for a new document, one in progress and one that is done."""
    for name in ("1.txt", "2.txt", "3.txt"):
        article(tmp_path, name)
    tagged(tmp_path / "2.txt", "target", "target", "opinion")
    work = Work()
    work.open(tmp_path / "3.txt")
    commands.finish(work.session)
    work.session.close()
    found = list(iter_progress(load_folder_workspace(tmp_path)))
    assert found == [
        DocumentProgress("1.txt", sentences=8, undecided=6, path=Path("1.txt")),
        DocumentProgress("2.txt", Status.IN_PROGRESS, 8, 3, 3, {"target": 2, "opinion": 1}, path=Path("2.txt")),
        DocumentProgress("3.txt", Status.DONE, 8, 6, 0, {}, path=Path("3.txt")),
    ]
    assert [one.share for one in found] == [0.0, 0.5, 1.0]


def test_what_cannot_be_read_is_told_with_its_document(tmp_path: Path) -> None:
    """An empty document and a broken sidecar each have a sentence; the others are counted."""
    article(tmp_path, "1.txt", "")
    sidecar_path(article(tmp_path, "2.txt")).write_text("x: [")
    sidecar_path(article(tmp_path, "3.txt")).mkdir()
    article(tmp_path, "4.txt")
    found = list(iter_progress(load_folder_workspace(tmp_path)))
    assert [bool(one.trouble) for one in found] == [True, True, True, False]
    assert "1.txt is empty" in found[0].trouble
    assert "2.txt.annotations.yaml" in found[1].trouble
    workspace = load_folder_workspace(tmp_path)
    assert count_progress(tmp_path / "1.txt", workspace, annotator="mai") == found[0]


def test_each_annotator_has_an_overview(tmp_path: Path) -> None:
    """Those whom the workspace names, and those who have a sidecar though it does not name them."""
    path = article(tmp_path)
    (tmp_path / "annotator.yaml").write_text(NAMED)
    tagged(path, "target")
    tagged(path, "opinion", "opinion", who="hoa")
    found = [(one.annotator, one.decided, one.status) for one in iter_progress(load_folder_workspace(tmp_path))]
    assert found == [("mai", 1, Status.IN_PROGRESS), ("lan", 0, Status.NEW), ("hoa", 2, Status.IN_PROGRESS)]


def test_the_sidecars_of_documents(tmp_path: Path) -> None:
    """All are found, by annotator, in every folder; a folder that cannot be listed has none."""
    one, other = article(tmp_path, "1.txt"), article(tmp_path, "b/1.txt")
    for path in (sidecar_path(one, "lan"), sidecar_path(one), sidecar_path(other, "T.Mai"), tmp_path / "x.yaml"):
        path.write_text("")
    assert list(find_sidecars([one, other, tmp_path / "none" / "x.txt"])) == [
        (one, (SidecarFile("", sidecar_path(one)), SidecarFile("lan", sidecar_path(one, "lan")))),
        (other, (SidecarFile("T.Mai", sidecar_path(other, "T.Mai")),)),
        (tmp_path / "none" / "x.txt", ()),
    ]


def test_records_of_all_annotators(tmp_path: Path) -> None:
    """Each annotation of each sidecar is a record, with its document below the folder, its number and kind."""
    path = article(tmp_path, "b/1.txt")
    (tmp_path / "annotator.yaml").write_text(NAMED)
    work = Work()
    work.open(tmp_path)
    commands.tag(work.session, "target")
    work.session.close()
    work = Work(who="lan")
    work.open(tmp_path)
    commands.mark_nothing(work.session)
    commands.tag(work.session, "opinion")
    work.session.close()
    found = list(iter_records(load_folder_workspace(tmp_path), on_trouble=pytest.fail, on_uncounted=pytest.fail))
    assert [(one.document, one.annotator, one.labels, one.number, one.kind) for one in found] == [
        ("b/1.txt", "lan", ("opinion",), 4, "paragraph"),
        ("b/1.txt", "mai", ("target",), 3, "lead"),
    ]
    assert found[0].title == "Tạo tiền đề vững chắc để vùng cao bước vào giai đoạn mới"
    assert ARTICLE[found[0].start : found[0].end] == found[0].text
    assert sidecar_path(path, "lan").exists()


def test_records_go_on_after_trouble(tmp_path: Path) -> None:
    """What cannot be read is told, and the rest is there."""
    sidecar_path(article(tmp_path, "1.txt")).write_text("x: [")
    sidecar_path(article(tmp_path, "2.txt", "")).write_text("x")
    sidecar_path(article(tmp_path, "3.txt")).mkdir()
    tagged(article(tmp_path, "4.txt"), "target")
    told: list[str] = []
    found = iter_records(load_folder_workspace(tmp_path), on_trouble=told.append, on_uncounted=pytest.fail)
    assert [one.document for one in found] == ["4.txt"]
    assert [text.split(" ")[0].rstrip(",:") for text in told] == [
        "1.txt.annotations.yaml",
        "2.txt",
        str(sidecar_path(tmp_path / "3.txt")),
    ]


def checked(path: Path, *, is_fixing: bool = False) -> list[CheckResult]:
    """What a check finds."""
    return list(check_path(path, is_fixing=is_fixing))


def test_sound_files(tmp_path: Path) -> None:
    """The folder, the document and the sidecar itself can be named; each gives the file, sound."""
    path = tagged(article(tmp_path), "target")
    for named in (tmp_path, path, sidecar_path(path)):
        (found,) = checked(named)
        assert (found.file, found.is_clean, found.is_settled) == (str(sidecar_path(path)), True, True)


def test_faults_by_line(tmp_path: Path) -> None:
    """All faults of a file are told at once, each with its line and cure."""
    sidecar_path(article(tmp_path)).write_text("format: annotator/1\nstatus: x\nannotations: 3\nnothing: []\n")
    (found,) = checked(tmp_path)
    assert [fault.line for fault in found.faults] == [0, 2, 3]
    assert all(fault.remedy for fault in found.faults)
    assert not found.is_settled


def test_a_sidecar_whose_document_is_gone(tmp_path: Path) -> None:
    """It is told, with the name of the document."""
    path = tagged(article(tmp_path), "target")
    path.unlink()
    for named in (tmp_path, sidecar_path(path)):
        (found,) = checked(named)
        assert "There is no article.txt in" in found.faults[0].problem


def test_re_anchoring_on_demand(tmp_path: Path) -> None:
    """A check only tells what moved; a fix writes it, keeps the old file, and leaves to tell what a person must see."""
    path = tagged(article(tmp_path), "target", "opinion", "opinion")
    new = "Dòng mới.\n\n" + ARTICLE.replace("Sáng nay", "Hôm qua").replace("Đến năm 2030, kinh tế số đạt trên 30%", "X")
    article(tmp_path, text=new)
    old = sidecar_path(path).read_bytes()
    (found,) = checked(tmp_path)
    assert len(found.notices) == 3
    changed, goal = "Sáng nay, hội đồng đã họp phiên đầu tiên.", "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."
    assert [one.text for one in found.orphans] == [goal]
    assert [(one.text, one.previous.text if one.previous else "") for one in found.changed] == [
        (changed.replace("Sáng nay", "Hôm qua"), changed)
    ]
    assert (found.exact, found.moved, found.conflicts) == (0, 1, ())
    assert sidecar_path(path).read_bytes() == old
    (fixed,) = checked(tmp_path, is_fixing=True)
    assert (fixed.is_fixed, fixed.is_settled) == (True, False)
    assert [one.read_bytes() for one in (ensure_state_folder() / "backups").glob("*.yaml")] == [old]
    (again,) = checked(tmp_path, is_fixing=True)
    assert (again.notices, len(again.orphans), len(again.changed), again.exact) == ((), 1, 1, 1)
    assert not again.is_fixed
    assert sidecar_of(path).document.sentences == 9


def test_a_fix_that_cannot_be_written(tmp_path: Path) -> None:
    """It is told, and the file stays."""
    path = tagged(article(tmp_path), "target")
    article(tmp_path, text="Dòng mới.\n\n" + ARTICLE)
    old = sidecar_path(path).read_bytes()
    shutil.rmtree(ensure_state_folder() / "backups", ignore_errors=True)
    (ensure_state_folder() / "backups").write_text("in the way")
    (found,) = checked(tmp_path, is_fixing=True)
    assert "cannot be kept" in found.faults[0].problem
    assert (found.is_fixed, sidecar_path(path).read_bytes()) == (False, old)


def moved_down(folder: Path) -> Path:
    """An article with two tags, whose text was changed since."""
    path = tagged(article(folder), "target", "opinion")
    article(folder, text="Dòng mới.\n\n" + ARTICLE)
    return path


@pytest.mark.parametrize("times", [1, 99])
def test_what_is_written_while_a_fix_is_made_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Another program saves just before the file is replaced: its label and note are in the file, and it is fixed anew.

    Where that goes on and on, it is a fault and nothing is written.
    """
    path = sidecar_path(moved_down(tmp_path))
    calls = count(1)

    def keep_and_change(place: Path, data: bytes) -> Path:
        kept, number = save_backup(place, data), next(calls)
        if number <= times:
            text = place.read_text("utf-8").replace("labels: [target]", "labels: [opinion]\n  note: theirs")
            place.write_text(f"{text}# {number}\n", "utf-8")
        return kept

    monkeypatch.setattr(safe_overwrite, "save_backup", keep_and_change)
    (found,) = checked(tmp_path, is_fixing=True)
    first = next(iter(sidecar_of(tmp_path / "article.txt").decisions.annotations.values()))
    assert (first.labels, first.note) == (("opinion",), "theirs")
    assert (found.is_fixed, len(found.faults)) == ((True, 0) if times == 1 else (False, 1))
    assert ("# 1\n" in path.read_text("utf-8")) == (times > 1)


def test_a_fix_under_a_window(tmp_path: Path) -> None:
    """Nothing is written while a window works on the document, and the sentence says so; afterwards it is."""
    path = moved_down(tmp_path)
    work = Work()
    assert work.open(path)
    assert work.settle()
    article(tmp_path, text="Dòng mới hơn nữa.\n\n" + ARTICLE)
    old = sidecar_path(path).read_bytes()
    (found,) = checked(tmp_path, is_fixing=True)
    assert "open in a window" in found.notices[-1]
    assert (found.is_fixed, found.is_settled, sidecar_path(path).read_bytes() == old) == (False, False, True)
    work.session.close()
    (found,) = checked(tmp_path, is_fixing=True)
    assert found.is_fixed


def test_a_broken_workspace_file_is_a_fault(tmp_path: Path) -> None:
    """The check tells it, and checks the rest."""
    tagged(article(tmp_path), "target")
    (tmp_path / "annotator.yaml").write_text("format: [")
    assert [one.is_clean for one in checked(tmp_path)] == [False, True]


def test_checking_is_done_file_by_file(tmp_path: Path) -> None:
    """The first result is there before the second file is looked at."""
    tagged(article(tmp_path, "1.txt"), "target")
    second = tagged(article(tmp_path, "2.txt"), "target")
    found = check_path(tmp_path, is_fixing=False)
    assert next(found).is_clean
    sidecar_path(second).write_text("x: [")
    assert not next(found).is_clean


def test_hidden_folders_are_left_alone(tmp_path: Path) -> None:
    """What is in them is not checked."""
    sidecar_path(article(tmp_path, ".git/1.txt")).write_text("x: [")
    article(tmp_path)
    assert checked(tmp_path) == []
