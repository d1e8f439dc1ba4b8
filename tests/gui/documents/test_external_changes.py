"""Another program changes the files of what is open in the window."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn
from unicodedata import normalize

import document_holder
import pytest
from dialog_driver import focus_widget
from label_dialog_driver import press, with_dialog, write
from PySide6.QtTest import QTest

from annotator.gui.documents import external_changes, stray_sidecars
from annotator.gui.documents.file_watcher import FileWatcher
from annotator.gui.widgets.stray_bar import StrayBar
from annotator.storage.atomic import save_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot
    from window_driver import WindowDriver

GOAL = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
THREE = "Ba khâu đột phá được chọn."


@pytest.fixture
def followed(driver: WindowDriver) -> WindowDriver:
    """A window that looks after its files, its first sentence tagged and saved."""
    driver.follow_files()
    driver.press("1")
    assert driver.labels() == [(GOAL, ["target"])]
    return driver


def add(driver: WindowDriver, words: str, label: str, *, identity: str = "theirs") -> None:
    """What another program does: one annotation more, the rest as it stands, put in place as a whole."""
    start = driver.text().index(words)
    item = f"- {{id: {identity}, labels: [{label}], at: [{start}, {start + len(words)}], text: {words!r}}}\n"
    text = driver.sidecar.read_text("utf-8").replace("nothing:", item + "nothing:", 1)
    save_bytes(driver.sidecar, text.encode())


def shown_labels(driver: WindowDriver) -> list[tuple[str, tuple[str, ...]]]:
    """What is decided in the window, as the article shows it."""
    return [(one.text, one.labels) for one in driver.state().annotations.values()]


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> Iterator[list[str]]:
    """Let a function of a module fail meanwhile; yield the errors that are reported."""
    failed: list[str] = []

    def fail(*_known: object) -> NoReturn:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(threading, "excepthook", lambda hook: failed.append(hook.exc_type.__name__))
        patched.setattr(module, name, fail)
        yield failed


def wait_for(driver: WindowDriver, words: str) -> None:
    """Wait until the notice says this."""
    driver.qtbot.waitUntil(lambda: words in driver.notice())


def test_labels_that_the_window_saved_are_no_news(followed: WindowDriver) -> None:
    """The settings that the program wrote itself raise no message; those of another program do."""

    def rename(dialog: QWidget) -> None:
        write(dialog, "Name, English", "Goal")
        press(dialog, "Return")

    with_dialog(followed, rename)
    assert followed.notice() == "The labels are saved."
    followed.follow_files()
    settings = followed.folder / "annotator.yaml"
    (followed.folder / "c.txt").write_text("Một bài mới.", "utf-8")
    wait_for(followed, "1 document is new in the folder.")
    with followed.recent_messages() as messages:
        assert not any("annotator.yaml" in row for row in messages.rows())
    save_bytes(settings, settings.read_bytes().replace(b"Goal", b"Aim"))
    wait_for(followed, "Another program changed annotator.yaml")


def test_a_tag_of_another_program_appears(followed: WindowDriver) -> None:
    """Without a key pressed, the article shows it, the notice says it, and what follows saves both."""
    add(followed, THREE, "breakthrough")
    wait_for(followed, "1 decision by another program was taken over.")
    assert shown_labels(followed) == [(GOAL, ("target",)), (THREE, ("breakthrough",))]
    followed.press("Shift+3")
    assert followed.labels() == [(GOAL, ["target"]), (THREE, ["breakthrough", "opinion"])]
    followed.press("Ctrl+Z", "Ctrl+Z")
    assert followed.labels() == [(GOAL, ["target"]), (THREE, ["breakthrough"])]  # that is another person's work
    followed.press("Ctrl+Z")
    assert followed.labels() == [(GOAL, ["target"])]


def test_following_goes_on_after_an_error(followed: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in one check is reported; what another program does after it is followed."""
    assert followed.save()
    with failing(monkeypatch, external_changes, "detect_changes") as failed:
        add(followed, THREE, "breakthrough")
        followed.qtbot.waitUntil(lambda: bool(failed))
    save_bytes(followed.sidecar, followed.sidecar.read_bytes() + b"# later\n")
    followed.qtbot.waitUntil(lambda: (THREE, ("breakthrough",)) in shown_labels(followed))


def test_looking_for_strays_goes_on_after_an_error(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next look finds them."""
    driver.press("1")
    assert driver.save()
    driver.follow_strays()
    with failing(monkeypatch, stray_sidecars, "find_strays") as failed:
        assert driver.open_path(driver.folder)
        driver.qtbot.waitUntil(lambda: bool(failed))
    copy = driver.folder / "z.txt.annotations.yaml"
    copy.write_bytes(driver.sidecar.read_bytes())
    assert driver.open_path(driver.folder)
    driver.qtbot.waitUntil(lambda: any(one.isVisible() for one in driver.find_all(StrayBar)))


def test_another_process_and_a_key_at_the_same_time(followed: WindowDriver) -> None:
    """Both are in the file in the end, though the key was pressed before anything was noticed."""
    add(followed, THREE, "breakthrough")
    followed.press("End", "3")
    assert followed.save()
    expected = [(GOAL, ["target"]), (THREE, ["breakthrough"]), ("Mọi người đồng ý.", ["opinion"])]
    assert followed.labels() == expected


def test_a_contradiction_is_told(followed: WindowDriver) -> None:
    """One sentence tagged differently at the same time: ours stands, theirs is kept, and the notice says where."""
    add(followed, THREE, "breakthrough")
    followed.press("3")
    assert followed.save()
    wait_for(followed, "1 conflict: ")
    saved = followed.saved()
    assert [one["labels"] for one in saved["annotations"]] == [["target"], ["opinion"]]
    assert [one["labels"] for one in saved["conflicts"]] == [["breakthrough"]]


def test_a_note_that_is_being_written_stays(followed: WindowDriver) -> None:
    """The editor keeps the focus and the words so far; the other program's tag is there all the same."""
    followed.press("K", "T")
    QTest.keyClicks(focus_widget(), "dang viet")
    add(followed, THREE, "breakthrough")
    wait_for(followed, "taken over")
    note = followed.note()
    assert (note.hasFocus(), note.toPlainText()) == (True, "dang viet")
    QTest.keyClicks(note, " tiep")
    followed.press("Esc")
    saved = followed.saved()["annotations"]
    assert [(one["text"], one.get("note")) for one in saved] == [(GOAL, "dang viet tiep"), (THREE, None)]


def test_a_note_of_another_program_is_shown_in_the_open_editor(followed: WindowDriver) -> None:
    """Nothing was written in the editor: it shows the new note, so that nothing older is written over it."""
    followed.press("K", "T")
    text = followed.sidecar.read_text("utf-8")
    save_bytes(followed.sidecar, text.replace("  origin: person", "  note: theirs\n  origin: person").encode())
    note = followed.note()
    followed.qtbot.waitUntil(lambda: note.toPlainText() == "theirs")
    note.moveCursor(note.textCursor().MoveOperation.End)
    QTest.keyClicks(note, " mine")
    followed.press("Esc")
    assert [one["note"] for one in followed.saved()["annotations"]] == ["theirs mine"]


def test_a_half_written_file_alarms_nobody_at_once(followed: WindowDriver) -> None:
    """Broken for a moment: nothing is said; broken for longer: it is told with its line, and mended by itself."""
    add(followed, THREE, "breakthrough")
    whole = followed.sidecar.read_bytes()
    wait_for(followed, "taken over")
    followed.dismiss_notice()
    followed.sidecar.write_bytes(b"annotations: [")
    wait_for(followed, "line 2")
    assert "cannot be read now" in followed.notice()
    assert followed.sidecar.read_bytes() == b"annotations: ["
    followed.sidecar.write_bytes(whole.replace(b"[breakthrough]", b"[opinion]"))
    followed.qtbot.waitUntil(lambda: (THREE, ("opinion",)) in shown_labels(followed))
    followed.qtbot.waitUntil(lambda: "cannot be read now" not in followed.notice())


def test_a_removed_sidecar(followed: WindowDriver) -> None:
    """It is told and not written by itself; saving now writes it again."""
    followed.sidecar.unlink()
    wait_for(followed, "was removed by another program")
    assert not followed.sidecar.exists()
    followed.press("Ctrl+S")
    assert followed.labels() == [(GOAL, ["target"])]
    followed.qtbot.waitUntil(lambda: "was removed" not in followed.notice())


def test_removed_and_made_anew_at_once(followed: WindowDriver) -> None:
    """As some programs save: nothing is said of a removal, what is new is taken."""
    add(followed, THREE, "breakthrough")
    text = followed.sidecar.read_bytes()
    followed.sidecar.unlink()
    followed.sidecar.write_bytes(text)
    wait_for(followed, "taken over")
    assert "was removed" not in followed.notice()


def test_a_changed_document_is_read_anew(followed: WindowDriver) -> None:
    """The text is the new one, the tag is at its sentence, and the current sentence is still the current one."""
    path = followed.folder / "a.txt"
    followed.press("End")
    current = followed.current()
    path.write_text("Một dòng mới ở đầu bài.\n\n" + path.read_text("utf-8"), "utf-8")
    wait_for(followed, "The article was changed; all labels are in place.")
    assert followed.text().startswith("Một dòng mới")
    assert (followed.current(), shown_labels(followed)) == (current, [(GOAL, ("target",))])
    followed.press("2")
    assert followed.labels() == [(GOAL, ["target"]), (current, ["breakthrough"])]


def test_a_changed_document_without_annotations_is_read_anew(driver: WindowDriver) -> None:
    """It is told in a toast: there is nothing to look at."""
    driver.follow_files()
    path = driver.folder / "a.txt"
    path.write_text("Một dòng mới ở đầu bài.\n\n" + path.read_text("utf-8"), "utf-8")
    wait_for(driver, "a.txt was changed by another program and was read anew.")
    assert driver.strip() == ""
    assert driver.text().startswith("Một dòng mới")


def test_a_changed_sentence_is_asked_about_and_nothing_else_is_said(followed: WindowDriver) -> None:
    """One message for one change: a strip with the way to what differs."""
    path = followed.folder / "a.txt"
    path.write_text(path.read_text("utf-8").replace("tăng trưởng 9%", "tăng trưởng 9,5%"), "utf-8")
    wait_for(followed, "This article was changed after you tagged it.")
    assert followed.toast() == ""


def change(driver: WindowDriver, text: str) -> None:
    """Let another program write the article, and wait until it was read anew."""
    (driver.folder / "a.txt").write_text(text, "utf-8")
    driver.qtbot.waitUntil(lambda: driver.text() == text.removeprefix("\ufeff"))
    driver.refresh()


def current(driver: WindowDriver) -> str:
    """The current sentence, whatever its letters are made of."""
    return normalize("NFC", driver.current())


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: normalize("NFD", text),
        lambda text: normalize("NFD", f"Một dòng mới.\n\n{text}"),
        lambda text: text.replace("\n", "\n\n").replace(" ", "\u00a0"),
        lambda text: f"{THREE} {text}",
        lambda text: f"{text}\n{THREE}\n",
        lambda text: text.replace(GOAL, ""),
        lambda text: text.replace(GOAL, f"{GOAL} Câu mới. Câu nữa."),
        lambda text: text.replace("được chọn", "đã được chọn"),
    ],
)
@pytest.mark.parametrize("words", [THREE, "Ông Nam cho rằng việc này khó.", "Mọi người đồng ý."])
def test_the_next_key_is_for_the_same_sentence(
    followed: WindowDriver, rewrite: Callable[[str], str], words: str
) -> None:
    """However the letters and the text around change, the current sentence is the one with the same words."""
    followed.go_to(followed.text().index(words))
    change(followed, rewrite(followed.text()))
    shown = current(followed).replace("\u00a0", " ").replace("đã được", "được")
    assert shown == words
    followed.press("2")
    last = normalize("NFC", followed.labels()[-1][0]).replace("\u00a0", " ").replace("đã được", "được")
    assert (last, followed.labels()[-1][1]) == (words, ["breakthrough"])


def test_the_selection_is_the_same_sentences(followed: WindowDriver) -> None:
    """A selection of several sentences stays, with its end that moves, when the text before it changes."""
    followed.go_to(followed.text().index(THREE))
    followed.press("Shift+Down")
    chosen = [followed.text()[slice(*one.span)] for one in followed.session.selection]
    assert len(chosen) == 2
    change(followed, normalize("NFD", "Một dòng mới.\n\n" + followed.text()))
    now = [normalize("NFC", followed.text()[slice(*one.span)]) for one in followed.session.selection]
    assert (now, current(followed)) == (chosen, chosen[-1])


def test_a_sentence_that_is_gone_leaves_the_next_one(followed: WindowDriver) -> None:
    """The sentence after it is the current one."""
    followed.go_to(followed.text().index(THREE))
    change(followed, "Mở đầu.\n\n" + followed.text().replace(f"{THREE} ", ""))
    assert current(followed) == "Ông Nam cho rằng việc này khó."


def test_the_right_one_of_equal_sentences(driver: WindowDriver) -> None:
    """Where a sentence stands more than once the current one is known by its neighbours."""
    path = driver.folder / "a.txt"
    lines = ["Một.", "Đồng ý.", "Hai.", "Đồng ý.", "Ba.", "Đồng ý.", "Bốn."]
    path.write_text("\n\n".join(lines), "utf-8")
    driver.run("reload")
    driver.follow_files()
    driver.go_to(driver.text().index("Ba.") - 5)
    assert driver.current() == "Đồng ý."
    change(driver, normalize("NFD", "\n\n".join(["Không.", "Đồng ý.", *lines])))
    driver.press("2")
    start, end = driver.saved()["annotations"][0]["at"]
    assert normalize("NFC", driver.text()[start:end]) == "Đồng ý."
    assert normalize("NFC", driver.text()[end:]).startswith("\n\nBa.")


def test_a_note_that_is_being_written_stays_with_its_sentence(followed: WindowDriver) -> None:
    """What was typed when the article changed is in the note of that sentence, and so is what is typed next."""
    followed.go_to(followed.text().index(THREE))
    followed.press("3", "Up")
    followed.go_to(followed.text().index(THREE))
    followed.refresh()
    followed.note().setFocus()
    QTest.keyClicks(followed.note(), "xem ")
    change(followed, normalize("NFD", "Mở đầu.\n\n" + followed.text()))
    QTest.keyClicks(followed.note(), "lai")
    followed.focus_article()
    (found,) = [one for one in followed.saved()["annotations"] if one.get("note")]
    assert (normalize("NFC", found["text"]), found["note"]) == (THREE, "xem lai")


def test_a_removed_document_stays_on_the_screen(followed: WindowDriver) -> None:
    """It is told; the text can be worked on, the annotations are saved, and the list is the new one."""
    (followed.folder / "a.txt").unlink()
    wait_for(followed, "The text stays here as it was read last")
    followed.press("2")
    assert followed.labels() == [(GOAL, ["target"]), (THREE, ["breakthrough"])]


def test_progress_belongs_to_its_document(followed: WindowDriver) -> None:
    """When the open document is removed the next one has its own progress in the list, also after further tags."""
    (followed.folder / "0.txt").write_text("Bài đứng trước.\n", "utf-8")
    wait_for(followed, "1 document is new in the folder.")
    followed.press("2")
    followed.refresh()
    assert [one.split(",")[0] for one in followed.spoken_documents()] == ["0.txt", "a.txt", "b.txt"]
    (followed.folder / "a.txt").unlink()
    followed.qtbot.waitUntil(lambda: followed.documents() == ["0.txt", "b.txt"])
    followed.press("3")
    followed.refresh()
    followed.document_list().grab()  # what is painted asks for the progress
    followed.qtbot.waitUntil(lambda: followed.spoken_documents() == ["0.txt, new", "b.txt, new"])
    followed.refresh()
    assert followed.spoken_documents() == ["0.txt, new", "b.txt, new"]


def test_progress_follows_its_document_to_another_row(followed: WindowDriver) -> None:
    """A document that comes before the open one moves it down; each row shows what belongs to it."""
    followed.press("2")
    followed.refresh()
    share = followed.spoken_documents()[0].removeprefix("a.txt")
    (followed.folder / "0.txt").write_text("Bài đứng trước.\n", "utf-8")
    wait_for(followed, "1 document is new in the folder.")
    followed.document_list().grab()
    followed.qtbot.waitUntil(lambda: "0.txt, new" in followed.spoken_documents())
    followed.refresh()
    assert followed.spoken_documents()[1] == f"a.txt{share}"
    followed.open_row(0)
    assert followed.spoken_documents()[1] == f"a.txt{share}"


def test_new_labels_are_in_use(followed: WindowDriver) -> None:
    """A label set written by another program is offered at once, at the same sentence."""
    current = followed.current()
    (followed.folder / "annotator.yaml").write_text(
        "format: annotator-workspace/1\nlabels:\n- {key: risk, name: Rủi ro, colour: '#b03030'}\n", "utf-8"
    )
    wait_for(followed, "Another program changed annotator.yaml")
    assert followed.label_keys() == ["risk"]
    assert followed.current() == current


def test_new_documents_are_listed(followed: WindowDriver) -> None:
    """The list has the new document and lacks the removed one; the open one stays open."""
    (followed.folder / "c.txt").write_text("Bài mới.\n", "utf-8")
    (followed.folder / "b.txt").unlink()
    followed.qtbot.waitUntil(lambda: followed.documents() == ["a.txt", "c.txt"])
    assert followed.current_document() == "a.txt"
    followed.press("Ctrl+PgDown")
    assert followed.current() == "Bài mới."


def test_a_conflict_copy_is_merged_with_a_click(followed: WindowDriver) -> None:
    """Its notice has a button; what the copy says is taken, and the copy is gone from the folder."""
    followed.press("2")
    followed.saved()
    copy = followed.sidecar.with_name("a.txt.annotations (conflicted copy 2026-05-01).yaml")
    copy.write_bytes(followed.sidecar.read_bytes().replace(b"[breakthrough]", b"[opinion]"))
    wait_for(followed, "Another version of these annotations lies beside them")
    followed.offer().click()
    wait_for(followed, "kept among the backups")
    assert not copy.exists()
    assert [one["labels"] for one in followed.saved()["conflicts"]] == [["opinion"]]
    assert "nother version" not in followed.notice()


@pytest.mark.parametrize(
    "name",
    [
        "a.txt.annotations - Copy.yaml",
        "a.txt.annotations (conflicted copy 2026-05-01).yaml",
        "a.txt.annotations.yml",
    ],
)
def test_nobody_is_blamed_for_a_copy(followed: WindowDriver, name: str) -> None:
    """The user may have made it: what lies there is said, not who left it."""
    followed.sidecar.with_name(name).write_bytes(followed.sidecar.read_bytes())
    wait_for(followed, f"Another version of these annotations lies beside them: {name}.")
    assert "sync" not in followed.notice().casefold()


def test_conflict_marks_of_git_are_merged_with_a_click(driver: WindowDriver) -> None:
    """The article can only be read at first; after the click both versions are there, and it can be worked on."""
    driver.press("1")
    driver.saved()
    lines = driver.sidecar.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "labels: [target]" in line)
    other = lines[at].replace("target", "opinion")
    lines[at : at + 1] = ["<<<<<<< HEAD\n", lines[at], "=======\n", other, ">>>>>>> other\n"]
    driver.open_row(1)
    driver.sidecar.write_text("".join(lines), "utf-8")
    driver.open_row(0)
    driver.follow_files()
    wait_for(driver, "git's conflict marks")
    driver.run("merge-copies")
    wait_for(driver, "Both versions are merged")
    assert driver.read_only() == ""
    assert [one["labels"] for one in driver.saved()["annotations"]] == [["target"]]
    assert [one["labels"] for one in driver.saved()["conflicts"]] == [["opinion"]]


def test_marks_that_come_while_a_note_is_being_written(followed: WindowDriver) -> None:
    """The notice names the line and has a button; what was typed, tagged meanwhile and in either version is saved."""
    followed.press("2")
    followed.saved()
    followed.press("K", "K", "T")
    QTest.keyClicks(focus_widget(), "dang viet")
    lines = followed.sidecar.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "labels: [breakthrough]" in line)
    other = lines[at].replace("breakthrough", "opinion")
    lines[at : at + 1] = ["<<<<<<< HEAD\n", lines[at], "=======\n", other, ">>>>>>> other\n"]
    followed.sidecar.write_text("".join(lines), "utf-8")
    wait_for(followed, f"the first in line {at + 1}")
    assert f"line {at + 1}: git left its conflict marks" in followed.notice()
    followed.press("Esc", "End", "3")
    followed.offer().click()
    wait_for(followed, "Both versions are merged")
    saved = followed.saved()
    expected = [
        (GOAL, ["target"], "dang viet"),
        (THREE, ["breakthrough"], None),
        ("Mọi người đồng ý.", ["opinion"], None),
    ]
    assert [(one["text"], one["labels"], one.get("note")) for one in saved["annotations"]] == expected
    assert [one["labels"] for one in saved["conflicts"]] == [["opinion"]]
    followed.qtbot.waitUntil(lambda: "git" not in followed.notice() and "cannot be read" not in followed.notice())
    followed.press("Ctrl+Z", "Ctrl+Z")
    assert "conflicts" not in followed.saved()


@pytest.mark.parametrize("is_sidecar_moved", [False, True])
def test_a_renamed_document_is_followed(followed: WindowDriver, *, is_sidecar_moved: bool) -> None:
    """It is open under its new name, at the same sentence, selected in the list, and its annotations are beside it."""
    followed.press("End")
    current = followed.current()
    new = followed.folder / "z.txt"
    sidecar = followed.folder / "z.txt.annotations.yaml"
    (followed.folder / "a.txt").rename(new)
    if is_sidecar_moved:
        followed.sidecar.rename(sidecar)
    wait_for(followed, "a.txt is called z.txt now")
    assert followed.path() == new
    assert followed.current_document() == "z.txt"
    assert (followed.current(), shown_labels(followed)) == (current, [(GOAL, ("target",))])
    followed.press("3")
    assert followed.save()
    assert sorted(path.name for path in followed.folder.glob("*.yaml")) == [sidecar.name]
    assert sidecar.read_text("utf-8").count("labels: [") == 2
    followed.press("Ctrl+Z", "Ctrl+Z")
    assert shown_labels(followed) == []
    followed.press("Ctrl+PgUp")
    assert followed.current() == "Đây là bài thứ hai."


def test_a_document_is_renamed_while_work_waits(followed: WindowDriver) -> None:
    """Tagged after the renaming, before it was noticed: the tag is in the sidecar that was renamed along."""
    sidecar = followed.folder / "z.txt.annotations.yaml"
    (followed.folder / "a.txt").rename(followed.folder / "z.txt")
    followed.sidecar.rename(sidecar)
    followed.press("End", "3")
    wait_for(followed, "a.txt is called z.txt now")
    assert followed.save()
    assert sidecar.read_text("utf-8").count("labels: [") == 2
    assert not followed.sidecar.exists()
    assert len(shown_labels(followed)) == 2


def test_from_a_document_that_is_gone_to_the_next(followed: WindowDriver) -> None:
    """Removed outside while it is open: the keys lead to its neighbours in the list all the same."""
    (followed.folder / "a.txt").unlink()
    wait_for(followed, "The text stays here as it was read last")
    followed.press("Ctrl+PgDown")
    assert followed.current() == "Đây là bài thứ hai."


def test_without_copies_the_action_says_so(followed: WindowDriver) -> None:
    """Nothing to merge is no fault."""
    followed.run("merge-copies")
    assert "no other version" in followed.status()


def test_two_windows_on_one_document(folder: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """The second one shows what the first one does, without writing; when that lets go, it takes over."""
    command = [sys.executable, document_holder.__file__, str(folder / "a.txt")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdin is not None
        assert first.stdout is not None

        def tell(word: str) -> None:
            assert first.stdin is not None
            assert first.stdout is not None
            first.stdin.write(f"{word}\n")
            first.stdin.flush()
            assert first.stdout.readline() == "done\n"

        tell("tag")
        driver = open_on(folder)
        driver.follow_files()
        assert "open in another window" in driver.read_only()
        assert len(shown_labels(driver)) == 1
        tell("tag")
        driver.qtbot.waitUntil(lambda: len(shown_labels(driver)) == 2)
        tell("close")
        driver.qtbot.waitUntil(lambda: driver.read_only() == "")
        wait_for(driver, "You can edit it here now")
        first.stdin.close()
    driver.press("End", "2")
    assert len(driver.saved()["annotations"]) == 3


def test_a_folder_that_vanishes_and_comes_back(followed: WindowDriver) -> None:
    """A share that is away for a while: nothing is taken for removed, and what came meanwhile is taken over."""
    away = followed.folder.with_name("away")
    followed.folder.rename(away)
    wait_for(followed, "The text stays here as it was read last")
    away.rename(followed.folder)
    add(followed, THREE, "breakthrough")
    followed.qtbot.waitUntil(lambda: len(shown_labels(followed)) == 2)
    assert "was removed by another program" not in followed.notice()


def test_watching_goes_on_after_a_file_is_replaced(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    """Replaced, removed, made anew: each time it is said; a path that was missing is watched when it is there."""
    file = tmp_path / "x"
    watch = FileWatcher(qapp, milliseconds=3_600_000)
    watch.watch([file, tmp_path])
    for content in (b"1", b"2", b"3"):
        with qtbot.waitSignal(watch.changed):
            save_bytes(file, content)
    with qtbot.waitSignal(watch.changed):
        file.unlink()
    with qtbot.waitSignal(watch.changed):
        file.write_bytes(b"4")
    watch.stop()
    with qtbot.assertNotEmitted(watch.changed, wait=400):
        file.write_bytes(b"5")
    watch.deleteLater()


def test_what_the_system_does_not_tell_is_looked_at_now_and_then(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    """On a network share nobody tells; the watch stirs all the same."""
    watch = FileWatcher(qapp, milliseconds=50)
    with qtbot.waitSignal(watch.changed):
        watch.watch([tmp_path / "gone" / "x"])
    watch.stop()
    watch.deleteLater()
