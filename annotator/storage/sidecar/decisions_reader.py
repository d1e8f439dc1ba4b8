"""Reader of the decisions in a sidecar's YAML tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core.annotation import Annotation, Origin, PreviousVersion, Status
from annotator.core.annotation_set import AnnotationSet, index_by_key
from annotator.core.change import BlockMark
from annotator.core.document import BlockKind
from annotator.core.i18n import _
from annotator.core.merging.mark_conflict import JOIN, NOTHING, find_mark
from annotator.core.span import Span
from annotator.storage.sidecar.hand_written import check_time, fit_text, read_labels
from annotator.storage.sidecar.overlaps import LocatedSpan, OverlapResolver, give_ids
from annotator.storage.sidecar.sidecar import MARK_CONFLICTS
from annotator.storage.sidecar.verdicts import read_verdicts
from annotator.storage.yaml_io.reader import MappingNode, ScalarNode, SequenceNode, shorten
from annotator.storage.yaml_io.similar import find_similar
from annotator.storage.yaml_io.validation import MappingReader, find_numbers, is_blank, read_span, read_whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.storage.errors import FaultList
    from annotator.storage.yaml_io.reader import Node


ANNOTATION_KEYS = frozenset(
    {
        *("id", "labels", "at", "text", "before", "after", "fields", "note", "origin", "made", "changed", "was"),
        "filled",
    }
)
"""The keys of an annotation."""

_NEEDED = frozenset({"id", "labels", "at", "text"})


def read_decisions(form: MappingReader, *, quotes: Mapping[int, str]) -> AnnotationSet:
    """Return the decisions in the sidecar `form`; what does not fit is added to the form's faults.

    Of decisions that overlap, one stands and the others become conflicts. `quotes` are the first words at offsets.
    """
    reader = _DecisionReader(form.faults)
    status = _read_status(form)
    annotations = reader.read_annotations(form.get_items("annotations"))
    nothing = reader.read_spans(_get_span_items(form, "nothing"), name="nothing", word=NOTHING)
    orphans = reader.read_annotations(form.get_items("orphans"))
    rivals = [*form.get_items("conflicts"), *form.get_items(MARK_CONFLICTS)]  # the first may have marks as well
    conflicts = reader.read_annotations(rivals, is_conflict=True)
    verdicts = read_verdicts(form.get_items("review"), faults=form.faults)
    cuts = _restricted_form(form, "sentences", known=("split", "join"))
    resolver = OverlapResolver(form.faults, quotes=quotes)
    standing = resolver.resolve(
        annotations,
        nothing=nothing,
        joins=reader.read_spans(_get_span_items(cuts, "join"), name="join", word=JOIN),
        blocks=reader.read_blocks(_restricted_form(form, "blocks", known=tuple(BlockKind))),
    )
    named = [one.annotation for one in give_ids([*standing.annotations, *orphans], faults=form.faults)]
    decisions = AnnotationSet.of(
        (one for one in named[: len(standing.annotations)] if one),
        nothing=standing.nothing,
        splits=reader.read_offsets(cuts.get_items("split"), name="split"),
        joins=standing.joins,
        blocks=[(one.span.start, BlockMark(one.span.end, BlockKind(one.word))) for one in standing.blocks],
        orphans=(one for one in named[len(standing.annotations) :] if one),
    )
    others = index_by_key([*(held.annotation for held in conflicts if held.annotation), *resolver.conflicts])
    if not form.has("status") and decisions.decided_count:
        status = Status.IN_PROGRESS
    return replace(decisions, status=status, conflicts=others, verdicts=index_by_key(verdicts))


def _get_span_items(form: MappingReader, key: str) -> list[Node]:
    """Return the nodes listed under `key`; a single pair that is not in a list of its own is a fault."""
    items = form.get_items(key)
    node = form.find_node(key)
    if node is None or len(items) != 2 or any(not isinstance(item, ScalarNode) for item in items):
        return items
    numbers = find_numbers(node)
    if len(numbers) != 2:
        return items
    what = _('"{name}" is not a list of pairs of numbers').format(name=key)
    cure = _("Write it as [[{start}, {end}]].").format(start=min(numbers), end=max(numbers))
    form.faults.add(node.line, what=what, cure=cure)
    return []


class _DecisionReader:
    """Converts nodes to values and remembers the line of each id and offset."""

    def __init__(self, faults: FaultList) -> None:
        self._faults = faults

    def read_annotations(self, nodes: Iterable[Node], *, is_conflict: bool = False) -> list[LocatedSpan]:
        """Return the annotations among `nodes` that have a span; a conflict may be a mark, which has no text."""
        found = (self._annotation(node, is_conflict=is_conflict) for node in nodes)
        return [held for held in found if held is not None]

    def read_spans(self, nodes: Iterable[Node], *, name: str, word: str) -> list[LocatedSpan]:
        """Return the spans listed in `nodes`, each once, as marks called `word`."""
        found: dict[Span, LocatedSpan] = {}
        for node in nodes:
            span = read_span(node, name=name, faults=self._faults)
            if span is not None:
                found.setdefault(span, LocatedSpan(span, node.line, word=word))
        return list(found.values())

    def read_offsets(self, nodes: Iterable[Node], *, name: str) -> list[int]:
        """Return the offsets listed in `nodes`, each once."""
        places = (read_whole_number(node, name=name, faults=self._faults) for node in nodes)
        return list(dict.fromkeys(place for place in places if place is not None))

    def read_blocks(self, form: MappingReader) -> list[LocatedSpan]:
        """Return the spans of blocks with the kinds set for them."""
        return [one for kind in BlockKind for one in self.read_spans(_get_span_items(form, kind), name=kind, word=kind)]

    def _annotation(self, node: Node, *, is_conflict: bool) -> LocatedSpan | None:
        if not isinstance(node, MappingNode):
            cure = _('Write "id", "labels", "at" and "text" there, or delete the entry.')
            self._faults.add(node.line, what=_("this is not an annotation"), cure=cure)
            return None
        form = MappingReader(node, faults=self._faults)
        identity = form.get_text("id")
        labels = read_labels(form)
        place = form.find_node("at")
        span = read_span(place, name="at", faults=self._faults) if place else None
        text = form.get_text("text")
        for key in ("made", "changed"):
            check_time(form, key)
        made = Annotation(
            id=identity,
            span=span or Span(0, 0),
            labels=labels,
            text=fit_text(text, span.end - span.start) if span else text,
            before=form.get_text("before"),
            after=form.get_text("after"),
            fields=form.get_values("fields"),
            note=form.get_text("note"),
            origin=form.get_text("origin", default="" if is_conflict else Origin.PERSON),
            made=form.get_text("made"),
            changed=form.get_text("changed"),
            previous=_read_previous(form),
            extra=form.get_unread(),
        )
        self._check(form, made, place, is_conflict=is_conflict)
        return LocatedSpan(span, place.line, made, id_line=form.get_line("id")) if span and place else None

    def _check(self, form: MappingReader, made: Annotation, place: Node | None, *, is_conflict: bool) -> None:
        """Add the faults of an annotation that was read as `made`, at `place`."""
        is_mark = is_conflict and bool(find_mark(made))  # one has no text of its own
        meant = form.report_misspelt(ANNOTATION_KEYS, needed=_NEEDED) if made.extra else frozenset()
        if not made.id and "id" not in meant:
            form.add_missing_fault("id", cure=_("Give it letters and digits that no other annotation has."))
        if place is None and "at" not in meant:
            form.add_missing_fault("at", cure=_("Write [start, end], counted in characters from 0."))
        if not made.text and "text" not in meant and not is_mark:
            form.add_missing_fault("text", cure=_("Write the words that are annotated, as they stand in the document."))
        if made.text and not made.span.is_empty and len(made.text) != made.span.end - made.span.start and not is_mark:
            self._add_length_fault(form.get_line("text"), made.span, len(made.text))
        if form.has("labels") and form.find_node("labels") is None:
            cure = _("Write the label after it, as [target]; if there is only a note, write [].")
            form.faults.add_remark(form.get_line("labels"), what=_('"labels" is empty'), cure=cure)
        elif made.is_blank and made.previous is None and not is_conflict and not _has_items(form, "labels"):
            cure = _("Write its label, as labels: [target], or delete the entry.")
            form.faults.add_remark(form.get_line("labels"), what=_("this has neither a label nor a note"), cure=cure)

    def _add_length_fault(self, line: int, span: Span, length: int) -> None:
        what = _('"text" has {length} characters, but "at" is [{start}, {end}], which is {wide}').format(
            length=length, start=span.start, end=span.end, wide=span.end - span.start
        )
        cure = _("Put the text back as it stands in the document, or write [{start}, {end}] if the start is right.")
        cure = cure.format(start=span.start, end=span.start + length)
        self._faults.add(line, what=what, cure=cure)


def _has_items(form: MappingReader, key: str) -> bool:
    node = form.find_node(key)
    return node is not None and not (isinstance(node, SequenceNode) and not node.items)


def _read_previous(form: MappingReader) -> PreviousVersion | None:
    """Return the text on which the annotation was made, or None if nothing is to be confirmed."""
    if not form.has("was"):
        return None
    inner = _restricted_form(form, "was", known=("text", "likeness", "before", "after"))
    return PreviousVersion(
        inner.get_text("text"),
        inner.get_share("likeness"),
        before=inner.get_text("before"),
        after=inner.get_text("after"),
    )


def _read_status(form: MappingReader) -> Status:
    text = form.get_text("status", default=Status.NEW)
    meant = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
    if meant in tuple(Status):
        return Status(meant)
    node = form.find_node("status")
    what = _('"status" is "{status}"').format(status=shorten(text))
    cure, similar = _("Write new, in progress or done."), find_similar(text, tuple(Status))
    if similar:
        cure = _("Did you mean {meant}? Write new, in progress or done.").format(meant=similar)
    form.faults.add(node.line if node else form.line, what=what, cure=cure)
    return Status.NEW


def _restricted_form(form: MappingReader, key: str, *, known: tuple[str, ...]) -> MappingReader:
    """Return the mapping under `key`, with a fault for each key that is not `known`."""
    entries = form.get_pairs(key)
    for other, node in entries.items():
        if other not in known:
            what = _('"{key}" cannot have "{other}"').format(key=key, other=shorten(other))
            cure = _("Only these can stand there: {known}.").format(known=", ".join(known))
            form.faults.add(node.line, what=what, cure=cure)
    return MappingReader(MappingNode(form.line, entries), faults=form.faults)


def read_quotes(form: MappingReader) -> dict[int, str]:
    """Return the first words at offsets, by offset; a blank value is left out."""
    quotes: dict[int, str] = {}
    for key, node in form.get_pairs("quotes").items():
        place = read_whole_number(ScalarNode(node.line, key, is_plain=True), name="quotes", faults=form.faults)
        if not isinstance(node, ScalarNode):
            what = _('what "quotes" has at {place} is not a text').format(place=shorten(key))
            form.faults.add(node.line, what=what, cure=_("Delete the line; it is written again."))
        elif place is not None and not is_blank(node):
            quotes[place] = node.text
    return quotes
