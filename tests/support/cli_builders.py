"""Run the program in a process, and build folders for it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from repository import ROOT

from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.span import Span
from annotator.storage.documents.reader import read_document
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar, sidecar_name
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from annotator.core.document import Document

TEXT = "Lãnh đạo tỉnh đã họp sáng nay. Đến năm 2030, kinh tế số đạt trên 30%. Ông An cho rằng đó là mục tiêu cao.\n"
GOAL = "Đến năm 2030, kinh tế số đạt trên 30%."
OPINION = "Ông An cho rằng đó là mục tiêu cao."


def program(
    *arguments: str | bytes | Path, folder: Path | None = None, seconds: float = 60.0
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=seconds,
    )


def article(folder: Path, name: str = "article.txt", text: str = TEXT) -> Path:
    """Write an article to disk."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def annotate(
    path: Path, tags: Iterable[tuple[str, str]], *, annotator: str = "", nothing: Iterable[str] = (), note: str = ""
) -> Path:
    """Write a sidecar in which words of an article have labels."""
    document = read_document(path)
    annotations = [
        Annotation(
            f"id{number}", span_in(document, words), (label,), words, note=note, made="2026-05-13T09:00:00+07:00"
        )
        for number, (words, label) in enumerate(tags)
    ]
    state = AnnotationSet.of(annotations, nothing=[span_in(document, words) for words in nothing])
    record = DocumentRecord(document.name, sha256=document.sha256, characters=len(document.text))
    sidecar = path.with_name(sidecar_name(path.name, annotator=annotator))
    text = SidecarWriter().render(Sidecar(record, state, annotator=annotator), quote=lambda _place: "")
    sidecar.write_text(text, "utf-8")
    return sidecar


def span_in(document: Document, words: str) -> Span:
    """Return the span of words in a document."""
    start = document.text.index(words)
    return Span(start, start + len(words))
