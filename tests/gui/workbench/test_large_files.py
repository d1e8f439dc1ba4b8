"""Large files in the window: the text is there at once, what takes long follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.span import Span
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

LINE = "Đến năm 2030, tỷ trọng kinh tế số đạt trên 30%."
COUNT = 2_000


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A folder with an article of 2,001 lines, all but the last one tagged, and a short one."""
    folder = tmp_path / "large"
    folder.mkdir()
    step = len(LINE) + 1
    annotations = [
        Annotation(f"a{number:05}", Span(number * step, number * step + len(LINE)), ("target",), LINE)
        for number in range(COUNT)
    ]
    record = DocumentRecord("a.txt", characters=step * (COUNT + 1), sentences=COUNT + 1)
    text = SidecarWriter().render(Sidecar(record, AnnotationSet.of(annotations)), quote=lambda _place: "")
    (folder / "a.txt").write_text(f"{LINE}\n" * (COUNT + 1), "utf-8")
    (folder / "a.txt.annotations.yaml").write_text(text, "utf-8")
    (folder / "b.txt").write_text("Một bài ngắn.\n", "utf-8")
    return folder


def test_the_text_is_there_before_its_many_annotations(large: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """The article can be read at once; it can be tagged when its annotations are read, and none is lost."""
    driver = open_on(large)
    driver.qtbot.waitUntil(lambda: not driver.read_only())
    assert driver.state().tagged_count == COUNT
    assert driver.notice() == ""
    driver.press("2")
    assert len(driver.labels()) == COUNT + 1


def test_another_document_can_be_opened_meanwhile(large: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """What was being read for the first document does not land on the second, and the first opens again."""
    driver = open_on(large)
    driver.press("Ctrl+PgDown")
    assert driver.current() == "Một bài ngắn."
    driver.worker.run(lambda: None, lambda _done: driver.press("1"))
    driver.qtbot.waitUntil(lambda: driver.state().tagged_count == 1)
    driver.press("Ctrl+PgUp")
    driver.qtbot.waitUntil(lambda: not driver.read_only())
    assert driver.state().tagged_count == COUNT


def test_a_single_line_of_a_megabyte_can_be_tagged(tmp_path: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """An article without a line end is laid out in pieces."""
    (tmp_path / "a.txt").write_text(" ".join([LINE] * 15_000), "utf-8")
    driver = open_on(tmp_path)
    driver.press("1", "Space", "End", "3")
    found = driver.saved()
    assert [one["labels"] for one in found["annotations"]] == [["target"], ["opinion"]]
    assert found["nothing"] == [[len(LINE) + 1, 2 * len(LINE) + 1]]
