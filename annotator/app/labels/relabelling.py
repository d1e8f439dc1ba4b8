"""Applying an edited label set: the folder's settings file, and every annotation whose label changes.

For the user, a change is one command: the settings file is written first, then each sidecar that uses one of the
labels, other annotators' included, gets one step named `rename` in its own journal. The change can be undone as a whole
as long as the program runs and no other change of labels was made: a document whose last step it is gets an undo, one
that was edited since gets a new step that reverts what still fits. Undoing the step in any of these documents asks for
the same; `is_reversed` detects it. After a restart, each document can undo its own step.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.labels.draft import LabelUsage
from annotator.app.labels.label_file import LabelFile, restore_label_file, save_labels
from annotator.app.persistence.closed_documents import edit_closed_document, load_sidecar
from annotator.core.bulk_edit import relabel, select_applicable
from annotator.core.change import Layer, Step
from annotator.core.i18n import _, ngettext
from annotator.storage.errors import DataFileError, describe_os_error
from annotator.storage.paths import format_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from annotator.app.labels.draft import LabelPlan
    from annotator.app.persistence.closed_documents import DocumentSidecar
    from annotator.app.persistence.document_store import DocumentStore
    from annotator.app.session.session import Session
    from annotator.app.session.store import Decisions
    from annotator.core.annotation_set import AnnotationSet


RENAME_STEP = "rename"
"""The name of the undo step."""


@dataclass(frozen=True, slots=True)
class Relabelling:
    """A change of labels: the settings `before` and `after` it, and the step made in each sidecar.

    `is_done` is false once it was undone. `failure` are sentences about files that could not be changed; `lost` counts
    orphans, which keep their labels.
    """

    before: LabelFile
    after: LabelFile
    moves: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[Path, Step] = field(default_factory=dict)
    failures: tuple[str, ...] = ()
    lost: int = 0
    is_done: bool = True

    @property
    def annotations(self) -> int:
        """The number of annotations changed."""
        return sum(change.layer is Layer.ANNOTATION for step in self.steps.values() for change in step.changes)

    def with_files(self, found: Iterable[FileResult]) -> Relabelling:
        """Add the results from documents that are not open."""
        done = tuple(found)
        return replace(
            self,
            steps={**self.steps, **{one.path: one.step for one in done if one.step is not None}},
            failures=(*self.failures, *(one.failure for one in done if one.failure)),
            lost=self.lost + sum(one.lost for one in done),
        )


class FileResult(NamedTuple):
    """The result for one sidecar.

    `step` is the step made there, `failure` the reason if something was not done, `lost` the number of orphans left
    unchanged.
    """

    path: Path
    step: Step | None = None
    failure: str = ""
    lost: int = 0


@dataclass(frozen=True, slots=True)
class RelabelTask:
    """The context of work outside the session: the sidecar that is open, the annotator, and the time (ISO 8601)."""

    open_path: Path | None
    who: str
    now: str


def make_task(session: Session) -> RelabelTask:
    """Return the `RelabelTask` for work outside `session`."""
    return RelabelTask(_open_path(session), session.author, session.writer().now)


def begin_relabelling(session: Session, source: LabelFile, plan: LabelPlan) -> Relabelling:
    """Apply `plan` to the folder's settings, the session's labels and the open document; `relabel_file` does the rest.

    Raises:
        LabelsError: If the settings cannot be written; nothing is changed.
    """
    after = save_labels(source, plan.labels)
    _use_labels(session, after)
    begun = Relabelling(source, after, dict(plan.renames))
    changes = relabel(session.state, plan.renames, labels=plan.labels)
    path = _open_path(session)
    if not changes or path is None:
        return begun
    if not session.apply(RENAME_STEP, changes, is_asking=False):
        return replace(begun, failures=(_refusal(path, session.read_only or _not_changed_notice()),))
    return replace(begun, steps={path: session.history.done[-1]})


def relabel_file(begun: Relabelling, task: RelabelTask, place: DocumentSidecar) -> FileResult:
    """Relabel a sidecar that is not open. Runs in a worker thread."""
    path, labels, steps = place.sidecar_file.path, begun.after.settings.labels, []
    try:
        decisions = load_sidecar(place.sidecar_file).decisions
    except DataFileError as error:
        return FileResult(path, failure=str(error).splitlines()[0])
    except OSError as error:
        return FileResult(path, failure=_refusal(path, describe_os_error(error)))
    lost = sum(not begun.moves.keys().isdisjoint(one.labels) for one in decisions.orphans.values())
    if not relabel(decisions, begun.moves, labels=labels):
        return FileResult(path, lost=lost)
    if path == task.open_path:
        is_missed = path not in begun.steps and not begun.failures
        return FileResult(path, failure=_refusal(path, _not_changed_notice()) if is_missed else "", lost=lost)

    def act(found: Decisions, store: DocumentStore) -> AnnotationSet | str:
        changes = relabel(found.state, begun.moves, labels=labels)
        if not changes:
            return found.state
        step = Step(RENAME_STEP, changes, changes[0].affected_span, time=task.now, author=task.who)
        trouble = store.record_step(step)
        if not trouble:
            steps.append(step)
        return trouble or found.state.apply(changes)

    trouble = edit_closed_document(place, act, now=task.now)
    return FileResult(path, steps[0] if steps else None, _refusal(path, trouble) if trouble else "", lost)


def begin_reversal(session: Session, done: Relabelling) -> Relabelling:
    """Undo `done`, or redo it, in the folder's settings and the open document; `reverse_file` does the rest.

    Raises:
        LabelsError: If the settings cannot be written; nothing is changed.
    """
    now, then = (done.after, done.before) if done.is_done else (done.before, done.after)
    restore_label_file(now, then)
    _use_labels(session, then)
    turned = replace(done, is_done=not done.is_done, failures=(), lost=0)
    path = _open_path(session)
    step = done.steps.get(path) if path is not None else None
    if path is None or step is None or is_reversed(session, done):
        return turned
    why = _reverse_in_session(session, step, is_back=done.is_done)
    return replace(turned, failures=(_refusal(path, why),)) if why else turned


def reverse_file(turned: Relabelling, task: RelabelTask, place: DocumentSidecar) -> FileResult:
    """Undo or redo a change of labels in a sidecar that is not open, after `begin_reversal`.

    Runs in a worker thread.
    """
    path = place.sidecar_file.path
    step = turned.steps.get(path)
    if step is None or path == task.open_path:
        return FileResult(path)
    turn = _Reversal(step, task, is_back=not turned.is_done)
    why = edit_closed_document(place, turn, now=task.now) or turn.left
    return FileResult(path, failure=_refusal(path, why) if why else "")


def is_reversed(session: Session, done: Relabelling) -> bool:
    """Return whether the user undid or redid the step of `done` in the open document.

    That stands for the change as a whole.
    """
    path = _open_path(session)
    step = done.steps.get(path) if path is not None else None
    history = session.history.undone if done.is_done else session.history.done
    return step is not None and history[-1:] == [step]


class _Reversal:
    """The undo or redo of a step in a document that is not open; `left` says afterwards what could not be reverted."""

    def __init__(self, step: Step, task: RelabelTask, *, is_back: bool) -> None:
        self.left = ""
        self._step = step
        self._task = task
        self._is_back = is_back

    def __call__(self, decisions: Decisions, store: DocumentStore) -> AnnotationSet | str:
        history, wanted = decisions.history, self._step.inverse() if self._is_back else self._step
        changes = select_applicable(decisions.state, wanted)
        self.left = _left_notice(len(wanted.changes) - len(changes))
        # A plain undo or redo if the step is the last one and fits whole; else a new step reverts what still fits.
        if not self.left and (history.done if self._is_back else history.undone)[-1:] == [self._step]:
            keep = store.record_undo if self._is_back else store.record_redo
            trouble = keep(when=self._task.now, who=self._task.who)
        elif changes:
            trouble = store.record_step(replace(wanted, changes=changes, time=self._task.now, author=self._task.who))
        else:
            return decisions.state
        return trouble or decisions.state.apply(changes)


def _reverse_in_session(session: Session, step: Step, *, is_back: bool) -> str:
    """Undo or redo `step` in the open document; return a sentence if not all of it could be."""
    history, wanted = session.history, step.inverse() if is_back else step
    changes = select_applicable(session.state, wanted)
    left = _left_notice(len(wanted.changes) - len(changes))
    if not left and (history.done if is_back else history.undone)[-1:] == [step]:
        (session.undo if is_back else session.redo)()
        is_well = (history.undone if is_back else history.done)[-1:] == [step]
    else:
        is_well = not changes or session.apply(RENAME_STEP, changes, is_asking=False)
    return left if is_well else session.read_only or _not_changed_notice()


def _use_labels(session: Session, source: LabelFile) -> None:
    """Switch the session to the labels of `source`; other settings take effect when the folder is opened again."""
    labels = source.settings.labels
    if session.workspace is not None:
        settings = replace(session.workspace.settings, labels=labels)
        session.update_workspace(replace(session.workspace, settings=settings))


def _open_path(session: Session) -> Path | None:
    """Return the path of the sidecar that the session works on, or None."""
    if session.workspace is None or session.path is None or session.document is None:
        return None
    return session.workspace.sidecar_path(session.path, annotator=session.author)


def _refusal(path: Path, why: str) -> str:
    return f"{format_path(path.name)}: {why}"


def _not_changed_notice() -> str:
    return _("its labels could not be changed.")


def _left_notice(count: int) -> str:
    if not count:
        return ""
    sentence = ngettext(
        "{count} annotation was changed since and stays as it is.",
        "{count} annotations were changed since and stay as they are.",
        count,
    )
    return sentence.format(count=count)


def count_usage(place: DocumentSidecar) -> dict[str, LabelUsage]:
    """Count by key the annotations of one sidecar; an unreadable sidecar counts nothing.

    Orphans do not count. Only what is on disk is seen.
    """
    try:
        counts = load_sidecar(place.sidecar_file).decisions.label_counts
    except (DataFileError, OSError):
        return {}
    return {key: LabelUsage(count, frozenset({str(place.source)})) for key, count in counts.items()}


def sum_usage(found: Iterable[Mapping[str, LabelUsage]]) -> dict[str, LabelUsage]:
    """Return the sum of results of `count_usage`."""
    usage: dict[str, LabelUsage] = {}
    for one in found:
        for key, used in one.items():
            usage[key] = usage.get(key, LabelUsage()) + used
    return usage
