"""Reader of the decisions in a sidecar's YAML tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.annotation import Annotation, Origin, Status, Was
from annotator.core.annotation_set import AnnotationSet, keyed
from annotator.core.change import BlockMark
from annotator.core.document import BlockKind
from annotator.core.i18n import _
from annotator.core.span import Span
from annotator.storage.sidecar.verdicts import read_verdicts
from annotator.storage.yaml_io.reader import Pairs, Scalar, shortened
from annotator.storage.yaml_io.validation import Form, is_blank, span_of, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.storage.errors import FaultList
    from annotator.storage.yaml_io.reader import Node


def read_decisions(form: Form) -> AnnotationSet:
    """Return the decisions in the sidecar `form`; what does not fit is added to the form's faults."""
    reader = _Reader(form.faults)
    status = _status(form)
    annotations = reader.annotations(form.items("annotations"))
    nothing = reader.spans(form.items("nothing"), name="nothing")
    orphans = reader.annotations(form.items("orphans"))
    # A reader each, as several conflicts may share an id: that of the annotation which they contradict.
    rivals = [held for one in form.items("conflicts") for held in _Reader(form.faults).annotations([one])]
    verdicts = read_verdicts(form.items("review"), faults=form.faults)
    reader.check_overlaps([*annotations, *nothing])
    cuts = _inner(form, "sentences", known=("split", "join"))
    joins = reader.spans(cuts.items("join"), name="join")
    decisions = AnnotationSet.of(
        (held.annotation for held in annotations if held.annotation),
        nothing=(held.span for held in nothing),
        splits=reader.places(cuts.items("split"), name="split"),
        joins=(held.span for held in joins),
        blocks=reader.blocks(_inner(form, "blocks", known=tuple(BlockKind))),
        orphans=(held.annotation for held in orphans if held.annotation),
    )
    others = keyed(held.annotation for held in rivals if held.annotation)
    if not form.has("status") and decisions.decided:
        status = Status.IN_PROGRESS
    return replace(decisions, status=status, rivals=others, verdicts=keyed(verdicts))


class _Held(NamedTuple):
    """A span that a decision is about, and the line where it is written."""

    span: Span
    line: int
    annotation: Annotation | None = None


class _Reader:
    """Makes values of nodes and remembers the line of each id and offset."""

    def __init__(self, faults: FaultList) -> None:
        self._faults = faults
        self._id_lines: dict[str, int] = {}

    def annotations(self, nodes: Iterable[Node]) -> list[_Held]:
        """Return the annotations among `nodes` that have a span."""
        return [held for node in nodes if (held := self._annotation(node)) is not None]

    def spans(self, nodes: Iterable[Node], *, name: str) -> list[_Held]:
        """Return the spans listed in `nodes`; of several with one start only the last, with a fault."""
        by_start: dict[int, _Held] = {}
        for node in nodes:
            span = span_of(node, name=name, faults=self._faults)
            if span is None:
                continue
            if span.start in by_start:
                self._add_twice(node.line, name=name, place=span.start, first=by_start[span.start].line)
            by_start[span.start] = _Held(span, node.line)
        return list(by_start.values())

    def places(self, nodes: Iterable[Node], *, name: str) -> list[int]:
        """Return the offsets listed in `nodes`, each once."""
        lines: dict[int, int] = {}
        for node in nodes:
            place = whole_number(node, name=name, faults=self._faults)
            if place is None:
                continue
            if place in lines:
                self._add_twice(node.line, name=name, place=place, first=lines[place])
            lines[place] = node.line
        return list(lines)

    def blocks(self, form: Form) -> list[tuple[int, BlockMark]]:
        """Return the kinds set for blocks, with the start of each block."""
        marks: dict[int, tuple[BlockMark, int]] = {}
        for kind in BlockKind:
            for span, line, _annotation in self.spans(form.items(kind), name=kind):
                if span.start in marks:
                    self._add_twice(line, name=kind, place=span.start, first=marks[span.start][1])
                marks[span.start] = (BlockMark(span.end, kind), line)
        return [(start, mark) for start, (mark, _line) in marks.items()]

    def check_overlaps(self, held: list[_Held]) -> None:
        """Add a fault for each span that overlaps an earlier one; a note may share its span with *nothing here*."""
        notes = {item.span for item in held if item.annotation and not item.annotation.labels}
        marks = [item for item in held if item.annotation or item.span not in notes]
        marks.sort(key=lambda item: item.span)
        reach: _Held | None = None  # the one with the furthest end, as a long span may overlap more than its neighbour
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

    def _annotation(self, node: Node) -> _Held | None:
        if not isinstance(node, Pairs):
            cure = _('Write "id", "labels", "at" and "text" there, or delete the entry.')
            self._faults.add(node.line, what=_("this is not an annotation"), cure=cure)
            return None
        form = Form(node, faults=self._faults)
        identity = form.text("id")
        labels = form.texts("labels")
        place = form.node("at")
        span = span_of(place, name="at", faults=self._faults) if place else None
        text = form.text("text")
        self._check_lacks(form, place)
        self._check_id(identity, node)
        if span is not None and text and len(text) != span.end - span.start:
            self._add_wrong_length(node, span, len(text))
        made = Annotation(
            id=identity,
            span=span or Span(0, 0),
            labels=labels,
            text=text,
            before=form.text("before"),
            after=form.text("after"),
            fields=form.values("fields"),
            note=form.text("note"),
            origin=form.text("origin", default=Origin.PERSON),
            made=form.text("made"),
            changed=form.text("changed"),
            was=_was(form),
            extra=form.rest(),
        )
        return _Held(span, place.line, made) if span and place else None

    def _check_lacks(self, form: Form, place: Node | None) -> None:
        if not form.text("id"):
            form.add_lack("id", cure=_("Give it letters and digits that no other annotation has."))
        if place is None:
            form.add_lack("at", cure=_("Write [start, end], counted in characters from 0."))
        if not form.text("text"):
            form.add_lack("text", cure=_("Write the words that are annotated, as they stand in the document."))

    def _check_id(self, identity: str, node: Pairs) -> None:
        if not identity:
            return
        line = node.entries["id"].line
        if identity in self._id_lines:
            what = _('the id "{id}" is that of the annotation in line {line}')
            what = what.format(id=shortened(identity), line=self._id_lines[identity])
            self._faults.add(line, what=what, cure=_("Change a letter of one of the two."))
        self._id_lines.setdefault(identity, line)

    def _add_wrong_length(self, node: Pairs, span: Span, length: int) -> None:
        what = _('"text" has {length} characters, but "at" is [{start}, {end}], which is {wide}').format(
            length=length, start=span.start, end=span.end, wide=span.end - span.start
        )
        cure = _("Put the text back as it stands in the document, or write [{start}, {end}] if the start is right.")
        cure = cure.format(start=span.start, end=span.start + length)
        self._faults.add(node.entries["text"].line, what=what, cure=cure)

    def _add_twice(self, line: int, *, name: str, place: int, first: int) -> None:
        what = _('"{name}" has {place} for the second time (first in line {line})')
        what = what.format(name=name, place=place, line=first)
        self._faults.add(line, what=what, cure=_("Delete one of the two."))


def _was(form: Form) -> Was | None:
    """Return the text on which the annotation was made, or None if nothing is to be confirmed."""
    if not form.has("was"):
        return None
    inner = _inner(form, "was", known=("text", "likeness", "before", "after"))
    return Was(inner.text("text"), inner.share("likeness"), before=inner.text("before"), after=inner.text("after"))


def _status(form: Form) -> Status:
    text = form.text("status", default=Status.NEW)
    if text in tuple(Status):
        return Status(text)
    node = form.node("status")
    what = _('"status" is "{status}"').format(status=shortened(text))
    form.faults.add(node.line if node else form.line, what=what, cure=_("Write new, in progress or done."))
    return Status.NEW


def _inner(form: Form, key: str, *, known: tuple[str, ...]) -> Form:
    """Return the mapping under `key`, with a fault for each key that is not `known`."""
    entries = form.pairs(key)
    for other, node in entries.items():
        if other not in known:
            what = _('"{key}" cannot have "{other}"').format(key=key, other=shortened(other))
            cure = _("Only these can stand there: {known}.").format(known=", ".join(known))
            form.faults.add(node.line, what=what, cure=cure)
    return Form(Pairs(form.line, entries), faults=form.faults)


def read_quotes(form: Form) -> dict[int, str]:
    """Return the first words at offsets, by offset; a blank value is left out."""
    quotes: dict[int, str] = {}
    for key, node in form.pairs("quotes").items():
        place = whole_number(Scalar(node.line, key, is_plain=True), name="quotes", faults=form.faults)
        if not isinstance(node, Scalar):
            what = _('what "quotes" has at {place} is not a text').format(place=shortened(key))
            form.faults.add(node.line, what=what, cure=_("Delete the line; it is written again."))
        elif place is not None and not is_blank(node):
            quotes[place] = node.text
    return quotes
