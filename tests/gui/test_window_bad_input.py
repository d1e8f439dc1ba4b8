"""What the window says where something is wrong, and that it leaves the disk alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Desk

SOUND = "format: annotator/1\ndocument: {file: a.txt}\nannotations: []\nnothing: []\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{ not: [yaml", "line"),
        ("just: a file\n", "format"),
        ("format: annotator/99\ndocument: {file: a.txt}\nannotations: []\n", "later version"),
        ("", "empty"),
        (
            SOUND.replace("annotations: []", "annotations:\n- id: x\n  labels: [target]\n  at: [9, 3]\n  text: y"),
            "line 6",
        ),
    ],
    ids=["not yaml", "not ours", "later version", "empty", "wrong places"],
)
def test_a_sidecar_that_cannot_be_read_opens_read_only(
    folder: Path, open_on: Callable[[Path], Desk], content: str, words: str
) -> None:
    """The window says what is wrong, keys change nothing, and the file stays as it is."""
    sidecar = folder / "a.txt.annotations.yaml"
    sidecar.write_text(content, "utf-8")
    desk = open_on(folder)
    assert words in desk.bench.notice.text
    desk.press("1", "Space", "Ctrl+S")
    desk.bench.window.close()
    assert sidecar.read_text("utf-8") == content


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "picture"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(100), "PDF"),
    ],
    ids=["empty", "picture", "pdf"],
)
def test_a_document_that_is_no_text_is_told(
    tmp_path: Path, open_on: Callable[[Path], Desk], name: str, content: bytes, words: str
) -> None:
    """One sentence says what the file is; nothing is written beside it."""
    (tmp_path / name).write_bytes(content)
    desk = open_on(tmp_path)
    assert words in desk.bench.notice.text
    desk.press("1")
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_folder_without_documents_says_what_to_do(tmp_path: Path, open_on: Callable[[Path], Desk]) -> None:
    """The list says which files it looks for."""
    desk = open_on(tmp_path)
    assert desk.bench.session.document is None
    assert desk.bench.window.windowTitle() == "annotator"


def test_a_missing_folder_is_told(tmp_path: Path, open_on: Callable[[Path], Desk]) -> None:
    """A place that is not there gets a sentence with its name."""
    desk = open_on(tmp_path / "nowhere")
    assert "nowhere" in desk.bench.notice.text


def test_a_name_with_odd_characters_opens(tmp_path: Path, open_on: Callable[[Path], Desk]) -> None:
    """Line ends, quotes and emoji in a name neither break the window nor the file beside it."""
    path = tmp_path / 'bài "1"\n😀.txt'
    path.write_text("Mục tiêu là 10%.\n", "utf-8")
    desk = open_on(tmp_path)
    desk.press("1")
    desk.bench.window.close()
    assert path.with_name(f"{path.name}.annotations.yaml").exists()


def test_a_changed_text_brings_its_annotations_along(desk: Desk, folder: Path) -> None:
    """A paragraph put before the annotated one moves the annotation; one taken away makes it an orphan that is kept."""
    desk.press("1", "2")
    desk.bench.window.close()
    article = folder / "a.txt"
    text = article.read_text("utf-8").replace("Ba khâu đột phá được chọn. ", "")
    article.write_text(f"Một đoạn mới.\n\n{text}", "utf-8")
    again = desk.reopen()
    assert "lost" in again.bench.notice.text
    found = again.saved()
    assert [one["text"] for one in found["annotations"]] == ["Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."]
    assert found["annotations"][0]["at"] == [41, 95]
    assert [one["labels"] for one in found["orphans"]] == [["breakthrough"]]
    again.bench.window.close()


BROKEN = "annotations: ["


def test_a_sidecar_broken_by_another_program_is_not_overwritten(desk: Desk) -> None:
    """The window says so; the file stays; both come together when it is sound again."""
    desk.press("1")
    desk.saved()
    sound = desk.sidecar.read_text("utf-8")
    desk.sidecar.write_text(BROKEN, "utf-8")
    desk.press("2")
    desk.bench.run("save")
    desk.qtbot.waitUntil(lambda: "Another program" in desk.bench.notice.text)
    assert desk.sidecar.read_text("utf-8") == BROKEN
    desk.answer("Stay")
    desk.bench.window.close()
    assert desk.bench.window.isVisible()
    desk.bench.window.activateWindow()
    desk.qtbot.waitUntil(desk.bench.window.isActiveWindow)
    desk.sidecar.write_text(sound, "utf-8")
    desk.press("Ctrl+S")
    assert [found for _, found in desk.labels()] == [["target"], ["breakthrough"]]
    desk.qtbot.waitUntil(lambda: "Another program" not in desk.bench.notice.text)


def test_leaving_with_work_that_is_not_saved_is_asked(desk: Desk) -> None:
    """Whoever leaves all the same finds the work again when the document is opened the next time."""
    desk.press("1")
    desk.saved()
    sound = desk.sidecar.read_text("utf-8")
    desk.sidecar.write_text(BROKEN, "utf-8")
    desk.press("2")
    desk.answer("Leave all the same")
    desk.bench.window.close()
    assert not desk.bench.window.isVisible()
    desk.sidecar.write_text(sound, "utf-8")
    again = desk.reopen()
    assert [found for _, found in again.labels()] == [["target"], ["breakthrough"]]
    again.bench.window.close()


def test_a_second_window_on_the_same_document_only_reads(desk: Desk, open_on: Callable[[Path], Desk]) -> None:
    """Two windows do not fight: the second one says so and writes nothing."""
    desk.press("1")
    desk.saved()
    second = open_on(desk.folder)
    assert "another window" in second.bench.notice.text
    second.press("N", "3")
    assert desk.labels() == [("Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030.", ["target"])]


def test_a_mended_workspace_file_is_taken_up(desk: Desk) -> None:
    """While annotator.yaml is broken the window says so; Ctrl+R takes up what it says once it is mended."""
    settings = desk.folder / "annotator.yaml"
    settings.write_text("format: annotator-workspace/1\nlabels: [broken\n", "utf-8")
    desk.press("Ctrl+R")
    assert "annotator.yaml" in desk.bench.notice.text
    text = "format: annotator-workspace/1\nlabels:\n  key: own\n  labels:\n  - {key: risk, names: {en: Risk}}\n"
    settings.write_text(text, "utf-8")
    desk.press("Ctrl+R")
    assert desk.bench.notice.text == ""
    desk.press("1")
    assert [found for _, found in desk.labels()] == [["risk"]]
