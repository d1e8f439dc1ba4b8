"""The store of an open document as its session knows it, and the values that they exchange."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from annotator.core.annotation_set import AnnotationSet
from annotator.core.history import History

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.core.change import Step
    from annotator.segment.language import Language
    from annotator.storage.journal.journal import Journal
    from annotator.storage.sidecar.sidecar import Sidecar

_MOST_DISK_STATES = 24  # earlier states kept to find the base of a merge; they share their memory


class LostWork(NamedTuple):
    """The last state of the decisions, which the sidecar does not hold any more, and the `notice` that says so."""

    state: AnnotationSet
    notice: str


@dataclass(frozen=True)
class Decisions:
    """The decisions on a document, as loaded.

    Attributes:
        path: Where the sidecar is, or would be.
        sidecar: The sidecar as it was read.
        on_disk: The bytes of the sidecar, or None if there is no file.
        state: The annotations, anchored in the current text.
        history: The undo history.
        journal: The open journal, or None if the document is read-only.
        read_only: The sentence that says why nothing may be written, or "".
        notices: Sentences for the user.
        is_locked: True if nothing may be written because another window has the document.
        is_article_changed: True if decisions are not where they were, or their sentences are not as they were.
        is_ahead: True if `state` differs from the sidecar and should be saved.
        recovered_steps: Steps that a crash had left in the journal alone.
        disk_state: The content of the sidecar, anchored in the current text: the base of a three-way merge.
        lost: What the last state has and the sidecar has not, or None.
        language: The sentence rules to use for a changed text, or None for the default ones.
        anchoring_notices: Those of `notices` that are about decisions that are not where they were.
    """

    path: Path
    sidecar: Sidecar
    on_disk: bytes | None
    state: AnnotationSet
    history: History = field(default_factory=History)
    journal: Journal | None = None
    read_only: str = ""
    notices: tuple[str, ...] = ()
    is_locked: bool = False
    is_article_changed: bool = False
    is_ahead: bool = False
    recovered_steps: tuple[Step, ...] = ()
    disk_state: AnnotationSet = field(default_factory=AnnotationSet)
    language: Language | None = None
    lost: LostWork | None = None
    anchoring_notices: tuple[str, ...] = ()


class DiskState(NamedTuple):
    """The state known to be in the sidecar on disk, anchored in the current text.

    Attributes:
        base: Everything else that is written with the state.
        state: The annotations in the file.
        sha256s: The hashes that the file may have. After a failed save it may be the old or the new one; an empty
            string stands for a missing file.
        generation: How often another program's changes were merged.
        is_current: True if the file holds exactly `state`.
        earlier: States that the file had before, the latest last.
    """

    base: Sidecar
    state: AnnotationSet
    sha256s: frozenset[str]
    generation: int = 0
    is_current: bool = True
    earlier: tuple[AnnotationSet, ...] = ()

    @property
    def can_be_missing(self) -> bool:
        """True if a missing file is expected."""
        return "" in self.sha256s

    @property
    def known_states(self) -> tuple[AnnotationSet, ...]:
        """All states that the file is known to have had, the latest last."""
        return (*self.earlier[-_MOST_DISK_STATES:], self.state)


class Store(Protocol):
    """A store of steps and states, and the partner in merging them with another program's changes.

    `record_step`, `record_undo` and `record_redo` return an empty string, or the reason for a failure as a sentence
    for the user.
    """

    def record_step(self, step: Step) -> str:
        """Record a step."""
        ...

    def record_undo(self, *, when: str, who: str) -> str:
        """Record that the last step was undone at `when` (ISO 8601)."""
        ...

    def record_redo(self, *, when: str, who: str) -> str:
        """Record that the last undone step was redone at `when` (ISO 8601)."""
        ...

    def save(self, state: AnnotationSet, *, sentences: int) -> None:
        """Write `state` in the background; `sentences` is their number, 0 while it is unknown."""
        ...

    def flush(self) -> bool:
        """Write pending states now; return whether everything is written."""
        ...

    def close(self) -> bool:
        """Write pending states and close; return whether everything is written."""
        ...

    @property
    def is_journaled(self) -> bool:
        """True if what is not in the sidecar yet comes back at the next start."""
        ...

    @property
    def is_recording(self) -> bool:
        """True unless a step could not be recorded, or the next one could not, as far as is known."""
        ...

    # Merging with another program's changes

    @property
    def path(self) -> Path:
        """The path of the sidecar."""
        ...

    @property
    def disk_state(self) -> DiskState:
        """The state on disk that was written or merged last."""
        ...

    def find_external(self) -> Decisions | None:
        """Load another program's version of the sidecar, in any thread; return None if the file is as known."""
        ...

    def accept_external(self, theirs: Decisions) -> None:
        """Accept `theirs` as the state on disk."""
        ...

    def accept_replacement(self, sha256: str) -> None:
        """Accept that the damaged file with this hash, which is kept elsewhere, is written over; "" if it was moved."""
        ...

    def record_disk_state(self) -> None:
        """Record that the file holds all steps."""
        ...

    def restore_disk_state(self, ground: DiskState) -> None:
        """Restore an earlier disk state after a merge failed."""
        ...
