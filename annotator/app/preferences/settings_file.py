"""How preferences are written. It must not know what they mean."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.paths import PathError, config_folder

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.preferences.settings import Settings


def settings_path() -> Path:
    """Where preferences are kept on this machine.

    Raises:
        PathError: the folder cannot be made.
    """
    return config_folder() / "settings.json"


def keep_settings(settings: Settings) -> str:
    """Write ``settings`` where they are kept; a sentence for the person where that failed, else an empty one."""
    try:
        return save_settings(settings, settings_path())
    except PathError as error:
        return str(error)


def save_settings(settings: Settings, path: Path) -> str:
    """Write ``settings`` to ``path``; a sentence for the person where that failed, else an empty one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Escapes, since a folder's name need not be text that UTF-8 can hold.
        save_bytes(path, (json.dumps(asdict(settings), indent=1) + "\n").encode())
    except (SaveError, OSError) as error:
        return str(error)
    return ""
