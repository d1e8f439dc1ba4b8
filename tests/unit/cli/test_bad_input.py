"""What a person is told about input that cannot be used: real calls of the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from cli_builders import GOAL, TEXT, annotate, article, program
from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEGABYTE = 1 << 20


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """What is on standard error: sentences of the program, and no traceback."""
    text = done.stderr.decode()
    assert "Traceback" not in text
    assert all(line.startswith("annotator: ") for line in text.splitlines()), text
    return text


def missing(folder: Path) -> Path:
    """Nothing."""
    return folder / "none.txt"


def empty(folder: Path) -> Path:
    """An empty file."""
    return article(folder, text="")


def picture(folder: Path) -> Path:
    """A picture that calls itself text."""
    path = folder / "a.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
    return path


def long_name(folder: Path) -> Path:
    """A name that no disk can have."""
    return folder / ("x" * 300)


def pipe(folder: Path) -> Path:
    """A pipe to which nobody writes."""
    os.mkfifo(folder / "a.txt")
    return folder / "a.txt"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (missing, "There is no none.txt in"),
        (empty, "article.txt is empty"),
        (picture, "not like text"),
        (long_name, "cannot be read"),
        (pipe, "not an ordinary file"),
    ],
)
def test_documents_that_cannot_be_read(tmp_path: Path, make: Callable[[Path], Path], sentence: str) -> None:
    """One sentence says what it is; there is no answer and the status is 1."""
    done = program("sentences", make(tmp_path), "--json")
    assert (done.returncode, done.stdout) == (1, b"")
    assert sentence in told(done)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("verb", [("status",), ("check",), ("export", "--format", "csv")])
@pytest.mark.parametrize("make", [missing, long_name])
def test_paths_where_nothing_is(tmp_path: Path, verb: tuple[str, ...], make: Callable[[Path], Path]) -> None:
    """Each verb says so in one sentence, with status 1."""
    done = program(*verb, make(tmp_path))
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(told(done).splitlines()) == 1


@pytest.mark.parametrize("verb", [("status",), ("export", "--format", "csv")])
def test_a_folder_without_documents(tmp_path: Path, verb: tuple[str, ...]) -> None:
    """It is said what documents are."""
    done = program(*verb, tmp_path)
    assert done.returncode == 1
    assert "There are no documents in" in told(done)
    assert ".txt" in told(done)


@pytest.mark.parametrize("name", [b"a\nb.txt", b"\xff\xfe.txt", "😀 đ ấ.txt".encode(), b"'\"`$(x).txt", b"-x.txt"])
def test_names_of_any_character(tmp_path: Path, name: bytes) -> None:
    """Every verb works on them and prints them in a form that can be shown."""
    path = os.fsencode(tmp_path) + b"/" + name
    with open(path, "wb") as file:  # noqa: PTH123  # a path of bytes
        file.write(TEXT.encode())
    assert program("sentences", path).returncode == 0
    done = program("status", tmp_path, "--json")
    assert done.returncode == 0
    (document,) = json.loads(done.stdout)["documents"]
    assert os.fsencode(document["file"]) == name
    with open(path + b".annotations.yaml", "wb") as file:  # noqa: PTH123  # a path of bytes
        file.write(b"x: [")
    done = program("check", tmp_path)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x: [", "cut off"),
        (b"\xff\x00\xfe", "1.txt.annotations.yaml"),
        (b"format: other/1\n", "not a file of annotator"),
        (b"format: annotator/99\n", "later version"),
        (b"", "the file is empty"),
        (b"!!python/object/apply:os.system ['touch pwned']\n", "1.txt.annotations.yaml"),
        (b"[" * 50_000, "1.txt.annotations.yaml"),
    ],
)
def test_sidecars_that_cannot_be_read(tmp_path: Path, content: bytes, sentence: str) -> None:
    """Every verb that reads them says so, goes on with the other documents, and leaves the file as it is."""
    sidecar = annotate(article(tmp_path, "1.txt"), [])
    sidecar.write_bytes(content)
    annotate(article(tmp_path, "2.txt"), [(GOAL, "target")])
    done = program("check", tmp_path, "--fix", folder=tmp_path)
    assert (done.returncode, told(done)) == (1, "")
    assert sentence in done.stdout.decode()
    assert done.stdout.decode().endswith("2.txt.annotations.yaml: sound\n")
    done = program("status", tmp_path, "--json")
    assert done.returncode == 1
    assert sentence in told(done) or "1.txt" in told(done)
    one, other = json.loads(done.stdout)["documents"]
    assert (bool(one["trouble"]), other["decided"]) == (True, 1)
    done = program("export", tmp_path, "--format", "jsonl")
    assert done.returncode == 1
    assert [json.loads(line)["document"] for line in done.stdout.splitlines()] == ["2.txt"]
    assert sidecar.read_bytes() == content
    assert not (tmp_path / "pwned").exists()


def test_a_sidecar_for_another_text(tmp_path: Path) -> None:
    """The check lists what has no sentence any more; the export has none of it; the file stays."""
    path = article(tmp_path)
    sidecar = annotate(path, [(GOAL, "target")])
    old = sidecar.read_bytes()
    article(tmp_path, text="Một bài khác hẳn.\n")
    done = program("check", tmp_path)
    assert (done.returncode, told(done)) == (1, "")
    assert "orphan id0 (target)" in done.stdout.decode()
    assert program("export", path, "--format", "jsonl").stdout == b""
    assert sidecar.read_bytes() == old


def test_files_that_may_not_be_read(tmp_path: Path) -> None:
    """A person without the right to is told which file it is."""
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = article(tmp_path)
    sidecar = annotate(path, [(GOAL, "target")])
    sidecar.chmod(0)
    assert "article.txt.annotations.yaml" in told(program("status", tmp_path))
    path.chmod(0)
    done = program("sentences", path)
    assert done.returncode == 1
    assert "You may not read article.txt" in told(done)
    tmp_path.chmod(0)
    try:
        assert len(told(program("status", path)).splitlines()) == 1
    finally:
        tmp_path.chmod(0o755)


def test_files_that_may_not_be_read_by_somebody_else(tmp_path: Path) -> None:
    """As root, the program is run as a person without rights; each verb tells which file it is."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    tmp_path.chmod(0o755)
    path = article(tmp_path)
    annotate(path, [(GOAL, "target")]).chmod(0)
    code = (
        "import os, sys; from annotator.app.diagnostics import libraries; from annotator.cli import main, verbs;"
        "import encodings.idna, annotator.app.diagnostics.doctor;"
        "from annotator.segment.language import load_languages; load_languages('vi', 'en');"
        "from annotator.storage.workspace.label_set import load_builtin_labels; load_builtin_labels();"
        "os.seteuid(65534); sys.exit(main.run(sys.argv[1:], open_window=lambda paths: 0))"
    )

    def as_nobody(*words: str) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-c", code, *words], env=environment, cwd=tmp_path, capture_output=True, check=False
        )

    done = as_nobody("status", ".")
    assert done.returncode == 1
    assert "article.txt.annotations.yaml cannot be read (no permission)" in told(done)
    assert "article.txt.annotations.yaml" in as_nobody("check", ".").stdout.decode()
    path.chmod(0)
    done = as_nobody("sentences", "article.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "You may not read article.txt" in told(done)
    (tmp_path / "closed").mkdir(mode=0)
    for words in (("status", "closed"), ("check", "closed/a.txt"), ("export", "closed/a.txt", "--format", "csv")):
        done = as_nobody(*words)
        assert (done.returncode, len(told(done).splitlines())) == (1, 1)


def test_a_text_of_fifty_megabytes(tmp_path: Path) -> None:
    """It is cut into sentences, one after the other, in a time that grows no faster than the text."""
    goal = "Đến năm 2030, tỷ trọng kinh tế số trong tổng sản phẩm trên địa bàn tỉnh phấn đấu đạt trên 30%. "
    piece = f"{goal * 4}Ông An, chủ tịch hội đồng, nói vậy.\n".encode()
    path = tmp_path / "big.txt"
    path.write_bytes(piece * (50 * MEGABYTE // len(piece)))
    with subprocess.Popen(
        [sys.executable, "-m", "annotator", "sentences", path],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        count = sum(1 for _line in running.stdout)
        assert running.stderr.read() == b""
    assert (running.returncode, count) == (0, 5 * (50 * MEGABYTE // len(piece)))


def test_a_text_that_is_too_large(tmp_path: Path) -> None:
    """Beyond the limit a sentence says so, before anything is read."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1 << 31)
    done = program("sentences", path)
    assert done.returncode == 1
    assert "the most that can be opened" in told(done)


def test_a_reader_that_has_enough(tmp_path: Path) -> None:
    """As with `| head -1`, a closed pipe ends the program quietly."""
    path = article(tmp_path, text="Một câu ở đây.\n" * 20_000)
    command = f"'{sys.executable}' -m annotator sentences '{path}' | head -1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")  # noqa: PTH110  # a device
def test_an_answer_that_cannot_be_written(tmp_path: Path) -> None:
    """A full disk is told, without a traceback."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device
        done = subprocess.run(
            [sys.executable, "-m", "annotator", "sentences", article(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert "The answer cannot be written: the disk is full." in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("out", ["none/tags.csv", "folder", "article.txt/tags.csv", "x" * 300])
def test_an_export_that_cannot_be_written(tmp_path: Path, out: str) -> None:
    """It is told, and nothing is left behind; the call was wrong."""
    annotate(article(tmp_path), [(GOAL, "target")])
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    done = program("export", tmp_path, "--format", "csv", "-o", tmp_path / out)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(told(done).splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_broken_workspace_file(tmp_path: Path) -> None:
    """It is told, the work is done with the usual settings, and the status is 1."""
    article(tmp_path)
    (tmp_path / "annotator.yaml").write_text("format: [")
    done = program("status", tmp_path, "--json")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["documents"]) == 1
    assert "annotator.yaml" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_wrong_calls_in_a_real_process() -> None:
    """The status is 2 and nothing is on standard output."""
    done = program("sentences")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--help" in done.stderr


def test_an_answer_in_a_real_process(tmp_path: Path) -> None:
    """The answer is UTF-8 whatever the locale is, and nothing else is said."""
    done = subprocess.run(
        [sys.executable, "-m", "annotator", "sentences", article(tmp_path), "--json"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [one["text"] for one in json.loads(done.stdout.decode())][1] == GOAL


def test_the_window_without_a_screen(tmp_path: Path) -> None:
    """Where there is no screen, that is said instead of a crash of the window's library."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "annotator", article(tmp_path)],
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert "There is no screen here" in told(done)


@pytest.mark.parametrize("name", ["a.txt.annotations.yaml", "annotator.yaml"])
def test_a_pipe_beside_a_document_keeps_nothing_waiting(tmp_path: Path, name: str) -> None:
    """A pipe where a file of ours would be is told, and the verb ends."""
    (tmp_path / "a.txt").write_text("Một câu.\n", "utf-8")
    os.mkfifo(tmp_path / name)
    done = program("status", tmp_path)
    assert done.returncode == 1
    assert b"ordinary file" in done.stdout + done.stderr, done


@pytest.mark.parametrize("display", ["", ":4711"])
def test_a_window_without_a_screen_is_refused(tmp_path: Path, display: str) -> None:
    """Where there is no screen, or none of that number, one sentence says so instead of Qt's abort."""
    environment = {key: value for key, value in os.environ.items() if key not in {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    done = subprocess.run(
        [sys.executable, "-m", "annotator", tmp_path],
        env={**environment, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("annotator: There is no screen")
    assert done.stderr.count("\n") == 1
