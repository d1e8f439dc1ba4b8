"""The real program with a real Vietnamese input method on: ibus with Unikey, in Telex."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from patience import PATIENCE
from programs import give_up, require_program
from screen_reader import session_bus
from x_display import decisions, labels, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from x_display import Screen

ARTICLE = "Kế hoạch mới\n\nMột câu ở đây. Hai câu ở đây. Ba câu ở đây. Bốn câu ở đây.\n"
ENGINE = "Unikey"


@pytest.fixture
def telex(display: Screen, tmp_path: Path) -> Iterator[dict[str, str]]:
    """What a program needs to be typed into with Telex on, where ibus is installed."""
    require_program("ibus-daemon", package="ibus")
    require_program("dbus-daemon", package="dbus")
    home = tmp_path / "typist"
    home.mkdir(mode=0o700)
    own = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(home))
    own |= {"GSETTINGS_BACKEND": "memory", "DISPLAY": display.display}
    with session_bus({**os.environ, **own}) as bus, ibus({**os.environ, **own, "DBUS_SESSION_BUS_ADDRESS": bus}):
        yield {**own, "DBUS_SESSION_BUS_ADDRESS": bus, "QT_IM_MODULE": "ibus"}


@contextmanager
def ibus(environment: dict[str, str]) -> Iterator[None]:
    """The input method ibus with the Vietnamese engine on."""

    def said(*arguments: str) -> str:
        done = subprocess.run(
            ["ibus", *arguments], env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        return done.stdout

    command = ["ibus-daemon", "--xim=no", "--panel=disable", "--config=disable", "--emoji-extension=disable"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
        try:
            until(lambda: "unix:" in said("address"), "ibus did not start")
            if ENGINE not in said("list-engine"):
                give_up(f"ibus's engine {ENGINE}", package="ibus-unikey")
            said("engine", ENGINE)
            until(lambda: said("engine").strip() == ENGINE, "Telex could not be switched on")
            yield
        finally:
            daemon.terminate()
            daemon.wait()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article of four sentences under a title."""
    folder = tmp_path / "articles"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_label_keys_work_and_notes_take_vietnamese_with_telex_on(
    display: Screen, telex: dict[str, str], article: Path
) -> None:
    """A word typed in Telex comes out composed in the note; back in the article, letters and digits are keys."""
    sidecar = article.with_name("a.txt.annotations.yaml")
    with display.program(article.parent, environment=telex) as program:
        program.press("1")
        until(lambda: len(labels(sidecar)) == 1, "the first tag was not saved")
        program.press("t")
        program.screen.xdotool("type", "--delay", "80", "ddootj phas")
        program.press("ctrl+Return")
        until(lambda: len(labels(sidecar)) == 2, "the note was not saved")
        # J and K go, S opens the word cursor, X, F and W may do what they do: in Telex, all of them would compose.
        program.press("j", "k", "x", "f", "w", "s", "Escape", "j", "2", "3")
        until(lambda: len(labels(sidecar)) == 4, "the keys did not reach the article")
        program.press("ctrl+s")
    assert decisions(sidecar)["annotations"][1]["note"] == "đột phá"
    given = [label for _place, label in labels(sidecar)]
    assert given == [["target"], [], ["breakthrough"], ["opinion"]]
