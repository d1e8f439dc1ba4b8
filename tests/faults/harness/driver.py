"""The program without its window, told over a socket what a person does; run as a program by `stage.Stage`.

The first process, the mother, brings all that the program needs into memory once. Each life of the program is a fork of
her, so that a thousand lives cost no thousand starts. What a life shows on its screen it sends at once, as ``shown``;
what was received counts as seen by the person. A call is answered by sending on a socket, which is no call on files, so
that no fault hits the answer.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import io
import json
import os
import queue
import resource
import signal
import socket
import sys
import tempfile
import threading
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import inside
import powerlog
import weakening

from annotator.app.documents.open import open_document, open_location
from annotator.app.persistence.background_writer import BackgroundWriter
from annotator.app.session import commands
from annotator.app.session.events import Event, EventKind
from annotator.app.session.session import Session
from annotator.app.workspace import sidecar_index
from annotator.cli.main import run
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.annotation_set import AnnotationSet

ANY_TRACER = (0x59616D61, -1)  # prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY)
LONGEST = 1 << 20
NEVER = 3600.0


class Life:
    """One run of the program: a session, and what a person may do with it."""

    def __init__(self, channel: socket.socket) -> None:
        seconds, ids = count(), count(os.getpid() % 90_000)
        self._channel = channel
        self._said: list[str] = []
        self._waiting: queue.Queue[Callable[[], None]] = queue.Queue()
        self._session = Session(
            load_builtin_labels(),
            author="mai",
            now=lambda: f"2026-05-13T09:00:{next(seconds) % 60:02}+07:00",
            new_id=lambda: f"m{next(ids):05}",
        )
        self._session.changed.connect(self._on_changed)

    def open(self, path: str, *, folder: str = "") -> bool:
        """Open a document, or a folder at that document; whether it can be worked on."""
        if folder:
            is_open = open_location(self._session, Path(folder), first=Path(path), deliver=self._waiting.put)
        else:
            is_open = open_document(self._session, Path(path), deliver=self._waiting.put)
        is_open = is_open and not self._session.read_only
        if is_open:
            self._show()
        return is_open

    def step(self, verb: str, sentence: int, value: Any = None) -> bool:
        """Do one step at a sentence, counted from 0; whether the screen shows that it was done."""
        session = self._session
        assert session.reading is not None
        session.go_to(list(session.reading.all_sentences())[sentence])
        before = session.state
        call = getattr(commands, verb)
        call(session) if value is None else call(session, value)
        return session.state is not before

    def save(self) -> bool:
        """Press Ctrl+S; whether the status bar says that all is saved."""
        self._session.save_now()
        self._carry()
        return self._session.is_saved

    def wait(self, seconds: float) -> bool:
        """Do nothing until all is saved, at most so long; whether it is."""
        with contextlib.suppress(queue.Empty):
            while not self._session.is_saved:
                self._waiting.get(timeout=seconds)()
        return self._session.is_saved

    def close(self) -> bool:
        """Close the document; whether all is written."""
        return self._session.close()

    def state(self) -> dict[str, Any]:
        """What the screen shows now."""
        session = self._session
        decisions = decisions_of(session.state) if session.document else None
        return {"decisions": decisions, "read_only": session.read_only, "trouble": session.trouble}

    def verb(self, *words: str) -> dict[str, Any]:
        """Run a verb of the command line in this life."""
        told, handle = io.StringIO(), os.memfd_create("out")  # a file as any, and on no disk
        out = os.fdopen(os.dup(handle), "w", encoding="utf-8")
        with out, contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
            status = run(words, open_window=lambda _paths: 9)
        answer = os.pread(handle, LONGEST, 0).decode("utf-8", "replace")
        os.close(handle)
        return {"status": status, "out": answer, "told": told.getvalue()}

    def threads(self) -> dict[str, int]:
        """The system's numbers of the threads, by name; that of the window's is ``main``."""
        found = {one.name: one.native_id or 0 for one in threading.enumerate()}
        return {**found, "main": os.getpid()}  # the main thread of a fork still has its mother's number there

    def arm(self, **fault: Any) -> None:
        """Count calls in a thread of this life, and let one of them fail or kill."""
        inside.arm(self.threads(), **fault)

    def disarm(self) -> list[list[str]]:
        """Let all calls be as they are; those counted, each as name and path."""
        return inside.disarm()

    def note_calls(self) -> None:
        """Note what is done to files, and what is shown."""
        powerlog.start()

    def noted_calls(self) -> list[list[Any]]:
        """What was noted."""
        return powerlog.stop()

    def weaken(self, guard: str) -> None:
        """Take a guard out of the program."""
        weakening.GUARDS[guard]()

    def hurry(self, delay: float, retry: float) -> None:
        """Have the saver of the next document write after ``delay`` and try again after ``retry`` seconds."""
        set_pace(delay=delay, retry=retry)

    def limit(self, size: int) -> None:
        """Let no file grow beyond so many bytes; 0 lifts the limit."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (size or hard, hard))

    def become(self, user: int) -> None:
        """Be another user, without the rights of root."""
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)

    def answer(self, order: dict[str, Any]) -> None:
        """Do what is ordered and say what came of it."""
        self._said = []
        result = getattr(self, order["do"])(*order.get("args", ()), **order.get("more", {}))
        send(self._channel, {"answer": result, "said": self._said})

    def _carry(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._waiting.get_nowait()()

    def _on_changed(self, event: Event) -> None:
        if event.message:
            self._said.append(event.message)
        if event.kind is EventKind.DECISIONS_CHANGED:
            self._show()

    def _show(self) -> None:
        decisions = decisions_of(self._session.state)
        powerlog.note_shown(decisions)
        send(self._channel, {"shown": decisions})


def decisions_of(state: AnnotationSet) -> list[list[Any]]:
    """What was decided, as a checker that knows nothing of the program's values can compare it."""
    found = [[*one.span, list(one.labels), one.text, one.note] for one in state.annotations.values()]
    found += [[start, end, ["(nothing)"], "", ""] for start, end in state.nothing.items()]
    found += [[place, place, ["(split)"], "", ""] for place in state.splits]
    found += [
        [0, 0, [f"(orphan) {label}" for label in one.labels], one.text, one.note] for one in state.orphans.values()
    ]
    return sorted(found)


def set_pace(*, delay: float, retry: float) -> None:
    """Have every writer that is made from now on write after `delay` and try again after `retry` seconds."""
    defaults = BackgroundWriter.__init__.__kwdefaults__
    assert defaults is not None
    defaults.update(delay=delay, retry=retry)


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    """Send one message."""
    channel.sendall(json.dumps(message, ensure_ascii=False).encode())


def receive(channel: socket.socket) -> dict[str, Any] | None:
    """The next message; None when nobody sends any more."""
    data = channel.recv(LONGEST)
    return json.loads(data) if data else None


def live(channel: socket.socket, stderr: str) -> None:
    """Be one run of the program until told to end."""
    handle = os.open(stderr, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(handle, 2)
    os.close(handle)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(*ANY_TRACER, 0, 0, 0)
    faulthandler.enable()
    life = Life(channel)
    send(channel, {"answer": os.getpid(), "said": []})
    while (order := receive(channel)) is not None and order["do"] != "end":
        life.answer(order)


def warm_up() -> None:
    """Do once what the program does later, so that no life reads a module from the disk in the middle of a fault."""
    listening, speaking = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with tempfile.TemporaryDirectory() as folder, listening, speaking:
        os.environ["ANNOTATOR_STATE_DIR"] = f"{folder}/state"
        path = Path(folder, "a.txt")
        path.write_text("Câu một. Câu hai.\n", "utf-8")
        for text in ("Câu một. Câu hai.\n", "Câu hai. Câu ba.\n", "Câu ba.\n"):
            path.write_text(text, "utf-8")
            life = Life(speaking)
            life.open(str(path))
            life.step("tag", 0, "target")
            life.save()
            life.close()
        for words in (["export", folder, "--format", "csv", "-o", f"{folder}/out.csv"], ["check", folder, "--fix"]):
            life.verb(*words)


def mother(channel: socket.socket) -> None:
    """Fork a life for each order, and say how it ended."""
    while (order := receive(channel)) is not None:
        os.environ.update(order["environment"])
        pid = os.fork()
        if not pid:
            status = 1
            try:
                live(channel, order["stderr"])
                status = 0
            except BaseException:  # noqa: BLE001  # told in full on standard error, as Python does
                sys.excepthook(*sys.exc_info())
            os._exit(status)
        ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        send(channel, {"ended": ended, "stderr": Path(order["stderr"]).read_text("utf-8", "replace")})


if __name__ == "__main__":
    set_pace(delay=NEVER, retry=NEVER)
    # No listing is kept: whether a folder was changed just before depends on how fast the machine is, and with it
    # which calls there are.
    sidecar_index._SETTLED = sys.maxsize
    warm_up()
    mother(socket.socket(fileno=int(sys.argv[1])))
