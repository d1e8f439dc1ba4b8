"""Sidecars whose decisions stand in each other's way, or that do not say on which text they were made."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repository import ROOT

from annotator.app.documents.progress import iter_progress
from annotator.app.persistence.decisions import load_decisions, serialize_sidecar
from annotator.app.session.to_check import CheckReason, find_check_items
from annotator.app.workspace.workspace import load_workspace
from annotator.core.merging import resolution
from annotator.core.merging.mark_conflict import find_mark
from annotator.storage.documents.reader import read_document
from annotator.storage.sidecar.reader import parse_sidecar

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.core.annotation_set import AnnotationSet

CASES = ROOT / "tests" / "unit" / "storage" / "sidecar" / "cases"
TEXT = "Một hai ba. Bốn năm sáu. Bảy tám chín. Mười một. Mười hai ba bốn.\n\nHết năm hai nghìn. Xong.\n"
WHOLE = ((0, 11), (12, 24), (25, 38), (39, 48), (49, 65), (67, 85), (86, 91))
SPANS = st.one_of(
    st.sampled_from(WHOLE),
    st.tuples(st.integers(0, 90), st.integers(1, 40)).map(lambda one: (one[0], min(91, one[0] + one[1]))),
)


class Written(NamedTuple):
    """What a sidecar says, written by hand or by another tool."""

    tags: list[tuple[str, tuple[int, int], tuple[str, ...]]]
    nothing: list[tuple[int, int]]
    splits: list[int]
    joins: list[tuple[int, int]]

    def to_yaml(self) -> str:
        """Return the text of the sidecar."""
        annotations = [
            {
                "id": name,
                "labels": list(labels),
                "at": list(span),
                "text": TEXT[slice(*span)],
                "note": f"ghi chú {name}",
            }
            for name, span, labels in self.tags
        ]
        cuts = {"split": self.splits, "join": [list(span) for span in self.joins]}
        marks = [list(span) for span in self.nothing]
        said = {"format": "annotator/1", "document": {"file": "a.txt"}, "annotations": annotations, "nothing": marks}
        return yaml.safe_dump({**said, "sentences": cuts}, allow_unicode=True, sort_keys=False)


@st.composite
def sidecars(draw: st.DrawFn) -> Written:
    """Any annotations, marks, splits and joins, wherever they stand."""
    labels = st.lists(st.sampled_from(["target", "breakthrough", "opinion"]), max_size=2, unique=True).map(tuple)
    spans = draw(st.lists(SPANS, max_size=7))
    tags = [(f"id{number}", span, draw(labels)) for number, span in enumerate(spans)]
    marks, joins = draw(st.lists(SPANS, max_size=5)), draw(st.lists(SPANS, max_size=3))
    return Written(tags, marks, draw(st.lists(st.integers(1, 90), max_size=3)), joins)


def said(state: AnnotationSet) -> set[object]:
    """Return everything that is decided, also in conflict, or without a sentence."""
    everyone = [*state.annotations.values(), *state.orphans.values(), *state.conflicts.values()]
    tags = {(one.id, one.span, one.labels, one.note) for one in everyone if not find_mark(one)}
    marks = {("nothing", *item) for item in state.nothing.items()} | {("join", *item) for item in state.joins.items()}
    rivals = {(find_mark(one), *one.span) for one in state.conflicts.values() if find_mark(one)}
    return tags | marks | rivals | {("split", place) for place in state.splits}


def folder_with(folder: Path, sidecar: str | bytes, text: str = TEXT) -> Path:
    """Write an article and its sidecar; return the path of the sidecar."""
    (folder / "a.txt").write_text(text, "utf-8")
    path = folder / "a.txt.annotations.yaml"
    path.write_bytes(sidecar if isinstance(sidecar, bytes) else sidecar.encode())
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sidecars())
def test_whatever_stands_in_a_sidecar_is_read_shown_written_and_read_again(tmp_path: Path, written: Written) -> None:
    """Nothing is dropped: what cannot stand beside the rest is listed under To check, and stays in the file."""
    path = folder_with(tmp_path, written.to_yaml())
    document = read_document(tmp_path / "a.txt")
    loaded = load_decisions(path, document)
    expected: set[object] = {(name, span, labels, f"ghi chú {name}") for name, span, labels in written.tags}
    expected |= {("nothing", *span) for span in written.nothing} | {("join", *span) for span in written.joins}
    expected |= {("split", place) for place in written.splits}
    assert said(loaded.state) == expected
    shown = [item.annotation for item in find_check_items(loaded.state) if item.reason is CheckReason.CONFLICT]
    assert sorted(one.id for one in shown) == sorted(one.id for one in loaded.state.conflicts.values())
    assert all(one.text for one in shown)
    assert not any(loaded.state.has_overlap(place) for place in (*loaded.state.annotations, *loaded.state.nothing))
    path.write_bytes(serialize_sidecar(loaded.sidecar, loaded.state, TEXT))
    again = load_decisions(path, document)
    assert again.state == loaded.state
    assert not again.sidecar.remarks or not loaded.sidecar.remarks or len(again.sidecar.remarks) <= len(written.tags)


def test_the_plain_merge_of_git_makes_a_conflict_of_tag_and_mark(tmp_path: Path) -> None:
    """One side tagged a sentence and the other cleared it, and git saw no conflict: the tag stands, F8 has the mark."""
    shutil.copy(CASES / "merge" / "cang-bien.txt", tmp_path)
    path = tmp_path / "cang-bien.txt.annotations.yaml"
    shutil.copy(CASES / "merge" / "tag-against-nothing.yaml", path)
    state = load_decisions(path, read_document(tmp_path / "cang-bien.txt")).state
    (item,) = find_check_items(state)
    assert item.standing is not None
    assert item.standing.labels == ("opinion",)
    assert (find_mark(item.annotation), item.annotation.span) == ("nothing", item.standing.span)
    assert item.annotation.text == item.standing.text


def test_a_mark_in_conflict_is_written_where_older_programs_leave_it(tmp_path: Path) -> None:
    """They would take it for an annotation among the conflicts, where it is still read; it is read from both places."""
    said_of_both = """\
format: annotator/1
document: {file: a.txt}
annotations:
- {id: one, labels: [target], at: [0, 20], text: abcdefghijklmnopqrst}
nothing: [[0, 20]]
conflicts:
- {id: two, labels: [opinion], at: [0, 20], text: abcdefghijklmnopqrst}
"""
    text = "abcdefghijklmnopqrst uvw"
    path = folder_with(tmp_path, said_of_both, text)
    document = read_document(tmp_path / "a.txt")
    loaded = load_decisions(path, document)
    written = yaml.safe_load(serialize_sidecar(loaded.sidecar, loaded.state, text))
    assert [one["id"] for one in written["conflicts"]] == ["two"]
    assert [one["mark"] for one in written["undecided marks"]] == ["nothing"]
    older = {**written, "conflicts": [*written["conflicts"], *written["undecided marks"]]}
    del older["undecided marks"]
    strange = {**written, "kept by it": written["undecided marks"]}
    del strange["undecided marks"]
    kept = load_decisions(folder_with(tmp_path, yaml.safe_dump(strange), text), document)
    kept_again = yaml.safe_load(serialize_sidecar(kept.sidecar, kept.state, text))
    assert kept_again["kept by it"] == written["undecided marks"]
    for content in (written, older):
        assert load_decisions(folder_with(tmp_path, yaml.safe_dump(content), text), document).state == loaded.state


@pytest.mark.parametrize("characters", ["  characters: 612\n", ""])
def test_marks_without_a_hash_stand_where_the_text_is_as_it_was(tmp_path: Path, characters: str) -> None:
    """A sidecar that does not say on which bytes it was made keeps its three marks."""
    text = (CASES / "no-sha" / "cang-bien.txt").read_text("utf-8")
    sidecar = (CASES / "no-sha" / "cang-bien.txt.annotations.yaml").read_text("utf-8")
    loaded = load_decisions(
        folder_with(tmp_path, sidecar.replace("  characters: 612\n", characters), text),
        read_document(tmp_path / "a.txt"),
    )
    assert list(loaded.state.nothing.items()) == [(328, 397), (478, 540), (542, 577)]
    assert loaded.notices == ()


@pytest.mark.parametrize("before", ["", "Một câu mới ở trên.\n\n"])
def test_marks_without_a_hash_stand_where_they_fit_a_sentence(tmp_path: Path, before: str) -> None:
    """On a text that changed, a mark stands if it fits a sentence at its place, or where its neighbours went."""
    sidecar = """\
format: annotator/1
document: {file: a.txt}
annotations:
- {id: k1, labels: [target], at: [25, 38], text: Bảy tám chín.}
nothing:
- [0, 11]
- [39, 48]
"""
    text = before + TEXT.replace("Hết năm hai nghìn.", "Hết năm hai nghìn không trăm.")
    path = folder_with(tmp_path, sidecar.replace("a.txt}", "a.txt, characters: 92}"), text)
    state = load_decisions(path, read_document(tmp_path / "a.txt")).state
    assert [text[slice(*item)] for item in state.nothing.items()] == ["Một hai ba.", "Mười một."]


def test_a_mark_without_a_hash_and_without_its_sentence_is_told(tmp_path: Path) -> None:
    """Half a sentence of a text that changed is no sentence that somebody cleared."""
    sidecar = "format: annotator/1\ndocument: {file: a.txt, characters: 5}\nannotations: []\nnothing:\n- [3, 9]\n"
    loaded = load_decisions(folder_with(tmp_path, sidecar), read_document(tmp_path / "a.txt"))
    assert len(loaded.notices) == 1
    assert len(loaded.state.nothing) == 0


def test_marks_alone_stand_where_they_fit(tmp_path: Path) -> None:
    """Without annotations, hash and count, each mark that is a sentence stands."""
    sidecar = "format: annotator/1\ndocument: {file: a.txt}\nannotations: []\nnothing:\n- [12, 24]\n- [67, 85]\n"
    loaded = load_decisions(folder_with(tmp_path, sidecar), read_document(tmp_path / "a.txt"))
    assert list(loaded.state.nothing.items()) == [(12, 24), (67, 85)]


def test_half_a_sentence_of_one_annotator_does_not_count_for_another(tmp_path: Path) -> None:
    """What mai's tool covers changes neither how many sentences lan has nor how many of them she decided."""
    lan = Written([("l", (0, 11), ("target",))], [], [], [])
    mai = Written([("m", (0, 5), ("target",)), ("n", (3, 24), ("opinion",)), ("o", (40, 60), ("target",))], [], [], [])
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.txt.annotations.lan.yaml").write_text(lan.to_yaml(), "utf-8")
    alone = list(iter_progress(load_workspace(tmp_path)))
    (tmp_path / "a.txt.annotations.mai.yaml").write_text(mai.to_yaml(), "utf-8")
    both = {one.annotator: one for one in iter_progress(load_workspace(tmp_path))}
    assert both["lan"] == alone[0]
    assert both["lan"].sentences == len(WHOLE)
    assert both["mai"].labels == {"target": 2}


def test_a_mark_in_conflict_can_be_taken(tmp_path: Path) -> None:
    """The other version is the mark itself: taking it clears the sentence, and the tag is undone by it."""
    sidecar = Written([("m", (0, 11), ("target",))], [(0, 11)], [], [(0, 24)]).to_yaml()
    state = load_decisions(folder_with(tmp_path, sidecar), read_document(tmp_path / "a.txt")).state
    keys = {find_mark(one): key for key, one in state.conflicts.items()}
    taken = state.apply(resolution.take_theirs(state, keys["nothing"], writer=None))  # type: ignore[arg-type]
    assert list(taken.nothing.items()) == [(0, 11)]
    assert not len(taken.annotations)
    assert [find_mark(one) for one in taken.conflicts.values()] == ["join"]


@pytest.mark.parametrize("kinds", ["caption: [[0, 65]], heading: [[0, 65]]", "caption: [[0, 65], [0, 30]]"])
def test_two_kinds_of_one_block_are_a_conflict(kinds: str) -> None:
    """Both sides of a merge said what a line is."""
    sidecar = f"format: annotator/1\ndocument: {{file: a.txt}}\nannotations: []\nnothing: []\nblocks: {{{kinds}}}\n"
    found = parse_sidecar(sidecar.encode(), name="a").decisions
    assert len(found.blocks) == len(found.conflicts) == 1
