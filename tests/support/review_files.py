"""Review files of the window's folder, exported by the program and filled in by openpyxl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dialog_driver import in_dialog
from openpyxl import load_workbook
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit

from annotator.app.outputs.target import inspect_output
from annotator.app.review.exporting import ExportRequest, ExportScope, write_export
from annotator.gui.mainwindow.message_dialog import MessageDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from window_driver import WindowDriver


def export_workbook(driver: WindowDriver, path: Path) -> Path:
    """Export the window's folder as a workbook in English."""
    assert driver.save()
    workspace = driver.session.workspace
    assert workspace is not None
    order = ExportRequest("xlsx", ExportScope.ALL, (), "en", inspect_output(path, workspace))
    troubles: list[str] = []
    write_export(
        order,
        workspace,
        made="2026-11-25T08:00:00+07:00",
        by="mai",
        on_document=lambda: None,
        on_trouble=troubles.append,
    )
    assert troubles == []
    return path


def make_answers(
    driver: WindowDriver,
    path: Path,
    *answers: dict[str, str],
    reviewer: str = "Lan",
    added: dict[str, str] | None = None,
) -> Path:
    """Return a workbook with a reviewer's answers in its rows, in order, and an addition."""
    book = load_workbook(export_workbook(driver, path))
    for sheet, rows in ((book["Annotations"], answers), (book["Additions"], (added,) if added else ())):
        columns = {str(cell.value).split(".")[1]: cell.column for cell in sheet[1] if cell.value}
        for row, words in enumerate(rows, 3):
            for key, word in words.items():
                sheet.cell(row, columns[key]).value = word
    if reviewer:
        guide = next(sheet for sheet in book if sheet.title not in {"Annotations", "Additions"})
        name = next(cell for row in guide.iter_rows() for cell in row if cell.value == "Reviewer")
        guide.cell(name.row, name.column + 1).value = reviewer
    book.save(path)
    return path


def in_file_dialog(*names: str) -> None:
    """Enter `names` in the file dialog that the next key or click opens, and accept it."""

    def act(dialog: QDialog) -> None:
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setText(names[0] if len(names) == 1 else " ".join(f'"{name}"' for name in names))
        dialog.accept()

    in_dialog(act, fits=lambda dialog: isinstance(dialog, QFileDialog))


def try_in_file_dialog(*names: str) -> list[str]:
    """Enter each of `names` in the file dialog that the next key or click opens, then cancel it.

    Returns a list to which the texts of the message boxes are added that come after each name.
    """
    told: list[str] = []
    waiting = list(names)

    def enter(dialog: QDialog) -> None:
        if not waiting:
            dialog.reject()
            return
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setText(waiting.pop(0))
        in_dialog(close, fits=lambda dialog: isinstance(dialog, MessageDialog))
        dialog.accept()

    def close(box: QDialog) -> None:
        assert isinstance(box, MessageDialog)
        told.append(box.accessibleDescription())
        in_dialog(enter, fits=lambda dialog: isinstance(dialog, QFileDialog))
        box.reject()

    in_dialog(enter, fits=lambda dialog: isinstance(dialog, QFileDialog))
    return told


def plain_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use Qt's own file dialogs, which a test can fill in."""
    for name in ("getSaveFileName", "getOpenFileNames"):
        real = getattr(QFileDialog, name)

        def ask(*words: Any, real: Callable[..., object] = real, **more: Any) -> object:
            given = more.pop("options", QFileDialog.Option(0))
            return real(*words, **more, options=given | QFileDialog.Option.DontUseNativeDialog)

        monkeypatch.setattr(QFileDialog, name, ask)
