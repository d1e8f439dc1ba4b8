"""What all tests share: folders of their own, no screen, the judged answers where they are."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from repository import ROOT, SHARED

if TYPE_CHECKING:
    from pathlib import Path

# The first screen is the one that windows open on; the others are small, for the dialogs that must fit there, too.
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={ROOT / 'tests' / 'support' / 'screens.json'}")
os.environ["LANGUAGE"] = "en"
# A shell that starts the tests in the background has SIGINT ignored, `nohup` SIGHUP, so would the programs that tests
# end by them. A handler here gives these back their defaults.
for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler)

# The machine that tests run on is shared: no example is too slow. CI takes the same examples each time, so that it
# fails for what a change did; new ones are looked for at every other run. There a failing example is printed as it was
# found: making it smaller took five minutes of the machine, and the blob lets anyone do it at home.
IS_CI = bool(os.environ.get("CI"))
settings.register_profile(
    "shared",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=IS_CI,
    phases=[phase for phase in Phase if not IS_CI or phase not in {Phase.shrink, Phase.explain}],
    report_multiple_bugs=not IS_CI,
)
settings.load_profile("shared")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """State, settings and cache of the program in a folder of this test alone."""
    home = tmp_path_factory.mktemp("home")
    for name in ("STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"ANNOTATOR_{name}_DIR", str(home / name.lower()))
    return home


@pytest.fixture
def seed() -> Path:
    """The user's own article, where it is at hand."""
    path = SHARED / "seed" / "lang-son.txt"
    if not path.exists():
        pytest.skip("the seed article is not at hand: ../shared/seed is absent")
    return path
