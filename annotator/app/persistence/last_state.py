"""The last state of a document's decisions that the journal and the kept generations of the sidecar lead to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.persistence.reanchoring import reanchor
from annotator.app.persistence.reencoding import reencode, with_state
from annotator.core.annotation_set import AnnotationSet, StaleChangeError
from annotator.core.history import History
from annotator.core.span import Span
from annotator.storage.errors import DataFileError
from annotator.storage.journal.journal import Baseline, SaveStarted, StepDone, StepRedone, StepUndone, WorkOpened
from annotator.storage.journal.packing import expand_entries
from annotator.storage.journal.recovery import SavePoints
from annotator.storage.paths import format_path
from annotator.storage.sidecar.generations import list_generations
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from pathlib import Path

    from annotator.core.change import Step
    from annotator.core.document import Document
    from annotator.segment.language import Language
    from annotator.storage.journal.journal import JournalEntry
    from annotator.storage.sidecar.generations import Generation


class LastState(NamedTuple):
    """The last state, in the current text; `sidecar` is what is written besides it.

    `time` is that of the last step (ISO 8601), empty if unknown. `identity` is the `Document.identity` of the text on
    which the state was reached.
    """

    state: AnnotationSet
    sidecar: Sidecar
    time: str
    identity: str

    @property
    def decisions(self) -> int:
        """The number of annotations, marks without a label and conflicts."""
        state = self.state
        return len(state.annotations) + len(state.nothing) + len(state.orphans) + len(state.conflicts)


class _Start(NamedTuple):
    """A known state: `state` was reached with the record `number`."""

    number: int
    state: AnnotationSet
    sidecar: Sidecar | None


def find_last_state(
    entries: Sequence[JournalEntry], document: Document, *, path: Path, journal: Path, language: Language | None = None
) -> LastState | None:
    """Return the last state of the sidecar at `path`, or None if nothing is known of it.

    Args:
        entries: Those of the journal.
        document: The document, as read now: a changed text is re-anchored.
        path: The sidecar, which is not read.
        journal: The path of the journal, by which the generations are found.
        language: The rules by which a changed text is segmented, or None for the default ones.
    """
    entries = expand_entries(entries)
    kept = list_generations(journal)
    opened = [entry.record for entry in entries if isinstance(entry.record, WorkOpened)]
    marks = SavePoints()
    for entry in entries:
        marks.add(entry)
    found = _find_start(entries, {one.sha256: one for one in kept}, marks.breaks)
    if found is None:
        if not kept or (sidecar := _load_generation(kept[-1])) is None:
            return None
        found = _Start(entries[-1].number if entries else 0, sidecar.decisions, sidecar)
    state, time = _replay(entries, found, marks.breaks)
    latest = found.sidecar or next(filter(None, map(_load_generation, reversed(kept))), None)
    sidecar = latest or Sidecar(DocumentRecord(document.name))
    identity = opened[-1].document_sha256 if opened else f"{sidecar.document.sha256} {sidecar.document.encoding}"
    # A state on the text as it is now needs no quotes; those of a generation are of its own text.
    before = with_state(sidecar, state, identity=identity)
    now, is_same = reencode(before, document, path=path)
    anchored = reanchor(now.decisions, document.text, quotes=now.quotes, is_same_text=is_same, language=language).state
    return LastState(anchored, replace(now, decisions=anchored), time, identity)


def _find_start(
    entries: Sequence[JournalEntry], kept: Mapping[str, Generation], breaks: Container[int]
) -> _Start | None:
    """Return the latest known state from which the records after it lead on."""
    points: list[tuple[int, Generation | Baseline | None]] = []
    has_opened = False
    for entry in entries:
        match entry.record:
            case SaveStarted(sha256, after) if sha256 in kept:
                points.append((after, kept[sha256]))
            case WorkOpened(_document, sha256, _when):
                if (entry.number in breaks or not has_opened) and (not sha256 or sha256 in kept):
                    points.append((entry.number, kept[sha256] if sha256 else None))
                has_opened = True
            case Baseline() as baseline:
                points.append((entry.number, baseline))
            case _:
                pass
    # Stable sorts: of two for the same record the one noted later comes first.
    points.reverse()
    points.sort(key=lambda point: -point[0])
    for number, source in points:
        found = _load_start(number, source)
        if found is not None:
            return found
    return None


def _load_start(number: int, source: Generation | Baseline | None) -> _Start | None:
    """Return the state that `source` (None: no sidecar) holds, or None if it is damaged."""
    if source is None:
        return _Start(number, AnnotationSet(), None)
    if isinstance(source, Baseline):
        try:
            return _Start(number, AnnotationSet().apply(source.step.changes), None)
        except StaleChangeError:  # no known version wrote it
            return None
    sidecar = _load_generation(source)
    return None if sidecar is None else _Start(number, sidecar.decisions, sidecar)


def _replay(entries: Sequence[JournalEntry], start: _Start, breaks: Container[int]) -> tuple[AnnotationSet, str]:
    """Return the state after the last record and the time of the last step; what does not fit is left out."""
    state, history, time = start.state, History(), ""
    for entry in entries:
        if entry.number in breaks:
            history.clear()
        turned = _turn(history, entry.record)
        if turned is None:
            continue
        time = turned.time or time
        if entry.number > start.number:
            # After a sidecar that is not known, a step may be recorded again that was done before.
            with suppress(StaleChangeError):
                state = state.apply(turned.changes)
    return state, time


def _turn(history: History, record: object) -> Step | None:
    """Record a step, an undo or a redo in `history`; return what it changes, with its time, or None if nothing."""
    match record:
        case StepDone(step):
            history.push(step)
            return step
        case StepUndone(time):
            undone = history.undo()
            return None if undone is None else replace(undone.inverse(), time=time)
        case StepRedone(time):
            redone = history.redo()
            return None if redone is None else replace(redone, time=time)
        case _:
            return None


def _load_generation(generation: Generation) -> Sidecar | None:
    data = generation.load()
    if data is None:
        return None
    try:
        return parse_sidecar(data, name=format_path(generation.path.name))
    except DataFileError:
        return None


def iter_lost(now: AnnotationSet, last: AnnotationSet) -> Iterator[int]:
    """Yield where `last` has a decision and `now` has none, neither there nor under the same id.

    One that is only an orphan now is lost, as both are anchored in the same text.
    """
    known = {one.id for part in (now.annotations, now.conflicts) for one in part.values()}
    for place, one in last.annotations.items():
        if one.id not in known and now.annotations.find(place) is None and place not in now.nothing:
            yield place
    yield from (key for key, one in last.orphans.items() if one.id not in known and key not in now.orphans)
    yield from (place for place in last.nothing if not now.is_decided(Span(place, place)))
