"""What the scripts install and call, seen by stand-ins for the programs that they call."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from programs import require_program

from annotator.app.diagnostics.libraries import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"libreoffice-writer", "libreoffice-calc", "chromium", "xvfb", "xdotool", "ibus", "strace", "poppler-utils"}
STAND_IN = """#!/bin/sh
echo "$(basename "$0") $*${REQUIRE_PROGRAMS:+ (programs required)}" >>"$LOG"
"""


class Clone:
    """The scripts in a folder of their own, beside programs that only log how they are called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "log"
        self._programs = folder / "programs"
        shutil.copytree(ROOT / "scripts", folder / "scripts")
        shutil.copytree(ROOT / ".ci", folder / ".ci")
        for name in ("requirements.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)

    def stand_in(self, folder: str, *names: str) -> None:
        """Put programs of these names there."""
        for name in names:
            path = self.folder / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(STAND_IN)
            path.chmod(0o755)

    def stand_in_for(self, name: str, lines: str) -> None:
        """Put a program there that does what `lines` of shell say, and logs nothing."""
        path = self._programs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)

    def run(self, script: str, *arguments: str) -> list[str]:
        """Run a script; return the calls that it made."""
        self._log.write_text("")
        path = f"{self._programs}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "LOG": str(self._log)}
        environment.pop("REQUIRE_PROGRAMS", None)
        subprocess.run(["sh", self.folder / script, *arguments], env=environment, check=True, capture_output=True)
        return self._log.read_text().splitlines()


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone whose environment is made of stand-ins."""
    made = Clone(tmp_path / "clone")
    made.stand_in(".venv/bin", "python", "ruff", "mypy", "lint-imports")
    return made


@pytest.mark.parametrize("script", ["scripts/test", ".ci/run"])
def test_the_whole_run_checks_everything(clone: Clone, script: str) -> None:
    """Everything is installed, all checks are made, and a test whose program is missing fails."""
    clone.stand_in("scripts", "setup")
    assert clone.run(script) == [
        "setup all",
        "ruff check .",
        "ruff format --check .",
        "mypy ",
        "lint-imports ",
        "python -m pytest (programs required)",
    ]


def test_a_test_by_itself_is_only_that(clone: Clone) -> None:
    """Arguments go to pytest, nothing else is checked, and missing programs are no fault."""
    clone.stand_in("scripts", "setup")
    assert clone.run("scripts/test", "tests/unit/core", "-q") == ["setup test", "python -m pytest tests/unit/core -q"]


def installed(clone: Clone, kind: str, *, offered: str = "") -> set[str]:
    """The system packages that are installed for `kind` where there are none; a new name has to be `offered`."""
    clone.stand_in("programs", "dpkg-query", "apt-get", "sudo")
    clone.stand_in_for("apt-cache", f'[ "$2" = "{offered}" ]')
    calls = [call.split() for call in clone.run("scripts/setup", kind)]
    (words,) = [call for call in calls if call[0] in {"apt-get", "sudo"} and "install" in call]
    return {word for word in words[words.index("install") + 1 :] if not word.startswith("-")}


def test_only_the_whole_run_installs_programs(clone: Clone) -> None:
    """Running the program or a single test asks for no office suite, browser or X server; all tests do."""
    run, test, everything = (installed(clone, kind) for kind in ("run", "test", "all"))
    assert everything >= HEAVY
    assert not HEAVY & (run | test)
    assert test < run < everything


def test_the_window_has_the_libraries_that_the_doctor_looks_for(clone: Clone) -> None:
    """What `annotator doctor` tells to install is what `scripts/run` installs."""
    assert set(PACKAGES.values()) <= installed(clone, "run")


def test_a_library_is_installed_by_the_name_that_there_is(clone: Clone) -> None:
    """GLib has another name since Debian 13 and Ubuntu 24.04."""
    before, after = installed(clone, "test"), installed(clone, "test", offered="libglib2.0-0t64")
    assert (before - after, after - before) == ({"libglib2.0-0"}, {"libglib2.0-0t64"})


@pytest.mark.parametrize(("name", "is_enough"), [("libglib2.0-0", True), ("libglib2.0-0t64", True), ("neither", False)])
def test_a_library_is_there_by_either_name(clone: Clone, name: str, *, is_enough: bool) -> None:
    """Nothing is installed where GLib is there, whatever it is called."""
    clone.stand_in("programs", "apt-get", "sudo")
    clone.stand_in_for("apt-cache", "exit 100")
    clone.stand_in_for(
        "dpkg-query",
        f'case $4 in {name}) ;; libglib*) exit 1 ;; esac; echo "install ok installed"',
    )
    calls = clone.run("scripts/setup", "test")
    assert is_enough == (not any("apt-get" in call for call in calls))


def test_the_environment_is_made_once(clone: Clone) -> None:
    """A second call installs nothing; a change of the lock file does."""
    clone.stand_in("programs", "dpkg-query", "apt-get", "apt-cache", "sudo")
    assert any("--require-hashes -r requirements.lock" in call for call in clone.run("scripts/setup", "run"))
    assert not any("pip install" in call for call in clone.run("scripts/setup", "run"))
    lock = clone.folder / "requirements.lock"
    lock.write_text(lock.read_text() + "\n")
    assert any("pip install" in call for call in clone.run("scripts/setup", "run"))


def test_a_missing_program_skips_a_test_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason names the program and its package."""
    monkeypatch.delenv("REQUIRE_PROGRAMS", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"no-such-program is not installed: .* no-such-package"):
        require_program("no-such-program", package="no-such-package")


def test_a_missing_program_fails_the_whole_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is hidden where every program was installed before."""
    monkeypatch.setenv("REQUIRE_PROGRAMS", "1")
    with pytest.raises(pytest.fail.Exception, match=r"no-such-program is not installed"):
        require_program("no-such-program", package="no-such-package")


def test_a_program_may_have_several_names() -> None:
    """The first one that is installed counts."""
    assert Path(require_program("no-such-program", "sh", package="dash")).name == "sh"
