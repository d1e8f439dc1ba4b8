"""The judge itself: with a guard taken out of the program it finds lost work, with all of them in place it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judge import LostError, read_sidecar, reference, try_fault
from rigs import KILL, Fault
from scenes import LATER_SAVE, STEPS
from sweep import inside, sweep

if TYPE_CHECKING:
    from scenes import Scene
    from stage import Stage


@pytest.mark.parametrize(
    ("scene", "guard", "told"),
    [
        (LATER_SAVE, "replace by renaming", "the sidecar"),
        (STEPS, "keep before showing", "a new start shows"),
        (STEPS, "refuse what is not kept", "a new start shows"),
    ],
    ids=str,
)
def test_without_the_guard_work_is_lost(stages: tuple[Stage, ...], scene: Scene, guard: str, told: str) -> None:
    """Of all faults at that scene, at least one loses something, and the judge says what."""
    _ref, lost = sweep(stages, scene, inside, guard=guard, is_every=False)
    assert any(told in one for one in lost), lost


def test_a_kill_in_the_middle_of_truncating(stage: Stage) -> None:
    """Written in place, a sidecar is empty for a moment; that is where the kill comes, and the judge sees it."""
    guard = "replace by renaming"
    ref = reference(stage, LATER_SAVE, inside, guard=guard)
    with pytest.raises(LostError, match="the sidecar"):
        try_fault(stage, LATER_SAVE, ref, inside, fault=Fault("write", 2, KILL), guard=guard)


@pytest.mark.parametrize("data", [b"", b"annotations: [", b"- 1\n", b"annotations:\n- id: a\n", b"\xff\xfe"])
def test_half_a_sidecar_is_none(data: bytes) -> None:
    """What an interrupted writing leaves does not pass for a sidecar."""
    with pytest.raises(LostError, match="cannot be read by PyYAML"):
        read_sidecar(data)
