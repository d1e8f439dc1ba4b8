"""Applying an edited label set: the folder's settings file, and every annotation whose label changes.

For the user, a change is one command: the settings file is written first, then each sidecar that uses one of the
labels, other annotators' included, gets one step named `rename` in its own journal. The change can be undone as a whole
as long as the program runs and no other change of labels was made: a document whose last step it is gets an undo, one
that was edited since gets a new step that reverts what still fits. Undoing the step in any of these documents asks for
the same; `is_turned` detects it. After a restart, each document can undo its own step.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.labels.draft import Used
from annotator.app.labels.label_file import LabelSource, restore_source, save_labels
from annotator.app.persistence.closed_documents import load_sidecar, work_elsewhere
from annotator.core.bulk_edit import fitting, relabel
from annotator.core.change import Slot, Step
from annotator.core.i18n import _, plural
from annotator.storage.errors import SidecarError
from annotator.storage.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from annotator.app.labels.draft import LabelPlan
    from annotator.app.persistence.closed_documents import Place
    from annotator.app.persistence.decisions import Decisions
    from annotator.app.persistence.document_store import Keeper
    from annotator.app.session.session import Session
    from annotator.core.annotation_set import AnnotationSet


RENAME = "rename"
"""The name of the undo step."""


@dataclass(frozen=True, slots=True)
class Relabelling:
    """A change of labels: the settings `before` and `after` it, and the step made in each sidecar.

    `is_done` is false once it was undone. `refused` are sentences about files that could not be changed; `lost` counts
    orphans, which keep their labels.
    """

    before: LabelSource
    after: LabelSource
    moves: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[Path, Step] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    lost: int = 0
    is_done: bool = True

    @property
    def annotations(self) -> int:
        """The number of annotations changed."""
        return sum(change.slot is Slot.ANNOTATION for step in self.steps.values() for change in step.changes)

    def with_files(self, found: Iterable[FileDone]) -> Relabelling:
        """Add the results from documents that are not open."""
        done = tuple(found)
        return replace(
            self,
            steps={**self.steps, **{one.path: one.step for one in done if one.step is not None}},
            refused=(*self.refused, *(one.refused for one in done if one.refused)),
            lost=self.lost + sum(one.lost for one in done),
        )


class FileDone(NamedTuple):
    """The result for one sidecar.

    `step` is the step made there, `refused` the reason if something was not done, `lost` the number of orphans left
    unchanged.
    """

    path: Path
    step: Step | None = None
    refused: str = ""
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """The context of work outside the session: the sidecar that is open, the annotator, and the time (ISO 8601)."""

    open_path: Path | None
    who: str
    now: str


def task_of(session: Session) -> Task:
    """Return the `Task` for work outside `session`."""
    return Task(_open_path(session), session.who, session.writer().now)


def begin(session: Session, source: LabelSource, plan: LabelPlan) -> Relabelling:
    """Apply `plan` to the folder's settings, the session's labels and the open document; `relabel_file` does the rest.

    Raises:
        LabelsError: If the settings cannot be written; nothing is changed.
    """
    after = save_labels(source, plan.labels)
    _use(session, after)
    begun = Relabelling(source, after, dict(plan.moves))
    changes = relabel(session.state, plan.moves, labels=plan.labels)
    path = _open_path(session)
    if not changes or path is None:
        return begun
    if not session.do(RENAME, changes):
        return replace(begun, refused=(_refusal(path, session.read_only or _not_changed()),))
    return replace(begun, steps={path: session.history.done[-1]})


def relabel_file(begun: Relabelling, task: Task, place: Place) -> FileDone:
    """Relabel a sidecar that is not open. Runs in a worker thread."""
    path, labels, steps = place.owned.path, begun.after.settings.labels, []
    try:
        decisions = load_sidecar(place.owned).decisions
    except SidecarError as error:
        return FileDone(path, refused=str(error).splitlines()[0])
    except OSError as error:
        return FileDone(path, refused=_refusal(path, error.strerror or str(error)))
    lost = sum(not begun.moves.keys().isdisjoint(one.labels) for one in decisions.orphans.values())
    if not relabel(decisions, begun.moves, labels=labels):
        return FileDone(path, lost=lost)
    if path == task.open_path:
        is_missed = path not in begun.steps and not begun.refused
        return FileDone(path, refused=_refusal(path, _not_changed()) if is_missed else "", lost=lost)

    def act(found: Decisions, keeper: Keeper) -> AnnotationSet | str:
        changes = relabel(found.state, begun.moves, labels=labels)
        if not changes:
            return found.state
        step = Step(RENAME, changes, changes[0].reach, when=task.now, who=task.who)
        trouble = keeper.done(step)
        if not trouble:
            steps.append(step)
        return trouble or found.state.applied(changes)

    trouble = work_elsewhere(place, act, now=task.now)
    return FileDone(path, steps[0] if steps else None, _refusal(path, trouble) if trouble else "", lost)


def begin_turn(session: Session, done: Relabelling) -> Relabelling:
    """Undo `done`, or redo it, in the folder's settings and the open document; `turn_file` does the rest.

    Raises:
        LabelsError: If the settings cannot be written; nothing is changed.
    """
    now, then = (done.after, done.before) if done.is_done else (done.before, done.after)
    restore_source(now, then)
    _use(session, then)
    turned = replace(done, is_done=not done.is_done, refused=(), lost=0)
    path = _open_path(session)
    step = done.steps.get(path) if path is not None else None
    if path is None or step is None or is_turned(session, done):
        return turned
    why = _turned_here(session, step, is_back=done.is_done)
    return replace(turned, refused=(_refusal(path, why),)) if why else turned


def turn_file(turned: Relabelling, task: Task, place: Place) -> FileDone:
    """Undo or redo a change of labels in a sidecar that is not open, after `begin_turn`. Runs in a worker thread."""
    path = place.owned.path
    step = turned.steps.get(path)
    if step is None or path == task.open_path:
        return FileDone(path)
    turn = _Turn(step, task, is_back=not turned.is_done)
    why = work_elsewhere(place, turn, now=task.now) or turn.left
    return FileDone(path, refused=_refusal(path, why) if why else "")


def is_turned(session: Session, done: Relabelling) -> bool:
    """Return whether the user undid or redid the step of `done` in the open document.

    That stands for the change as a whole.
    """
    path = _open_path(session)
    step = done.steps.get(path) if path is not None else None
    history = session.history.undone if done.is_done else session.history.done
    return step is not None and history[-1:] == [step]


class _Turn:
    """The undo or redo of a step in a document that is not open; `left` says afterwards what could not be reverted."""

    def __init__(self, step: Step, task: Task, *, is_back: bool) -> None:
        self.left = ""
        self._step = step
        self._task = task
        self._is_back = is_back

    def __call__(self, decisions: Decisions, keeper: Keeper) -> AnnotationSet | str:
        history, wanted = decisions.history, self._step.inverse() if self._is_back else self._step
        changes = fitting(decisions.state, wanted)
        self.left = _left(len(wanted.changes) - len(changes))
        # A plain undo or redo if the step is the last one and fits whole; else a new step reverts what still fits.
        if not self.left and (history.done if self._is_back else history.undone)[-1:] == [self._step]:
            keep = keeper.undone if self._is_back else keeper.redone
            trouble = keep(when=self._task.now, who=self._task.who)
        elif changes:
            trouble = keeper.done(replace(wanted, changes=changes, when=self._task.now, who=self._task.who))
        else:
            return decisions.state
        return trouble or decisions.state.applied(changes)


def _turned_here(session: Session, step: Step, *, is_back: bool) -> str:
    """Undo or redo `step` in the open document; return a sentence if not all of it could be."""
    history, wanted = session.history, step.inverse() if is_back else step
    changes = fitting(session.state, wanted)
    left = _left(len(wanted.changes) - len(changes))
    if not left and (history.done if is_back else history.undone)[-1:] == [step]:
        (session.undo if is_back else session.redo)()
        is_well = (history.undone if is_back else history.done)[-1:] == [step]
    else:
        is_well = not changes or session.do(RENAME, changes)
    return left if is_well else session.read_only or _not_changed()


def _use(session: Session, source: LabelSource) -> None:
    """Switch the session to the labels of `source`; other settings take effect when the folder is opened again."""
    labels = source.settings.labels
    if session.workspace is not None:
        session.workspace = replace(session.workspace, settings=replace(session.workspace.settings, labels=labels))
    session.labels = labels


def _open_path(session: Session) -> Path | None:
    """Return the path of the sidecar that the session works on, or None."""
    if session.workspace is None or session.path is None or session.document is None:
        return None
    return session.workspace.sidecar_path(session.path, annotator=session.who)


def _refusal(path: Path, why: str) -> str:
    return f"{shown(path.name)}: {why}"


def _not_changed() -> str:
    return _("its labels could not be changed.")


def _left(count: int) -> str:
    if not count:
        return ""
    sentence = plural(
        "{count} annotation was changed since and stays as it is.",
        "{count} annotations were changed since and stay as they are.",
        count,
    )
    return sentence.format(count=count)


def usage_at(place: Place) -> dict[str, Used]:
    """Count by key the annotations of one sidecar; an unreadable sidecar counts nothing.

    Orphans do not count. Only what is on disk is seen.
    """
    try:
        counts = load_sidecar(place.owned).decisions.label_counts
    except (SidecarError, OSError):
        return {}
    return {key: Used(count, frozenset({str(place.source)})) for key, count in counts.items()}


def usage_of(found: Iterable[Mapping[str, Used]]) -> dict[str, Used]:
    """Return the sum of results of `usage_at`."""
    usage: dict[str, Used] = {}
    for one in found:
        for key, used in one.items():
            usage[key] = usage.get(key, Used()) + used
    return usage
