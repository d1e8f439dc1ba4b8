"""The user's preferences on this machine."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from annotator.storage.files import find_file_bytes
from annotator.storage.limits import MAX_SETTINGS_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST_RECENT = 10
MOST_PLACES = 200
MOST_USED = 30
_SMALLEST, _LARGEST = 0.5, 4.0  # zoom
_MAX_OFFSET = 2**31  # no text has an offset beyond it
_CHOICES = {
    "language": ("", "vi", "en"),
    "theme": ("", "light", "dark", "high-light", "high-dark"),
    "face": ("serif", "sans"),
}


@dataclass(slots=True)
class Settings:
    """Preferences. One of the program's three mutable objects.

    Attributes:
        language: "vi", "en", or empty for the system's language.
        theme: "light", "dark", "high-light" or "high-dark" (high contrast), or empty for the system's theme.
        face: "serif" or "sans".
        zoom: Text size; 1.0 is the normal size.
        annotator: The name under which the user works.
        window: Geometry of the window as Qt saves it, in Base64.
        panels: State of docks and tool bars as Qt saves it, in Base64.
        opened_with: Version of Qt for Python with which the window opened here last, so that all its libraries exist.
        skips: True if *next* skips headings and captions.
        fade: True if untagged text is pale.
        toured: True if the tour was seen or declined.
        export_kind: File format chosen last for an export.
        export_language: Language of the reviewer chosen last.
        export_folder: Folder of the last export.
        recent: Folders opened last, the latest first.
        used: Ids of the actions chosen last in the palette, the latest first.
        keys: Key sequences that the user changed, by action id, in Qt's portable format.
        places: Reading positions by document path, the latest last: the offset of the current sentence and the position
            at the top of the window (`ArticleView.place`), both in code points.
    """

    language: str = ""
    theme: str = ""
    face: str = "serif"
    zoom: float = 1.0
    annotator: str = ""
    window: str = ""
    panels: str = ""
    opened_with: str = ""
    skips: bool = True
    fade: bool = False
    toured: bool = False
    export_kind: str = "xlsx"
    export_language: str = ""
    export_folder: str = ""
    recent: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    keys: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, tuple[int, float]] = field(default_factory=dict)

    def remember_folder(self, folder: str) -> None:
        """Move `folder` to the front of the recent ones."""
        self.recent = [folder, *(one for one in self.recent if one != folder)][:MOST_RECENT]

    def remember_action(self, action: str) -> None:
        """Move `action` to the front of those used last."""
        self.used = [action, *(one for one in self.used if one != action)][:MOST_USED]

    def remember_place(self, document: str, *, offset: int, top: float) -> None:
        """Store the reading position in `document`, and drop the oldest ones beyond `MOST_PLACES`."""
        # Re-inserted, so that insertion order is order of use.
        self.places.pop(document, None)
        self.places[document] = (offset, top)
        while len(self.places) > MOST_PLACES:
            del self.places[next(iter(self.places))]

    def find_last_document(self, folder: str) -> str:
        """Return the path of the document below `folder` that was read last, or ""."""
        # With the separator: /news must not match /newspapers.
        head = folder.rstrip(os.sep) + os.sep
        return next((path for path in reversed(self.places) if path.startswith(head)), "")


def load_settings(path: Path) -> Settings:
    """Load the preferences at `path`; each missing or invalid value gets its default."""
    try:
        found = json.loads(find_file_bytes(path, limit=MAX_SETTINGS_BYTES) or b"")
    except (OSError, ValueError, RecursionError):
        return Settings()
    made = Settings()
    if not isinstance(found, dict):
        return made
    for one in fields(Settings):
        value = found.get(one.name)
        kind = (int, float) if one.name == "zoom" else type(getattr(made, one.name))
        # Each value by itself: one bad entry must not cost all others.
        if not isinstance(value, kind) or value not in _CHOICES.get(one.name, (value,)):
            continue
        if not isinstance(value, str) or _is_encodable(value):
            setattr(made, one.name, value)
    made.recent = [path for path in _strings(made.recent) if _is_path(path)][:MOST_RECENT]
    made.used = _strings(made.used)[:MOST_USED]
    made.keys = {action: _strings(keys) for action, keys in made.keys.items() if isinstance(keys, list)}
    found_places = ((document, _find_place(place)) for document, place in made.places.items() if _is_path(document))
    made.places = dict([(document, place) for document, place in found_places if place][-MOST_PLACES:])
    made.zoom = float(min(_LARGEST, max(_SMALLEST, made.zoom)))
    return made


def _strings(values: Iterable[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _is_encodable(text: str) -> bool:
    """Return whether `text` has no lone surrogate, which Qt cannot take."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_path(text: str) -> bool:
    """Return whether `text` can be a path on disk; its bytes need not be valid UTF-8."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def _find_place(value: object) -> tuple[int, float] | None:
    match value:
        case [int(offset), int(top) | float(top)] if 0 <= offset <= _MAX_OFFSET and 0 <= top <= _MAX_OFFSET:
            return int(offset), float(top)
        case _:
            return None
