"""Plays a scene with every fault, on as many stages as there are. It must not know what is right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from queue import Empty, Queue
from typing import TYPE_CHECKING

from judge import LostError, reference, try_fault
from rigs import KILL, Inside, Strace, faults_at
from tally import TALLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judge import MakeRig, Reference
    from rigs import Fault
    from scenes import Scene
    from stage import Life, Stage


def inside(life: Life, stage: Stage, thread: str) -> Inside:  # noqa: ARG001  # as with strace
    """The rig that needs no permission."""
    return Inside(life, thread)


def strace(life: Life, stage: Stage, thread: str) -> Strace:
    """The rig of the system."""
    return Strace(life, thread, log=stage.root / "strace.log")


def is_spared(fault: Fault, scene: Scene, make_rig: MakeRig) -> bool:
    """Whether a fault is none that can happen.

    A close lets go of the file, whatever it says; with strace one that fails is not done at all, and the file with
    its lock would stay open. See close(2). From inside it is done as the system does it.
    """
    if fault.call == "close" and fault.effect != KILL and make_rig is strace:
        return True
    call, error = scene.spared
    return fault.effect == error and call in fault.call


def sweep(
    stages: Sequence[Stage], scene: Scene, make_rig: MakeRig, *, guard: str = "", is_every: bool
) -> tuple[Reference, list[str]]:
    """Play ``scene`` with every fault: how it goes without one, and what was lost at which.

    With a ``guard`` the program is without it, and nothing is counted.
    """
    references = [reference(stage, scene, make_rig, guard=guard) for stage in stages]
    names = [[call.name for call in one.calls] for one in references]
    for one in names:
        differing = [pair for pair in zip_longest(names[0], one) if pair[0] != pair[1]]
        assert not differing, f"the calls are not the same each time: {differing[:6]}"
    waiting: Queue[Fault] = Queue()
    for fault in faults_at(references[0].calls, root=stages[0].root, is_every=is_every):
        if not is_spared(fault, scene, make_rig):
            waiting.put(fault)
    assert not waiting.empty(), "there is no call that could fail"

    def work(stage: Stage, ref: Reference) -> list[str]:
        lost: list[str] = []
        while True:
            try:
                fault = waiting.get_nowait()
            except Empty:
                return lost
            try:
                try_fault(stage, scene, ref, make_rig, fault=fault, guard=guard)
            except LostError as error:
                lost.append(f"{scene}, {fault}: {error}")
            if not guard:
                TALLY.add("kill" if fault.effect == KILL else "error")

    with ThreadPoolExecutor(len(stages)) as pool:
        found = [one for lost in pool.map(work, stages, references) for one in lost]
    if not guard:
        TALLY.add("lost", len(found))
    return references[0], found
