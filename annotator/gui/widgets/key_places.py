"""Which key was pressed, by its place on the keyboard, and which events are no keys at all.

The row of digits types other characters with Shift, on French keyboards without it, and on the Vietnamese layout of
Windows it types ă, â, ê; letters of other scripts have the places of Latin ones. Qt reports the place in a way of its
own on each system:

- X11 and Wayland: the scan code is that of evdev plus 8 (linux/input-event-codes.h).
- Windows: the virtual key is 0x30 to 0x39 and 0x41 to 0x5A in any layout (winuser.h); scan codes of the digits are 2
  to 11, of which 10 and 11 mean other digits on X11.
- macOS: the virtual key is kVK_ANSI_… of Carbon's Events.h; the scan code is always 1.

UniKey, EVKey and OpenKey hook the keyboard below the window: they swallow a key and send Backspaces and composed
letters in its place (SendInput on Windows, CGEventPost on macOS). Those never act on the article.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_X11_ROWS = ((10, "1234567890"), (24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
_X11 = {first + nth: ord(character) for first, row in _X11_ROWS for nth, character in enumerate(row)}
_MAC_CODES = {
    "1": 18,
    "2": 19,
    "3": 20,
    "4": 21,
    "5": 23,
    "6": 22,
    "7": 26,
    "8": 28,
    "9": 25,
    "0": 29,
    "A": 0,
    "B": 11,
    "C": 8,
    "D": 2,
    "E": 14,
    "F": 3,
    "G": 5,
    "H": 4,
    "I": 34,
    "J": 38,
    "K": 40,
    "L": 37,
    "M": 46,
    "N": 45,
    "O": 31,
    "P": 35,
    "Q": 12,
    "R": 15,
    "S": 1,
    "T": 17,
    "U": 32,
    "V": 9,
    "W": 13,
    "X": 7,
    "Y": 16,
    "Z": 6,
}
_MAC = {code: ord(character) for character, code in _MAC_CODES.items()}
_MAC_SCAN_CODE = 1
_WINDOWS_PACKET, _WINDOWS_BACKSPACE = 0xE7, 0x08
_WINDOWS_LAST_CHARACTER = 58  # scan code; letters, digits and punctuation come before
_DIGITS, _LETTERS = range(0x30, 0x3A), range(0x41, 0x5B)
_CHARACTERS = range(0x21, 0x01000000)  # Qt.Key values of keys that type a character
_LAST_ASCII = 0x7F
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class System(Enum):
    """The systems whose codes differ; X11 stands for Wayland as well."""

    X11 = "X11"
    WINDOWS = "Windows"
    MACOS = "macOS"


def parse_key(key: str) -> QKeySequence:
    """Return `key`, in Qt's portable text format, as Qt has it.

    Not by `QKeySequence(key)`, which reads the names that the window shows: there Return is called Enter, as it is on
    the keyboard, so that both Enter keys would become one.
    """
    return QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)


def is_injected(event: QKeyEvent) -> bool:
    """Return whether a program such as an input tool sent `event` in place of what was pressed."""
    scan, code = event.nativeScanCode(), event.nativeVirtualKey()
    match _find_system(event):
        case System.WINDOWS:
            return code == _WINDOWS_PACKET or (code == _WINDOWS_BACKSPACE and scan == 0)
        case System.MACOS:  # text comes on the code of A, which is 0
            return code == 0 and event.key() in _CHARACTERS and event.key() > _LAST_ASCII
        case System.X11:
            return False  # input methods commit text there, which the article does not take


def find_key(event: QKeyEvent) -> int:
    """Return the Qt.Key of the digit or letter at the place of the pressed key, else the key that Qt reports.

    A digit is one whatever the layout types there, unless Ctrl, Alt or Meta is held; a letter only where the layout has
    no Latin one. The number pad is left as it is.
    """
    key, modifiers = event.key(), event.modifiers()
    if modifiers & Qt.KeyboardModifier.KeypadModifier or key not in _CHARACTERS:
        return key
    place = _find_place(event)
    if place in _DIGITS and not modifiers & _COMMANDS:
        return place
    return place if place in _LETTERS and key > _LAST_ASCII else key


def _find_place(event: QKeyEvent) -> int:
    """Return the character that a US keyboard has at the place of the key, or 0 for other keys."""
    code = event.nativeVirtualKey()
    match _find_system(event):
        case System.WINDOWS:
            return code if code in _DIGITS or code in _LETTERS else 0
        case System.MACOS:
            return _MAC.get(code, 0)
        case System.X11:
            return _X11.get(event.nativeScanCode(), 0)


def _find_system(event: QKeyEvent) -> System:
    """Return the system that `event` is from, by its codes: the three sets have nothing in common that matters here."""
    scan, code = event.nativeScanCode(), event.nativeVirtualKey()
    if scan == _MAC_SCAN_CODE:
        return System.MACOS
    is_digit = code in _DIGITS and scan == (code - 0x30 or 10) + 1
    # X11 has a capital as virtual key only where the layout has that letter, whose place then does not matter.
    is_letter = code in _LETTERS and scan <= _WINDOWS_LAST_CHARACTER and _X11.get(scan) != code
    is_sent = (code == _WINDOWS_PACKET and scan not in _X11) or (code == _WINDOWS_BACKSPACE and scan == 0)
    return System.WINDOWS if is_digit or is_letter or is_sent else System.X11
