"""Fields and labels go and come together, whatever changes the labels of a sentence."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest

from annotator.core import edit
from annotator.core.annotation import Origin
from annotator.core.annotation_set import AnnotationSet
from annotator.core.bulk_edit import Decision, decide
from annotator.core.edit import EditContext
from annotator.core.fields import Field
from annotator.core.labels import Label, LabelSet
from annotator.core.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from annotator.core.annotation import Value
    from annotator.core.change import Change

TEXT = "Tăng 9% vào năm 2030."
SPAN = Span(0, len(TEXT))
LABELS = LabelSet(
    "own",
    (
        Label("target", fields=(Field("value"), Field("body"))),
        Label("plan", fields=(Field("body"), Field("area"))),
        Label("view"),
    ),
)


def writer(kept: Mapping[str, Mapping[str, Value]] | None = None) -> EditContext:
    """Return a context in which the sentence lost these fields with these labels before."""
    ids = count(1)
    found = kept or {}
    return EditContext(TEXT, LABELS, "now", lambda: f"id{next(ids)}", lambda _span, label: found.get(label, {}))


def state(*labels: str, **fields: Value) -> AnnotationSet:
    """Return a set with one annotation."""
    made = replace(writer().new_annotation(SPAN), labels=labels, fields=fields)
    return AnnotationSet.of([writer().stamp(made, SPAN)])


def fields(before: AnnotationSet, changes: tuple[Change, ...]) -> dict[str, Value]:
    """Return the fields after the changes; {} if the annotation is gone."""
    found = before.apply(changes).annotations.find(SPAN.start)
    return dict(found.fields) if found is not None else {}


def replace_by(label: str) -> Callable[[AnnotationSet, EditContext], tuple[Change, ...]]:
    """Return an edit that leaves one label."""
    return lambda before, context: edit.set_labels(before, SPAN, labels=frozenset({label}), context=context)


def switch(label: str) -> Callable[[AnnotationSet, EditContext], tuple[Change, ...]]:
    """Return an edit that adds or removes one label."""
    return lambda before, context: edit.switch_label(before, SPAN, label=label, context=context)


def toggle(label: str) -> Callable[[AnnotationSet, EditContext], tuple[Change, ...]]:
    """Return the edit of lists, which adds or removes one label."""
    return lambda before, context: edit.toggle_label(before, [SPAN], label=label, context=context)


def decide_as(*labels: str) -> Callable[[AnnotationSet, EditContext], tuple[Change, ...]]:
    """Return the edit that gives identical sentences the same labels."""
    return lambda before, context: decide(before, [SPAN], decision=Decision(labels), writer=context)


def review(*labels: str) -> Callable[[AnnotationSet, EditContext], tuple[Change, ...]]:
    """Return the edit that does what a reviewer wants."""
    return lambda before, context: edit.set_labels(
        before, SPAN, labels=frozenset(labels), context=context, origin=Origin.REVIEW
    )


@pytest.mark.parametrize(
    ("labels", "had", "change", "left"),
    [
        (("target",), {"value": 9, "body": "UBND"}, replace_by("view"), {}),
        (("target",), {"value": 9, "body": "UBND"}, replace_by("plan"), {"body": "UBND"}),
        (
            ("target", "plan"),
            {"value": 9, "body": "UBND", "area": "x"},
            replace_by("target"),
            {"value": 9, "body": "UBND"},
        ),
        (
            ("target", "plan"),
            {"value": 9, "body": "UBND", "area": "x"},
            switch("target"),
            {"body": "UBND", "area": "x"},
        ),
        (("target",), {"value": 9, "own": 1}, replace_by("view"), {"own": 1}),
        (("target",), {"value": 9, "own": 1}, switch("target"), {}),
        (("target",), {"value": 9, "own": 1}, toggle("target"), {}),
        (("gone",), {"value": 9, "own": 1}, replace_by("view"), {"value": 9}),
        (("gone",), {"own": 1}, replace_by("target"), {}),
        (("target",), {"value": 9}, decide_as("view"), {}),
        (("target",), {"value": 9, "body": "UBND"}, decide_as("plan"), {"body": "UBND"}),
        (("target",), {"value": 9}, decide_as(), {}),
        (("target",), {"value": 9}, decide_as("target", "view"), {"value": 9}),
        (("target",), {"value": 9}, review("view"), {}),
        (("target",), {"value": 9, "own": 1}, review(), {}),
    ],
)
def test_fields_go_with_the_last_label_that_has_them(
    labels: tuple[str, ...],
    had: dict[str, Value],
    change: Callable[[AnnotationSet, EditContext], tuple[Change, ...]],
    left: dict[str, Value],
) -> None:
    """A field stays as long as a label has it; one that no label has stays with the labels that are known."""
    before = state(*labels, **had)
    assert fields(before, change(before, writer())) == left


@pytest.mark.parametrize("change", [replace_by("target"), switch("target"), toggle("target"), decide_as("target")])
def test_fields_come_back_in_the_order_of_the_label(
    change: Callable[[AnnotationSet, EditContext], tuple[Change, ...]],
) -> None:
    """Those of the label, and those that no label has; what stands now is not replaced by what was."""
    kept: dict[str, dict[str, Value]] = {"target": {"own": 1, "body": "UBND", "area": "x", "value": 9}}
    before = state("plan", body="Sở", area="y")
    found = fields(before, change(before, writer(kept)))
    assert found.items() >= {"value": 9, "body": "Sở", "own": 1}.items()
    assert found.get("area") in {None, "y"}
    assert list(found)[:2] == ["value", "body"]
    empty = AnnotationSet()
    assert list(fields(empty, change(empty, writer(kept))).items()) == [("value", 9), ("body", "UBND"), ("own", 1)]


def test_labels_that_stay_bring_nothing_back() -> None:
    """What was emptied under a label stays empty while the label is there."""
    kept: dict[str, dict[str, Value]] = {"target": {"value": 9}}
    before = state("target")
    assert replace_by("target")(before, writer(kept)) == ()
    assert fields(before, switch("view")(before, writer(kept))) == {}
