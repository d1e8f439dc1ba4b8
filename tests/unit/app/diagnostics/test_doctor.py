"""What is found out about the machine: languages, libraries, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.app.diagnostics.doctor import examine
from annotator.app.diagnostics.libraries import (
    find_missing_libraries,
    find_window_problem,
    install_command,
    missing_notice,
    no_display_notice,
)
from annotator.app.preferences.translation import set_language, system_language
from annotator.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Speak English after each test."""
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANGUAGE": "vi:en"}, "vi"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    """The first variable that says something decides; what is not Vietnamese is English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, variables.get(name, ""))
    assert system_language() == language
    assert (set_language(""), set_language("xx")) == (language, language)


def test_a_language_can_be_chosen() -> None:
    """What is chosen is spoken; English texts are themselves."""
    assert set_language("vi") == "vi"
    assert set_language("en") == "en"
    assert _("saved") == "saved"


def test_what_the_doctor_looks_at() -> None:
    """Versions, the C library of PyYAML, and the program's folders."""
    found = {one.name: one for one in examine()}
    assert {"annotator", "python", "PySide6", "PyYAML", "state", "settings", "cache"} <= set(found)
    assert found["PyYAML"].is_good
    assert all(one.is_good or one.cure for one in found.values())


def test_a_folder_that_cannot_be_made(own_folders: Path) -> None:
    """The doctor says which, and what to do."""
    (own_folders / "state").write_text("in the way")
    found = {one.name: one for one in examine()}["state"]
    assert (found.is_good, "cannot be made" in found.cure) == (False, True)


def test_the_command_that_installs() -> None:
    """Each package is named once."""
    command = install_command(["libEGL.so.1", "libEGL.so.1", "libxcb-cursor.so.0"])
    assert command == "sudo apt-get install -y libegl1 libxcb-cursor0"
    assert isinstance(find_missing_libraries(), list)


@pytest.mark.parametrize(("variable", "value"), [("QT_QPA_PLATFORM", "offscreen"), ("WAYLAND_DISPLAY", "wayland-0")])
def test_without_x11_its_libraries_are_not_needed(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """Nothing is said against a window that does not use them."""
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    assert find_window_problem() == ""


def test_what_is_said_where_something_is_missing() -> None:
    """A missing library is named with the command that installs it, a missing screen with what works without."""
    assert "libEGL.so.1. Install them with: sudo apt-get install -y libegl1" in missing_notice(["libEGL.so.1"])
    assert "There is no screen here" in no_display_notice()
