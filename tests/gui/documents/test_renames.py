"""Articles and sidecars are renamed, moved and copied by other programs while the window is open."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from annotator.app.documents.reattach import reattach
from annotator.gui.documents import stray_sidecars
from annotator.gui.documents.stray_sidecars import StraySidecars
from annotator.gui.widgets.stray_bar import StrayBar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver

    from annotator.app.workspace.sidecar_index import StraySidecar
    from annotator.app.workspace.workspace import Workspace

GOAL = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
THREE = "Ba khâu đột phá được chọn."
ORDERS = ["article, sidecar", "sidecar, article"]


def sidecar_of(path: Path) -> Path:
    """Return where the sidecar of an article belongs."""
    return path.with_name(f"{path.name}.annotations.yaml")


def rename(source: Path, target: Path, order: str) -> None:
    """Rename an article and its sidecar as a file manager does, in this order."""
    for part in order.split(", "):
        if part == "article":
            source.rename(target)
        else:
            sidecar_of(source).rename(sidecar_of(target))


def tagged(driver: WindowDriver) -> int:
    """How many sentences are tagged in the window."""
    return len(driver.state().annotations)


def sidecars(folder: Path) -> list[str]:
    """The names of all sidecars."""
    return sorted(path.name for path in folder.rglob("*.annotations*"))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("is_alone", [False, True], ids=["folder", "document"])
@pytest.mark.parametrize("name", ["c.txt", "sub/c.txt"])
def test_renamed_tagged_and_closed_at_once(
    folder: Path, open_on: Callable[[Path], WindowDriver], *, is_alone: bool, order: str, name: str
) -> None:
    """What is tagged before the window notices anything is in the sidecar of the new name, and nothing in the old."""
    (folder / "sub").mkdir()
    driver = open_on(folder / "a.txt" if is_alone else folder)
    driver.press("1", "2")
    assert driver.save()
    rename(folder / "a.txt", folder / name, order)
    driver.press("3", "3")
    assert tagged(driver) == 4
    driver.close_at_once()
    assert sidecars(folder) == ["c.txt.annotations.yaml"]
    assert tagged(open_on(folder / name)) == 4


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("is_alone", [False, True], ids=["folder", "document"])
def test_the_window_goes_on_under_the_new_name(
    folder: Path, open_on: Callable[[Path], WindowDriver], *, is_alone: bool, order: str
) -> None:
    """The title and the list have the new name, and the next keys are saved there."""
    driver = open_on(folder / "a.txt" if is_alone else folder)
    driver.follow_files()
    driver.press("1", "2")
    assert driver.save()
    rename(folder / "a.txt", folder / "c.txt", order)
    driver.qtbot.waitUntil(lambda: driver.path() == folder / "c.txt")
    assert driver.current_document() == "c.txt"
    assert "c.txt" in driver.title()
    driver.press("3", "3")
    assert driver.save()
    assert sidecars(folder) == ["c.txt.annotations.yaml"]
    assert sidecar_of(folder / "c.txt").read_text("utf-8").count("labels: [") == 4
    driver.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert tagged(driver) == 0


def test_the_article_alone_is_renamed_and_the_window_closed(
    folder: Path, open_on: Callable[[Path], WindowDriver]
) -> None:
    """Its sidecar is moved along."""
    driver = open_on(folder)
    driver.press("1")
    assert driver.save()
    (folder / "a.txt").rename(folder / "c.txt")
    driver.press("2")
    driver.close_at_once()
    assert sidecars(folder) == ["c.txt.annotations.yaml"]
    assert tagged(open_on(folder / "c.txt")) == 2


def test_renamed_before_anything_was_saved(folder: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """The first sidecar has the new name."""
    driver = open_on(folder)
    (folder / "a.txt").rename(folder / "c.txt")
    driver.press("1")
    driver.close_at_once()
    assert sidecars(folder) == ["c.txt.annotations.yaml"]


def test_two_articles_swap_their_names(folder: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """The window follows the text, and each decision stays with its own."""
    driver = open_on(folder)
    driver.press("Ctrl+PgDown", "3")
    assert driver.save()
    driver.press("Ctrl+PgUp", "1")
    assert driver.save()
    driver.follow_files()
    one, two, away = folder / "a.txt", folder / "b.txt", folder.parent / "away"
    for first, second in ((one, two), (sidecar_of(one), sidecar_of(two))):
        first.rename(away)
        second.rename(first)
        away.rename(second)
    driver.press("2")
    driver.qtbot.waitUntil(lambda: driver.path() == two)
    assert driver.labels_at(two) == ["target", "breakthrough"]
    driver.close_at_once()
    again = open_on(two)
    assert [one.text for one in again.state().annotations.values()] == [GOAL, THREE]
    assert [one.labels for one in open_on(one).state().annotations.values()] == [("opinion",)]


def test_a_copied_article_that_is_edited_is_not_followed(driver: WindowDriver) -> None:
    """The old text in a copy is no reason to leave the article."""
    driver.follow_files()
    driver.press("1")
    assert driver.save()
    path = driver.folder / "a.txt"
    shutil.copy(path, driver.folder / "a - Copy.txt")
    path.write_text("Dòng mới.\n\n" + path.read_text("utf-8"), "utf-8")
    driver.qtbot.waitUntil(lambda: driver.text().startswith("Dòng mới."))
    assert driver.path() == path
    assert tagged(driver) == 1


def strays(driver: WindowDriver) -> list[str]:
    """What the document list and *To check* tell."""
    driver.follow_strays()
    return [one.text() for one in driver.find_all(StrayBar) if one.isVisible()]


def test_undo_goes_back_to_a_renamed_article(driver: WindowDriver) -> None:
    """The steps in it are those of the article, whatever it is called."""
    driver.follow_files()
    driver.press("1")
    assert driver.save()
    target = driver.folder / "c.txt"
    rename(driver.folder / "a.txt", target, ORDERS[0])
    driver.qtbot.waitUntil(lambda: driver.path() == target)
    driver.open_row(0)
    assert driver.path() == driver.folder / "b.txt"
    driver.press("Ctrl+Z")
    assert (driver.path(), tagged(driver)) == (target, 0)


def test_a_sidecar_of_a_renamed_article_is_offered(
    driver: WindowDriver, open_on: Callable[[Path], WindowDriver]
) -> None:
    """The list and F8 tell it; chosen there, it is the article's again, and nothing is told any more."""
    driver.press("1", "2")
    assert driver.save()
    folder = driver.folder
    driver.close_at_once()
    state = folder.parent / "elsewhere"
    sidecar_of(folder / "a.txt").rename(folder / "z.txt.annotations.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_STATE_DIR", str(state))  # as on another computer, which has no journal
        again = open_on(folder)
        again.follow_files()
        again.press("F8")
        told = "1 annotation file without its article. It may have been renamed."
        again.qtbot.waitUntil(lambda: strays(again) == [told, told])
        assert tagged(again) == 0
        buttons = [one for one in again.find_all(QPushButton) if one.text() == "Reattach…" and one.isVisible()]
        assert len(buttons) == 2
        choose(again, "z.txt.annotations.yaml: reattach to a.txt")
        again.qtbot.waitUntil(lambda: again.toast() == "The annotations are back at their article.")
        assert tagged(again) == 2
        assert sidecars(folder) == ["a.txt.annotations.yaml"]
        with again.recent_messages() as messages:
            assert "The annotations are back at their article." in messages.texts()
        again.qtbot.waitUntil(lambda: strays(again) == [])
        again.close_at_once()


def choose(driver: WindowDriver, text: str) -> None:
    """Choose what an action offers, as the list that opens does."""
    feature = driver._feature(StraySidecars)
    (chosen,) = [one for one in feature.list_choices() if one.text == text]
    chosen.callback(feature._context)


def test_a_copy_of_another_article_is_told_and_merged(
    driver: WindowDriver, open_on: Callable[[Path], WindowDriver]
) -> None:
    """A copy beside an article that is not open: told, not counted, merged by a click, kept in the backups."""
    driver.press("Ctrl+PgDown", "3")
    assert driver.save()
    driver.press("Ctrl+PgUp")
    folder = driver.folder
    driver.close_at_once()
    sidecar = sidecar_of(folder / "b.txt")
    copy = folder / "b.txt.annotations - Bản sao.yaml"
    shutil.copy(sidecar, copy)
    again = open_on(folder)
    again.follow_files()
    told = "1 other version of annotations, which is not counted."
    again.qtbot.waitUntil(lambda: strays(again) == [told])
    choose(again, "b.txt.annotations - Bản sao.yaml: merge into b.txt")
    again.qtbot.waitUntil(lambda: not copy.exists())
    assert sidecar.read_text("utf-8").count("labels: [") == 1
    again.qtbot.waitUntil(lambda: strays(again) == [])


def test_reattaching_never_blocks_the_window(
    driver: WindowDriver, open_on: Callable[[Path], WindowDriver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are read and merged in a worker; meanwhile nothing of it can be chosen again."""
    driver.press("Ctrl+PgDown", "3")
    assert driver.save()
    driver.press("Ctrl+PgUp")
    folder = driver.folder
    driver.close_at_once()
    shutil.copy(sidecar_of(folder / "b.txt"), folder / "b.txt.annotations - Bản sao.yaml")
    again = open_on(folder)
    again.follow_files()
    again.qtbot.waitUntil(lambda: len(strays(again)) == 1)
    threads: list[threading.Thread] = []

    def note(stray: StraySidecar, workspace: Workspace, *, now: str) -> str:
        threads.append(threading.current_thread())
        return reattach(stray, workspace, now=now)

    monkeypatch.setattr(stray_sidecars, "reattach", note)
    choose(again, "b.txt.annotations - Bản sao.yaml: merge into b.txt")
    assert again._feature(StraySidecars).list_choices() == []
    again.qtbot.waitUntil(lambda: again.toast() == "The annotations are back at their article.")
    assert threads
    assert threading.main_thread() not in threads
