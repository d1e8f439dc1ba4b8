"""Promise 2 on real disks: one that is full, read-only, gone for a while, or not the person's.

The saver is in a hurry here: it writes at once and tries again after a moment. ``wait`` does nothing but wait, so that
what is saved then was saved by the program itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from judge import read_sidecar
from patience import PATIENCE
from programs import require_program
from stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stage import Life

NOBODY = 65534
IS_ROOT = os.geteuid() == 0
FIRST, SECOND, THIRD = (("tag", 3, "target"), ("mark_nothing", 4), ("set_note", 5, "ghi chú"))


def mounted(folder: Path, *, size: str) -> None:
    """A small disk in memory at that folder, or the test is skipped for want of permission."""
    require_program("mount", package="mount")
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"mounting is not permitted here ({done.stderr.strip()}); limits on file sizes stand in for it")


@pytest.fixture
def disk(stage: Stage) -> Iterator[Path]:
    """A disk of 128 kB with an article on it."""
    folder = stage.root / "disk"
    mounted(folder, size="128k")
    try:
        shutil.copy(stage.article, folder / "article.txt")
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)


def fill(folder: Path) -> Path:
    """Fill the disk to the last byte; the file that does."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(512))
    return path


def sidecar_of(article: Path) -> list[list[Any]]:
    """What the sidecar of an article holds, read by PyYAML alone."""
    return read_sidecar(article.with_name(article.name + ".annotations.yaml").read_bytes())


def step(life: Life, order: tuple[Any, ...]) -> bool:
    """Do a step; whether the screen shows it."""
    return bool(life.do("step", *order))


def opened(life: Life, article: Path) -> None:
    """Open an article and save a first step, with a saver that loses no time."""
    life.do("hurry", 0.0, 0.05)
    assert life.open(article), life.said
    assert step(life, FIRST), life.said
    assert life.do("wait", PATIENCE)


def outlast(
    life: Life, stage: Stage, article: Path, *, begin: Callable[[], object], end: Callable[[], object], told: str
) -> None:
    """Work on while something is wrong with the article's disk, see that it is told and kept, and that it ends well.

    The program is killed once in between, while the cause lasts.
    """
    opened(life, article)
    old = life.shown[-1]
    begin()
    try:
        assert step(life, SECOND), life.said
        assert not life.do("save")
        assert told in life.do("state")["trouble"]
        assert any(told in one for one in life.told), life.told
    finally:
        end()
    assert old == sidecar_of(article)
    assert life.do("wait", PATIENCE), life.do("state")
    assert life.shown[-1] == sidecar_of(article)
    begin()
    try:
        assert step(life, THIRD), life.said
        assert not life.do("save")
        life.kill()
    finally:
        end()
    with stage.life() as again:
        again.do("hurry", 0.0, 0.05)
        assert again.open(article), again.said
        assert life.shown[-1] == again.shown[-1]
        assert again.do("wait", PATIENCE)
        assert life.shown[-1] == sidecar_of(article)
    assert list(article.parent.glob(".annotator-*")) == []


def test_a_full_disk(stage: Stage, disk: Path) -> None:
    """It is told; steps go on into the journal; once there is space the program saves by itself."""
    with stage.life() as life:
        outlast(
            life,
            stage,
            disk / "article.txt",
            begin=partial(fill, disk),
            end=(disk / "filler").unlink,
            told="the disk is full. Free some space",
        )


def test_a_disk_that_becomes_read_only(stage: Stage, disk: Path) -> None:
    """It is told as what it is, and saved once it is writable."""

    def remount(how: str) -> Callable[[], object]:
        return lambda: subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)

    with stage.life() as life:
        outlast(life, stage, disk / "article.txt", begin=remount("ro"), end=remount("rw"), told="its disk is read-only")


def test_a_folder_that_vanishes_and_comes_back(stage: Stage) -> None:
    """As a share on the network does: it is told, and saved when the folder is back."""
    away = stage.root / "away"
    with stage.life() as life:
        opened(life, stage.article)
        stage.work.rename(away)
        assert step(life, SECOND), life.said
        assert not life.do("save")
        assert f"the folder {stage.work} is gone. Put it back" in life.do("state")["trouble"]
        assert step(life, THIRD), life.said
        assert not stage.work.exists()
        away.rename(stage.work)
        assert life.do("wait", PATIENCE), life.do("state")
        assert life.shown[-1] == sidecar_of(stage.article)


def test_a_folder_that_is_empty_for_a_while(stage: Stage) -> None:
    """As the place of a disk that is not mounted: once the disk is back, all that was done is saved there."""
    away = stage.root / "away"
    with stage.life() as life:
        opened(life, stage.article)
        stage.work.rename(away)
        stage.work.mkdir()
        assert step(life, SECOND), life.said
        life.do("save")
        assert step(life, THIRD), life.said
        # In one call: what is in it is removed while the program may be writing there.
        stage.work.rename(stage.root / "left")
        away.rename(stage.work)
        assert life.do("save"), life.do("state")
        assert life.shown[-1] == sidecar_of(stage.article)


def test_a_killed_program_and_a_vanished_folder(stage: Stage) -> None:
    """What was done while the folder was away is there after a start with the folder back."""
    away = stage.root / "away"
    with stage.life() as life:
        opened(life, stage.article)
        stage.work.rename(away)
        assert step(life, SECOND), life.said
        life.kill()
    away.rename(stage.work)
    with stage.life() as again:
        assert again.open(stage.article), again.said
        assert life.shown[-1] == again.shown[-1]


def test_files_that_may_not_grow(stage: Stage) -> None:
    """A limit on sizes stands in for a full disk where no disk can be mounted: half a file is never left."""
    sentences = " ".join(f"Câu số {number} nói về một việc." for number in range(120))
    stage.article.write_text(f"{sentences}\n", "utf-8")
    with stage.life() as life:
        assert life.open(stage.article)
        for number in range(100):
            assert life.do("step", "tag", number, "target")
        assert life.do("save")
    old = stage.sidecar.read_bytes()
    shutil.rmtree(stage.state)
    with stage.life() as life:
        life.do("hurry", 0.0, 0.05)
        assert life.open(stage.article)
        life.do("limit", len(old) // 2)
        assert life.do("step", "tag", 110, "opinion"), life.said
        assert not life.do("save")
        assert "the disk is full" in life.do("state")["trouble"]
        assert old == stage.sidecar.read_bytes()
        assert list(stage.work.glob(".annotator-*")) == []
        life.do("limit", 0)
        assert life.do("wait", PATIENCE)
        assert life.shown[-1] == sidecar_of(stage.article)


def test_a_journal_that_may_not_grow(stage: Stage) -> None:
    """A step that cannot be kept is not done, and said so; with space again, the same step is done."""
    with stage.life() as life:
        opened(life, stage.article)
        (journal,) = stage.state.glob("journals/*.jsonl")
        shown = life.shown[-1]
        for more in (0, 1, 100):
            life.do("limit", journal.stat().st_size + more)
            assert not step(life, SECOND)
            assert any("The step was not done: the disk" in one for one in life.said)
            assert shown == life.do("state")["decisions"] == life.shown[-1]
        life.do("limit", 0)
        assert step(life, SECOND)
        assert life.do("wait", PATIENCE)
        life.kill()
    with stage.life() as again:
        assert again.open(stage.article)
        assert life.shown[-1] == again.shown[-1]


def test_a_full_disk_of_journals(stage: Stage, disk: Path) -> None:
    """The step is not done, and said so; the article stays as it is; with space again the work goes on."""
    with stage.life(ANNOTATOR_STATE_DIR=str(disk / "state")) as life:
        opened(life, stage.article)
        filler = fill(disk)
        refused = 0
        for number in range(6):
            before = life.shown[-1]
            if not step(life, ("set_note", 5, "đ" * 3000 + str(number))):
                refused += 1
                assert any("The step was not done: the disk" in one for one in life.said), life.said
                assert before == life.do("state")["decisions"]
        assert refused
        filler.unlink()
        assert step(life, SECOND), life.said
        assert life.do("save"), life.do("state")
        assert life.shown[-1] == sidecar_of(stage.article)


def test_a_full_disk_of_journals_at_the_start(stage: Stage, disk: Path) -> None:
    """The article can be read; why it can only be read is said."""
    filler = fill(disk)
    with stage.life(ANNOTATOR_STATE_DIR=str(disk / "state")) as life:
        if life.open(stage.article):  # a small file may still find its place in the folder's own block
            assert not step(life, ("set_note", 5, "đ" * 5000))
        assert any("disk" in one or "space" in one for one in life.said), life.said
        filler.unlink()
        assert life.open(stage.article), life.said
        assert step(life, FIRST)


def test_a_read_only_disk_of_journals(stage: Stage, disk: Path) -> None:
    """The article can be read, and why it can only be read is said."""
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with stage.life(ANNOTATOR_STATE_DIR=str(disk / "state")) as life:
        assert not life.open(stage.article)
        assert any("read-only" in one or "may not write" in one for one in life.said), life.said
        assert not step(life, FIRST)
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert life.open(stage.article), life.said
        assert step(life, FIRST)


def test_a_state_folder_that_was_moved_away(stage: Stage) -> None:
    """The journal is still the one that is open; when its folder is back, nothing is lost."""
    away = stage.root / "away"
    with stage.life() as life:
        opened(life, stage.article)
        stage.state.rename(away)
        step(life, SECOND)
        away.rename(stage.state)
        life.kill()
    with stage.life() as again:
        assert again.open(stage.article), again.said
        assert life.shown[-1] == again.shown[-1]


def test_a_state_folder_that_was_removed(stage: Stage) -> None:
    """No step is shown that is kept nowhere; what was shown before is saved; after opening anew the work goes on."""
    with stage.life() as life:
        assert life.open(stage.article)
        assert step(life, FIRST)
        shutil.rmtree(stage.state)
        assert not step(life, SECOND)
        assert any("was removed" in one for one in life.said), life.said
        life.do("save")
        assert life.shown[-1] == sidecar_of(stage.article)
        assert life.open(stage.article), life.said
        assert step(life, SECOND)
        assert life.do("save")
        assert life.shown[-1] == sidecar_of(stage.article)


@pytest.fixture
def foreign() -> Iterator[Stage]:
    """A stage that another user may look at, whose state folder is his."""
    if not IS_ROOT:
        pytest.skip("only root can become another user")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Stage(Path(folder) / "root")
        try:
            for path in (made.root, made.work):
                path.chmod(0o755)
            made.state.mkdir()
            os.chown(made.state, NOBODY, NOBODY)
            with made.life() as life:
                life.do("become", NOBODY)
                answer = life.do("verb", "status", str(made.article))
                if answer["status"]:
                    pytest.skip(f"another user may not read the program's own files here: {answer['told']}")
            yield made
        finally:
            made.close()


def test_a_folder_that_is_not_the_persons(foreign: Stage) -> None:
    """It opens read-only and is told that she may not write there; once she may, it can be edited."""
    with foreign.life() as life:
        life.do("become", NOBODY)
        life.do("hurry", 0.0, 0.05)
        assert not life.open(foreign.article)
        assert any(f"You may not write in {foreign.work}" in one for one in life.said), life.said
        assert not step(life, FIRST)
        assert not foreign.sidecar.exists()
        foreign.work.chmod(0o777)
        assert life.open(foreign.article), life.said
        assert step(life, FIRST), life.said
        assert life.do("wait", PATIENCE), life.do("state")
        assert life.shown[-1] == sidecar_of(foreign.article)


def test_a_sidecar_that_is_not_the_persons(foreign: Stage) -> None:
    """It is write-protected for her, so it opens read-only, though she could replace it; once she may, she edits it."""
    with foreign.life() as life:
        assert life.open(foreign.article)
        assert step(life, FIRST)
        assert life.do("save")
    old = foreign.sidecar.read_bytes()
    foreign.work.chmod(0o777)
    shutil.rmtree(foreign.state)
    foreign.state.mkdir()
    os.chown(foreign.state, NOBODY, NOBODY)
    with foreign.life() as life:
        life.do("become", NOBODY)
        life.do("hurry", 0.0, 0.05)
        assert not life.open(foreign.article)
        assert any("write-protected" in one for one in life.said), life.said
        assert not step(life, SECOND)
        assert old == foreign.sidecar.read_bytes()
        foreign.sidecar.chmod(0o666)
        assert life.open(foreign.article), life.said
        assert step(life, SECOND), life.said
        assert life.do("wait", PATIENCE), life.do("state")
        assert life.shown[-1] == sidecar_of(foreign.article)


def test_a_state_folder_that_is_not_the_persons(foreign: Stage) -> None:
    """The article can be read, and why it can only be read is said."""
    os.chown(foreign.state, 0, 0)
    foreign.state.chmod(0o755)
    with foreign.life() as life:
        life.do("become", NOBODY)
        assert not life.open(foreign.article)
        assert any("no permission" in one or "may not write" in one for one in life.said), life.said
        assert not step(life, FIRST)


@pytest.mark.parametrize("words", [("status",), ("check",), ("export", "--format", "csv")], ids=lambda words: words[0])
def test_a_folder_that_cannot_be_listed(foreign: Stage, words: tuple[str, ...]) -> None:
    """Which annotation files there are nobody knows then; it is said, and not that there are none."""
    foreign.work.chmod(0o711)
    with foreign.life() as life:
        life.do("become", NOBODY)
        answer = life.do("verb", words[0], str(foreign.article), *words[1:])
    assert answer["status"] == 1
    assert f"The annotation files in {foreign.work} cannot be found" in answer["told"] + answer["out"]
