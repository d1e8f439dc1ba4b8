"""Articles whose annotations may not be written: a read-only disk, a folder without permission, a protected file."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from window_driver import WindowDriver

IS_ROOT = os.geteuid() == 0


def mount(*words: str | Path) -> None:
    """Call `mount`, where the system lets us."""
    done = subprocess.run(["mount", *words], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount here: {done.stderr.decode()}")


@pytest.fixture
def protected(folder: Path) -> Iterator[Callable[[], None]]:
    """The folder of the articles, which may not be written to; call to allow it."""
    if not IS_ROOT:
        folder.chmod(0o555)
        yield lambda: folder.chmod(0o755)
        folder.chmod(0o755)
        return
    mount("--bind", folder, folder)
    try:
        mount("-o", "remount,ro,bind", folder)
        yield lambda: mount("-o", "remount,rw,bind", folder)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.usefixtures("protected")
def test_it_opens_read_only_and_says_why(folder: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """Before anything is tagged; keys change nothing, and nothing is kept that could not be saved."""
    window = open_on(folder)
    why = "is on a disk that is read-only" if IS_ROOT else "You may not write in"
    assert why in window.read_only()
    assert str(folder) in window.read_only()
    assert window.read_only() in window.notice()
    window.press("1")
    assert window.steps() == 0
    assert not window.state().annotations
    window.close()
    assert not window.is_open()


def test_what_is_there_is_shown(
    folder: Path, open_on: Callable[[Path], WindowDriver], request: pytest.FixtureRequest
) -> None:
    """Annotations that were made before are shown as they are."""
    window = open_on(folder)
    window.press("1")
    assert window.save()
    window.close_at_once()
    before = window.sidecar.read_bytes()
    request.getfixturevalue("protected")
    again = open_on(folder)
    assert again.read_only()
    assert len(again.state().annotations) == 1
    again.press("J", "1")
    assert again.sidecar.read_bytes() == before


def test_it_can_be_edited_as_soon_as_it_may_be_written(
    protected: Callable[[], None], folder: Path, open_on: Callable[[Path], WindowDriver]
) -> None:
    """The window notices, says so, and keys tag."""
    window = open_on(folder)
    window.follow_files()
    assert window.read_only()
    protected()
    window.qtbot.waitUntil(lambda: not window.read_only())
    assert window.toast() == "The annotations can be written now: you can edit this document."
    window.press("1")
    assert window.labels()


def test_a_file_that_is_protected(folder: Path, open_on: Callable[[Path], WindowDriver]) -> None:
    """It is not replaced, although its folder may be written to."""
    if IS_ROOT:
        pytest.skip("root may write to it")
    window = open_on(folder)
    window.press("1")
    assert window.save()
    window.close_at_once()
    window.sidecar.chmod(0o444)
    again = open_on(folder)
    assert again.read_only() == (
        f"{window.sidecar} is write-protected, so this article can only be read here. Allow writing to it to edit it."
    )
