"""Reader of the decisions in a sidecar's YAML tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.annotation import Annotation, Origin, PreviousVersion, Status
from annotator.core.annotation_set import AnnotationSet, index_by_key
from annotator.core.change import BlockMark
from annotator.core.document import BlockKind
from annotator.core.i18n import _
from annotator.core.span import Span
from annotator.storage.sidecar.verdicts import read_verdicts
from annotator.storage.yaml_io.reader import MappingNode, ScalarNode, shorten
from annotator.storage.yaml_io.validation import MappingReader, is_blank, read_span, read_whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.storage.errors import FaultList
    from annotator.storage.yaml_io.reader import Node


def read_decisions(form: MappingReader) -> AnnotationSet:
    """Return the decisions in the sidecar `form`; what does not fit is added to the form's faults."""
    reader = _DecisionReader(form.faults)
    status = _read_status(form)
    annotations = reader.read_annotations(form.get_items("annotations"))
    nothing = reader.read_spans(form.get_items("nothing"), name="nothing")
    orphans = reader.read_annotations(form.get_items("orphans"))
    # A new reader for each conflict: several may have the id of the annotation that they contradict.
    conflicts = [
        held for one in form.get_items("conflicts") for held in _DecisionReader(form.faults).read_annotations([one])
    ]
    verdicts = read_verdicts(form.get_items("review"), faults=form.faults)
    reader.check_overlaps([*annotations, *nothing])
    cuts = _restricted_form(form, "sentences", known=("split", "join"))
    joins = reader.read_spans(cuts.get_items("join"), name="join")
    decisions = AnnotationSet.of(
        (held.annotation for held in annotations if held.annotation),
        nothing=(held.span for held in nothing),
        splits=reader.read_offsets(cuts.get_items("split"), name="split"),
        joins=(held.span for held in joins),
        blocks=reader.read_blocks(_restricted_form(form, "blocks", known=tuple(BlockKind))),
        orphans=(held.annotation for held in orphans if held.annotation),
    )
    others = index_by_key(held.annotation for held in conflicts if held.annotation)
    if not form.has("status") and decisions.decided_count:
        status = Status.IN_PROGRESS
    return replace(decisions, status=status, conflicts=others, verdicts=index_by_key(verdicts))


class _LocatedSpan(NamedTuple):
    """A span that a decision is about, and the line where it is written."""

    span: Span
    line: int
    annotation: Annotation | None = None


class _DecisionReader:
    """Converts nodes to values and remembers the line of each id and offset."""

    def __init__(self, faults: FaultList) -> None:
        self._faults = faults
        self._id_lines: dict[str, int] = {}

    def read_annotations(self, nodes: Iterable[Node]) -> list[_LocatedSpan]:
        """Return the annotations among `nodes` that have a span."""
        return [held for node in nodes if (held := self._annotation(node)) is not None]

    def read_spans(self, nodes: Iterable[Node], *, name: str) -> list[_LocatedSpan]:
        """Return the spans listed in `nodes`; of several with one start only the last, with a fault."""
        by_start: dict[int, _LocatedSpan] = {}
        for node in nodes:
            span = read_span(node, name=name, faults=self._faults)
            if span is None:
                continue
            if span.start in by_start:
                self._add_duplicate_fault(node.line, name=name, place=span.start, first=by_start[span.start].line)
            by_start[span.start] = _LocatedSpan(span, node.line)
        return list(by_start.values())

    def read_offsets(self, nodes: Iterable[Node], *, name: str) -> list[int]:
        """Return the offsets listed in `nodes`, each once."""
        lines: dict[int, int] = {}
        for node in nodes:
            place = read_whole_number(node, name=name, faults=self._faults)
            if place is None:
                continue
            if place in lines:
                self._add_duplicate_fault(node.line, name=name, place=place, first=lines[place])
            lines[place] = node.line
        return list(lines)

    def read_blocks(self, form: MappingReader) -> list[tuple[int, BlockMark]]:
        """Return the kinds set for blocks, with the start of each block."""
        marks: dict[int, tuple[BlockMark, int]] = {}
        for kind in BlockKind:
            for span, line, _annotation in self.read_spans(form.get_items(kind), name=kind):
                if span.start in marks:
                    self._add_duplicate_fault(line, name=kind, place=span.start, first=marks[span.start][1])
                marks[span.start] = (BlockMark(span.end, kind), line)
        return [(start, mark) for start, (mark, _line) in marks.items()]

    def check_overlaps(self, held: list[_LocatedSpan]) -> None:
        """Add a fault for each span that overlaps an earlier one; a note may share its span with *nothing here*."""
        notes = {item.span for item in held if item.annotation and not item.annotation.labels}
        marks = [item for item in held if item.annotation or item.span not in notes]
        marks.sort(key=lambda item: item.span)
        reach: _LocatedSpan | None = (
            None  # the one with the furthest end, as a long span may overlap more than its neighbour
        )
        for item in marks:
            if reach is not None and item.span.start < reach.span.end:
                what = _("[{start}, {end}] overlaps [{other_start}, {other_end}] in line {line}").format(
                    start=item.span.start,
                    end=item.span.end,
                    other_start=reach.span.start,
                    other_end=reach.span.end,
                    line=reach.line,
                )
                cure = _("A sentence is decided once: delete one of the two, or correct its place.")
                self._faults.add(item.line, what=what, cure=cure)
            if reach is None or item.span.end > reach.span.end:
                reach = item

    def _annotation(self, node: Node) -> _LocatedSpan | None:
        if not isinstance(node, MappingNode):
            cure = _('Write "id", "labels", "at" and "text" there, or delete the entry.')
            self._faults.add(node.line, what=_("this is not an annotation"), cure=cure)
            return None
        form = MappingReader(node, faults=self._faults)
        identity = form.get_text("id")
        labels = form.get_texts("labels")
        place = form.find_node("at")
        span = read_span(place, name="at", faults=self._faults) if place else None
        text = form.get_text("text")
        self._check_missing(form, place)
        self._check_id(identity, node)
        if span is not None and text and len(text) != span.end - span.start:
            self._add_length_fault(node, span, len(text))
        made = Annotation(
            id=identity,
            span=span or Span(0, 0),
            labels=labels,
            text=text,
            before=form.get_text("before"),
            after=form.get_text("after"),
            fields=form.get_values("fields"),
            note=form.get_text("note"),
            origin=form.get_text("origin", default=Origin.PERSON),
            made=form.get_text("made"),
            changed=form.get_text("changed"),
            previous=_read_previous(form),
            extra=form.get_unread(),
        )
        return _LocatedSpan(span, place.line, made) if span and place else None

    def _check_missing(self, form: MappingReader, place: Node | None) -> None:
        if not form.get_text("id"):
            form.add_missing_fault("id", cure=_("Give it letters and digits that no other annotation has."))
        if place is None:
            form.add_missing_fault("at", cure=_("Write [start, end], counted in characters from 0."))
        if not form.get_text("text"):
            form.add_missing_fault("text", cure=_("Write the words that are annotated, as they stand in the document."))

    def _check_id(self, identity: str, node: MappingNode) -> None:
        if not identity:
            return
        line = node.entries["id"].line
        if identity in self._id_lines:
            what = _('the id "{id}" is that of the annotation in line {line}')
            what = what.format(id=shorten(identity), line=self._id_lines[identity])
            self._faults.add(line, what=what, cure=_("Change a letter of one of the two."))
        self._id_lines.setdefault(identity, line)

    def _add_length_fault(self, node: MappingNode, span: Span, length: int) -> None:
        what = _('"text" has {length} characters, but "at" is [{start}, {end}], which is {wide}').format(
            length=length, start=span.start, end=span.end, wide=span.end - span.start
        )
        cure = _("Put the text back as it stands in the document, or write [{start}, {end}] if the start is right.")
        cure = cure.format(start=span.start, end=span.start + length)
        self._faults.add(node.entries["text"].line, what=what, cure=cure)

    def _add_duplicate_fault(self, line: int, *, name: str, place: int, first: int) -> None:
        what = _('"{name}" has {place} for the second time (first in line {line})')
        what = what.format(name=name, place=place, line=first)
        self._faults.add(line, what=what, cure=_("Delete one of the two."))


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
    if text in tuple(Status):
        return Status(text)
    node = form.find_node("status")
    what = _('"status" is "{status}"').format(status=shorten(text))
    form.faults.add(node.line if node else form.line, what=what, cure=_("Write new, in progress or done."))
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
