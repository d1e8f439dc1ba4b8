"""Files that verbs write where the user says: nothing precious is replaced, and what is there only with --force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from precious_files import PRECIOUS, make_precious_folder, take_snapshot

from annotator.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

WRITERS: dict[str, tuple[str, ...]] = {
    "csv": ("export", "--format", "csv"),
    "jsonl": ("export", "--format", "jsonl"),
    "xlsx": ("review", "out", "--format", "xlsx"),
    "docx": ("review", "out", "--format", "docx"),
    "html": ("review", "out", "--format", "html"),
    "pdf": ("review", "out", "--format", "pdf"),
    "report csv": ("review", "report", "--format", "csv"),
    "report html": ("review", "report", "--format", "html"),
}


def call(*words: str | Path) -> int:
    """The exit status of a call."""
    return run([str(word) for word in words], open_window=lambda _paths: 0)


def verb(writer: str, folder: Path) -> tuple[str | Path, ...]:
    """The words that begin a call of a writer."""
    words = WRITERS[writer]
    place = words.index("--format")
    return (*words[:place], folder, *words[place:])


@pytest.fixture(scope="module")
def precious(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which no test may change anything."""
    return make_precious_folder(tmp_path_factory.mktemp("precious"))


@pytest.mark.parametrize("what", PRECIOUS)
@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_precious_is_replaced(
    precious: Path, capsys: pytest.CaptureFixture[str], writer: str, what: str
) -> None:
    """Whatever the name by which it is reached, also with --force; one sentence says so, and the status is 2."""
    before = take_snapshot(precious.parent)
    status = call(*verb(writer, precious), "-o", precious / PRECIOUS[what], "--force")
    told = capsys.readouterr()
    assert take_snapshot(precious.parent) == before
    assert status == 2, told.err
    assert told.out == ""
    (sentence,) = [line for line in told.err.splitlines() if "was left out" not in line]  # but for that of a link
    assert sentence.startswith("annotator: ")
