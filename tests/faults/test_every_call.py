"""Promises 1 and 2: every call on a file fails once, or is where the program is killed, and no decision is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rigs import why_no_strace
from scenes import SCENES
from sweep import inside, strace, sweep

if TYPE_CHECKING:
    from rigs import Call
    from scenes import Scene
    from stage import Stage

# What each scene must at least do, so that a rig that sees nothing does not pass.
LEAST = {
    "first save": {"open": 3, "write": 3, "sync": 4, "rename": 1},
    "later save": {"open": 3, "write": 3, "sync": 4, "rename": 1},
    "steps": {"write": 5, "sync": 5},
    "first opening": {"open": 4, "write": 1, "sync": 2},
    "recovery": {"open": 4, "write": 1, "sync": 2},
    "recovery, torn journal": {"open": 5, "write": 2, "sync": 5},
    "recovery, changed text": {"open": 6, "write": 4, "sync": 7, "rename": 2},
    "recovery, moved article": {"open": 6, "write": 1, "sync": 3, "rename": 1},
    "export": {"open": 4, "write": 1, "sync": 2, "rename": 1},
    "check --fix": {"open": 5, "write": 2, "sync": 4, "rename": 2},
}


def count(calls: tuple[Call, ...], *words: str) -> int:
    """How many of ``calls`` are one of those words."""
    return sum(any(word in call.name for word in words) for call in calls)


def look_at_calls(scene: Scene, calls: tuple[Call, ...]) -> None:
    """See that the rig saw what the scene does."""
    for what, least in LEAST[scene.name].items():
        words = ("rename", "replace") if what == "rename" else (what,)
        assert count(calls, *words) >= least, (what, calls)


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_every_call_of_the_program(stages: tuple[Stage, ...], scene: Scene, *, is_every: bool) -> None:
    """From inside, on any machine: whatever call fails, all that the screen showed is there, and the work goes on."""
    ref, lost = sweep(stages, scene, inside, is_every=is_every)
    look_at_calls(scene, ref.calls)
    assert lost == []


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_every_call_of_the_system(stages: tuple[Stage, ...], scene: Scene, *, is_every: bool) -> None:
    """By strace, where tracing is permitted: the same of the system calls themselves."""
    why = why_no_strace()
    if why:
        pytest.skip(f"{why}; the faults from inside stand in for it")
    ref, lost = sweep(stages, scene, strace, is_every=is_every)
    look_at_calls(scene, ref.calls)
    assert lost == []
