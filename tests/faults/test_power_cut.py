"""Promises 1 and 3: whatever a disk may hold after a power cut at any call, what the screen showed is there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from judge import LostError, demand_order, look_after_cut
from powercut import cuts
from rigs import why_no_strace
from scenes import EACH_KIND, FIRST, LATER, play
from sweep import inside, strace
from tally import TALLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judge import MakeRig
    from powercut import Cut
    from scenes import Order
    from stage import Stage

BEFORE: tuple[Order, ...] = (("open",), ("step", "tag", 2, "opinion"), ("save",))
WORK: tuple[Order, ...] = (
    ("open",), *FIRST, ("save",), *LATER, ("save",), *EACH_KIND, ("save",), ("step", "tag", 1, "target"),
)  # fmt: skip


def lived(stage: Stage, *, guard: str = "", is_first: bool) -> tuple[list[Any], list[Cut]]:
    """Work on the article for a while: what the screen showed, and what a power cut may leave.

    Before the first work there is no state folder yet; later there is an article saved before.
    """
    stage.restore(stage.original)
    if not is_first:
        with stage.life() as life:
            for order in BEFORE:
                assert play(life, stage, order)
    before = stage.picture()
    numbers = {name: (stage.root / name).stat().st_ino for name in before}
    with stage.life() as life:
        life.do("note_calls")
        if guard:  # above what notes the calls
            life.do("weaken", guard)
        for order in WORK:
            assert play(life, stage, order), (order, life.said)
        life.do("close")
        ops = life.do("noted_calls")
    return [op[1] for op in ops if op[0] == "shown"], cuts(stage.root, before, numbers, ops=ops)


def lost_in(stages: Sequence[Stage], *, guard: str = "", is_first: bool, every: int) -> list[str]:
    """What power cuts lose, one in ``every`` of them."""

    def work(number: int) -> list[str]:
        stage = stages[number]
        shown, found = lived(stage, guard=guard, is_first=is_first)
        assert len(found) > 50
        lost: list[str] = []
        for cut in found[number * every :: len(stages) * every]:
            if guard and lost:
                break  # one is enough to see that the guard is needed
            try:
                look_after_cut(stage, cut.files, shown, seen=cut.shown)
            except LostError as error:
                lost.append(f"{cut.where}: {error}")
            if not guard:
                TALLY.add("power")
        return lost

    with ThreadPoolExecutor(len(stages)) as pool:
        lost = [one for lost in pool.map(work, range(len(stages))) for one in lost]
    if not guard:
        TALLY.add("lost", len(lost))
    return lost


@pytest.mark.parametrize("is_first", [True, False], ids=["first work", "later work"])
def test_a_power_cut_at_any_moment(stages: tuple[Stage, ...], *, is_first: bool, is_every: bool) -> None:
    """Of what is not synced anything may be missing; no step that was shown is."""
    assert lost_in(stages, is_first=is_first, every=1 if is_every else 3) == []


@pytest.mark.parametrize("guard", ["sync of the file", "sync of the folder", "sync of the journal"])
def test_without_a_sync_work_is_lost(stages: tuple[Stage, ...], guard: str) -> None:
    """Each of the syncs is needed: without it some power cut loses something."""
    assert lost_in(stages, guard=guard, is_first=False, every=1) != []


def saved(stage: Stage, make_rig: MakeRig, guard: str) -> list[Any]:
    """The calls of a later save."""
    stage.restore(stage.original)
    with stage.life() as life:
        for order in (("open",), *FIRST, ("save",), *LATER):
            assert play(life, stage, order)
        rig = make_rig(life, stage, "saver")
        rig.arm(None)
        if guard:  # above what counts the calls
            life.do("weaken", guard)
        assert play(life, stage, ("save",))
        return list(rig.disarm())


@pytest.mark.parametrize("make_rig", [inside, strace])
def test_the_order_of_a_save(stage: Stage, make_rig: MakeRig) -> None:
    """Written, synced, read back, renamed, and the folder synced; the journal knows of it before and after."""
    if make_rig is strace and why_no_strace():
        pytest.skip(why_no_strace())
    demand_order(saved(stage, make_rig, ""), stage.sidecar)


@pytest.mark.parametrize(
    "guard", ["sync of the file", "sync of the folder", "reading back", "replace by renaming", "sync of the journal"]
)
def test_an_order_without_a_guard_is_seen(stage: Stage, guard: str) -> None:
    """The test above fails when one of the calls is dropped."""
    with pytest.raises(LostError):
        demand_order(saved(stage, inside, guard), stage.sidecar)


def test_the_model_loses_what_is_not_synced(stage: Stage) -> None:
    """A file that was written and renamed without a sync may be empty, or not be there at all."""
    root = stage.root
    ops: list[list[Any]] = [
        ["create", f"{root}/work/t", 7],
        ["write", 7, 0, "bmV3"],
        ["rename", f"{root}/work/t", f"{root}/work/a"],
    ]
    found = [cut.files for cut in cuts(root, {"work/a": b"old"}, {"work/a": 3}, ops=ops)]
    assert {"work/a": b""} in found
    assert {"work/a": b"n"} in found
    assert {"work/a": b"old"} in found
    assert {"work/a": b"new"} in found
    ops[2:2] = [["sync", 7]]
    assert {"work/a": b""} not in [cut.files for cut in cuts(root, {"work/a": b"old"}, {"work/a": 3}, ops=ops)]
