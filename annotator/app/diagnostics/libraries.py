"""The system libraries that a window needs. Imports little, since the start of the window waits for this module."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

from annotator.core.i18n import _

# The system libraries that Qt's X11 platform plugin needs, and the Debian package of each.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
}


def find_missing_libraries() -> list[str]:
    """Return the libraries of `PACKAGES` that this machine lacks."""
    return [library for library in PACKAGES if not _can_load(library)]


def install_command(libraries: list[str]) -> str:
    """Return the command that installs `libraries` on Debian, Ubuntu and their derivatives."""
    packages = " ".join(dict.fromkeys(PACKAGES[library] for library in libraries))
    return f"sudo apt-get install -y {packages}"


def missing_notice(libraries: list[str]) -> str:
    """Return the sentence that `libraries` are missing, and how to install them."""
    template = _("These libraries that Qt needs are missing: {libraries}. Install them with: {command}")
    return template.format(libraries=", ".join(libraries), command=install_command(libraries))


def no_display_notice() -> str:
    """Return the sentence that there is no display."""
    display = os.environ.get("DISPLAY", "")
    if display:
        template = _("There is no screen {display}. Start the window from a desktop; the other verbs need none.")
        return template.format(display=display)
    return _(
        "There is no screen here (DISPLAY is not set). Start the window from a desktop; the other verbs need none."
    )


def find_window_problem() -> str:
    """Return the sentence that says why no window can be opened, or "". Takes some milliseconds."""
    if not sys.platform.startswith("linux"):
        return ""
    platform_name = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    folder = _find_plugin_folder()
    # With Wayland, offscreen or another platform plugin, the X11 one is not loaded.
    if folder is None or platform_name not in {"", "xcb"} or (os.environ.get("WAYLAND_DISPLAY") and not platform_name):
        return ""
    try:
        # Qt aborts the process if its plugin cannot be loaded, so it is tried here first, before any window.
        ctypes.CDLL(str(folder / "libqxcb.so"))
    except OSError as error:
        libraries = find_missing_libraries()
        if libraries:
            return missing_notice(libraries)
        return _("Qt cannot open a window here ({reason}). Run `annotator doctor`.").format(reason=error)
    return ""


def _find_plugin_folder() -> Path | None:
    # Finds the package without importing it.
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(found.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms"
    return folder if folder.is_dir() else None


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
