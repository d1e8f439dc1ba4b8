"""A fault of the program ends in a dialog that loses nothing and whose report quotes no document."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from dialog_driver import Answers, button
from patience import PATIENCE
from PySide6.QtCore import Qt, QTimer, qCritical, qWarning
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from annotator.app.diagnostics.crash_file import open_crash_file, take_crash
from annotator.app.diagnostics.failure_report import describe_crash, describe_error, hide_private
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.mainwindow.failures import FailureReporter
from annotator.storage.paths import ensure_config_folder, ensure_state_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from window_driver import WindowDriver

pytestmark = [
    pytest.mark.qt_no_exception_capture,
    pytest.mark.no_qt_log,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]
SENTENCE = "Ba khâu đột phá được chọn."
SAID = "The program failed. No work is lost."


@pytest.fixture
def restarts() -> list[str]:
    """The restarts that were asked for."""
    return []


@pytest.fixture
def reporter(driver: WindowDriver, restarts: list[str]) -> Iterator[FailureReporter]:
    """Faults in the window of the driver are reported."""
    made = FailureReporter(driver.window, restart=lambda: restarts.append("restart"))
    made.install()
    yield made
    made.uninstall()


def fail_with(error: BaseException) -> Callable[..., None]:
    """Return a slot that raises."""

    def slot(*_given: object) -> None:
        raise error

    return slot


def texts(dialog: QDialog) -> list[str]:
    """What a dialog says."""
    return [one.text() for one in dialog.findChildren(QLabel) if one.text()]


def copy_report(dialog: QDialog) -> str:
    """Press the button and return what is in the clipboard."""
    button(dialog, "Copy report").click()
    return QGuiApplication.clipboard().text()


def watch(driver: WindowDriver, *hands: Callable[[QDialog], None], begin: Callable[[], object]) -> None:
    """Call `begin` and answer the dialogs that come of it."""

    def go() -> None:
        begin()
        driver.qtbot.waitUntil(lambda: not answers.is_waiting())

    answers = Answers(*hands)
    answers.during(go)


@pytest.mark.usefixtures("reporter")
def test_a_slot_that_raises_is_told_and_nothing_is_lost(driver: WindowDriver) -> None:
    """An action of the window fails: the dialog says so, Enter goes on, and tags are made and saved as before."""
    driver.press("1")
    broken = QAction(driver.window)
    broken.triggered.connect(fail_with(ValueError(SENTENCE)))
    reports: list[str] = []

    def hand(dialog: QDialog) -> None:
        assert SAID in texts(dialog)
        reports.append(copy_report(dialog))
        assert dialog.isVisible()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    watch(driver, hand, begin=broken.trigger)
    (report,) = reports
    assert "ValueError" in report
    assert "slot" in report
    assert report.startswith("annotator ")
    assert "Python " in report
    assert "PySide6 6" in report
    assert SENTENCE not in report
    driver.focus_article()
    driver.qtbot.waitUntil(driver.is_article_focused)
    driver.press("2", "Ctrl+S")
    assert [labels for _text, labels in driver.labels()] == [["target"], ["breakthrough"]]


@pytest.mark.usefixtures("reporter")
@pytest.mark.parametrize(
    "begin",
    [
        lambda _driver: threading.Thread(target=fail_with(KeyError(SENTENCE)), name="reader").start(),
        lambda driver: driver.worker.run(fail_with(KeyError(SENTENCE)), print),
        lambda driver: driver.worker.run(lambda: 1, fail_with(KeyError(SENTENCE))),
        lambda _driver: QTimer.singleShot(0, fail_with(KeyError(SENTENCE))),
        lambda _driver: qCritical("QThread: Destroyed while thread is still running"),
    ],
    ids=["thread", "work", "result", "timer", "qt"],
)
def test_wherever_it_fails(driver: WindowDriver, begin: Callable[[WindowDriver], object]) -> None:
    """In any thread, in work for the window, in what comes of it, in a timer, in Qt."""
    reports: list[str] = []
    watch(driver, lambda dialog: reports.append(copy_report(dialog)), begin=lambda: begin(driver))
    assert "KeyError" in reports[0] or "QThread: Destroyed" in reports[0]
    assert SENTENCE not in reports[0]


class _Broken(QWidget):
    """A widget that cannot be painted."""

    painted = 0

    def paintEvent(self, _event: object) -> None:
        _Broken.painted += 1
        raise IndexError


def paint_again(broken: _Broken, qtbot: QtBot) -> None:
    """Let Qt paint the widget once more."""
    painted = _Broken.painted
    broken.update()
    qtbot.waitUntil(lambda: _Broken.painted > painted)


@pytest.mark.usefixtures("reporter")
def test_a_fault_that_is_repeated_is_told_once(driver: WindowDriver, qtbot: QtBot) -> None:
    """A widget fails each time it is painted: one dialog, and none after it."""
    shown: list[QDialog] = []
    broken = _Broken(driver.window)

    def hand(dialog: QDialog) -> None:
        shown.append(dialog)
        for _time in range(3):
            paint_again(broken, qtbot)
        assert copy_report(dialog).count("IndexError") == 1

    watch(driver, hand, begin=broken.show)
    paint_again(broken, qtbot)
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None
    assert len(shown) == 1
    broken.hide()


@pytest.mark.usefixtures("reporter")
def test_another_fault_meanwhile_is_in_the_same_report(driver: WindowDriver) -> None:
    """Two faults are one dialog; a third one later is another dialog, whose report has all of them."""
    reports: list[str] = []

    def hand(dialog: QDialog) -> None:
        sys.excepthook(*info_of(LookupError(SENTENCE)))
        reports.append(copy_report(dialog))

    watch(driver, hand, begin=lambda: sys.excepthook(*info_of(ArithmeticError())))
    assert "ArithmeticError" in reports[0]
    assert "LookupError" in reports[0]
    watch(
        driver,
        lambda dialog: reports.append(copy_report(dialog)),
        begin=lambda: sys.excepthook(*info_of(BufferError())),
    )
    assert "ArithmeticError" in reports[1]
    assert "BufferError" in reports[1]


@pytest.mark.usefixtures("reporter")
def test_it_is_shown_over_an_open_dialog(driver: WindowDriver, qtbot: QtBot) -> None:
    """A fault while a dialog is open is shown over it, and that dialog goes on."""

    def inner(dialog: QDialog) -> None:
        assert SAID in texts(dialog)

    def outer(dialog: QDialog) -> None:
        watch(driver, inner, begin=lambda: sys.excepthook(*info_of(ValueError())))
        assert dialog.isVisible()
        assert isinstance(dialog, Dialog)
        dialog.activateWindow()
        dialog.cancel_button.click()

    Answers(outer).during(lambda: driver.press("Ctrl+,"))
    driver.activate()
    qtbot.waitUntil(driver.is_article_focused)


@pytest.mark.usefixtures("reporter")
def test_restart(driver: WindowDriver, restarts: list[str]) -> None:
    """The button starts the program again; Escape does not."""
    watch(
        driver, lambda dialog: button(dialog, "Restart").click(), begin=lambda: sys.excepthook(*info_of(ValueError()))
    )
    assert restarts == ["restart"]
    watch(
        driver,
        lambda dialog: QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape),
        begin=lambda: sys.excepthook(*info_of(TypeError())),
    )
    assert restarts == ["restart"]


@pytest.mark.usefixtures("reporter")
def test_what_is_no_fault_is_not_told(driver: WindowDriver, qtbot: QtBot) -> None:
    """Ctrl+C in the terminal and warnings of Qt show nothing."""
    sys.excepthook(*info_of(KeyboardInterrupt()))
    qWarning("only a warning")
    seen = []
    QTimer.singleShot(0, lambda: seen.append(QApplication.activeModalWidget()))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [None]
    assert driver.is_article_focused()


def info_of(error: BaseException) -> tuple[type[BaseException], BaseException, None]:
    """What `sys.excepthook` is given."""
    return type(error), error, None


# What ends the process

_DIE = """
import sys, faulthandler
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtCore import qFatal
from annotator.gui.mainwindow.failures import FailureReporter
application = QApplication([])
window = QWidget()
FailureReporter(window, restart=print).install()
def sentence_that_fails():
    {}
sentence_that_fails()
"""


@pytest.mark.parametrize("death", ["qFatal('cannot go on: /home/mai/articles/secret.txt')", "faulthandler._sigsegv()"])
def test_a_crash_is_told_at_the_next_start(driver: WindowDriver, death: str) -> None:
    """What ends the process is told when the window is opened again, once."""
    ended = subprocess.run(
        [sys.executable, "-c", _DIE.format(death)], check=False, capture_output=True, env=dict(os.environ)
    )
    assert ended.returncode < 0
    reports: list[str] = []

    def hand(dialog: QDialog) -> None:
        assert "The program failed the last time it ran. No work is lost." in texts(dialog)
        reports.append(copy_report(dialog))

    made = FailureReporter(driver.window, restart=print)
    watch(driver, hand, begin=made.install)
    made.uninstall()
    assert "sentence_that_fails" in reports[0]
    assert "Fatal Python error" in reports[0]
    assert "/home/mai" not in reports[0]
    assert take_crash() == ""


def test_a_usual_end_leaves_nothing_to_tell() -> None:
    """A start and an end write nothing."""
    subprocess.run([sys.executable, "-c", _DIE.format("pass")], check=True)
    assert take_crash() == ""


def test_what_windows_mends_itself_is_no_crash() -> None:
    """On Windows the fault handler also writes down exceptions that are caught."""
    file = open_crash_file()
    assert file is not None
    with file:
        file.write("Windows fatal exception: code 0x8001010d\n\nThread 0x1 (most recent call first):\n")
    assert take_crash() == ""
    assert take_crash() == ""


@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "long"])
def test_whatever_is_at_the_place_of_the_crash_file(kind: str, tmp_path: Path) -> None:
    """Nothing there hangs the start, is followed, or makes it read without end."""
    place = ensure_state_folder() / "crash.txt"
    target = tmp_path / "target"
    target.write_text("Fatal Python error: kept", "utf-8")
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "link":
        place.symlink_to(target)
    else:
        place.write_text("x" * 10_000_000 + "Fatal Python error: Aborted\n", "utf-8")
    found = take_crash()
    assert bool(found) == (kind == "long")
    assert len(found) <= 200_000
    file = open_crash_file()
    if file is not None:
        file.close()
    assert target.read_text("utf-8") == "Fatal Python error: kept"


# The report

PRIVATE = [SENTENCE, "goal of 9 percent in 2030", "/home/mai", "mai/articles"]


class _NastyError(Exception):
    """An error that cannot even be told."""

    def __str__(self) -> str:
        raise RuntimeError(SENTENCE)


def raise_twice(error: Exception) -> None:
    """Raise an error while another one is handled."""
    try:
        fail_with(error)()
    except Exception as first:
        raise RuntimeError(SENTENCE) from first


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"could not convert string to float: '{SENTENCE}'"),
        KeyError(SENTENCE),
        UnicodeDecodeError("utf-8", SENTENCE.encode(), 0, 1, "goal of 9 percent in 2030"),
        AttributeError(f"'Sentence' object has no attribute '{SENTENCE}'"),
        TypeError(f"unhashable: '{SENTENCE}'"),
        RuntimeError("goal of 9 percent in 2030"),
        FileNotFoundError(2, "No such file", "/home/mai/articles/x.txt"),
        AssertionError(("goal of 9 percent in 2030", SENTENCE)),
        _NastyError(),
        ExceptionGroup(SENTENCE, [ValueError(SENTENCE)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_document_is_in_a_report(error: Exception) -> None:
    """Neither its text nor its place, whatever the error says; also not of the error before it."""
    with pytest.raises(RuntimeError) as found:
        raise_twice(error)
    report = describe_error(found.value).report
    assert type(error).__name__ in report
    assert "test_failures.py:" in report
    assert [one for one in PRIVATE if one in report] == []


def test_what_is_about_the_code_is_kept() -> None:
    """The name of a missing attribute helps whoever mends it, and quotes nothing."""
    with pytest.raises(AttributeError) as found:
        None.spam  # type: ignore[attr-defined]  # noqa: B018
    assert "'NoneType' object has no attribute 'spam'" in describe_error(found.value).report


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('File "/home/mai/venv/lib/annotator/gui/main.py", line 3 in f', "File annotator/gui/main.py, line 3 in f"),
        ('File "C:\\Users\\Mai\\annotator\\gui\\main.py", line 3', "File annotator/gui/main.py, line 3"),
        ("cannot open /home/mai/articles/a.txt now", "cannot open …/a.txt now"),
        ("no '/home/mai/a.txt'", "no …"),
    ],
)
def test_paths_are_shortened(text: str, shown: str) -> None:
    """What is left does not say who the user is."""
    assert hide_private(text) == shown
    assert shown in describe_crash(text).report


_RESTART = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from annotator.gui import main
from annotator.gui.workbench import startup

real = startup.build_workbench

class Process:
    @staticmethod
    def startDetached(program, arguments):
        sys.stdout.write(repr((program, arguments)))

def look():
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        QTimer.singleShot(20, look)
    else:
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "{button}").click()
        window = next(one for one in QApplication.topLevelWidgets() if one.inherits("QMainWindow"))
        QTimer.singleShot(0, window.close) if "{button}" != "Restart" else None

def fail():
    raise ValueError("in the slot")

def build(*given):
    real(*given)
    QTimer.singleShot(0, fail)
    QTimer.singleShot(0, look)

startup.build_workbench = build
main.QProcess = Process
sys.exit(main.run_window([main.Path(sys.argv[1])]))
"""


@pytest.mark.parametrize("pressed", ["Restart", "Go on"])
def test_the_program_starts_again_after_it_was_closed(pressed: str, folder: Path) -> None:
    """Restart closes the window, and then the same command is run again; after going on, closing is only that."""
    (ensure_config_folder() / "settings.json").write_text('{"language": "en", "toured": true}', "utf-8")
    program = _RESTART.replace("{button}", pressed)
    ended = subprocess.run(
        [sys.executable, "-c", program, str(folder)], check=False, capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.returncode == 0, ended.stderr
    assert "in the slot" in ended.stderr
    assert bool(ended.stdout) == (pressed == "Restart")
    assert not ended.stdout or ended.stdout.endswith(f", {str(folder)!r}])")
