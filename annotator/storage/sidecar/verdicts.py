"""Verdicts in a sidecar, as YAML nodes and as values to write.

What stands under `review` and is not one of our verdicts is kept as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.core.verdict import Outcome, Verdict, VerdictKind
from annotator.storage.yaml_io.reader import MappingNode, shorten
from annotator.storage.yaml_io.validation import MappingReader, read_span
from annotator.storage.yaml_io.writer import FlowStyle, SingleLine, Timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.storage.errors import FaultList
    from annotator.storage.yaml_io.reader import Node
    from annotator.storage.yaml_io.writer import StyledValue


def is_verdict(node: Node) -> bool:
    """Return whether `node` has the keys of a verdict."""
    return isinstance(node, MappingNode) and {"id", "verdict", "at"} <= node.entries.keys()


def read_verdicts(nodes: Iterable[Node], *, faults: FaultList) -> list[Verdict]:
    """Return the verdicts among `nodes`; what does not fit in them is added to `faults`."""
    found: list[Verdict] = []
    lines: dict[str, int] = {}
    for node in nodes:
        if not isinstance(node, MappingNode) or not is_verdict(node):
            continue
        verdict = _read_verdict(MappingReader(node, faults=faults))
        if verdict is None:
            continue
        if verdict.id in lines:
            what = _('the id "{id}" is that of the verdict in line {line}')
            what = what.format(id=shorten(verdict.id), line=lines[verdict.id])
            faults.add(node.line, what=what, cure=_("Change a letter of one of the two."))
        lines.setdefault(verdict.id, node.line)
        found.append(verdict)
    return found


def verdict_to_yaml(verdict: Verdict) -> dict[str, StyledValue]:
    """Return `verdict` as values to write, in a fixed order."""
    optional: dict[str, StyledValue] = {
        "annotation": SingleLine(verdict.annotation) if verdict.annotation else None,
        "at": FlowStyle(verdict.span),
        "text": verdict.text,
        "stood": FlowStyle(verdict.labels_seen) if verdict.labels_seen else None,
        "labels": FlowStyle(verdict.labels) if verdict.labels else None,
        "comment": verdict.comment or None,
        "reviewer": SingleLine(verdict.reviewer) if verdict.reviewer else None,
        "said": Timestamp(verdict.answered_at) if verdict.answered_at else None,
        "source": SingleLine(verdict.source) if verdict.source else None,
        "outcome": str(verdict.outcome),
        "by": SingleLine(verdict.decided_by) if verdict.decided_by else None,
        "decided": Timestamp(verdict.decided_at) if verdict.decided_at else None,
    }
    values: dict[str, StyledValue] = {"id": SingleLine(verdict.id), "verdict": str(verdict.kind)}
    values.update((key, value) for key, value in optional.items() if value is not None)
    taken = values.keys() | optional.keys()
    return {**values, **{key: value for key, value in verdict.extra.items() if key not in taken}}


def _read_verdict(form: MappingReader) -> Verdict | None:
    place = form.find_node("at")
    span = read_span(place, name="at", faults=form.faults) if place is not None else None
    kind = _read_choice(form, "verdict", tuple(VerdictKind), default=VerdictKind.AGREE)
    outcome = _read_choice(form, "outcome", tuple(Outcome), default=Outcome.OPEN)
    if not form.get_text("id"):
        form.add_missing_fault("id", cure=_("Give it letters and digits that no other verdict has."))
    if span is None or not form.get_text("id"):
        return None
    return Verdict(
        id=form.get_text("id"),
        kind=VerdictKind(kind),
        span=span,
        text=form.get_text("text"),
        annotation=form.get_text("annotation"),
        labels=form.get_texts("labels"),
        labels_seen=form.get_texts("stood"),
        comment=form.get_text("comment"),
        reviewer=form.get_text("reviewer"),
        answered_at=form.get_text("said"),
        source=form.get_text("source"),
        outcome=Outcome(outcome),
        decided_at=form.get_text("decided"),
        decided_by=form.get_text("by"),
        extra=form.get_unread(),
    )


def _read_choice(form: MappingReader, key: str, known: tuple[str, ...], *, default: str) -> str:
    text = form.get_text(key, default=default)
    if text in known:
        return text
    what = _('"{key}" is "{value}"').format(key=key, value=shorten(text))
    form.faults.add(
        form.get_line(key), what=what, cure=_("Write one of these: {known}.").format(known=", ".join(known))
    )
    return default
