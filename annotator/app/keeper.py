"""Keeps the work on one document: steps in the journal at once, the sidecar soon after. It must not know windows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.decisions import fingerprint
from annotator.app.saver import Saver
from annotator.core.anchor import quote_at
from annotator.core.wording import _
from annotator.storage.atomic import SaveError, save_bytes
from annotator.storage.files import find_bytes
from annotator.storage.journal import Did, JournalError, Placed, Redid, Saved, Undid
from annotator.storage.paths import shown
from annotator.storage.sidecarwrite import SidecarWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.core.annotationset import AnnotationSet
    from annotator.core.change import Step
    from annotator.core.document import Document
    from annotator.storage.journal import Journal, Record
    from annotator.storage.sidecar import Sidecar


class Snapshot(NamedTuple):
    """A state to be written, the journal record that it holds everything up to, and the number of sentences."""

    state: AnnotationSet
    after: int
    sentences: int


class Keeper:
    """The journal and the sidecar of one document; `Saver` writes the latter in a thread of its own.

    A sidecar that somebody else changed meanwhile is not overwritten: the work stays in the journal, and the person is
    told. ``on_written`` is called in the saver's thread with the state and a sentence where it could not be written.
    """

    def __init__(
        self,
        document: Document,
        path: Path,
        *,
        base: Sidecar,
        on_disk: bytes | None,
        journal: Journal,
        on_written: Callable[[AnnotationSet, str], None],
    ) -> None:
        """``path`` is the sidecar's; ``base`` what it held, ``on_disk`` its bytes, None where there is none."""
        self._text = document.text
        self._path = path
        self._base = base
        self._sha256 = fingerprint(on_disk)
        self._journal = journal
        self._on_written = on_written
        self._writer = SidecarWriter()
        self._saver: Saver[Snapshot] = Saver(self._write, on_written=self._tell)

    def done(self, step: Step) -> str:
        """Keep that ``step`` was done."""
        return self._keep(Did(step))

    def undone(self) -> str:
        """Keep that the last step was undone."""
        return self._keep(Undid())

    def redone(self) -> str:
        """Keep that the last step undone was done again."""
        return self._keep(Redid())

    def save(self, state: AnnotationSet, *, sentences: int) -> None:
        """Have ``state`` written soon."""
        self._saver.submit(Snapshot(state, self._journal.last, sentences))

    def flush(self) -> bool:
        """Write what waits at once; whether all is written."""
        return self._saver.flush()

    def close(self) -> bool:
        """Write what waits and let go of the files; whether all is written."""
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
        document = replace(self._base.document, sentences=snapshot.sentences or self._base.document.sentences)
        sidecar = replace(self._base, document=document, decisions=snapshot.state, quotes={})
        data = self._writer.text(sidecar, quote=lambda place: quote_at(self._text, place)).encode()
        sha256 = fingerprint(data)
        try:
            there = find_bytes(self._path)
            if fingerprint(there) != self._sha256 and self._path.parent.is_dir():
                changed = _(
                    "{file} was changed by another program and is not overwritten. Your work is kept: read the "
                    "document anew (Ctrl+R) to bring both together."
                )
                removed = _(
                    "{file} was removed by another program and is not written again. Your work is kept: read the "
                    "document anew (Ctrl+R) to have it written."
                )
                return (changed if there is not None else removed).format(file=shown(self._path.name))
            self._journal.append(Saved(sha256, snapshot.after))
            save_bytes(self._path, data)
            self._sha256 = sha256
            self._journal.append(Placed(sha256))
        except (SaveError, JournalError) as error:
            return str(error)
        except OSError as error:
            sentence = _("{file} cannot be saved: {reason}. Your work is kept and will be saved when that is mended.")
            return sentence.format(file=shown(self._path.name), reason=error.strerror or error)
        return ""

    def _tell(self, snapshot: Snapshot, trouble: str) -> None:
        self._on_written(snapshot.state, trouble)
