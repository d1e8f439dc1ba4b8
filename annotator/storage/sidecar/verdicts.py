"""Verdicts in a sidecar, as YAML nodes and as values to write.

What stands under `review` and is not one of our verdicts is kept as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.core.verdict import Outcome, Verdict, VerdictKind
from annotator.storage.yaml_io.reader import Pairs, shortened
from annotator.storage.yaml_io.validation import Form, span_of
from annotator.storage.yaml_io.writer import Flow, Line, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.storage.errors import FaultList
    from annotator.storage.yaml_io.reader import Node
    from annotator.storage.yaml_io.writer import Styled


def is_verdict(node: Node) -> bool:
    """Return whether `node` has the keys of a verdict."""
    return isinstance(node, Pairs) and {"id", "verdict", "at"} <= node.entries.keys()


def read_verdicts(nodes: Iterable[Node], *, faults: FaultList) -> list[Verdict]:
    """Return the verdicts among `nodes`; what does not fit in them is added to `faults`."""
    found: list[Verdict] = []
    lines: dict[str, int] = {}
    for node in nodes:
        if not isinstance(node, Pairs) or not is_verdict(node):
            continue
        verdict = _verdict(Form(node, faults=faults))
        if verdict is None:
            continue
        if verdict.id in lines:
            what = _('the id "{id}" is that of the verdict in line {line}')
            what = what.format(id=shortened(verdict.id), line=lines[verdict.id])
            faults.add(node.line, what=what, cure=_("Change a letter of one of the two."))
        lines.setdefault(verdict.id, node.line)
        found.append(verdict)
    return found


def verdict_values(verdict: Verdict) -> dict[str, Styled]:
    """Return `verdict` as values to write, in a fixed order."""
    optional: dict[str, Styled] = {
        "annotation": Line(verdict.annotation) if verdict.annotation else None,
        "at": Flow(verdict.span),
        "text": verdict.text,
        "stood": Flow(verdict.stood) if verdict.stood else None,
        "labels": Flow(verdict.labels) if verdict.labels else None,
        "comment": verdict.comment or None,
        "reviewer": Line(verdict.reviewer) if verdict.reviewer else None,
        "said": Moment(verdict.said) if verdict.said else None,
        "source": Line(verdict.source) if verdict.source else None,
        "outcome": str(verdict.outcome),
        "by": Line(verdict.by) if verdict.by else None,
        "decided": Moment(verdict.decided) if verdict.decided else None,
    }
    values: dict[str, Styled] = {"id": Line(verdict.id), "verdict": str(verdict.kind)}
    values.update((key, value) for key, value in optional.items() if value is not None)
    taken = values.keys() | optional.keys()
    return {**values, **{key: value for key, value in verdict.extra.items() if key not in taken}}


def _verdict(form: Form) -> Verdict | None:
    place = form.node("at")
    span = span_of(place, name="at", faults=form.faults) if place is not None else None
    kind = _one_of(form, "verdict", tuple(VerdictKind), default=VerdictKind.AGREE)
    outcome = _one_of(form, "outcome", tuple(Outcome), default=Outcome.OPEN)
    if not form.text("id"):
        form.add_lack("id", cure=_("Give it letters and digits that no other verdict has."))
    if span is None or not form.text("id"):
        return None
    return Verdict(
        id=form.text("id"),
        kind=VerdictKind(kind),
        span=span,
        text=form.text("text"),
        annotation=form.text("annotation"),
        labels=form.texts("labels"),
        stood=form.texts("stood"),
        comment=form.text("comment"),
        reviewer=form.text("reviewer"),
        said=form.text("said"),
        source=form.text("source"),
        outcome=Outcome(outcome),
        decided=form.text("decided"),
        by=form.text("by"),
        extra=form.rest(),
    )


def _one_of(form: Form, key: str, known: tuple[str, ...], *, default: str) -> str:
    text = form.text(key, default=default)
    if text in known:
        return text
    what = _('"{key}" is "{value}"').format(key=key, value=shortened(text))
    form.faults.add(form.line_of(key), what=what, cure=_("Write one of these: {known}.").format(known=", ".join(known)))
    return default
