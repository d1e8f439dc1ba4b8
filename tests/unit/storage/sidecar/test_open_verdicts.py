"""Counting the open verdicts of a sidecar without reading the rest."""

from __future__ import annotations

import json

import pytest

from annotator.storage.sidecar.peek import count_open_verdicts

REVIEW = """review:
- id: v1
  verdict: change
  at: [1, 4]
  text: |
    review:
    orphans: []

  outcome: open
- id: v2
  verdict: drop
  at: [1, 4]
  outcome: taken
- {id: v3, verdict: agree, at: [1, 2]}
- some remark of another program
"""
BEFORE = "format: annotator/1\nannotations:\n- text: |\n    review:\n    - id: v9\n"


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        (f"{BEFORE}{REVIEW}orphans: []\n", 2),
        (f"\ufeff{BEFORE}{REVIEW}".replace("\n", "\r\n"), 2),
        (f"{BEFORE}{REVIEW}".rstrip("\n"), 2),
        (f"{BEFORE}# said\n{REVIEW}# the end\n", 2),
        (f"{BEFORE}review: []\n", 0),
        (BEFORE, 0),
        ("", 0),
        ("review:\n- id: v\n  verdict: [\n", 0),
        (json.dumps({"review": [{"id": "a", "verdict": "drop", "at": [1, 2]}]}), 1),
    ],
)
def test_open_verdicts_are_counted(text: str, open_: int) -> None:
    """Those that say nothing of an outcome are open; what only looks like the section is not taken for it."""
    assert open_ == count_open_verdicts(text.encode())
