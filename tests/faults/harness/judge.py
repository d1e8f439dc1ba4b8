"""Whether a life with a fault in it lost anything: the one judge of all rigs. It must not know how faults are made.

The decisions that the screen showed are compared with what PyYAML alone reads from the sidecar, and with what a new
life of the program shows.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from scenes import play
from stage import DeadError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rigs import Call, Fault, Inside, Strace
    from scenes import Order, Scene
    from stage import Life, Stage

    Rig = Inside | Strace
    MakeRig = Callable[[Life, Stage, str], Rig]

LEFTOVERS = "**/.annotator-*.tmp"
OLD = 1_000_000.0  # seconds of the epoch


class LostError(Exception):
    """What must not happen did; its text says what."""


class Reference(NamedTuple):
    """A scene as it goes without faults.

    ``calls`` are those that a fault can hit, ``shown`` what the screen showed before and after each step, ``before``
    the files at its beginning, ``after`` those at its end.
    """

    calls: tuple[Call, ...]
    shown: tuple[Any, ...]
    before: dict[str, bytes]
    after: dict[str, bytes]


def demand(condition: object, told: str) -> None:
    """Raise `LostError` with what is ``told`` where the condition does not hold."""
    if not condition:
        raise LostError(told)


def reference(stage: Stage, scene: Scene, make_rig: MakeRig, *, guard: str = "") -> Reference:
    """Play a scene without a fault."""
    stage.restore(stage.original)
    scene.prepare(stage)
    before = stage.picture()
    with stage.life() as life:
        if guard:
            life.do("weaken", guard)
        for order in scene.enter:
            assert play(life, stage, order), (order, life.said)
        _forget_others(life, scene)
        rig = make_rig(life, stage, scene.thread)
        rig.arm(None)
        for order in scene.play:
            assert play(life, stage, order), (order, life.said)
        calls = rig.disarm()
        shown = tuple(life.shown)
        after = stage.picture()
    assert life.stderr == ""
    return Reference(tuple(calls), shown, before, after)


def try_fault(stage: Stage, scene: Scene, ref: Reference, make_rig: MakeRig, *, fault: Fault, guard: str = "") -> None:
    """Play a scene with a fault in it.

    Raises:
        LostError: a decision was lost, or the person was not told.
    """
    stage.restore(ref.before)
    trial = _VerbTrial(stage, scene, ref) if scene.out else _SessionTrial(stage, scene, ref)
    with stage.life() as life:
        if guard:
            life.do("weaken", guard)
        for order in scene.enter:
            assert play(life, stage, order), (order, life.said)
        _forget_others(life, scene)
        rig = make_rig(life, stage, scene.thread)
        rig.arm(fault)
        try:
            failed = _played(life, stage, scene.play)
            if fault.is_followed_by_death:
                life.kill()
        except DeadError:
            failed = ()
        if life.status is not None:
            demand(life.status == -9, f"the program broke down: {life.stderr}")
            rig.disarm()
        else:
            rig.disarm()
            trial.go_on(life, failed)
    demand("Traceback" not in life.stderr and "Error" not in life.stderr, f"told as a traceback: {life.stderr}")
    trial.look(life, is_dead=life.status != 0 and not fault.is_followed_by_death)
    trial.start_again(life)


def _forget_others(life: Life, scene: Scene) -> None:
    """Where it is the opening that is played, what was shown before it was another article."""
    if ("open",) in scene.play:
        life.shown.clear()


def _played(life: Life, stage: Stage, orders: tuple[Order, ...]) -> tuple[Order, ...]:
    """Have orders done up to the first that fails; it and those after it."""
    for number, order in enumerate(orders):
        if not play(life, stage, order):
            demand(any(life.said), f"nothing was said about {order} not being done")
            is_table = order[:2] == ("verb", "check")
            demand(is_table or all(map(_is_sentence, life.said)), f"no sentence: {life.said}")
            return orders[number:]
    return ()


def _is_sentence(said: str) -> bool:
    return len(said.split()) >= 4 and said.rstrip()[-1:] in {".", ")", '"'} and "Traceback" not in said


class _Trial:
    """What all trials look at."""

    def __init__(self, stage: Stage, scene: Scene, ref: Reference) -> None:
        self.stage, self.scene, self.ref = stage, scene, ref

    def look_for_leftovers(self, *, is_dead: bool) -> None:
        """After an error nothing is left over; after a death one file at most, which a later start removes."""
        left = sorted(self.stage.root.glob(LEFTOVERS))
        demand(len(left) <= is_dead, f"left over: {left}")
        for path in left:
            os.utime(path, (OLD, OLD))

    def look_at_articles(self) -> None:
        """The articles are the person's: nobody writes to them."""
        for name in self.ref.before:
            if name.endswith(".txt"):
                demand((self.stage.root / name).read_bytes() == self.ref.before[name], f"{name} was changed")


class _SessionTrial(_Trial):
    """A session in which something failed."""

    def go_on(self, life: Life, failed: tuple[Order, ...]) -> None:
        """The cause is gone: what failed is done in the same life, and saved."""
        self._look_at_sidecar(life)
        if life.shown:
            state = life.do("state")["decisions"]
            demand(state in (life.shown[-1], None), f"the screen showed {life.shown[-1]}, the session holds {state}")
        left = _played(life, self.stage, failed)
        demand(not left, f"not done though the cause is gone: {left}: {life.said}")
        demand(life.do("save"), f"not saved though the cause is gone: {life.do('state')}")
        demand(life.shown[-1] == self.ref.shown[-1], f"{life.shown[-1]} instead of {self.ref.shown[-1]}")
        if self.stage.sidecar.exists() or life.shown[-1]:
            self._demand_saved(life.shown[-1])

    def look(self, life: Life, *, is_dead: bool) -> None:
        """Look at the files as they stand."""
        self.look_for_leftovers(is_dead=is_dead)
        self.look_at_articles()
        self._look_at_sidecar(life)

    def start_again(self, life: Life) -> None:
        """Start the program anew: all that the screen showed is there, and saving goes on."""
        shown = life.shown or [self.ref.shown[-1]]
        allowed = [shown[-1], *self.ref.shown[len(shown) : len(shown) + 1]]
        with self.stage.life() as again:
            if self.stage.sidecar.exists() and self.scene.thread == "saver":
                checked = again.do("verb", "check", str(self.stage.sidecar), "--json")
                demand(checked["status"] == 0, f"the sidecar is not sound: {checked}")
            demand(again.open(self.stage.article, folder=self.stage.work), f"it does not open again: {again.said}")
            found = again.shown[-1]
            demand(found in allowed, f"the screen showed {shown[-1]}, a new start shows {found}: {again.said}")
            demand(again.do("save"), f"a new start does not save: {again.do('state')}")
            if found:
                self._demand_saved(found)
        demand(again.status == 0 and not again.stderr, f"a new start broke down: {again.stderr}")
        demand(not list(self.stage.root.glob(LEFTOVERS)), "a new start leaves old files behind")

    def _demand_saved(self, decisions: Any) -> None:
        found = read_sidecar(self.stage.sidecar.read_bytes())
        demand(found == decisions, f"the sidecar holds {found} instead of {decisions}")

    def _look_at_sidecar(self, life: Life) -> None:
        """Either the old one or one of what the screen showed since stands whole."""
        name = str(self.stage.sidecar.relative_to(self.stage.root))
        old = self.ref.before.get(name)
        if not self.stage.sidecar.exists():
            demand(old is None, "the sidecar is gone")
            return
        data = self.stage.sidecar.read_bytes()
        if data == old or data == self.ref.after.get(name):
            return
        demand(read_sidecar(data) in [*life.shown, *self.ref.shown], f"the sidecar is neither old nor new: {data!r}")


def look_after_cut(stage: Stage, files: dict[str, bytes], shown: Sequence[Any], *, seen: int) -> None:
    """Start the program on the ``files`` that a power cut left, after ``seen`` of the states that the screen showed.

    Raises:
        LostError: something is lost.
    """
    stage.restore(files)
    for path in stage.root.glob(LEFTOVERS):
        os.utime(path, (OLD, OLD))
    if stage.sidecar.exists():
        demand(read_sidecar(stage.sidecar.read_bytes()) in shown, "the sidecar was never shown")
    allowed = list(shown[max(seen - 1, 0) : seen + 1])
    with stage.life() as again:
        demand(again.open(stage.article, folder=stage.work), f"it does not open again: {again.said}")
        demand(again.shown[-1] in allowed, f"{again.shown[-1]} instead of one of {allowed}: {again.said}")
        demand(again.do("save"), f"a new start does not save: {again.do('state')}")
        if again.shown[-1]:
            found = read_sidecar(stage.sidecar.read_bytes())
            demand(found == again.shown[-1], f"the sidecar holds {found} instead of {again.shown[-1]}")
    demand(again.status == 0 and not again.stderr, f"a new start broke down: {again.stderr}")


def demand_order(calls: Sequence[Call], sidecar: Path) -> None:
    """Demand that a save of ``sidecar`` did what promise 3 says, in this order.

    Raises:
        LostError: something is missing.
    """
    wanted = [
        ("write", ".jsonl"), ("sync", ".jsonl"), ("write", ".tmp"), ("fsync", ".tmp"), ("pread", ".tmp"),
        ("rename", ".tmp"), ("fsync", str(sidecar.parent)), ("write", ".jsonl"), ("sync", ".jsonl"),
    ]  # fmt: skip
    for name, about in calls:
        what, where = wanted[0]
        is_folder = what == "fsync" and ".tmp" not in about and ".jsonl" not in about
        kind = "rename" if name == "replace" else name
        if what in kind and where in about and (where.startswith(".") or is_folder):
            wanted.pop(0)
        if not wanted:
            return
    raise LostError(f"not done in its turn: {wanted[0]}, of {[name for name, _about in calls]}")


class _VerbTrial(_Trial):
    """A verb of the command line in which something failed."""

    def go_on(self, life: Life, failed: tuple[Order, ...]) -> None:
        """The cause is gone: the verb is called again."""
        data = self._data()
        new = self.ref.after[self.scene.out]
        if not failed:
            demand(data == new, "it said that all was done, and it was not")
        is_whole = data in (self.ref.before.get(self.scene.out), new)
        demand(is_whole or self._is_told_partly(life, data), f"broken: {data!r}")
        left = _played(life, self.stage, failed)
        demand(not left, f"not done though the cause is gone: {life.said}")

    def look(self, life: Life, *, is_dead: bool) -> None:
        """The file is the old one or the new one; nothing else was touched."""
        self.look_for_leftovers(is_dead=is_dead)
        self.look_at_articles()
        data = self._data()
        old, new = self.ref.before.get(self.scene.out), self.ref.after[self.scene.out]
        demand(data in (old, new) or self._is_told_partly(life, data), f"neither old nor new: {data!r}")
        for name, before in self.ref.before.items():
            if name != self.scene.out and name.endswith(".yaml"):
                demand((self.stage.root / name).read_bytes() == before, f"{name} was changed")
        if self.scene.name == "check --fix" and data == new:
            kept = [path.read_bytes() for path in self.stage.state.glob("backups/*") if path.suffix == ".yaml"]
            demand(old in kept, "the version before the change is not kept")

    def start_again(self, life: Life) -> None:  # noqa: ARG002  # as with a session
        """Call it again: it does what was asked for."""
        with self.stage.life() as again:
            left = _played(again, self.stage, self.scene.play)
            demand(not left, f"a new call fails: {again.said}")
            demand(self._data() == self.ref.after[self.scene.out], "a new call does not write what was asked for")

    def _data(self) -> bytes | None:
        path = self.stage.root / self.scene.out
        return path.read_bytes() if path.exists() else None

    def _is_told_partly(self, life: Life, data: bytes | None) -> bool:
        """Whether a document that could not be read was left out of an export, and the person was told."""
        is_partial = data is not None and set(data.splitlines()) < set(self.ref.after[self.scene.out].splitlines())
        return self.scene.name == "export" and is_partial and any(life.told)


def read_sidecar(data: bytes) -> list[list[Any]]:
    """The decisions in a sidecar, by PyYAML and nothing of ours."""
    try:
        tree = yaml.safe_load(data)
        found = [
            [*one["at"], [str(label) for label in one["labels"]], one["text"], one.get("note", "")]
            for one in tree.get("annotations", [])
        ]
        found += [[start, end, ["(nothing)"], "", ""] for start, end in tree.get("nothing", [])]
        found += [[place, place, ["(split)"], "", ""] for place in tree.get("sentences", {}).get("split", [])]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise LostError(f"the sidecar cannot be read by PyYAML ({error}): {data!r}") from error
    found += [
        [0, 0, [f"(orphan) {label}" for label in one["labels"]], one["text"], one.get("note", "")]
        for one in tree.get("orphans", [])
    ]
    return sorted(found)
