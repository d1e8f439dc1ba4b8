from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.span import Span
from annotator.storage.sidecar.peek import SidecarHead, find_sidecar_head
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("title", ["Một tin", "annotations: [", "a\ndocument: {}", "# no", "x" * 5000])
def test_what_we_wrote_is_read(tmp_path: Path, title: str) -> None:
    """Whatever the title is, and however many annotations follow."""
    record = DocumentRecord("a.txt", title, "ab12", characters=9, encoding="tcvn3")
    made = [Annotation(f"id{at}", Span(at, at + 1), ("target",), "x") for at in range(3000)]
    text = SidecarWriter().render(Sidecar(record, AnnotationSet.of(made)), quote=lambda _place: "")
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    assert SidecarHead("ab12", "tcvn3") == find_sidecar_head(tmp_path / "a.yaml")
    assert record == parse_sidecar(text.encode(), name="a.yaml").document


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("format: annotator/1\ndocument: {file: a.txt, encoding: vni}\n", SidecarHead("", "vni")),
        ("\ufeffdocument:\n  sha256: ab\n# mine\n  encoding: 'vni'\nannotations: [\n", SidecarHead("ab", "vni")),
        ("annotations: []\r\ndocument:\r\n  sha256: ab\r\n", SidecarHead("ab", "")),
        ("document: a.txt\n", None),
        ("document: {file: [\n", None),
        ("document:\n  encoding: [vni]\n", SidecarHead("", "")),
        ("", None),
    ],
)
def test_what_a_person_wrote_is_read(tmp_path: Path, text: str, head: SidecarHead | None) -> None:
    """In any style that YAML has, wherever it stands; nothing is said about faults."""
    (tmp_path / "a.yaml").write_text(text, "utf-8", newline="")
    assert head == find_sidecar_head(tmp_path / "a.yaml")


def test_what_is_no_file_says_nothing(tmp_path: Path) -> None:
    """What is missing, a folder, a pipe, and bytes that are no text."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "bytes").write_bytes(b"document:\n  encoding: \xff\n")
    assert [find_sidecar_head(tmp_path / name) for name in ("gone", "folder", "pipe", "bytes")] == [None] * 4
