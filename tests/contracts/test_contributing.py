"""What CONTRIBUTING says about the code is so."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = re.sub(r"^```.*?^```", "", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
TOPS = ("annotator", "documents", "resources", "scripts", "tests")
PLACEHOLDERS = ("CODE", "FEATURE", "WORD")


def quoted(text: str) -> list[str]:
    """The words between backticks."""
    return re.findall(r"`([^`]+)`", text)


def rows(header: str) -> list[list[str]]:
    """The cells of the table whose header begins so."""
    table = TEXT[TEXT.index(f"| {header} |") :].split("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in table.splitlines()[2:]]


def test_every_path_is_there() -> None:
    """Each file and folder that is named from the top exists, but for those with a placeholder."""
    paths = [word for word in quoted(TEXT) if re.fullmatch(rf"(?:{'|'.join(TOPS)})/\S+", word)]
    named = [path for path in paths if not any(word in path for word in PLACEHOLDERS)]
    assert len(named) > 50
    assert [path for path in named if not any(ROOT.glob(path.rstrip("/")))] == []


def test_every_folder_of_the_map_is_there() -> None:
    """The map from what the window shows to folders holds on each floor; tests are named from the top."""
    lost = []
    for _shown, *floors, _tests in rows("in the window"):
        for top, cell in zip(("annotator/gui", "annotator/app", "annotator"), floors, strict=True):
            words = [word for word in quoted(cell) if not word.startswith("resources/")]
            lost += [f"{top}/{word}" for word in words if not (ROOT / top / word).exists()]
    assert lost == []


def test_every_feature_is_in_the_map() -> None:
    """Each folder of the window that shows something stands in the map."""
    parts = {"dialogs", "mainwindow", "widgets", "workbench"}  # what features are made of
    folders = {path.parent.name for path in (ROOT / "annotator" / "gui").glob("*/__init__.py")}
    assert folders - parts - {word for row in rows("in the window") for word in quoted(row[1])} == set()


def test_every_term_is_in_the_code() -> None:
    """Each name in the glossary is one of the program's, or a folder."""
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "annotator").rglob("*.py"))
    names = [name for row in rows("term") for name in quoted(row[2])]
    assert len(names) > 20
    folders = [name for name in names if "/" in name]
    assert [name for name in folders if not (ROOT / "annotator" / name).is_dir()] == []
    last = [name.split(".")[-1] for name in names if name not in folders]
    assert [name for name in last if not re.search(rf"^ *(?:class |def )?{name}\b[:(]", code, re.MULTILINE)] == []
