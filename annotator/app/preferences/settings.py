"""What a person prefers, on this machine. It must not know how preferences are edited."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from annotator.storage.files import find_bytes
from annotator.storage.limits import LARGEST_SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST_RECENT = 10
MOST_PLACES = 200
MOST_USED = 30
_SMALLEST, _LARGEST = 0.5, 4.0
_FARTHEST = 2**31  # beyond it no offset of a text lies
_CHOICES = {
    "language": ("", "vi", "en"),
    "theme": ("", "light", "dark", "high-light", "high-dark"),
    "face": ("serif", "sans"),
}


@dataclass(slots=True)
class Settings:
    """Preferences. One of the three mutable things of the program.

    ``language`` is ``vi``, ``en`` or empty for the system's; ``theme`` is ``light``, ``dark``, ``high-light``,
    ``high-dark`` (high contrast) or empty likewise; ``face`` is ``serif`` or ``sans``; ``zoom`` 1.0 is the usual size;
    ``window`` and ``panels`` are Qt's own states, in base 64; ``recent`` are the folders opened last, the latest first;
    ``opened_with`` is the version of Qt for Python with which the window was opened here before, so that all its
    libraries are there.

    ``keys`` are the keys of actions that the person changed, by the action's id, in Qt's portable writing; ``used`` are
    the ids of the actions chosen last in the palette. ``skips`` is whether *next* passes over headings and captions,
    ``fade`` whether text without tags is pale, ``toured`` whether the tour was seen or refused. ``places`` says where
    the person was in a document, by its path, the latest last: the offset of the current sentence, and what is at the
    top of the window as `ArticleView.place` has it, both in code points. ``export_kind``, ``export_language`` and
    ``export_folder`` are the kind of file, the reviewer's language and the folder that were chosen last.
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

    def remember(self, folder: str) -> None:
        """Put ``folder`` at the head of the recent ones."""
        self.recent = [folder, *(one for one in self.recent if one != folder)][:MOST_RECENT]

    def remember_use(self, action: str) -> None:
        """Put ``action`` at the head of those used last."""
        self.used = [action, *(one for one in self.used if one != action)][:MOST_USED]

    def remember_place(self, document: str, *, offset: int, top: float) -> None:
        """Remember where the person was in ``document``; of the documents seen longest ago the places are forgotten."""
        self.places.pop(document, None)
        self.places[document] = (offset, top)
        while len(self.places) > MOST_PLACES:
            del self.places[next(iter(self.places))]

    def find_last_document(self, folder: str) -> str:
        """The path of the document below ``folder`` in which the person was last, empty where there is none."""
        head = folder.rstrip(os.sep) + os.sep
        return next((path for path in reversed(self.places) if path.startswith(head)), "")


def load_settings(path: Path) -> Settings:
    """The preferences at ``path``; the usual ones where there are none or they cannot be read, value by value."""
    try:
        found = json.loads(find_bytes(path, limit=LARGEST_SETTINGS) or b"")
    except (OSError, ValueError, RecursionError):
        return Settings()
    made = Settings()
    if not isinstance(found, dict):
        return made
    for one in fields(Settings):
        value = found.get(one.name)
        kind = (int, float) if one.name == "zoom" else type(getattr(made, one.name))
        if not isinstance(value, kind) or value not in _CHOICES.get(one.name, (value,)):
            continue
        if not isinstance(value, str) or _is_whole(value):
            setattr(made, one.name, value)
    made.recent = [path for path in _texts(made.recent) if _is_path(path)][:MOST_RECENT]
    made.used = _texts(made.used)[:MOST_USED]
    made.keys = {action: _texts(keys) for action, keys in made.keys.items() if isinstance(keys, list)}
    found_places = ((document, _find_place(place)) for document, place in made.places.items() if _is_path(document))
    made.places = dict([(document, place) for document, place in found_places if place][-MOST_PLACES:])
    made.zoom = float(min(_LARGEST, max(_SMALLEST, made.zoom)))
    return made


def _texts(values: Iterable[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _is_whole(text: str) -> bool:
    """Whether no half character stands in ``text``, which Qt could not take."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_path(text: str) -> bool:
    """Whether a disk can have such a name; its bytes need not be text."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def _find_place(value: object) -> tuple[int, float] | None:
    match value:
        case [int(offset), int(top) | float(top)] if 0 <= offset <= _FARTHEST and 0 <= top <= _FARTHEST:
            return int(offset), float(top)
        case _:
            return None
