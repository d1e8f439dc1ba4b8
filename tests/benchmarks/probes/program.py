"""The real program, from its entry on, ended once the article is painted."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import annotator.__main__ as entry


def _end(application: object, window: object, settings: object, paths: object) -> None:  # noqa: ARG001  # as the real one
    os._exit(0)


def _open_window(paths: Sequence[Path]) -> int:
    import annotator.gui.main  # noqa: PLC0415  # when the entry imports it, and not before

    annotator.gui.main._build_workbench = _end  # what comes after the first picture
    return original(paths)


sys.argv = ["annotator", *sys.argv[1:]]
original = entry._open_window
entry._open_window = _open_window
sys.exit(entry.main())
