"""How many faults were put in, and whether one of them lost a decision. It must not know what a fault is."""

from __future__ import annotations

import threading
from collections import Counter


class Tally:
    """Counts from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def add(self, kind: str, count: int = 1) -> None:
        """Count some of a kind: ``error``, ``kill``, ``power`` or ``lost``."""
        with self._lock:
            self._counts[kind] += count

    def line(self, *, kind: str) -> str:
        """What was counted, in one line; ``kind`` says of what sort the run was."""
        counts = self._counts
        injected = counts["error"] + counts["kill"] + counts["power"]
        return (
            f"faults: {injected:,} injected (error {counts['error']:,}, kill {counts['kill']:,}, "
            f"power cut {counts['power']:,}), {counts['lost']:,} lost a decision; {kind}"
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not self._counts


TALLY = Tally()
