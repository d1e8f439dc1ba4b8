"""Answer modal dialogs in tests."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar, TypeVar

from patience import PATIENCE
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T", bound=QWidget)
Q = TypeVar("Q", bound=QObject)
B = TypeVar("B", bound=QAbstractButton)
_PAUSE = 5  # milliseconds between two polls


class DialogWatch:
    """Polls for a modal dialog from inside the event loop that the dialog runs, where no other test code runs."""

    _all: ClassVar[list[DialogWatch]] = []

    def __init__(self, act: Callable[[QDialog], object], *, fits: Callable[[QDialog], bool]) -> None:
        self._act = act
        self._fits = fits
        self._end = time.monotonic() + PATIENCE
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_PAUSE)
        self._all.append(self)

    @classmethod
    def end_all(cls) -> int:
        """Stop all watches that are still polling, and return how many there were."""
        found = len(cls._all)
        for one in cls._all[:]:
            one._stop()  # its own
        return found

    def _stop(self) -> None:
        self._timer.stop()
        self._all.remove(self)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isVisible() and self._fits(dialog):
            self._stop()
            self._act(dialog)
        elif time.monotonic() > self._end:
            self._stop()
            if isinstance(dialog, QDialog):
                dialog.reject()
            raise TimeoutError("no dialog came that was waited for")


def in_dialog(act: Callable[[QDialog], object], *, fits: Callable[[QDialog], bool] | None = None) -> None:
    """Call `act` with the next modal dialog that `fits` (by default one that is active) once it is shown."""
    DialogWatch(act, fits=fits or QDialog.isActiveWindow)


class Answers:
    """Answers dialogs one after the other, and keeps errors for the test."""

    def __init__(self, *hands: Callable[[QDialog], None]) -> None:
        self._hands = list(hands)
        self._errors: list[BaseException] = []

    def during(self, ask: Callable[[], object]) -> None:
        """Call `ask`, which shows the first dialog."""
        window = QApplication.activeWindow()
        self.expect()
        ask()
        if window is not None:
            window.activateWindow()  # desktops activate a new dialog, the offscreen platform does not
        assert not self._errors, self._errors
        assert not self._hands

    def is_waiting(self) -> bool:
        """Return whether a dialog is still to come."""
        return bool(self._hands)

    def expect(self) -> None:
        """Answer the next dialog once it is shown."""
        in_dialog(self._answer)

    def _answer(self, dialog: QDialog) -> None:
        hand = self._hands.pop(0)
        try:
            hand(dialog)
        except BaseException as error:  # noqa: BLE001  # it would be lost in Qt's loop
            self._errors.append(error)
            self._hands.clear()
        if dialog.isVisible() and QApplication.activeModalWidget() is dialog:
            dialog.reject()


def named(parent: QWidget, kind: type[T], name: str) -> T:
    """Return the widget with this accessible name."""
    found = [one for one in parent.findChildren(kind) if one.accessibleName() == name]
    assert len(found) == 1, [one.accessibleName() for one in parent.findChildren(kind)]
    return found[0]


def find_child(parent: QObject, kind: type[Q], name: str = "") -> Q:
    """Return the first child of a class, with this object name if one is given."""
    found = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert found is not None, (kind.__name__, name)
    return found


def focus_widget() -> QWidget:
    """Return the widget that has the keyboard focus."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def button(parent: QWidget, text: str) -> QPushButton:
    """Return the button with this text."""
    return _saying(parent, QPushButton, text)


def box(parent: QWidget, text: str) -> QCheckBox:
    """Return the check box with this text."""
    return _saying(parent, QCheckBox, text)


def _saying(parent: QWidget, kind: type[B], text: str) -> B:
    (found,) = [one for one in parent.findChildren(kind) if one.text() == text and one.isVisibleTo(parent)]
    return found
