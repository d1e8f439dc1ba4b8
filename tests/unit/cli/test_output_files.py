"""Files that verbs write where the user says: nothing precious is replaced, and what is there only with --force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_builders import GOAL, annotate, article, program
from precious_files import PRECIOUS, make_precious_folder, take_snapshot

from annotator.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

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


def rows(path: Path) -> int:
    """How many annotations an exported table has."""
    return len(path.read_text("utf-8-sig").splitlines()) - 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two annotated articles, one in a sub-folder."""
    place = tmp_path / "bài"
    annotate(article(place, "một.txt"), [(GOAL, "target")])
    annotate(article(place, "sâu/hai.txt"), [(GOAL, "target")])
    return place


def empty_sidecar(folder: Path) -> None:
    """Another program left nothing of it."""
    (folder / "một.txt.annotations.yaml").write_bytes(b"")


def broken_sidecar(folder: Path) -> None:
    """It is no YAML any more."""
    (folder / "một.txt.annotations.yaml").write_text("format: [", "utf-8")


def sidecar_is_folder(folder: Path) -> None:
    """Something else has its name."""
    (folder / "một.txt.annotations.yaml").unlink()
    (folder / "một.txt.annotations.yaml").mkdir()


def unreadable_article(folder: Path) -> None:
    """An article that is no text."""
    (folder / "một.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")


def broken_labels(folder: Path) -> None:
    """The labels of the folder cannot be read."""
    (folder / "annotator.yaml").write_text("format: [", "utf-8")


def no_articles(folder: Path) -> None:
    """The folder lost its articles."""
    (folder / "một.txt").unlink()
    (folder / "sâu" / "hai.txt").unlink()


def no_folder(folder: Path) -> None:
    """Its disk is not connected."""
    folder.rename(folder.with_name("away"))


DAMAGE = [
    empty_sidecar, broken_sidecar, sidecar_is_folder, unreadable_article, broken_labels, no_articles, no_folder,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("writer", WRITERS)
def test_an_older_file_is_replaced_only_by_a_whole_one(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], writer: str, damage: Callable[[Path], None]
) -> None:
    """Also with --force: where not everything could be read, it is kept, and the status is 1."""
    if damage is unreadable_article and writer.startswith("report"):
        pytest.skip("a report needs no text of an article")
    out = tmp_path / "out"
    out.write_text("older", "utf-8")
    damage(folder)
    status = call(*verb(writer, folder), "-o", out, "--force")
    assert (status, out.read_text("utf-8")) == (1, "older"), capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("name", ["một.txt (1).annotations.yaml", "mất.txt.annotations.yaml"])
@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_that_is_not_counted_keeps_no_older_one(
    folder: Path, capsys: pytest.CaptureFixture[str], writer: str, name: str
) -> None:
    """All that is counted could be read; an export tells what is not, and its status is 1."""
    out = folder.with_name("out")
    out.write_text("older", "utf-8")
    (folder / name).write_bytes((folder / "một.txt.annotations.yaml").read_bytes())
    status = call(*verb(writer, folder), "-o", out, "--force")
    told = capsys.readouterr().err
    assert out.read_bytes() != b"older", told
    assert (status, name in told) == ((1, True) if WRITERS[writer][0] == "export" else (0, False))


def test_what_could_be_read_goes_into_a_new_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is left out is told, and the status is 1."""
    empty_sidecar(folder)
    out = folder.with_name("tags.csv")
    assert call("export", folder, "--format", "csv", "-o", out) == 1
    assert "the file is empty" in capsys.readouterr().err
    assert rows(out) == 1
    empty_sidecar(folder / "sâu" / "..")
    assert call("export", folder, "--format", "csv", "-o", out, "--force") == 1
    sentences = capsys.readouterr().err.splitlines()
    assert sentences[-1] == (
        f"annotator: {out} is kept as it was, as not everything could be read. Repair that or choose another name."
    )
    assert rows(out) == 1


@pytest.mark.parametrize("writer", WRITERS)
def test_an_older_file_is_kept_unless_it_is_told(folder: Path, capsys: pytest.CaptureFixture[str], writer: str) -> None:
    """A file of the same kind, as it was sent, is replaced with --force, and only so; nothing else is left there."""
    out = folder.with_name("out")
    assert call(*verb(writer, folder), "-o", out) == 0, capsys.readouterr().err
    first = out.stat()
    assert call(*verb(writer, folder), "-o", out) == 2
    assert "is there already and is kept" in capsys.readouterr().err
    assert out.stat().st_ino == first.st_ino
    assert call(*verb(writer, folder), "-o", out, "--force") == 0, capsys.readouterr().err
    assert out.stat().st_ino != first.st_ino
    assert sorted(path.name for path in folder.parent.iterdir()) == ["bài", "out"]


def test_a_link_to_an_older_export_in_the_folder_stays_a_link(folder: Path) -> None:
    """It is asked about like any file, and its target is replaced."""
    (folder / "tags-1.csv").write_text("older", "utf-8")
    (folder / "tags.csv").symlink_to("tags-1.csv")
    assert call("export", folder, "--format", "csv", "-o", folder / "tags.csv") == 2
    assert call("export", folder, "--format", "csv", "-o", folder / "tags.csv", "--force") == 0
    assert (folder / "tags.csv").is_symlink()
    assert rows(folder / "tags-1.csv") == 2


def test_files_of_the_program_are_not_written_over(
    folder: Path, own_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Journals, backups and preferences."""
    for name in ("state", "config"):
        (own_folders / name).mkdir(exist_ok=True)
        (own_folders / name / "kept.json").write_text("{}")
        assert call("export", folder, "--format", "csv", "-o", own_folders / name / "kept.json", "--force") == 2
        assert "lies in a folder of this program" in capsys.readouterr().err
        assert (own_folders / name / "kept.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        (".", "{here} is a folder. Give the name of a file in it."),
        ("..", "{above} is a folder. Give the name of a file in it."),
        ("./", "{here} is a folder. Give the name of a file in it."),
        ("new/", "new/ is the name of a folder. Give the name of a file in it."),
        ("", "Give the name of a file."),
    ],
)
@pytest.mark.parametrize("writer", WRITERS)
def test_dots_and_slashes_say_what_they_mean(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    writer: str,
    out: str,
    sentence: str,
) -> None:
    """The folder is named that a dot stands for; a name that ends in a slash is that of a folder."""
    monkeypatch.chdir(folder)
    before = take_snapshot(folder.parent)
    assert call(*verb(writer, Path()), "-o", out) == 2
    assert sentence.format(here=folder, above=folder.parent) in capsys.readouterr().err
    assert take_snapshot(folder.parent) == before


@pytest.mark.parametrize("out", ["-", "/dev/stdout"])
@pytest.mark.parametrize("writer", WRITERS)
def test_a_hyphen_is_standard_output(folder: Path, writer: str, out: str) -> None:
    """The same goes there as into a file, and no file is made."""
    before = take_snapshot(folder.parent)
    done = program(*verb(writer, folder), "-o", out, folder=folder.parent)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout) > 50
    assert take_snapshot(folder.parent) == before


def test_the_folder_for_exports_is_for_no_verb(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither its articles nor its annotation files are listed, searched, exported or checked; status tells them."""
    annotate(article(folder / "exports", "ba.txt"), [(GOAL, "target")])
    (folder / "exports" / "ba.txt.annotations (1).yaml").write_bytes(b"")
    for words in (
        ("status", folder), ("find", folder, "kinh tế"), ("export", folder, "--format", "csv"), ("check", folder),
    ):  # fmt: skip
        assert call(*words) == 1
        told = capsys.readouterr()
        assert "ba.txt" not in told.out
        assert "1 article in" in told.out + told.err
        assert told.err == "" or "that folder is for exports" in told.err
