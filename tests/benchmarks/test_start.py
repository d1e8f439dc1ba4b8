"""From the call to the painted article, against a bare Qt window with a plain text box, in a real window under Xvfb."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from floors import compare
from programs import require_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_benchmark.fixture import BenchmarkFixture

PROBES = Path(__file__).parent / "probes"
ARTICLE = Path(__file__).parents[2] / "documents" / "cao-nguyen-2030.txt"


@pytest.fixture(scope="module")
def display() -> Iterator[dict[str, str]]:
    """The environment of a screen without a monitor."""
    require_program("Xvfb", package="xvfb")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        server.terminate()


@pytest.mark.parametrize("clock", ["wall", "processor"])
def test_start_to_first_painted_article(
    display: dict[str, str], tmp_path: Path, benchmark: BenchmarkFixture, clock: str
) -> None:
    """The article is on the screen soon after a bare window would be: what is not needed for it is loaded later."""
    article = tmp_path / ARTICLE.name
    shutil.copy(ARTICLE, article)
    environment = {**os.environ, **display}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def of(probe: str) -> Callable[[], float]:
        def go() -> float:
            before, wall = os.times(), time.perf_counter()
            subprocess.run([sys.executable, PROBES / probe, article], env=environment, check=True, capture_output=True)
            spent = time.perf_counter() - wall
            after = os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            return spent if clock == "wall" else used

        return go

    ours, floor = of("program.py"), of("floor.py")
    ours()  # compiles what is not compiled, and notes that Qt's libraries are there
    floor()
    compare(
        benchmark,
        f"start to first painted article, {clock} time",
        ours=ours,
        floor=floor,
        most=1.4,
        rounds=15,
    )
