"""Keeps the work on one document: steps in the journal at once, the sidecar soon after. It must not know windows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.background_writer import Saver
from annotator.app.persistence.decisions import fingerprint, load_decisions
from annotator.core.anchoring.anchor import quote_at
from annotator.core.i18n import _
from annotator.core.merging.diff import difference
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.files import find_bytes
from annotator.storage.journal.journal import Did, JournalError, JournalGoneError, Placed, Redid, Saved, Undid
from annotator.storage.paths import shown
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.app.persistence.decisions import Decisions
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.change import Step
    from annotator.core.document import Document
    from annotator.storage.journal.journal import Journal, Record
    from annotator.storage.sidecar.sidecar import Sidecar


class Snapshot(NamedTuple):
    """A state to be written, the journal record that it holds everything up to, and the number of sentences.

    ``turn`` is that of the ground on which it stands.
    """

    state: AnnotationSet
    after: int
    sentences: int
    turn: int


_MOST_GROUNDS = 24


class Ground(NamedTuple):
    """What is known to stand in the sidecar on disk, and holds for the document as it is now: ``state``.

    ``base`` is what else is written with it, ``earlier`` are states that stood there before, the latest last.
    ``sha256s`` are those that the file may have: of a save that failed nobody knows whether the old or the new one
    stands; an empty one says that there may be no file. ``turn`` counts how often another program's work was taken in,
    ``is_current`` says that the file holds ``state`` as it is.
    """

    base: Sidecar
    state: AnnotationSet
    sha256s: frozenset[str]
    turn: int = 0
    is_current: bool = True
    earlier: tuple[AnnotationSet, ...] = ()

    @property
    def is_maybe_missing(self) -> bool:
        """Whether it is known that there may be no file."""
        return "" in self.sha256s

    @property
    def known(self) -> tuple[AnnotationSet, ...]:
        """All states that are known to have stood there, the latest last."""
        return (*self.earlier[-_MOST_GROUNDS:], self.state)


class _ForeignError(Exception):
    """Another program changed the sidecar."""


class Meet(NamedTuple):
    """How our work and another program's are brought together and saved.

    ``now`` does it in the thread that flushes and says whether it was done; ``soon`` is called in the saver's thread.
    """

    now: Callable[[], bool]
    soon: Callable[[], None]


class Keeper:
    """The journal and the sidecar of one document; `Saver` writes the latter in a thread of its own.

    A sidecar that somebody else changed meanwhile is never overwritten: both have to be brought together first, by
    `find_theirs`, `stand_on` and saving again. ``on_written`` is called in the saver's thread with the state and a
    sentence where it could not be written.
    """

    def __init__(
        self,
        document: Document,
        decisions: Decisions,
        *,
        base: Sidecar,
        journal: Journal,
        on_written: Callable[[AnnotationSet, str], None],
        meet: Meet | None = None,
    ) -> None:
        """``decisions`` are those that were read; ``base`` is what is written besides a state.

        Without ``meet`` the person is told of another program's work, and nothing is written.
        """
        self._document = document
        self._path = decisions.path
        self._language = decisions.language
        self._ground = Ground(base, decisions.ground, frozenset({fingerprint(decisions.on_disk)}))
        self._files = Lock()  # what is read of another program is never older than what was written last
        self._journal = journal
        self._on_written = on_written
        self._meet = meet
        self._is_refused = False  # the last state was not written, since another program's work is there
        self._writer = SidecarWriter()
        self._saver: Saver[Snapshot] = Saver(self._write, on_written=self._tell)

    @property
    def path(self) -> Path:
        """Where the sidecar is."""
        return self._path

    @property
    def ground(self) -> Ground:
        """What stands on disk by our own hand, or was taken in last."""
        return self._ground

    def find_theirs(self) -> Decisions | None:
        """What another program made of the sidecar, or None where it stands as it is known.

        Where it was removed, ``on_disk`` of the decisions is None. It may be called from any thread.

        Raises:
            SidecarError: it is not sound.
            OSError: it cannot be read.
        """
        with self._files:
            there = find_bytes(self._path)
            is_away = there is None and not self._path.parent.is_dir()  # a share that comes back with all that is in it
            if is_away or fingerprint(there) in self._ground.sha256s:
                return None
            return load_decisions(self._path, self._document, language=self._language)

    def stand_on(self, theirs: Decisions) -> None:
        """Take ``theirs`` as what stands on disk; what was to be saved before that is not written any more."""
        old = self._ground
        turn = old.turn + 1
        if theirs.on_disk is None:
            self._ground = old._replace(sha256s=old.sha256s | {""}, turn=turn, is_current=False)
            return
        found = theirs.sidecar
        record = replace(old.base.document, extra={**old.base.document.extra, **found.document.extra})
        base = replace(found, document=record, annotator=found.annotator or old.base.annotator, labels=old.base.labels)
        sha256s = frozenset({fingerprint(theirs.on_disk)})
        self._ground = Ground(base, theirs.state, sha256s, turn, is_current=not theirs.is_ahead, earlier=old.known)

    def note_ground(self) -> None:
        """Note at once that the file holds all that was done, as it does where theirs was taken in as it is."""
        ground = self._ground
        if ground.is_current and len(ground.sha256s) == 1:
            (sha256,) = ground.sha256s
            with suppress(JournalError):  # the saver notes it again
                self._note(Saved(sha256, self._journal.last), Placed(sha256))

    def go_back_to(self, ground: Ground) -> None:
        """Take back that something else was stood on."""
        self._ground = ground

    def done(self, step: Step) -> str:
        """Keep that ``step`` was done."""
        return self._keep(Did(step))

    def undone(self, *, when: str, who: str) -> str:
        """Keep that the last step was undone, at ``when`` (ISO 8601)."""
        return self._keep(Undid(when, who))

    def redone(self, *, when: str, who: str) -> str:
        """Keep that the last step undone was done again, likewise."""
        return self._keep(Redid(when, who))

    def save(self, state: AnnotationSet, *, sentences: int) -> None:
        """Have ``state`` written soon."""
        self._saver.submit(Snapshot(state, self._journal.last, sentences, self._ground.turn))

    def flush(self) -> bool:
        """Write what waits at once; whether all is written. Another program's work is brought together with ours."""
        is_written = self._saver.flush()
        if not is_written and self._is_refused and self._meet is not None and self._meet.now():
            return self._saver.flush()
        return is_written

    def close(self) -> bool:
        """Write what waits and let go of the files; whether all is written."""
        self.flush()
        is_written = self._saver.close()
        self._journal.close()
        return is_written

    def _keep(self, record: Record) -> str:
        try:
            self._journal.append(record)
        except JournalError as error:
            return str(error)
        return ""

    def _write(self, snapshot: Snapshot) -> str:
        self._is_refused = False
        try:
            with self._files:
                return self._written(snapshot)
        except (SaveError, JournalError) as error:
            return str(error)
        except OSError as error:
            sentence = _("{file} cannot be saved: {reason}. Your work is kept and will be saved when that is mended.")
            return sentence.format(file=shown(self._path.name), reason=error.strerror or error)

    def _written(self, snapshot: Snapshot) -> str:
        ground, mark = self._ground, self._mark()
        there = find_bytes(self._path)
        found = fingerprint(there)
        if self._is_foreign(found, ground, self._path.parent) or snapshot.turn != ground.turn:
            return self._foreign(is_gone=there is None)
        is_certain = there is not None and ground.is_current and ground.sha256s == {found}
        if is_certain and not difference(ground.state, snapshot.state):
            self._note(Saved(found, snapshot.after), Placed(found))
            return ""
        base = ground.base
        document = replace(base.document, sentences=snapshot.sentences or base.document.sentences)
        sidecar = replace(base, document=document, decisions=snapshot.state, quotes={})
        text = self._document.text
        data = self._writer.text(sidecar, quote=lambda place: quote_at(text, place)).encode()
        sha256 = fingerprint(data)
        self._note(Saved(sha256, snapshot.after))
        if self._ground is ground:
            self._ground = ground = ground._replace(sha256s=ground.sha256s | {sha256})
        try:
            save_bytes(self._path, data, guard=partial(self._check, mark))
        except _ForeignError:  # it came while ours was being written beside it
            return self._foreign(is_gone=False)
        if self._ground is ground:
            self._ground = Ground(base, snapshot.state, frozenset({sha256}), ground.turn, earlier=ground.known)
        self._note(Placed(sha256))
        return ""

    def _note(self, *records: Record) -> None:
        """Note how saving goes. Where the journal was removed, the sidecar is the one place left for the work."""
        with suppress(JournalGoneError):
            self._journal.append(*records)

    def _mark(self) -> tuple[int, ...]:
        """What differs when another program replaces or writes the file."""
        try:
            state = self._path.stat()
        except OSError:
            return ()
        return state.st_mtime_ns, state.st_size, state.st_ino

    def _check(self, mark: tuple[int, ...]) -> None:
        if self._mark() != mark:
            raise _ForeignError

    @staticmethod
    def _is_foreign(found: str, ground: Ground, folder: Path) -> bool:
        """Whether what stands there was not written by us; where the folder is gone, so is everything."""
        return found not in ground.sha256s and folder.is_dir()

    def _foreign(self, *, is_gone: bool) -> str:
        changed = _("{file} was changed by another program and is not overwritten. Your work is kept.")
        removed = _("{file} was removed by another program and is not written again. Your work is kept.")
        self._is_refused = True
        return (removed if is_gone else changed).format(file=shown(self._path.name))

    def _tell(self, snapshot: Snapshot, trouble: str) -> None:
        if self._is_refused and self._meet is not None:
            self._meet.soon()
        else:
            self._on_written(snapshot.state, trouble)
