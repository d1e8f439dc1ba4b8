"""Where lives of the program are played: a folder with an article, a mother process, and a life at a time.

It must not know faults, nor what is right.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from patience import PATIENCE

if TYPE_CHECKING:
    from types import TracebackType

HERE = Path(__file__).resolve().parent
LONGEST = 1 << 20
ARTICLE = """\
Chính sách và phát triển

Tạo tiền đề vững chắc để vùng cao bước vào giai đoạn mới

Tỉnh đặt ra năm nhiệm vụ trọng tâm và ba khâu đột phá cho cả giai đoạn.

Sáng nay, hội đồng đã họp phiên đầu tiên. Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm. Ông An cho rằng đó là \
mục tiêu cao.

Phiên họp kéo dài cả ngày. Mọi đại biểu đều phát biểu.
"""


class DeadError(Exception):
    """The life ended before it answered; ``status`` is minus the signal, or the exit status."""

    def __init__(self, status: int, stderr: str) -> None:
        super().__init__(f"ended with {status}: {stderr}")
        self.status = status
        self.stderr = stderr


class Stage:
    """A folder ``root`` and a process of which lives are forked.

    ``root/work`` holds the articles, ``root/state`` the journals. Both are taken down and put back as often as one
    likes; they stay at their place, which the journals know.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work, self.state = root / "work", root / "state"
        self.article = self.work / "article.txt"
        self.sidecar = self.work / "article.txt.annotations.yaml"
        self.stderr = root / "stderr"
        self.other = self.work / "other.txt"
        self.original = {"work/article.txt": ARTICLE.encode(), "work/other.txt": b"Another article. It is short.\n"}
        self.restore(self.original)
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._channel.settimeout(2 * PATIENCE)  # longer than a life itself waits
        paths = os.pathsep.join([str(HERE), str(HERE.parents[2])])
        self._mother = subprocess.Popen(
            [sys.executable, str(HERE / "driver.py"), str(theirs.fileno())],
            env={**os.environ, "PYTHONPATH": paths, "LANGUAGE": "en"},
            pass_fds=[theirs.fileno()],
        )
        theirs.close()

    def life(self, **environment: str) -> Life:
        """Start the program."""
        folders = {f"ANNOTATOR_{name}_DIR": str(self.root / name.lower()) for name in ("STATE", "CONFIG", "CACHE")}
        order = {"environment": {**folders, **environment}, "stderr": str(self.stderr)}
        self._channel.sendall(json.dumps(order).encode())
        return Life(self._channel)

    def picture(self) -> dict[str, bytes]:
        """All files under the root, by their paths."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for folder in (self.work, self.state)
            for path in folder.rglob("*")
            if path.is_file() and not path.is_symlink()
        }

    def restore(self, picture: dict[str, bytes]) -> None:
        """Put all files back as they are in ``picture``, and no other folder: a search would look into it as well."""
        folders = [one for one in self.root.iterdir() if one.is_dir()] if self.root.is_dir() else []
        for folder in (one for one in folders if not one.is_mount()):
            shutil.rmtree(folder, ignore_errors=True)
        for name, data in picture.items():
            path = self.root / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(data)

    def close(self) -> None:
        """End the mother process."""
        self._channel.close()
        self._mother.wait(PATIENCE)


class Life:
    """One run of the program, from outside.

    ``shown`` are the decisions that the screen showed, one after the other; ``said`` the sentences of the last answer.
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self.shown: list[Any] = []
        self.said: list[str] = []
        self.told: list[str] = []
        self.stderr = ""
        self.status: int | None = None
        self.pid: int = self._answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None:
            self.end() if error is None else self.kill()

    def do(self, order: str, *args: Any, **more: Any) -> Any:
        """Have something done and wait for what comes of it.

        Raises:
            DeadError: the life ended over it.
        """
        self._channel.sendall(json.dumps({"do": order, "args": args, "more": more}).encode())
        return self._answer()

    def open(self, path: Path, *, folder: Path | None = None) -> bool:
        """Open a document; whether that went well."""
        return bool(self.do("open", str(path), folder=str(folder or "")))

    def end(self) -> None:
        """Let the program end by itself."""
        self._channel.sendall(b'{"do": "end"}')
        with contextlib.suppress(DeadError):
            self._answer()

    def kill(self) -> None:
        """Kill the program outright."""
        os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(DeadError):
            while True:
                self._answer()

    def _answer(self) -> Any:
        while True:
            try:
                message = json.loads(self._channel.recv(LONGEST))
            except TimeoutError:
                os.kill(self.pid, signal.SIGABRT)  # faulthandler says where it hangs
                message = json.loads(self._channel.recv(LONGEST))
            if "shown" in message:
                self.shown.append(message["shown"])
            elif "ended" in message:
                self.status, self.stderr = message["ended"], message["stderr"]
                raise DeadError(self.status, self.stderr)
            else:
                self.said = message["said"]
                self.told += self.said
                return message["answer"]
