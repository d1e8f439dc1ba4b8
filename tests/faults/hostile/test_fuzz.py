"""The fuzzers on every reader of foreign bytes, and what they found. The targets say what each reader owes."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from targets import TARGETS

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus"
FOUND = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
WORDS = [
    word.encode().decode("unicode_escape").encode("latin-1")
    for word in re.findall(r'^"(.*)"$', (HERE / "words.dict").read_text("utf-8"), re.MULTILINE)
]
RUNS = 1000

_PIECES = st.sampled_from(WORDS) | st.binary(max_size=4) | st.text(max_size=4).map(lambda text: text.encode("utf-8"))


@st.composite
def mutants(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """A sound input, of which a few stretches were replaced."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 8)))
        data = data[:start] + draw(_PIECES) + data[end:]
    return data


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_stays_mended(path: Path) -> None:
    """Each input that once broke something, and one sound input of each kind, keeps what the target owes."""
    TARGETS[path.parent.name](path.read_bytes())


def test_every_finding_is_explained() -> None:
    """The index says of each file what it broke."""
    index = (CORPUS / "README.md").read_text("utf-8")
    names = [f"{path.parent.name}/{path.name}" for path in FOUND]
    assert [name for name in names if f"`{name}`" not in index] == []
    assert set(TARGETS) == {path.name for path in CORPUS.iterdir() if path.is_dir()}


@pytest.mark.parametrize("name", list(TARGETS))
def test_any_bytes_keep_what_the_target_owes(name: str) -> None:
    """No bytes, and no damage to a sound input, make a reader do anything else than what it documents."""
    target = TARGETS[name]
    seeds = [path.read_bytes() for path in FOUND if path.parent.name == name]

    @settings(max_examples=100)
    @given(st.binary(max_size=100) | st.lists(_PIECES, max_size=20).map(b"".join) | mutants(seeds))
    def fuzz(data: bytes) -> None:
        target(data)

    fuzz()


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed: it needs Linux")
def test_coverage_guided_fuzzing_finds_nothing(tmp_path: Path) -> None:
    """So many runs on each target, led by what code they reach, end without a finding; the number bounds them."""
    done = subprocess.run(
        [
            *(
                sys.executable,
                HERE.parent / "harness" / "fuzz.py",
                "all",
                f"-runs={RUNS}",
                "-seed=1",
                "-max_len=700",
                "-timeout=60",
            ),
            *(f"-dict={HERE / 'words.dict'}", f"-artifact_prefix={tmp_path}/", "-verbosity=0"),
        ],
        env={"PYTHONPATH": str(HERE.parents[2]), "PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    told = done.stderr.decode(errors="replace")
    found = [path.read_bytes() for path in tmp_path.glob("*-*") if path.is_file()]
    assert done.returncode == 0, f"{done.stdout.decode()}{told[-3000:]}\n{found}"
    assert f"{len(TARGETS)} targets fuzzed" in done.stdout.decode()
