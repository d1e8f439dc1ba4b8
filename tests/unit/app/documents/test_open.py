"""What is opened: folders, documents, several together, and what their annotator.yaml says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.app.session.segmented_text import SegmentedText
from annotator.app.workspace.workspace import load_workspace, reload_settings
from annotator.core.annotation_set import AnnotationSet
from annotator.storage.documents.folder import FolderError
from annotator.storage.workspace.reader import WORKSPACE_FILE

if TYPE_CHECKING:
    from pathlib import Path

QUOTED = "Ông nói: “Đây là việc khó. Chúng ta phải quyết tâm.” Hội trường vỗ tay."


def test_several_places_are_one_list(tmp_path: Path) -> None:
    """A folder and documents named together make one list in the order given, none of them twice."""
    for name in ("one/a.txt", "one/b.txt", "two/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Một câu.\n", "utf-8")
    found = load_workspace(tmp_path / "two" / "c.txt", tmp_path / "one", tmp_path / "one" / "a.txt")
    assert tmp_path == found.folder
    assert [path.name for path in found.documents] == ["c.txt", "a.txt", "b.txt"]
    assert [found.index(path) for path in found.documents] == [0, 1, 2]


def test_one_missing_place_of_several_is_told(tmp_path: Path) -> None:
    """Nothing is opened in part: the sentence names the place that is not there."""
    (tmp_path / "a.txt").write_text("Một câu.\n", "utf-8")
    with pytest.raises(FolderError, match="nowhere"):
        load_workspace(tmp_path / "a.txt", tmp_path / "nowhere")


@pytest.mark.parametrize(("setting", "sentences"), [("cut", 3), ("whole", 2)])
def test_a_folder_chooses_whether_quotations_are_cut(tmp_path: Path, setting: str, sentences: int) -> None:
    """`quotations: whole` keeps a quotation of several sentences together; without it, it is cut inside."""
    (tmp_path / WORKSPACE_FILE).write_text(f"format: annotator-workspace/1\nquotations: {setting}\n", "utf-8")
    (tmp_path / "a.txt").write_text(f"{QUOTED}\n", "utf-8")
    workspace = load_workspace(tmp_path)
    reading = SegmentedText(f"{QUOTED}\n", workspace.language, AnnotationSet())
    assert len(list(reading.all_sentences())) == sentences


def test_a_wrong_word_for_quotations_is_told(tmp_path: Path) -> None:
    """The line and what may stand there are named, and the usual rules hold."""
    (tmp_path / WORKSPACE_FILE).write_text("format: annotator-workspace/1\nquotations: maybe\n", "utf-8")
    found = load_workspace(tmp_path)
    assert "line 2" in found.warnings[0]
    assert "cut or whole" in found.warnings[0]
    assert not found.language.is_quote_kept_whole


def test_a_folder_keeps_its_labels_while_its_file_is_broken(tmp_path: Path) -> None:
    """What was read last without a fault holds, which is said; a folder that never had any has the usual ones."""
    path = tmp_path / WORKSPACE_FILE
    good = "format: annotator-workspace/1\nlabels:\n  key: own\n  labels:\n  - {key: risk, names: {en: Risk}}\n"
    path.write_text(good, "utf-8")
    assert [label.key for label in load_workspace(tmp_path).labels] == ["risk"]
    path.write_text(f"{good}  - {{key: risk}}\n", "utf-8")
    found = load_workspace(tmp_path)
    assert [label.key for label in found.labels] == ["risk"]
    assert "last valid label set" in found.warnings[0]
    path.write_text(good.replace("risk", "danger"), "utf-8")
    assert [label.key for label in reload_settings(found).labels] == ["danger"]
    other = tmp_path / "other"
    other.mkdir()
    (other / WORKSPACE_FILE).write_text("format: annotator-workspace/1\nlabels: 5\n", "utf-8")
    assert [label.key for label in load_workspace(other).labels] == ["target", "breakthrough", "opinion"]
