"""Coverage-guided fuzzing of one target with atheris, bounded by a number of runs.

    python fuzz.py sidecar -runs=100000 -dict=words.dict -artifact_prefix=/tmp/found- /tmp/kept ../corpus/sidecar

What follows the target are libFuzzer's own words: options, a folder for what it keeps, folders of seeds. A finding is
left as a file; when its cause is mended it belongs into ``tests/faults/corpus/TARGET``, with a line in the index there.
With ``all`` every target is fuzzed, each in a process of its own with the seeds of the corpus.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["annotator"]):
    from targets import TARGETS

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Fuzz the target that is named, which leaves the process, or all of them; gives the exit status."""
    name = sys.argv.pop(1)
    if name != "all":
        _fuzz(name, sys.argv)
    failed = [target for target in TARGETS if not _is_fuzzed(target, sys.argv[1:])]
    sys.stdout.write(f"failed: {' '.join(failed)}\n" if failed else f"{len(TARGETS)} targets fuzzed\n")
    return 1 if failed else 0


def _is_fuzzed(name: str, options: list[str]) -> bool:
    """Whether a process that fuzzes the target found nothing."""
    process = os.fork()
    if not process:
        kept = tempfile.mkdtemp()  # libFuzzer writes what leads it further into the first folder
        _fuzz(name, [sys.argv[0], *options, kept, str(HERE.parent / "corpus" / name)])
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0


def _fuzz(name: str, words: list[str]) -> None:
    atheris.Setup(words, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
