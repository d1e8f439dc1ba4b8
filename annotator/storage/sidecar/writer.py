"""Writer of a sidecar's text from cached pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.core.document import BlockKind
from annotator.core.merging.mark_conflict import find_mark
from annotator.storage.sidecar.sidecar import FORMAT, MARK_CONFLICTS, SCHEMA, VERSION
from annotator.storage.sidecar.verdicts import verdict_to_yaml
from annotator.storage.yaml_io.writer import FlowStyle, SingleLine, Timestamp, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.core.annotation import Annotation, PreviousVersion, Value
    from annotator.core.annotation_set import AnnotationSet
    from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar
    from annotator.storage.yaml_io.writer import StyledValue

_BATCH_SIZE = 64
_CACHE_SLACK = 1000  # cached texts beyond those in use, before the cache is dropped
_TOP_KEYS = (
    *("format", "document", "annotator", "labels", "status", "annotations", "nothing", "sentences", "blocks", "quotes"),
    *("review", "conflicts", MARK_CONFLICTS, "orphans"),
)
_QUOTES_COMMENT = "# The first words at the places above, to find these again when the text has changed.\n"


class SidecarWriter:
    """Makes the text of one document's sidecar over and over; what did not change is not serialised again.

    The text of an annotation is cached by its id while the annotation is the identical object; that of decisions at
    offsets while their maps are; the words at an offset while the document's `sha256` is the same. Not thread-safe.
    """

    def __init__(self) -> None:
        self._annotations: dict[str, tuple[Annotation, str]] = {}
        self._quotes: dict[int, str] = {}
        self._sections: dict[str, tuple[tuple[object, ...], str]] = {}
        self._quoted_sha256 = ""

    def render(self, sidecar: Sidecar, *, quote: Callable[[int], str]) -> str:
        """Return the whole file, with a final newline.

        `quote` returns up to 32 characters of the document from an offset on; an empty result is left out.
        """
        decisions = sidecar.decisions
        places = (decisions.nothing, decisions.splits, decisions.joins, decisions.blocks)
        if not sidecar.document.sha256 or sidecar.document.sha256 != self._quoted_sha256:
            self._quotes.clear()
            self._sections.pop("quotes", None)
            self._quoted_sha256 = sidecar.document.sha256
        pieces = [_render_head(sidecar), *self._render_list("annotations", list(decisions.annotations.values()))]
        pieces.append(self._render_section("places", places, lambda: _render_places(decisions)))
        pieces.append(self._render_section("quotes", places, lambda: self._render_quotes(decisions, quote)))
        if sidecar.review or len(decisions.verdicts):
            sources = (sidecar.review, decisions.verdicts)
            pieces.append(self._render_section("review", sources, lambda: _render_review(sidecar)))
        pieces += _render_conflicts(decisions.conflicts.values())
        if len(decisions.orphans):
            orphans = sorted(decisions.orphans.values(), key=lambda one: (one.span, one.id))
            pieces += self._render_list("orphans", orphans)
        extra = _drop_keys(sidecar.extra, _TOP_KEYS)
        if extra:
            pieces.append(dump_yaml(extra))
        self._trim_cache(len(decisions.annotations) + len(decisions.orphans))
        return "".join(pieces)

    def _render_section(self, key: str, sources: tuple[object, ...], make: Callable[[], str]) -> str:
        """Return what `make` returns, cached while `sources` are the identical objects."""
        kept = self._sections.get(key)
        if kept is not None and all(old is new for old, new in zip(kept[0], sources, strict=True)):
            return kept[1]
        text = make()
        self._sections[key] = (sources, text)
        return text

    def _render_list(self, key: str, annotations: Sequence[Annotation]) -> list[str]:
        known = self._annotations
        missing = [item for item in annotations if item.id not in known or known[item.id][0] is not item]
        for at in range(0, len(missing), _BATCH_SIZE):
            batch = missing[at : at + _BATCH_SIZE]
            for item, piece in zip(batch, _dump_annotations(batch), strict=True):
                known[item.id] = (item, piece)
        pieces = [f"{key}:\n" if annotations else f"{key}: []\n"]
        for item in annotations:
            kept, piece = known[item.id]
            # Two with one id are a fault, which the reader reports; here neither may be lost.
            pieces.append(piece if kept is item else _dump_annotations([item])[0])
        return pieces

    def _render_quotes(self, decisions: AnnotationSet, quote: Callable[[int], str]) -> str:
        known = self._quotes
        places = {*decisions.nothing, *decisions.splits, *decisions.joins, *decisions.blocks}
        missing = [place for place in places if place not in known]
        for at in range(0, len(missing), _BATCH_SIZE):
            batch = missing[at : at + _BATCH_SIZE]
            known.update(zip(batch, _dump_quotes([(place, quote(place)) for place in batch]), strict=True))
        lines = "".join([known[place] for place in sorted(places)])
        return f"{_QUOTES_COMMENT}quotes:\n{lines}" if lines else ""

    def _trim_cache(self, used: int) -> None:
        """Drop the cache when most of it belongs to annotations that no longer exist."""
        if len(self._annotations) > 2 * used + _CACHE_SLACK:
            self._annotations.clear()


def _render_head(sidecar: Sidecar) -> str:
    name = "".join(letter if letter.isprintable() else "\ufffd" for letter in sidecar.document.file)
    comment = (
        f"# yaml-language-server: $schema={SCHEMA}\n"
        f"# Annotations of {name}. Safe to edit by hand; `annotator check` tells whether it still holds.\n"
        "# Comments of your own are not kept: write a note instead.\n"
    )
    values: dict[str, StyledValue] = {"format": f"{FORMAT}/{VERSION}", "document": _document_to_yaml(sidecar.document)}
    if sidecar.annotator:
        values["annotator"] = SingleLine(sidecar.annotator)
    values["labels"] = SingleLine(sidecar.labels)
    values["status"] = str(sidecar.decisions.status)
    return comment + dump_yaml(values)


def _document_to_yaml(document: DocumentRecord) -> dict[str, StyledValue]:
    values: dict[str, StyledValue] = {
        "file": SingleLine(document.file),
        "title": SingleLine(document.title),
        "sha256": document.sha256,
        **({"encoding": SingleLine(document.encoding)} if document.encoding else {}),
        "characters": document.characters,
        "sentences": document.sentences,
    }
    return {**values, **_drop_keys(document.extra, values.keys())}


def _dump_annotations(annotations: list[Annotation]) -> list[str]:
    """Return the text of each annotation as an item of a list."""
    # Everything inside an item is indented, so a hyphen at the beginning of a line starts the next item.
    whole = dump_yaml([_annotation_to_yaml(annotation) for annotation in annotations])
    first, *others = whole.split("\n- ")
    pieces = [first, *[f"- {piece}" for piece in others]]
    return [piece if piece.endswith("\n") else f"{piece}\n" for piece in pieces]


def _annotation_to_yaml(annotation: Annotation) -> dict[str, StyledValue]:
    values: dict[str, StyledValue] = {
        "id": SingleLine(annotation.id),
        "labels": FlowStyle(annotation.labels),
        "at": FlowStyle(annotation.span),
        "text": annotation.text,
    }
    optional: dict[str, Any] = {
        "before": SingleLine(annotation.before) if annotation.before else None,
        "after": SingleLine(annotation.after) if annotation.after else None,
        "fields": FlowStyle(annotation.fields) if annotation.fields else None,
        "note": annotation.note or None,
        "origin": SingleLine(annotation.origin),
        "made": Timestamp(annotation.made) if annotation.made else None,
        "changed": Timestamp(annotation.changed) if annotation.changed else None,
        "was": _previous_to_yaml(annotation.previous) if annotation.previous else None,
    }
    values.update((key, value) for key, value in optional.items() if value is not None)
    return {**values, **_drop_keys(annotation.extra, values.keys() | optional.keys())}


def _render_conflicts(conflicts: Iterable[Annotation]) -> list[str]:
    """Return the lists of annotations and of marks that contradict what stands."""
    lists: dict[str, list[dict[str, StyledValue]]] = {}
    for one in conflicts:
        lists.setdefault(MARK_CONFLICTS if find_mark(one) else "conflicts", []).append(_annotation_to_yaml(one))
    return [dump_yaml({key: lists[key]}) for key in ("conflicts", MARK_CONFLICTS) if key in lists]


def _render_review(sidecar: Sidecar) -> str:
    verdicts = sorted(sidecar.decisions.verdicts.values(), key=lambda one: (one.span, one.answered_at, one.id))
    return dump_yaml({"review": [*map(verdict_to_yaml, verdicts), *sidecar.review]})


def _previous_to_yaml(was: PreviousVersion) -> dict[str, StyledValue]:
    values: dict[str, StyledValue] = {"text": was.text, "likeness": was.likeness}
    contexts = {"before": was.before, "after": was.after}
    return {**values, **{key: SingleLine(text) for key, text in contexts.items() if text}}


def _dump_quotes(quotes: list[tuple[int, str]]) -> list[str]:
    """Return the text of each offset with its words, as an entry of a mapping; empty where there are no words."""
    words = [SingleLine(text) for _, text in quotes if text]
    if not words:
        return [""] * len(quotes)
    # As a list, since our writer would quote keys of digits, which are to be numbers for every reader of YAML.
    lines = iter(dump_yaml(words).removesuffix("\n").split("\n"))
    return [f"  {place}: {next(lines).removeprefix('- ')}\n" if text else "" for place, text in quotes]


def _render_places(decisions: AnnotationSet) -> str:
    pieces = ["nothing:\n" if len(decisions.nothing) else "nothing: []\n"]
    pieces += [f"- [{start}, {end}]\n" for start, end in decisions.nothing.items()]
    if len(decisions.splits) or len(decisions.joins):
        pieces.append("sentences:\n")
    if len(decisions.splits):
        pieces += ["  split:\n", *[f"  - {place}\n" for place in decisions.splits.values()]]
    if len(decisions.joins):
        pieces += ["  join:\n", *[f"  - [{start}, {end}]\n" for start, end in decisions.joins.items()]]
    if len(decisions.blocks):
        pieces.append("blocks:\n")
    for kind in BlockKind:
        spans = [(start, mark.end) for start, mark in decisions.blocks.items() if mark.kind is kind]
        if spans:
            pieces += [f"  {kind}:\n", *[f"  - [{start}, {end}]\n" for start, end in spans]]
    return "".join(pieces)


def _drop_keys(extra: Mapping[str, Value], known: Iterable[str]) -> dict[str, Value]:
    """Return `extra` without the keys that have a meaning of their own."""
    taken = frozenset(known)
    return {key: value for key, value in extra.items() if key not in taken}
