"""What every dialog owes: it fits on its screen whatever it shows, Escape cancels, Enter does the primary thing."""

from __future__ import annotations

import pkgutil
import threading
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dialog_driver import Answers
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QPlainTextEdit, QPushButton, QTextEdit, QWidget
from repository import ROOT

import annotator.gui
from annotator.app.documents.encoding_choice import make_samples
from annotator.app.help_pages import HelpPage
from annotator.app.labels.draft import LabelUsage
from annotator.app.outputs.target import OutputTarget
from annotator.app.preferences.translation import set_language
from annotator.app.review.importing import ImportPreview, PreviewRow, RejectedAnswer
from annotator.app.review.report import ReviewedDocument, VerdictClass
from annotator.app.review.report_file import Report
from annotator.core.fields import Field, FieldKind
from annotator.core.labels import Label, LabelSet
from annotator.core.span import Span
from annotator.core.verdict import Verdict, VerdictKind
from annotator.gui.actions.action import Action, Menu
from annotator.gui.actions.shortcut_editor import ask_keys
from annotator.gui.actions.shortcut_sheet import ShortcutSheet
from annotator.gui.annotations.note_dialog import ask_note
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.dialogs.preview_dialog import ask_rows
from annotator.gui.dialogs.progress import run_each
from annotator.gui.documents.encoding_dialog import ask_encoding
from annotator.gui.export.dialog import ExportOptions, ask_export
from annotator.gui.help.viewer import _HelpWindow as HelpWindow
from annotator.gui.labels.dialog import ask_labels
from annotator.gui.labels.field_dialog import ask_fields
from annotator.gui.labels.removal_dialog import Replacement, ask_removal
from annotator.gui.mainwindow.dialogs import ask_leave, show_about
from annotator.gui.mainwindow.failure_dialog import FailureDialog
from annotator.gui.preferences.dialog import Preferences, ask_preferences
from annotator.gui.review.import_dialog import ask_take_in
from annotator.gui.review_report.window import ReviewReportWindow
from annotator.gui.theme.theme import LIGHT, window_stylesheet
from annotator.gui.widgets.text_label import TextLabel
from annotator.gui.widgets.threads import MainThreadInvoker, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

LONG = "Chỉ tiêu phát triển kinh tế - xã hội của các huyện miền núi giai đoạn 2026 - 2030 " * 3
UNBREAKABLE = "n" * 240
PATHS = tuple(Path(f"/articles/{number:03}-{UNBREAKABLE}.txt") for number in range(200))
FAULTS = "\n".join(f"{path.name}.annotations.yaml cannot be read: delete it or mend it." for path in PATHS)
SCREENS, LANGUAGES = ("laptop", "projector"), ("en", "vi")
MAIN_KEYS = ("Return", "Enter")


def make_labels() -> LabelSet:
    """Fifty labels with long names and hints, and fields."""
    fields = tuple(Field(f"field-{number}-{UNBREAKABLE}", kind=FieldKind.TEXT) for number in range(12))
    names, hints = {"vi": LONG, "en": UNBREAKABLE}, {"vi": LONG * 3, "en": UNBREAKABLE * 3}
    letters = [{"vi": f"{number}", "en": f"{number}"} for number in range(50)]
    labels = (
        Label(f"label-{number}", names, hints=hints, letters=letters[number], fields=fields) for number in range(50)
    )
    return LabelSet("big", tuple(labels))


def make_actions() -> list[Action]:
    """As many actions as the program has, with long titles."""
    menus = list(Menu)
    return [
        Action(
            f"act-{number}",
            LONG[:70] + UNBREAKABLE[:60],
            print,
            menus[number % len(menus)],
            keys=(f"Ctrl+F{number % 12 + 1}",),
        )
        for number in range(120)
    ]


def show_labels(parent: QWidget) -> object:
    """The dialog of labels."""
    usage = {label.key: LabelUsage(7, frozenset({"a"})) for label in make_labels().labels}
    usage[UNBREAKABLE] = LabelUsage(3, frozenset({"b"}))
    labels = make_labels()
    return ask_labels(parent, labels, theme=LIGHT, language="vi", usage=usage, last="Take back the last change")


def show_fields(parent: QWidget) -> object:
    """The dialog of fields."""
    return ask_fields(parent, make_labels().labels[0].fields, theme=LIGHT, language="vi")


def show_removal(parent: QWidget) -> object:
    """The question what becomes of a label's annotations."""
    heirs = [Replacement(number, LONG) for number in range(50)]
    return ask_removal(parent, LONG + UNBREAKABLE, key=UNBREAKABLE, usage=LabelUsage(9), replacements=heirs)


def show_preferences(parent: QWidget) -> object:
    """The preferences."""
    current = Preferences("vi", "", "serif", 1.0, UNBREAKABLE, skips=True, fade=False, keys={})
    return ask_preferences(parent, current, actions=make_actions(), theme=LIGHT, user=LONG)


def show_encodings(parent: QWidget) -> object:
    """The choice of an encoding."""
    article = ROOT / "README.md"
    return ask_encoding(parent, UNBREAKABLE + LONG, samples=make_samples(article), current="utf-8", theme=LIGHT)


def show_export(parent: QWidget) -> object:
    """The export of 200 documents."""
    offer = ExportOptions(
        open_document=PATHS[0],
        documents=PATHS,
        kind="xlsx",
        language="vi",
        folder=Path("/nowhere"),
        suggest_name=lambda kind, scope: f"{UNBREAKABLE}-{kind}-{scope.name}.xlsx",
        display_path=lambda path: path.name,
        inspect=lambda path: OutputTarget(path, path.name),
    )
    return ask_export(parent, offer, theme=LIGHT)


def show_import(parent: QWidget) -> object:
    """What came back from many reviewers."""
    rows = [PreviewRow(path.name, LONG, Counter({VerdictClass.CHANGED: 5})) for path in PATHS[:40]]
    rejected = tuple(RejectedAnswer(path.name, LONG, LONG) for path in PATHS[:60])
    return ask_take_in(parent, ImportPreview(tuple(rows), (), rejected), save=print, theme=LIGHT) or None


def show_note(parent: QWidget) -> object:
    """A note on many annotations that have different ones."""
    return ask_note(parent, None, count=100_000)


def show_keys_editor(parent: QWidget) -> object:
    """The editor of keys."""
    return ask_keys(parent, make_actions(), changed={}, theme=LIGHT)


def show_sheet(parent: QWidget) -> object:
    """The sheet of all keys."""
    return ShortcutSheet(make_actions(), LIGHT, parent).ask(lambda: True)


def show_rows(parent: QWidget) -> object:
    """The changes to be made."""
    rows = [LONG + UNBREAKABLE for _path in PATHS]
    return ask_rows(parent, LONG, rows=rows, consent="Tag the chosen ones", hint=LONG * 4 + UNBREAKABLE)


def show_leave(parent: QWidget) -> object:
    """The question on closing, with a fault in each of 200 documents."""
    return ask_leave(parent, trouble=FAULTS, is_kept=True) or None


def show_progress(parent: QWidget) -> object:
    """Work that goes on until it is stopped."""
    invoker = MainThreadInvoker()
    worker = Worker(invoker)
    gate = threading.Event()

    def work(_item: int) -> None:
        gate.wait(0.05)

    try:
        found = run_each(parent, range(10_000), each=work, worker=worker, title=LONG * 5 + UNBREAKABLE)
    finally:
        gate.set()
        worker.close()
    return found if found.is_complete else None


def show_help(parent: QWidget) -> object:
    """The help, with long titles."""
    window = HelpWindow(parent)
    pages = [HelpPage(f"page{number}", LONG, f"# {LONG}\n\n{LONG * 40}{UNBREAKABLE}") for number in range(60)]
    window.set_pages(pages, LIGHT)
    window.setModal(True)
    return window.exec() == QDialog.DialogCode.Accepted or None


def show_report(parent: QWidget) -> object:
    """The report on what reviewers changed in 200 documents."""
    window = ReviewReportWindow(parent)
    report = Report(LONG, "2026-05-13", make_labels(), "vi")
    window.apply_theme(report, LIGHT)
    verdict = Verdict("v1", VerdictKind.CHANGE, Span(0, 9), LONG, reviewer=LONG, comment=UNBREAKABLE)
    window.set_reviewed([ReviewedDocument(path, path.name, LONG, (verdict,)) for path in PATHS], report)
    window.show_message(LONG * 3 + UNBREAKABLE)
    window.setModal(True)
    return window.exec() == QDialog.DialogCode.Accepted or None


def show_failure(parent: QWidget) -> object:
    """A fault of the program."""
    dialog = FailureDialog(parent, "The program failed. No work is lost.", get_report=lambda: LONG * 1000)
    return dialog.ask(lambda: dialog.wants_restart)


CASES: dict[str, Callable[[QWidget], object]] = {
    "_LabelDialog": show_labels,
    "_FieldDialog": show_fields,
    "_RemovalDialog": show_removal,
    "_PreferencesDialog": show_preferences,
    "_EncodingDialog": show_encodings,
    "_ExportDialog": show_export,
    "_ImportDialog": show_import,
    "_NoteDialog": show_note,
    "_ShortcutDialog": show_keys_editor,
    "ShortcutSheet": show_sheet,
    "_PreviewDialog": show_rows,
    "MessageDialog": show_leave,
    "FailureDialog": show_failure,
    "_ProgressDialog": show_progress,
    "_HelpWindow": show_help,
    "ReviewReportWindow": show_report,
}
NOTHING_TO_ACCEPT = {"FailureDialog", "ShortcutSheet", "_ProgressDialog", "_HelpWindow", "ReviewReportWindow"}
ENTER_IS_CANCEL = {"MessageDialog"}  # the safe answer, since the other one may lose something
ENTER_NEEDS_CTRL = {"_NoteDialog"}  # Enter is a new line
ENTER_IS_FOR_THE_LIST = {"_ShortcutDialog", "_HelpWindow", "ReviewReportWindow"}

FILLED = {"_HelpWindow"}  # its content is made for its room and scrolls itself


def settle() -> None:
    """Let Qt lay out what was added: each pass may ask for another one."""
    for _pass in range(20):
        QApplication.processEvents()


def walk(kind: type[QWidget]) -> Iterator[type[QWidget]]:
    """All subclasses of a class."""
    for one in kind.__subclasses__():
        yield one
        yield from walk(one)


@pytest.fixture
def on_screen(qtbot: QtBot) -> Callable[[str], QMainWindow]:
    """Makes a window that fills the screen of this name."""

    def make(name: str) -> QMainWindow:
        (screen,) = [one for one in QGuiApplication.screens() if one.name() == name]
        window = QMainWindow()
        qtbot.addWidget(window)
        window.setStyleSheet(window_stylesheet(LIGHT))
        editor = QTextEdit(window)
        window.setCentralWidget(editor)
        window.setScreen(screen)
        window.setGeometry(screen.availableGeometry().adjusted(4, 4, -4, -4))
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)
        assert window.screen().name() == name
        return window

    return make


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language of the program."""
    set_language(request.param)
    yield request.param
    set_language("en")


def check_place(dialog: QDialog) -> None:
    """The dialog is on its parent's screen, with all of its buttons and of what has the focus."""
    parent = dialog.parentWidget()
    assert parent is not None
    room = parent.window().screen().availableGeometry()
    assert room.contains(dialog.frameGeometry()), (room, dialog.frameGeometry())
    for button in buttons_of(dialog):
        place = QRect(button.mapToGlobal(QPoint(0, 0)), button.size())
        assert dialog.geometry().contains(place), (button.text(), place, dialog.geometry())
        assert button.visibleRegion().boundingRect().size() == button.size(), button.text()
        assert button.width() >= min(button.sizeHint().width(), button.minimumSizeHint().width()), button.text()


def buttons_of(dialog: QDialog) -> list[QPushButton]:
    """The buttons beside each other under the content, or the one that closes a dialog which has none there."""
    assert isinstance(dialog, Dialog)
    # Those of the content are children of the content.
    found = [one for one in dialog.findChildren(QPushButton) if one.parentWidget() is dialog and one.isVisible()]
    if not found:
        found = [one for one in dialog.findChildren(QPushButton) if one.text() in {"Close", "Đóng"}]
    assert found
    return found


@pytest.mark.usefixtures("progress_at_once", "language")
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", CASES)
def test_it_fits_on_a_small_screen(name: str, screen: str, on_screen: Callable[[str], QMainWindow]) -> None:
    """With its buttons, whatever it shows; also when the content grows while it is shown; Escape cancels it."""
    window = on_screen(screen)
    seen: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, Dialog)
        seen.append(type(dialog).__name__)
        check_place(dialog)
        focus = dialog.focusWidget()
        assert focus is not None
        assert dialog.isAncestorOf(focus)
        assert not focus.visibleRegion().isEmpty()
        if name not in FILLED:
            for number in range(30):
                dialog.add_text(f"{number} {LONG}")
            dialog.show_error(LONG * 10 + UNBREAKABLE * 4)
            settle()
            check_place(dialog)
        dialog.resize(QSize(5000, 5000).boundedTo(window.size()))
        QTest.keyClick(focus, Qt.Key.Key_Escape)

    results: list[object] = []
    Answers(act).during(lambda: results.append(CASES[name](window)))
    assert seen == [name]
    assert results == [None]
    assert window.focusWidget() is window.centralWidget()


@pytest.mark.usefixtures("progress_at_once")
@pytest.mark.parametrize("name", [name for name in CASES if name not in ENTER_IS_FOR_THE_LIST])
def test_enter_does_the_primary_thing(name: str, on_screen: Callable[[str], QMainWindow]) -> None:
    """From the widget that has the focus at first."""
    window = on_screen("laptop")

    def act(dialog: QDialog) -> None:
        more = Qt.KeyboardModifier.ControlModifier if name in ENTER_NEEDS_CTRL else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, more)
        assert not dialog.isVisible() or name == "_ProgressDialog"

    results: list[object] = []
    Answers(act).during(lambda: results.append(CASES[name](window)))
    assert (results == [None]) == (name in NOTHING_TO_ACCEPT | ENTER_IS_CANCEL)


@pytest.mark.parametrize("name", sorted(ENTER_IS_FOR_THE_LIST))
def test_enter_is_for_the_list(name: str, on_screen: Callable[[str], QMainWindow]) -> None:
    """Where Enter acts on a row or a match, it closes nothing."""
    window = on_screen("laptop")

    def act(dialog: QDialog) -> None:
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        assert dialog.isVisible()
        dialog.reject()

    Answers(act).during(lambda: CASES[name](window))


def test_every_dialog_is_checked() -> None:
    """Each class of dialogs is among the cases above: a new one without a case fails here."""
    for module in pkgutil.walk_packages(annotator.gui.__path__, "annotator.gui."):
        import_module(module.name)
    ours = {one for one in walk(QDialog) if one.__module__.startswith("annotator.")}
    assert [one for one in ours if not issubclass(one, Dialog)] == []
    assert {one.__name__ for one in ours - {Dialog}} == set(CASES)


def test_no_ready_made_dialog_is_used() -> None:
    """Qt's own boxes do not fit on small screens; only its dialogs for files are used."""
    foreign = {"QMessageBox", "QInputDialog", "QErrorMessage", "QProgressDialog", "QWizard", "QColorDialog"}
    users = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "annotator").rglob("*.py")
        if any(name in path.read_text("utf-8") for name in foreign)
    ]
    assert users == []


@pytest.mark.parametrize("show", [lambda parent: ask_leave(parent, trouble="", is_kept=False) or None, show_about])
def test_messages_are_dialogs_of_ours(
    show: Callable[[QWidget], object], on_screen: Callable[[str], QMainWindow]
) -> None:
    """They fit, too."""
    window = on_screen("projector")

    def act(dialog: QDialog) -> None:
        check_place(dialog)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)

    results: list[object] = []
    Answers(act).during(lambda: results.append(show(window)))
    assert results == [None]


@pytest.mark.parametrize("count", [1, 6, 7, 30, 202, 5000])
def test_a_message_of_any_length_keeps_its_size(count: int, on_screen: Callable[[str], QMainWindow]) -> None:
    """The question on closing is never higher than half of a usual screen, and all of the faults can be read."""
    window = on_screen("usual")
    faults = [f"bài-{number}.txt.annotations.yaml cannot be read: line 3 is no YAML." for number in range(count)]

    def act(dialog: QDialog) -> None:
        check_place(dialog)
        assert dialog.height() <= 400
        shown = "\n".join(
            [
                *(one.text() for one in dialog.findChildren(TextLabel)),
                *(one.toPlainText() for one in dialog.findChildren(QPlainTextEdit)),
            ]
        )
        assert all(fault in shown for fault in faults)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)

    Answers(act).during(lambda: ask_leave(window, trouble="\n".join(faults), is_kept=True))


def test_dialogs_call_no_storage() -> None:
    """They take values and return one: their modules import nothing that reads or writes files."""
    offences = [
        (path.name, line)
        for path in (ROOT / "annotator" / "gui").rglob("*dialog*.py")
        for line in path.read_text("utf-8").splitlines()
        if line.strip().startswith(("from annotator.storage", "import annotator.storage"))
        and line.strip() != "from annotator.storage.paths import format_path"
    ]
    assert offences == []
