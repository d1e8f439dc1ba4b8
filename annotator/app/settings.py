"""What a person prefers, on this machine. It must not know how preferences are edited."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST_RECENT = 10
_SMALLEST, _LARGEST = 0.5, 4.0
_CHOICES = {"language": ("", "vi", "en"), "theme": ("", "light", "dark"), "face": ("serif", "sans")}


@dataclass(slots=True)
class Settings:
    """Preferences. One of the three mutable things of the program.

    ``language`` is ``vi``, ``en`` or empty for the system's; ``theme`` is ``light``, ``dark`` or empty likewise;
    ``face`` is ``serif`` or ``sans``; ``zoom`` 1.0 is the usual size; ``window`` and ``panels`` are Qt's own states,
    in base 64; ``recent`` are the folders opened last, the latest first; ``opened_with`` is the version of Qt for
    Python with which the window was opened here before, so that all its libraries are there.
    """

    language: str = ""
    theme: str = ""
    face: str = "serif"
    zoom: float = 1.0
    annotator: str = ""
    window: str = ""
    panels: str = ""
    opened_with: str = ""
    recent: list[str] = field(default_factory=list)

    def remember(self, folder: str) -> None:
        """Put ``folder`` at the head of the recent ones."""
        self.recent = [folder, *(one for one in self.recent if one != folder)][:MOST_RECENT]


def load_settings(path: Path) -> Settings:
    """The preferences at ``path``; the usual ones where there are none or they cannot be read, value by value."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    made = Settings()
    if not isinstance(found, dict):
        return made
    for one in fields(Settings):
        value = found.get(one.name)
        kind = (int, float) if one.name == "zoom" else type(getattr(made, one.name))
        if isinstance(value, kind) and value in _CHOICES.get(one.name, (value,)):
            setattr(made, one.name, value)
    made.recent = [folder for folder in made.recent if isinstance(folder, str)][:MOST_RECENT]
    made.zoom = float(min(_LARGEST, max(_SMALLEST, made.zoom)))
    return made
