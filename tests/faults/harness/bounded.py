"""Running a piece of Python in a process that may use so much memory and processor time, and no more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_HEAD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({bytes}, {bytes}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
"""


def bounded(
    code: str,
    *arguments: str | bytes | Path,
    megabytes: int = 3000,
    seconds: int = 60,
    folder: Path | None = None,
    given: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """What ``code`` gives; it dies where it needs more than ``megabytes`` of addresses or ``seconds`` of processor.

    ``given`` stands on its standard input.
    """
    head = _HEAD.format(bytes=megabytes << 20, seconds=seconds)
    return subprocess.run(
        [sys.executable, "-c", head + code, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent)))},
        cwd=folder,
        input=given,
        capture_output=True,
        check=False,
        timeout=600,  # never reached: the processor time is
    )
