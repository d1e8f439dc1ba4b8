"""Nothing that a folder holds is markup: no name, hint, note or comment opens a file or changes how a text looks."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from dialog_driver import DialogWatch
from markup import Finding, PipeWatch, find_eaten_ampersands, find_hidden, find_markup, hover, open_menus
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from window_driver import WindowDriver, open_window

from annotator.app.preferences.settings import Settings
from annotator.core.review.verdict_edits import add_verdicts
from annotator.core.verdict import Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

ARTICLE = "Bài một\n\nTỉnh đặt mục tiêu 9% vào năm 2030. Ba khâu đột phá được chọn. Việc này khó.\n"
MARK = "&zz"
TURN = "\u202e"
_DIALOGS = (
    "labels",
    "export",
    "preferences",
    "edit-keys",
    "keys",
    "palette",
    "about",
    "open-recent",
    "reattach",
    "encoding",
    "find",
    "find-everywhere",
    "identical-here",
    "identical-everywhere",
    "note",
    "finish",
    "review-report",
    "messages",
    "save-copy",
)


class Hostile:
    """A folder in which every name holds markup, and the pipe that the markup names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "b<b>x<b> &zz"
        self.folder.mkdir()
        place = folder / "pipe.png"
        self.pipe = PipeWatch(place)
        self.comment = f'<b>x</b><img src="{place}">&amp;{MARK}'
        self.text = f"{self.comment}{TURN}"
        self.name = f"<b>x<img src=pipe.png>&amp;{MARK}{TURN}"  # no slash can be in the name of a file
        self._write()

    def _write(self) -> None:
        def names(prefix: str) -> dict[str, str]:
            return {"vi": f"{self.text} {prefix}", "en": f"{self.text} {prefix}"}

        def fields(prefix: str) -> list[dict[str, object]]:
            kinds = ("text", "number", "date", "person")
            plain: list[dict[str, object]] = [
                {"key": f"f{kind}", "kind": kind, "names": names(f"{prefix} {kind}")} for kind in kinds
            ]
            options = [{"key": key, "names": names(key)} for key in ("one", "two")]
            return [*plain, {"key": "choice", "kind": "choice", "names": names(prefix), "options": options}]

        labels = [
            {
                "key": key,
                "names": names(key),
                "letter": {"vi": key[0], "en": key[0]},
                "hints": names(f"hint of {key}"),
                "fields": fields(key),
            }
            for key in ("alpha", "beta")
        ]
        settings = {"format": "annotator-workspace/1", "labels": {"key": "own", "labels": labels}}
        (self.folder / "annotator.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
        for number in (1, 2):
            (self.folder / f"{self.name}{number}.txt").write_text(ARTICLE, "utf-8")
        broken = f"format: annotations/1\n{self.text}: [\n"
        (self.folder / f"{self.name}3.txt").write_text(ARTICLE, "utf-8")
        (self.folder / f"{self.name}3.txt.annotations.yaml").write_text(broken, "utf-8")
        (self.folder / f"stray {self.name}.txt.annotations.yaml").write_text("format: annotations/1\n", "utf-8")


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Hostile]:
    """Such a folder."""
    made = Hostile(tmp_path)
    before = Path.cwd()
    os.chdir(tmp_path)  # a name that is relative names the pipe, too
    yield made
    os.chdir(before)
    made.pipe.close()


@pytest.fixture
def driver(hostile: Hostile, qtbot: QtBot) -> Iterator[WindowDriver]:
    """The window on that folder, with notes, fields, verdicts and an annotator of such names."""
    settings = Settings(language="en", theme="light", annotator=hostile.text, recent=[str(hostile.folder)])
    made = open_window(hostile.folder, qtbot, settings)
    made.session.author = hostile.text
    made.press("1", "2")
    made.go_to(ARTICLE.index("Tỉnh"))
    session = made.session
    assert session.current is not None
    for number, kind in enumerate(("agree", "change", "drop")):
        verdict = Verdict(
            id=f"v{number}",
            kind=VerdictKind(kind),
            span=session.current.span,
            text=made.current(),
            labels=("beta",) if kind == "change" else (),
            comment=hostile.comment,
            reviewer=hostile.text,
            answered_at="2026-05-12T10:00:00+07:00",
            source=hostile.name,
        )
        assert session.apply("review in", add_verdicts(session.state, [verdict]))
    made.note().setPlainText(hostile.comment)
    made.refresh()
    yield made
    made.close_at_once()


def _look(root: QWidget) -> list[Finding]:
    found = [*find_markup(root), *find_eaten_ampersands(root, MARK), *find_hidden(root, TURN)]
    if not any("tooltip" in one.place or "Role" in one.place for one in found):
        hover(root)  # else a pipe could hang the test
    return found


def _look_at_dialog(found: list[Finding], seen: set[str], action: str, dialog: QDialog) -> None:
    seen.add(action)
    found += _look(dialog)
    dialog.reject()


def _collect(driver: WindowDriver) -> tuple[list[Finding], set[str]]:
    """Look at the window with all panels, then at each dialog; return what was found and which windows were seen."""
    found: list[Finding] = []
    seen: set[str] = set()
    for name in ("documents", "inspector", "table", "history", "check", "review"):
        if not driver.is_panel_shown(name):
            driver.run(f"panel-{name}")
        driver.window.panels[name].raise_()
        QApplication.processEvents()
        found += _look(driver.panel(name)._panel)
    driver.show_toast(driver.note().toPlainText())
    driver.session.warn(driver.note().toPlainText())
    open_menus(driver.window)
    found += _look(driver.window)
    for action in _DIALOGS:
        if not driver.is_enabled(action):
            continue
        watch = DialogWatch(partial(_look_at_dialog, found, seen, action), fits=lambda _dialog: True)
        before = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
        driver.run(action)
        QApplication.processEvents()
        if watch in DialogWatch._all:
            watch._stop()
        for window in {one for one in QApplication.topLevelWidgets() if one.isVisible()} - before:
            seen.add(action)
            found += _look(window)
            window.close()
        driver.focus_article()
    return found, seen


def test_no_text_of_a_folder_is_markup(driver: WindowDriver, hostile: Hostile) -> None:
    """Whatever is opened, hovered or listed, all names are shown as they are and no file is opened."""
    assert driver.label_keys() == ["alpha", "beta"]
    found, seen = _collect(driver)
    assert seen >= {"labels", "export", "preferences", "edit-keys", "keys", "about", "review-report", "messages"}
    assert not hostile.pipe.was_opened
    assert not found, "\n".join(sorted({one.place for one in found}))
