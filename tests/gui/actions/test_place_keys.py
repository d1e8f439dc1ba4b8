"""Keys by their place as X11, Windows and macOS report them, and what input tools send in place of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.gui.actions.shortcuts import find_composing, get_key
from annotator.gui.check.list import CheckView
from annotator.gui.review.list import ReviewView

if TYPE_CHECKING:
    from window_driver import WindowDriver

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier
MAC_DIGITS = (29, 18, 19, 20, 21, 23, 22, 26, 28, 25)  # kVK_ANSI_0 to kVK_ANSI_9
VIETNAMESE_DIGITS = "đăâêô\u0300\u0309\u0303\u0301\u0323"  # the keys 0 to 9 on the Vietnamese layout of Windows
FRENCH_DIGITS = "à&é\"'(-è_ç"
SHIFTED_DIGITS = ")!@#$%^&*("


def event(
    key: int, *, scan: int, code: int, text: str = "", modifiers: Qt.KeyboardModifier = NONE, kind: str = "KeyPress"
) -> QKeyEvent:
    """A key event as a system reports it: `scan` is its native scan code, `code` its native virtual key."""
    return QKeyEvent(QEvent.Type[kind], key, modifiers, scan, code, 0, text)


def of_digit(digit: int, character: str, *, system: str, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    """The key of `digit`, on a layout where it types `character`."""
    key = ord(character.upper())
    scan = {"x11": 9 + (digit or 10), "windows": 1 + (digit or 10), "macos": 1}[system]
    code = {"x11": ord(character), "windows": 0x30 + digit, "macos": MAC_DIGITS[digit]}[system]
    return event(key, scan=scan, code=code, text=character, modifiers=modifiers)


@pytest.mark.parametrize("system", ["x11", "windows", "macos"])
@pytest.mark.parametrize("digit", range(10))
def test_a_digit_is_one_on_every_layout(system: str, digit: int) -> None:
    """With Shift, and where the layout types other characters without it."""
    assert get_key(of_digit(digit, str(digit), system=system)) == str(digit)
    assert get_key(of_digit(digit, FRENCH_DIGITS[digit], system=system)) == str(digit)
    assert get_key(of_digit(digit, VIETNAMESE_DIGITS[digit], system=system)) == str(digit)
    shifted = of_digit(digit, SHIFTED_DIGITS[digit], system=system, modifiers=SHIFT)
    assert get_key(shifted) == f"Shift+{digit}"
    assert get_key(of_digit(digit, str(digit), system=system, modifiers=SHIFT)) == f"Shift+{digit}"


@pytest.mark.parametrize(
    ("key", "scan", "code", "expected"),
    [
        (ord("J"), 44, ord("j"), "J"),  # X11
        (ord("О"), 44, 0x6CF, "J"),  # the same key on a Russian layout
        (ord("Т"), 57, 0x6D4, "N"),
        (ord("J"), 36, 0x4A, "J"),  # Windows
        (ord("О"), 36, 0x4A, "J"),
        (ord("Q"), 16, 0x51, "Q"),
        (ord("A"), 24, ord("a"), "A"),  # X11, a French layout: the letter on the key counts
        (ord("A"), 16, 0x41, "A"),  # Windows, likewise
        (ord("О"), 1, 38, "J"),  # macOS
        (ord("-"), 20, ord("-"), "-"),
        (Qt.Key.Key_Space, 65, 32, "Space"),
        (Qt.Key.Key_Down, 116, 0xFF54, "Down"),
    ],
)
def test_a_letter_is_that_of_the_layout_where_it_has_one(key: int, scan: int, code: int, expected: str) -> None:
    """Elsewhere it is the Latin letter at that place."""
    assert get_key(event(key, scan=scan, code=code, text="x")) == expected


def test_ctrl_and_the_number_pad_are_left_alone() -> None:
    """Ctrl+minus on a French keyboard is no Ctrl+6; the pad's digits are digits without a place."""
    assert get_key(event(ord("-"), scan=15, code=ord("-"), modifiers=CONTROL)) == "Ctrl+-"
    assert get_key(event(ord("4"), scan=83, code=0xFFB4, text="4", modifiers=KEYPAD)) == "4"


INJECTED = {
    "Backspace of Windows": event(Qt.Key.Key_Backspace, scan=0, code=8, text="\b"),
    "a composed letter of Windows": event(0xE1, scan=225, code=0xE7, text="á"),
    "a plain letter of Windows": event(ord("1"), scan=49, code=0xE7, text="1"),
    "a composed letter of macOS": event(0xE1, scan=1, code=0, text="á"),
}


@pytest.mark.parametrize("name", INJECTED)
def test_what_an_input_tool_sends_is_no_key(name: str, driver: WindowDriver) -> None:
    """It never acts on the article, not even the digit that a tool may send."""
    assert get_key(INJECTED[name]) == ""
    driver.press("Home", "Shift+1")
    before, place = driver.saved(), driver.current()
    steps = driver.steps()
    send(driver, INJECTED[name])
    assert (driver.saved(), driver.current(), driver.steps()) == (before, place, steps)


def send(driver: WindowDriver, pressed: QKeyEvent) -> None:
    """Give a key to the article as Qt does: first the question whether a shortcut may have it.

    Not by `QApplication.sendEvent`, which asks the question once more, without the codes of the system.
    """
    values = (pressed.key(), pressed.modifiers(), pressed.nativeScanCode(), pressed.nativeVirtualKey())
    key, modifiers, scan, code = values
    asking = event(key, scan=scan, code=code, text=pressed.text(), modifiers=modifiers, kind="ShortcutOverride")
    asking.ignore()
    driver.article.event(asking)
    if asking.isAccepted():
        driver.article.event(pressed)


@pytest.mark.parametrize("system", ["x11", "windows", "macos"])
def test_the_place_of_a_digit_tags_on_every_layout(driver: WindowDriver, system: str) -> None:
    """The key 2 is the second label where it types é; Shift with 1 adds the first where it types !."""
    driver.press("Home")
    send(driver, of_digit(2, FRENCH_DIGITS[2], system=system))
    assert driver.saved()["annotations"][0]["labels"] == ["breakthrough"]
    driver.press("Home")
    send(driver, of_digit(1, SHIFTED_DIGITS[1], system=system, modifiers=SHIFT))
    assert sorted(driver.saved()["annotations"][0]["labels"]) == ["breakthrough", "target"]


def test_shift_9_and_0_are_no_other_digits_on_windows(driver: WindowDriver) -> None:
    """Their scan codes are those of 1 and 2 on X11; no label has these digits, so nothing is tagged."""
    driver.press("Home")
    for digit in (9, 0):
        send(driver, of_digit(digit, SHIFTED_DIGITS[digit], system="windows", modifiers=SHIFT))
    assert driver.steps() == 0


@pytest.mark.parametrize("key", ["A", "E", "I", "O", "U", "Y", "W", "D", "[", "]", "Shift+A", "Shift+W"])
def test_what_input_methods_compose_with_is_told(key: str) -> None:
    """Vowels, W, D and brackets, with or without Shift."""
    assert find_composing(key)


@pytest.mark.parametrize("key", ["J", "S", "1", "Ctrl+A", "Alt+W", "Space", "F5", "Shift+1"])
def test_other_keys_are_left_alone_by_input_methods(key: str) -> None:
    """Tone keys such as S and J compose only after a vowel."""
    assert find_composing(key) == ""


def test_no_default_key_is_one_that_input_methods_compose_with(driver: WindowDriver) -> None:
    """Neither in the article nor in the lists."""
    assert [entry.id for entry in driver.actions() for key in entry.keys if find_composing(key)] == []
    for view in (ReviewView, CheckView):
        assert [key for key in view.keys if key < 0x80 and find_composing(chr(key))] == []
