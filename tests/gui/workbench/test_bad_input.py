"""What the window says where something is wrong, and that it leaves the disk alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

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
    folder: Path, open_on: Callable[[Path], WindowDriver], content: str, words: str
) -> None:
    """The window says what is wrong, keys change nothing, and the file stays as it is."""
    sidecar = folder / "a.txt.annotations.yaml"
    sidecar.write_text(content, "utf-8")
    driver = open_on(folder)
    assert words in driver.notice()
    driver.press("1", "Space", "Ctrl+S")
    driver.close()
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
    tmp_path: Path, open_on: Callable[[Path], WindowDriver], name: str, content: bytes, words: str
) -> None:
    """One sentence says what the file is; nothing is written beside it."""
    (tmp_path / name).write_bytes(content)
    driver = open_on(tmp_path)
    assert words in driver.notice()
    driver.press("1")
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_folder_without_documents_says_what_to_do(tmp_path: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """The list says which files it looks for."""
    driver = open_on(tmp_path)
    assert not driver.has_document()
    assert driver.title() == "annotator"


def test_a_missing_folder_is_told(tmp_path: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """A place that is not there gets a sentence with its name."""
    driver = open_on(tmp_path / "nowhere")
    assert "nowhere" in driver.notice()


def test_a_name_with_odd_characters_opens(tmp_path: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """Line ends, quotes and emoji in a name neither break the window nor the file beside it."""
    path = tmp_path / 'bài "1"\n😀.txt'
    path.write_text("Mục tiêu là 10%.\n", "utf-8")
    driver = open_on(tmp_path)
    driver.press("1")
    driver.close()
    assert path.with_name(f"{path.name}.annotations.yaml").exists()


def test_a_changed_text_brings_its_annotations_along(driver: WindowDriver, folder: Path) -> None:
    """A paragraph put before the annotated one moves the annotation; one taken away makes it an orphan that is kept."""
    driver.press("1", "2")
    driver.close()
    article = folder / "a.txt"
    text = article.read_text("utf-8").replace("Ba khâu đột phá được chọn. ", "")
    article.write_text(f"Một đoạn mới.\n\n{text}", "utf-8")
    again = driver.reopen()
    assert "lost" in again.notice()
    found = again.saved()
    assert [one["text"] for one in found["annotations"]] == ["Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."]
    assert found["annotations"][0]["at"] == [41, 95]
    assert [one["labels"] for one in found["orphans"]] == [["breakthrough"]]
    again.close()


BROKEN = "annotations: ["


def test_a_sidecar_broken_by_another_program_is_not_overwritten(driver: WindowDriver) -> None:
    """The window says so; the file stays; both come together when it is sound again."""
    driver.press("1")
    driver.saved()
    sound = driver.sidecar.read_text("utf-8")
    driver.sidecar.write_text(BROKEN, "utf-8")
    driver.press("2")
    driver.run("save")
    driver.qtbot.waitUntil(lambda: "Another program" in driver.notice())
    assert driver.sidecar.read_text("utf-8") == BROKEN
    driver.answer("Stay")
    driver.close()
    assert driver.is_open()
    driver.activate()
    driver.qtbot.waitUntil(driver.is_active)
    driver.sidecar.write_text(sound, "utf-8")
    driver.press("Ctrl+S")
    assert [found for _, found in driver.labels()] == [["target"], ["breakthrough"]]
    driver.qtbot.waitUntil(lambda: "Another program" not in driver.notice())


def test_leaving_with_work_that_is_not_saved_is_asked(driver: WindowDriver) -> None:
    """Whoever leaves all the same finds the work again when the document is opened the next time."""
    driver.press("1")
    driver.saved()
    sound = driver.sidecar.read_text("utf-8")
    driver.sidecar.write_text(BROKEN, "utf-8")
    driver.press("2")
    driver.answer("Quit anyway")
    driver.close()
    assert not driver.is_open()
    driver.sidecar.write_text(sound, "utf-8")
    again = driver.reopen()
    assert [found for _, found in again.labels()] == [["target"], ["breakthrough"]]
    again.close()


def test_a_second_window_on_the_same_document_only_reads(
    driver: WindowDriver, open_on: Callable[[Path], WindowDriver]
) -> None:
    """Two windows do not fight: the second one says so and writes nothing."""
    driver.press("1")
    driver.saved()
    second = open_on(driver.folder)
    assert "another window" in second.notice()
    second.press("N", "3")
    assert driver.labels() == [("Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030.", ["target"])]


def test_a_mended_workspace_file_is_taken_up(driver: WindowDriver) -> None:
    """While annotator.yaml is broken the window says so; Ctrl+R takes up what it says once it is mended."""
    settings = driver.folder / "annotator.yaml"
    settings.write_text("format: annotator-workspace/1\nlabels: [broken\n", "utf-8")
    driver.press("Ctrl+R")
    assert "annotator.yaml" in driver.notice()
    text = "format: annotator-workspace/1\nlabels:\n  key: own\n  labels:\n  - {key: risk, names: {en: Risk}}\n"
    settings.write_text(text, "utf-8")
    driver.press("Ctrl+R")
    assert driver.notice() == ""
    driver.press("1")
    assert [found for _, found in driver.labels()] == [["risk"]]
