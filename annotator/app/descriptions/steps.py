"""Descriptions of undo steps, as the history shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.app.descriptions.block_kinds import BLOCK_KIND_NAMES
from annotator.app.descriptions.verdicts import describe_decision, describe_import
from annotator.core.annotation import Annotation
from annotator.core.change import BlockMark, Layer
from annotator.core.fields import Field
from annotator.core.formatting import format_count
from annotator.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.core.change import Change, Step
    from annotator.core.labels import LabelSet

_EXCERPT = 110  # characters


class StepDescriber(NamedTuple):
    """A formatter of steps, for a label set, a language, and the text on which the steps were done.

    `text` is empty if it is no longer available; sentences are cut after `longest` characters.
    """

    labels: LabelSet
    language: str
    text: str
    longest: int = _EXCERPT

    def describe(self, step: Step) -> str:
        """Describe in one line what a step did and to what."""
        changes = [change for change in step.changes if change.layer is not Layer.STATUS]
        message = _DESCRIBERS.get(step.verb, _describe_changes)(self, changes)
        about = self._describe_place(step, changes)
        return f"{message}: {about}" if about else message

    def names(self, keys: Iterable[str]) -> str:
        """Return the names of labels."""
        return ", ".join(self.labels.get(key).name(self.language) for key in keys)

    def _describe_place(self, step: Step, changes: Sequence[Change]) -> str:
        if step.verb in _DOCUMENT_STEPS or not changes:
            return ""
        places = (
            len({change.affected_span.start for change in changes}) if step.verb not in _SINGLE_SENTENCE_STEPS else 1
        )
        words = excerpt(self._words(changes), longest=self.longest)
        if places == 1:
            return f"“{words}”" if words else ""
        count = ngettext("{count} sentence", "{count} sentences", places).format(count=format_count(places))
        return f"{count}, “{words}” …" if words else count

    def _words(self, changes: Sequence[Change]) -> str:
        """Return the words at the first place that the changes are about."""
        first = min(changes, key=lambda change: change.affected_span.start)
        for content in (first.after, first.before):
            if isinstance(content, Annotation) and content.text:
                return content.text
        # Marks have no words of their own.
        return self.text[first.affected_span.start : first.affected_span.end]


def excerpt(text: str, *, longest: int = _EXCERPT) -> str:
    """Return the beginning of `text` in one line of at most `longest` characters, cut between words."""
    # Only the beginning is normalized: a block can be very long.
    line = " ".join(text[: 4 * longest].split())
    if len(line) <= longest:
        return line
    cut = line[: longest + 1].rpartition(" ")[0] or line[:longest]
    return f"{cut.rstrip(',;:')}…"


def _describe_changes(teller: StepDescriber, changes: Sequence[Change]) -> str:
    """Describe a step from its changes alone."""
    found = {_label_changes(change) for change in changes if change.layer is Layer.ANNOTATION}
    if len(found) != 1:
        return _("Labels changed") if found else _("Other change")
    added, taken = found.pop()
    names = {"added": teller.names(added), "taken": teller.names(taken)}
    if added and taken:
        return _("Tagged as {added} instead of {taken}").format(**names)
    if added:
        return _("Tagged as {added}").format(**names)
    if taken:
        return _("No longer tagged as {taken}").format(**names)
    return _("Other change")


def _label_changes(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the labels that an annotation gained and lost."""
    before, after = (one.labels if isinstance(one, Annotation) else () for one in (change.before, change.after))
    return tuple(key for key in after if key not in before), tuple(key for key in before if key not in after)


def _describe_clear(teller: StepDescriber, changes: Sequence[Change]) -> str:
    taken = dict.fromkeys(key for change in changes for key in _label_changes(change)[1])
    return _("Cleared of {labels}").format(labels=teller.names(taken)) if taken else _("Reset to undecided")


def _describe_note(_teller: StepDescriber, changes: Sequence[Change]) -> str:
    notes = {change.after.note if isinstance(change.after, Annotation) else "" for change in changes}
    note = excerpt(notes.pop()) if len(notes) == 1 else ""
    return _("Note “{note}”").format(note=note) if note else _("Note removed")


def _describe_fields(teller: StepDescriber, changes: Sequence[Change]) -> str:
    keys: dict[str, None] = {}
    labels: dict[str, None] = {}
    for change in changes:
        before, after = (one.fields if isinstance(one, Annotation) else {} for one in (change.before, change.after))
        keys.update(dict.fromkeys(key for key in {**before, **after} if before.get(key) != after.get(key)))
        labels.update(dict.fromkeys(change.after.labels if isinstance(change.after, Annotation) else ()))
    asked = {field.key: field for field in teller.labels.fields_of(labels)}
    names = ", ".join((asked.get(key) or Field(key)).name(teller.language) for key in keys)
    return _("Fields filled in ({fields})").format(fields=names) if names else _("Fields filled in")


def _describe_kind(_teller: StepDescriber, changes: Sequence[Change]) -> str:
    kinds = [change.after.kind for change in changes if isinstance(change.after, BlockMark)]
    return _("Kind of block: {kind}").format(kind=_(BLOCK_KIND_NAMES[kinds[0]])) if kinds else _("Other change")


def _describe_finish(_teller: StepDescriber, changes: Sequence[Change]) -> str:
    count = sum(change.layer is Layer.NOTHING for change in changes)
    if not count:
        return _("Document finished")
    template = ngettext(
        "Document finished, {count} undecided sentence marked as nothing",
        "Document finished, {count} undecided sentences marked as nothing",
        count,
    )
    return template.format(count=count)


def _describe_restore(_teller: StepDescriber, changes: Sequence[Change]) -> str:
    count = len({change.affected_span.start for change in changes})
    template = ngettext(
        "Went back to an earlier point, {count} sentence changed",
        "Went back to an earlier point, {count} sentences changed",
        count,
    )
    return template.format(count=count) if count else _("Went back to an earlier point")


def _fixed_text(text: str) -> Callable[[StepDescriber, Sequence[Change]], str]:
    return lambda _teller, _changes: _(text)


_DOCUMENT_STEPS = frozenset(
    {"finish", "reopen", "restore", "rename"}
)  # steps about the document rather than about sentences
# Steps about one sentence, however many places change.
_SINGLE_SENTENCE_STEPS = frozenset({"split", "join", "refuse", "put back", "forget", "keep", "take"})
_DESCRIBERS: dict[str, Callable[[StepDescriber, Sequence[Change]], str]] = {
    "nothing": _fixed_text(N_("None of the labels")),
    "clear": _describe_clear,
    "note": _describe_note,
    "fields": _describe_fields,
    "split": _fixed_text(N_("Sentence split")),
    "join": _fixed_text(N_("Sentences joined")),
    "kind": _describe_kind,
    "finish": _describe_finish,
    "reopen": _fixed_text(N_("Reopened")),
    "restore": _describe_restore,
    "rename": _fixed_text(N_("Labels renamed")),
    "confirm": _fixed_text(N_("Changed sentence confirmed")),
    "refuse": _fixed_text(N_("Changed sentence refused")),
    "put back": _fixed_text(N_("Annotation put back")),
    "forget": _fixed_text(N_("Annotation without a sentence deleted")),
    "keep": _fixed_text(N_("Conflict settled: what stood was kept")),
    "take": _fixed_text(N_("Conflict settled: the other version was taken")),
    "review in": lambda teller, changes: describe_import(teller.names, changes),
    "review": lambda teller, changes: describe_decision(teller.names, changes),
}
