"""Builders for tests of `app`: sessions with a fake clock and predictable ids, and folders of articles."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.documents.open import open_location
from annotator.app.persistence.background_writer import BackgroundWriter
from annotator.app.session import commands
from annotator.app.session.events import Event, EventKind
from annotator.app.session.segmented_text import SegmentedText
from annotator.app.session.session import Session
from annotator.app.session.store import Decisions, DiskState
from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document
from annotator.core.history import History
from annotator.segment.language import load_languages
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar, sidecar_name
from annotator.storage.workspace.label_set import load_builtin_labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.core.change import Step

LANGUAGE = load_languages("vi", "en")
ARTICLE = """\
Chính sách và phát triển

Tạo tiền đề vững chắc để vùng cao bước vào giai đoạn mới

Tỉnh đặt ra năm nhiệm vụ trọng tâm và ba khâu đột phá cho cả giai đoạn.

Sáng nay, hội đồng đã họp phiên đầu tiên. Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm. Ông An cho rằng đó là \
mục tiêu cao.

Phiên họp kéo dài cả ngày. Mọi đại biểu đều phát biểu.
"""


class Clock:
    """A clock that advances by a second on each call."""

    def __init__(self) -> None:
        self._seconds = count()

    def __call__(self) -> str:
        """Return the time."""
        return f"2026-05-13T09:{next(self._seconds) % 3600 // 60:02}:00+07:00"


class Memory:
    """A store that keeps steps and states in lists; `trouble` is the error that it reports, empty for none."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.saved: list[tuple[AnnotationSet, int]] = []
        self.trouble = ""
        self.is_closed = False

    def record_step(self, step: Step) -> str:
        """Record a step."""
        return self._note(step.verb)

    def record_undo(self, *, when: str, who: str) -> str:  # noqa: ARG002  # as one who keeps nothing else
        """Record an undo."""
        return self._note("undo")

    def record_redo(self, *, when: str, who: str) -> str:  # noqa: ARG002  # as above
        """Record a redo."""
        return self._note("redo")

    def save(self, state: AnnotationSet, *, sentences: int) -> None:
        """Record the state."""
        self.saved.append((state, sentences))

    def flush(self) -> bool:
        """Return whether everything is written."""
        return not self.trouble

    def close(self) -> bool:
        """Record the end."""
        self.is_closed = True
        return self.flush()

    @property
    def is_journaled(self) -> bool:
        """Return True."""
        return True

    @property
    def is_recording(self) -> bool:
        """Return whether steps are kept."""
        return not self.trouble

    @property
    def path(self) -> Path:
        """A path where nothing is."""
        return Path("memory")

    @property
    def disk_state(self) -> DiskState:
        """Return the empty state: nothing is on disk."""
        return DiskState(Sidecar(DocumentRecord("")), AnnotationSet(), frozenset({""}))

    def find_external(self) -> Decisions | None:
        """Return None: no other program changes what is in memory."""
        return None

    def accept_external(self, theirs: Decisions) -> None:
        """Do nothing."""

    def accept_replacement(self, sha256: str) -> None:
        """Do nothing."""

    def record_disk_state(self) -> None:
        """Do nothing."""

    def restore_disk_state(self, ground: DiskState) -> None:
        """Do nothing."""

    def _note(self, what: str) -> str:
        if not self.trouble:
            self.kept.append(what)
        return self.trouble


class Work:
    """A session, its events, and the calls that wait for its thread."""

    def __init__(self, *, who: str = "mai") -> None:
        ids = count(1)
        self.session = Session(load_builtin_labels(), author=who, now=Clock(), new_id=lambda: f"{who}{next(ids)}")
        self.events: list[Event] = []
        self.memory = Memory()
        self._waiting: list[Callable[[], None]] = []
        self.session.changed.connect(self.events.append)

    @property
    def said(self) -> list[str]:
        """The messages shown to the user."""
        return [event.message for event in self.events if event.message]

    @property
    def warned(self) -> str:
        """What the user is to look at or was told of, hints left out, joined to one text."""
        told = {EventKind.REPORTED, EventKind.CAUTIONED, EventKind.WARNED, EventKind.REFUSED}
        return "\n".join(event.message for event in self.events if event.kind in told)

    def on_text(self, text: str, *, state: AnnotationSet | None = None, is_kept: bool = True) -> Work:
        """Open a text without a file."""
        made = state or AnnotationSet()
        reading = SegmentedText(text, LANGUAGE, made)
        reading.count_more()
        keeping = self.memory if is_kept else None
        document = Document("article.txt", text)
        self.session.open(document, reading, state=made, history=History(), store=keeping)
        return self

    def open(self, path: Path) -> bool:
        """Open a folder or a document on disk."""
        return open_location(self.session, path, deliver=self.deliver)

    def deliver(self, call: Callable[[], None]) -> None:
        """Queue a call from another thread."""
        self._waiting.append(call)

    def settle(self) -> bool:
        """Write everything and run all queued calls; return whether writing succeeded."""
        is_written = self.session.save_now()
        while self._waiting:
            self._waiting.pop(0)()
        return is_written

    def sentence(self, number: int) -> None:
        """Go to the sentence with this number, counted from 0."""
        reading = self.session.reading
        assert reading is not None
        self.session.go_to(list(reading.all_sentences())[number])

    def words(self) -> str:
        """Return the text of the current sentence."""
        assert self.session.current is not None
        assert self.session.document is not None
        return self.session.document.text[slice(*self.session.current.span)]


def article(folder: Path, name: str = "article.txt", text: str = ARTICLE) -> Path:
    """Write an article to disk."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def sidecar_path(document: Path, annotator: str = "") -> Path:
    """Return the path of the sidecar of an article."""
    return document.with_name(sidecar_name(document.name, annotator=annotator))


def sidecar_of(document: Path, annotator: str = "") -> Sidecar:
    """Return the contents of the sidecar of an article."""
    path = sidecar_path(document, annotator)
    return parse_sidecar(path.read_bytes(), name=path.name)


def labels_on(state: AnnotationSet) -> list[tuple[str, tuple[str, ...]]]:
    """Return text and labels of all annotations."""
    return [(one.text, one.labels) for one in state.annotations.values()]


def open_without_saving(document: str) -> Work:
    """Open an article and never save its sidecar: later steps in this process are in the journal only."""
    defaults = BackgroundWriter.__init__.__kwdefaults__
    assert defaults is not None
    defaults["delay"] = 3600.0
    work = Work()
    assert work.open(Path(document))
    return work


def run_and_kill(document: Path, act: str | Callable[[Work], object]) -> None:
    """Open an article in another process, run `act` there, and kill the process.

    Args:
        document: The article.
        act: Lines that use `work` and `session`, or a function of a test module that takes the `Work`.
    """
    here = Path(__file__).resolve().parent
    folders = [here, here.parents[1]]
    if not isinstance(act, str):
        folders.append(Path(inspect.getfile(act)).parent)
        act = f"from {act.__module__} import {act.__name__}\n{act.__name__}(work)"
    lines = f"""\
import os, signal
import {commands.__name__} as commands
from app_builders import open_without_saving
work = open_without_saving({str(document)!r})
session = work.session
{act}
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run(
        [sys.executable, "-c", lines],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (-9, "")
