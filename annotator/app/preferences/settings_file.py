"""Saving of preferences."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.errors import describe_os_error
from annotator.storage.paths import PathError, ensure_config_folder, format_path

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.preferences.settings import Settings


def settings_path() -> Path:
    """Return the path of the preferences on this machine.

    Raises:
        PathError: If the folder cannot be created.
    """
    return ensure_config_folder() / "settings.json"


def save_user_settings(settings: Settings) -> str:
    """Save `settings` at their path; return an empty string, or the reason why that failed."""
    try:
        return save_settings(settings, settings_path())
    except PathError as error:
        return str(error)


def save_settings(settings: Settings, path: Path) -> str:
    """Save `settings` to `path`; return an empty string, or the reason why that failed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # ASCII with escapes: a folder's name may contain lone surrogates, which UTF-8 cannot encode.
        save_bytes(path, (json.dumps(asdict(settings), indent=1) + "\n").encode())
    except SaveError as error:
        return str(error)
    except OSError as error:
        return f"{format_path(path)}: {describe_os_error(error)}."
    return ""
