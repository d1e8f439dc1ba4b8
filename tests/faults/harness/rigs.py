"""Two ways to let one call of a running life fail: the system's, by strace, and one from inside the program.

Both count the calls of one thread from the moment of arming, so that a fault hits the same call each time.
"""

from __future__ import annotations

import functools
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from patience import PATIENCE
from programs import require_program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stage import Life

ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EACCES")
KILL = "KILL"

# Those that an architecture has not are passed over.
SYSCALLS = (
    "open", "openat", "openat2", "creat", "read", "pread64", "readv", "write", "pwrite64", "writev", "lseek", "fsync",
    "fdatasync", "sync_file_range", "syncfs", "rename", "renameat", "renameat2", "unlink", "unlinkat", "link", "linkat",
    "symlinkat", "truncate", "ftruncate", "fallocate", "fchmod", "fchmodat", "chmod", "fchown", "fchownat", "chown",
    "close", "flock", "fcntl", "stat", "lstat", "fstat", "newfstatat", "statx", "access", "faccessat", "faccessat2",
    "mkdir", "mkdirat", "rmdir", "readlink", "readlinkat", "getdents64", "fadvise64", "copy_file_range", "sendfile",
    "listxattr", "llistxattr", "flistxattr", "getxattr", "lgetxattr", "fgetxattr", "setxattr", "lsetxattr",
    "fsetxattr", "removexattr", "fremovexattr",
)  # fmt: skip
_SLEEPER = """\
import ctypes, sys
ctypes.CDLL(None).prctl(0x59616d61, -1, 0, 0, 0)
print(flush=True)
sys.stdin.read()
"""
_LINE = re.compile(r"^(?:\d+ +)?(?P<name>\w+)\((?P<rest>.*)$")


def faults_at(calls: Sequence[Call], *, root: Path, is_every: bool) -> Iterator[Fault]:
    """The faults to try at ``calls``: each fails, once or lasting, and is where the program is killed.

    With ``is_every`` each error is tried at each call in both ways, otherwise one error in one way, in turn, and at
    files under ``root`` alone, not at the folders on the way there. The program's own files are left in peace.
    """
    own = {name: number for name, number, call in _numbered(calls) if not call.is_near(root)}
    for place, (name, number, call) in enumerate(_numbered(calls)):
        if not (call.is_near(root) if is_every else call.is_within(root)):
            continue
        may_last = number > own.get(name, 0)
        for turn, error in enumerate(ERRORS if is_every else ERRORS[place % len(ERRORS) :][:1]):
            is_lasting = may_last and place % 3 > 0
            if is_every or not is_lasting:
                yield Fault(name, number, error)
            if (is_every and may_last) or is_lasting:
                yield Fault(name, number, error, lasts=True, is_followed_by_death=bool((place + turn) % 2))
        yield Fault(name, number, KILL)


def _numbered(calls: Sequence[Call]) -> Iterator[tuple[str, int, Call]]:
    """Each call with its name and the number that it has among those of its name, from 1."""
    counts: Counter[str] = Counter()
    for call in calls:
        counts[call.name] += 1
        yield call.name, counts[call.name], call


class Fault(NamedTuple):
    """Call number ``when`` of the name ``call`` has ``effect``; with ``lasts`` all later ones of that name too.

    ``is_followed_by_death`` says that the program is killed while the cause lasts.
    """

    call: str
    when: int
    effect: str
    lasts: bool = False
    is_followed_by_death: bool = False

    def __str__(self) -> str:
        more = ", lasting" if self.lasts else ""
        return f"{self.effect} at {self.call} {self.when}{more}{', then killed' if self.is_followed_by_death else ''}"


class Call(NamedTuple):
    """A call that was counted, and what it was about."""

    name: str
    about: str

    def is_within(self, root: Path) -> bool:
        """Whether it was about a file or folder under ``root``."""
        return str(root) in self.about or "/" not in self.about

    def is_near(self, root: Path) -> bool:
        """Whether it was about a file under ``root``, or a folder on the way there; others are the program's own."""
        found = re.search(r'^"(.*?)"|^AT_FDCWD\S* "(.*?)"', self.about)
        path = (found[1] or found[2]) if found else self.about
        return self.is_within(root) or "/" not in path or root.is_relative_to(path)


@dataclass
class Inside:
    """The functions of `os` are replaced in the life; always possible."""

    name: ClassVar[str] = "inside"
    life: Life
    thread: str

    def arm(self, fault: Fault | None) -> None:
        """Count from now on, and let ``fault`` happen."""
        more = fault._asdict() if fault else {}
        more.pop("is_followed_by_death", None)
        self.life.do("arm", thread=self.thread, **more)

    def disarm(self) -> list[Call]:
        """End it; the calls counted."""
        return [] if self.life.status is not None else [Call(*call) for call in self.life.do("disarm")]


class Strace:
    """strace takes hold of one thread of the life; the system calls themselves fail."""

    name: ClassVar[str] = "strace"

    def __init__(self, life: Life, thread: str, *, log: Path) -> None:
        self._life = life
        self._thread = thread
        self._log = log
        self._strace: subprocess.Popen[str] | None = None

    def arm(self, fault: Fault | None) -> None:
        """Count from now on, and let ``fault`` happen."""
        words = [f"trace={','.join('?' + name for name in SYSCALLS)}"]
        if fault is not None:
            effect = "signal=KILL" if fault.effect == KILL else f"error={fault.effect}"
            words = [
                f"trace={fault.call}",
                f"inject={fault.call}:{effect}:when={fault.when}{'+' if fault.lasts else ''}",
            ]
        number = self._life.do("threads")[self._thread]
        self._strace = attached(number, words, log=self._log)

    def disarm(self) -> list[Call]:
        """Let go of the thread; the calls counted."""
        if self._strace is not None:
            self._strace.send_signal(signal.SIGINT)
            self._strace.communicate(timeout=PATIENCE)
            self._strace = None
        return calls_in(self._log.read_text("utf-8", "replace"))


def attached(number: int, words: list[str], *, log: Path) -> subprocess.Popen[str]:
    """A strace that has hold of the thread of that number.

    Raises:
        OSError: it may not.
    """
    options = [part for word in words for part in ("-e", word)]
    log.write_bytes(b"")
    strace = subprocess.Popen(
        ["strace", "-y", "-s", "0", "-o", str(log), *options, "-p", str(number)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert strace.stderr is not None
    line = strace.stderr.readline()
    if "attached" not in line:
        strace.communicate(timeout=PATIENCE)
        raise OSError(line.strip() or "strace gave no answer")
    return strace


def calls_in(log: str) -> list[Call]:
    """The calls in a log of strace."""
    found = (_LINE.match(line) for line in log.splitlines())
    return [Call(match["name"], match["rest"]) for match in found if match]


@functools.cache
def why_no_strace() -> str:
    """Why strace cannot be used here; empty where it can."""
    if not sys.platform.startswith("linux"):
        return "strace is for Linux alone"
    require_program("strace", package="strace")
    sleeper = subprocess.Popen([sys.executable, "-c", _SLEEPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert sleeper.stdout is not None
    sleeper.stdout.readline()
    try:
        with tempfile.TemporaryDirectory() as folder:
            words = ["trace=read", "inject=read:error=EIO:when=999"]
            strace = attached(sleeper.pid, words, log=Path(folder) / "log")
            strace.send_signal(signal.SIGINT)
            strace.communicate(timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError) as error:
        return f"tracing is not permitted here: {error}"
    finally:
        sleeper.communicate(timeout=PATIENCE)
    return ""
