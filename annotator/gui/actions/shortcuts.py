"""Rules for keys: which one an action may have, and which one it has.

Keys are single strokes in Qt's portable text format: `Ctrl+Shift+F`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from annotator.core.i18n import _
from annotator.gui.widgets.key_places import find_key, is_injected, parse_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from annotator.gui.actions.action import Action

RESERVED = frozenset({"Esc", "Tab", "Shift+Tab", "Shift+Backtab", "PgUp", "PgDown", "Ctrl+Home", "Ctrl+End", "Menu"})
"""Keys for moving about in the window, which no action may take over."""

_COMMAND_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_MODIFIER_KEYS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown,
}
_EDITING = {
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Insert,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
}
_LAST_ASCII = 0x7F
_COMPOSING = "AEIOUYWD[]{}"  # what Telex and VNI begin to compose with; all others only act after one of these
_LAST_OF_TEXT = 0x01000000  # Qt.Key values from here on are keys that type no character


def normalize_key(key: str) -> str:
    """Return `key` in Qt's portable text format; empty if it is no key or several strokes."""
    sequence = parse_key(key)
    if sequence.count() != 1 or _get_stroke(sequence).key() in _MODIFIER_KEYS:
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def get_key(event: QKeyEvent) -> str:
    """Return the key that was pressed; empty for a modifier alone, such as Shift, and for what a program sent."""
    if event.key() in _MODIFIER_KEYS or is_injected(event):
        return ""
    stroke = QKeyCombination(event.modifiers() & ~_KEYPAD, Qt.Key(find_key(event)))
    return normalize_key(QKeySequence(stroke).toString())


def find_composing(key: str) -> str:
    """Return the letter or sign for which Vietnamese input tools would take `key`; empty if they leave it alone."""
    stroke = _get_stroke(parse_key(key))
    if stroke.keyboardModifiers() & _COMMAND_MODIFIERS or stroke.key() > _LAST_ASCII:
        return ""
    return chr(stroke.key()) if chr(stroke.key()) in _COMPOSING else ""


def is_for_typing(key: str) -> bool:
    """Return whether `key` is needed to type text: letters, digits, arrows without Ctrl, Alt or Meta."""
    stroke = _get_stroke(parse_key(key))
    if stroke.keyboardModifiers() & _COMMAND_MODIFIERS:
        return False
    return stroke.key() in _EDITING or stroke.key() < _LAST_OF_TEXT


def find_conflict(key: str, entry: Action, *, others: Sequence[Action]) -> str:
    """Return why `entry`, with its default keys, may not have `key`; empty if it may.

    `others` are the actions with the keys in force.
    """
    if key in RESERVED and key not in entry.keys:
        return _("{key} cannot be given away: it is needed to move about in the window.").format(key=format_key(key))
    if not entry.in_article and is_for_typing(key):
        template = _(
            "{key} is needed for writing. “{action}” works everywhere, so its key needs Ctrl, Alt or F1 to F12."
        )
        return template.format(key=format_key(key), action=get_plain_title(entry))
    letter = find_composing(key)
    if letter and key not in entry.keys:
        template = _(
            "{key} cannot be the key of “{action}”: with Telex or VNI on, the system composes letters with {letter}"
            " and the key would not arrive. Choose a consonant other than D and W, or a key with Ctrl or Alt."
        )
        return template.format(key=format_key(key), action=get_plain_title(entry), letter=letter)
    for other in others:
        if other.id != entry.id and key in map(normalize_key, other.keys):
            template = _("{key} is the key of “{action}” already. Give that another one first.")
            return template.format(key=format_key(key), action=get_plain_title(other))
    return ""


def resolve_keys(entries: Sequence[Action], changed: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the keys of each of `entries` by id, after applying the valid ones of `changed`.

    A key that was given to one action is taken from the one that has it by default.
    """
    if not changed:
        return {entry.id: entry.keys for entry in entries}
    made: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for entry in entries:
        wanted = changed.get(entry.id)
        if wanted is None:
            continue
        found = [key for key in dict.fromkeys(map(normalize_key, wanted)) if _can_have(entry, key) and key not in taken]
        if found or not wanted:
            made[entry.id] = tuple(found)
            taken.update(found)
    for entry in entries:
        if entry.id not in made:
            made[entry.id] = tuple(key for key in entry.keys if normalize_key(key) not in taken)
    return made


def get_plain_title(entry: Action) -> str:
    """Return the title of an action without the mnemonic marks of menus."""
    return entry.full_title.replace("&&", "&")


def format_key(key: str) -> str:
    """Return the key as the keyboard shows it, with the names that Qt spells out translated."""
    written = parse_key(key).toString(QKeySequence.SequenceFormat.NativeText)
    signs = {
        "Up": "↑",
        "Down": "↓",
        "Left": "←",
        "Right": "→",
        "Return": "Enter",
        "PgUp": "PageUp",
        "PgDown": "PageDown",
        "Ins": "Insert",
        "Del": "Delete",
        "Space": _("Space"),
    }
    return "+".join(signs.get(part, part) for part in written.split("+")) if written != "Ctrl++" else written


def _can_have(entry: Action, key: str) -> bool:
    return bool(key) and (key not in RESERVED or key in entry.keys) and (entry.in_article or not is_for_typing(key))


def _get_stroke(sequence: QKeySequence) -> QKeyCombination:
    if not sequence.count():
        return QKeyCombination(Qt.Key.Key_unknown)
    stroke: QKeyCombination = sequence[0]  # type: ignore[index]  # missing in PySide6's stubs
    return stroke
