"""Where the files that come with the program lie. It must not know what is in them."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_path(*parts: str) -> Path:
    """The path of a shipped file or folder: inside the wheel when installed, beside the package in a checkout."""
    inside = _PACKAGE / "resources"
    root = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
