"""Diagnosis of the machine: versions, libraries, display, folders. Works without Qt, which may be what is missing."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from importlib import metadata

import yaml

from annotator import __version__
from annotator.app.diagnostics.libraries import find_missing_libraries, missing_notice, no_display_notice
from annotator.core.i18n import _
from annotator.storage.paths import (
    PathError,
    ensure_cache_folder,
    ensure_config_folder,
    ensure_state_folder,
    format_path,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the diagnosis; `cure` says what to do if it is not good."""

    name: str
    found: str
    is_good: bool = True
    cure: str = ""


def examine() -> list[Finding]:
    """Examine versions, libraries, the display and the program's folders."""
    findings = [
        Finding("annotator", __version__),
        Finding("python", platform.python_version()),
        Finding("system", platform.platform()),
        _check_qt(),
        _check_yaml(),
    ]
    # Only on Linux does Qt need libraries of the system and a display server.
    findings += [_check_libraries(), _check_display()] if sys.platform.startswith("linux") else []
    for name, folder in (
        ("state", ensure_state_folder),
        ("settings", ensure_config_folder),
        ("cache", ensure_cache_folder),
    ):
        try:
            findings.append(Finding(name, format_path(folder())))
        except PathError as error:
            findings.append(Finding(name, "", is_good=False, cure=str(error)))
    return findings


def _check_qt() -> Finding:
    try:
        version = metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        cure = _("Qt for Python is missing: install it with `pip install annotator`.")
        return Finding("PySide6", _("missing"), is_good=False, cure=cure)
    if version == "6.12.0":
        cure = _("PySide6 6.12.0 crashes on this Python; install 6.11.3.")
        return Finding("PySide6", version, is_good=sys.version_info >= (3, 12), cure=cure)
    return Finding("PySide6", version)


def _check_yaml() -> Finding:
    cure = _("PyYAML lacks its C library and is slow: install it with `pip install --force-reinstall pyyaml`.")
    return Finding("PyYAML", f"{yaml.__version__}, libyaml", is_good=yaml.__with_libyaml__, cure=cure)


def _check_libraries() -> Finding:
    missing = find_missing_libraries()
    if not missing:
        return Finding("libraries", _("all there"))
    return Finding("libraries", ", ".join(missing), is_good=False, cure=missing_notice(missing))


def _check_display() -> Finding:
    found = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    return Finding("screen", found or _("none"), is_good=bool(found), cure=no_display_notice())
