"""Answers dialogs that wait for a user."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T", bound=QWidget)
_PAUSE, _TRIES = 5, 1_000  # milliseconds, and how often they are waited
B = TypeVar("B", bound=QAbstractButton)


class Answers:
    """Answers the dialogs that come, one after the other, and keeps what went wrong for the test."""

    def __init__(self, *hands: Callable[[QDialog], None]) -> None:
        self._hands = list(hands)
        self._errors: list[BaseException] = []
        self._patience = _TRIES

    def during(self, ask: Callable[[], object]) -> None:
        """Make the call that shows the first dialog."""
        window = QApplication.activeWindow()
        self.expect()
        ask()
        if window is not None:
            window.activateWindow()  # as a desktop does, but not the screenless platform
        assert not self._errors, self._errors
        assert not self._hands

    def expect(self) -> None:
        """Answer the next dialog once it is there."""
        self._patience = _TRIES
        QTimer.singleShot(0, self._answer)

    def _answer(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or QApplication.activeWindow() is not dialog:
            self._patience -= 1
            if self._patience > 0:
                QTimer.singleShot(_PAUSE, self._answer)
            else:
                self._errors.append(TimeoutError("no dialog came"))
                if isinstance(dialog, QDialog):
                    dialog.reject()
            return
        hand = self._hands.pop(0)
        try:
            hand(dialog)
        except BaseException as error:  # noqa: BLE001  # it would be lost in Qt's loop
            self._errors.append(error)
            self._hands.clear()
        if dialog.isVisible() and QApplication.activeModalWidget() is dialog:
            dialog.reject()


def named(parent: QWidget, kind: type[T], name: str) -> T:
    """Return the widget that a screen reader calls ``name``."""
    found = [one for one in parent.findChildren(kind) if one.accessibleName() == name]
    assert len(found) == 1, [one.accessibleName() for one in parent.findChildren(kind)]
    return found[0]


def button(parent: QWidget, text: str) -> QPushButton:
    """Return the button that says ``text``."""
    return _saying(parent, QPushButton, text)


def box(parent: QWidget, text: str) -> QCheckBox:
    """Return the check box that says ``text``."""
    return _saying(parent, QCheckBox, text)


def _saying(parent: QWidget, kind: type[B], text: str) -> B:
    (found,) = [one for one in parent.findChildren(kind) if one.text() == text and one.isVisibleTo(parent)]
    return found
