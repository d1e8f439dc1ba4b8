"""A folder with everything that the program must never write over, and the names by which it can be reached."""

from __future__ import annotations

import json
import os
import unicodedata
from typing import TYPE_CHECKING, TypeAlias

from cli_builders import GOAL, OPINION, annotate, article
from excel_workbooks import article as workbook_article
from excel_workbooks import fill_answers, item, written
from word_editing import WordEditor
from word_packets import article as word_article
from word_packets import docx

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Snapshot: TypeAlias = "dict[str, tuple[str, int, bytes]]"

PRECIOUS: Mapping[str, str] = {
    "an article": "một.txt",
    "an article in a sub-folder": "sâu/hai.md",
    "an article that is not there yet": "mới.txt",
    "an article in capital letters": "MỘT.TXT",
    "an article in another normal form": unicodedata.normalize("NFD", "một.txt"),
    "an article with a dot at the end": "một.txt.",
    "an article by way of a sub-folder": "sâu/../một.txt",
    "an article by way of a linked folder": "../lối/một.txt",
    "an article of another folder": "../khác/ba.txt",
    "a link to an article": "link.csv",
    "a link to a link to an article": "chain.csv",
    "a hard link to an article": "hard.csv",
    "a hard link outside to an article": "../nơi khác/hard.csv",
    "what a linked article points to": "../kho/bản gốc.data",
    "a sidecar": "một.txt.annotations.yaml",
    "a sidecar in capital letters": "một.txt.ANNOTATIONS.YAML",
    "a sidecar of a named annotator": "một.txt.annotations.mai.yaml",
    "a sidecar that is not there yet": "sâu/mới.txt.annotations.yaml",
    "a sidecar of another folder": "../khác/ba.txt.annotations.yaml",
    "a sync client's copy of a sidecar": "một.txt.annotations (1).yaml",
    "a file manager's copy of a sidecar": "một.txt.annotations - Copy.yaml",
    "a sidecar with another ending": "một.txt.annotations.yml",
    "a backup of a sidecar": "một.txt.annotations.yaml.bak",
    "a link to a sidecar": "sidecar-link.csv",
    "a hard link to a sidecar": "sidecar-hard.csv",
    "the labels": "annotator.yaml",
    "the labels in capital letters": "Annotator.YAML",
    "a link to the labels": "labels-link.csv",
    "a hard link to the labels": "labels-hard.csv",
    "a link out of the folder": "out.csv",
    "a link to nothing outside": "dangling.csv",
    "a link to nothing inside": "dangling-here.csv",
    "a link to itself": "circle.csv",
    "a linked folder that leads out": "ra/new.csv",
    "a reviewer's workbook": "lan.xlsx",
    "a reviewer's Word file": "hoa.docx",
    "a reviewer's answers to the page": "minh-answers.json",
    "damaged answers to the page": "cut-answers.json",
    "a workbook that is cut off": "cut.xlsx",
    "a link to a reviewer's workbook": "lan-link.xlsx",
    "a hard link to a reviewer's workbook": "lan-hard.xlsx",
    "a folder": "sâu",
    "the folder itself": ".",
    "the folder above": "..",
    "a pipe": "pipe.csv",
    "a device": "/dev/null",
    "a missing folder": "none/new.csv",
}
"""Paths relative to the folder, by what each is."""


def make_precious_folder(top: Path) -> Path:
    """Return a folder in `top` with articles, sidecars, labels, reviewers' files, and links to and from them."""
    folder, other, outside, store = top / "bài", top / "khác", top / "nơi khác", top / "kho"
    for place in (folder / "sâu", other, outside, store):
        place.mkdir(parents=True)
    first = article(folder, "một.txt")
    sidecar = annotate(first, [(GOAL, "target"), (OPINION, "opinion")])
    annotate(first, [(GOAL, "target")], annotator="mai")
    annotate(article(folder, "sâu/hai.md"), [(GOAL, "target")])
    annotate(article(other, "ba.txt"), [(GOAL, "target")])
    labels = folder / "annotator.yaml"
    labels.write_text("format: annotator-workspace/1\n", "utf-8")
    (store / "bản gốc.data").write_text(first.read_text("utf-8"), "utf-8")
    (folder / "liên.txt").symlink_to("../kho/bản gốc.data")
    for name in ("một.txt.annotations (1).yaml", "một.txt.annotations.yml", "một.txt.annotations.yaml.bak"):
        (folder / name).write_bytes(sidecar.read_bytes())
    (outside / ".vimrc").write_text("set number\n", "utf-8")
    links = {
        "link.csv": "một.txt",
        "chain.csv": "link.csv",
        "sidecar-link.csv": sidecar.name,
        "labels-link.csv": labels.name,
        "out.csv": "../nơi khác/.vimrc",
        "dangling.csv": "../nơi khác/.bash_profile",
        "dangling-here.csv": "none.csv",
        "circle.csv": "circle.csv",
        "ra": "../nơi khác",
        "lan-link.xlsx": "lan.xlsx",
        "../lối": "bài",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    for name, data in _reviewers_files().items():
        (folder / name).write_bytes(data)
    for old, new in (
        (first, folder / "hard.csv"),
        (first, outside / "hard.csv"),
        (sidecar, folder / "sidecar-hard.csv"),
        (labels, folder / "labels-hard.csv"),
        (folder / "lan.xlsx", folder / "lan-hard.xlsx"),
    ):
        os.link(old, new)
    os.mkfifo(folder / "pipe.csv")
    return folder


def take_snapshot(top: Path) -> Snapshot:
    """Return what is in `top` and below: kind, inode and content of everything, links by themselves."""
    found: Snapshot = {}
    for path in sorted(top.rglob("*")):
        name = str(path.relative_to(top))
        if path.is_symlink():
            found[name] = ("link", path.lstat().st_ino, os.fsencode(path.readlink()))
        elif path.is_file():
            found[name] = ("file", path.stat().st_ino, path.read_bytes())
        else:
            found[name] = ("other", path.stat().st_ino, b"")
    return found


def _reviewers_files() -> dict[str, bytes]:
    """Return files as they come back: Excel, Word and the page, sound and damaged."""
    workbook = fill_answers(written([workbook_article([item(0), item(1)])]), {3: {"verdict": "Bỏ"}})
    editor = WordEditor(docx([word_article([[GOAL]], {GOAL: ("k3f9x2", ("target",))})]))
    editor.reply("⟦1.k3f9x2⟧", "bỏ")
    answer = {"file": "một.txt", "annotator": "", "id": "id0", "text": GOAL, "verdict": "drop", "labels": ["target"]}
    page = json.dumps(
        {"format": "annotator-answers/1", "reviewer": "Minh", "annotations": 1, "answers": [answer]}
    ).encode()
    return {
        "lan.xlsx": workbook,
        "hoa.docx": editor.data(),
        "minh-answers.json": page,
        "cut-answers.json": page[:-9],
        "cut.xlsx": workbook[:-40],
    }
