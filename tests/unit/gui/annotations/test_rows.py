"""The rows of the table of annotations: order, filter, and single changes that give what a fresh table would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import Annotation
from annotator.core.collections.sorted_map import SortedMap
from annotator.core.span import Span
from annotator.gui.annotations.rows import Column, Filter, Rows, Spelling
from annotator.search.fold import fold
from annotator.storage.workspace.label_set import load_builtin_labels

LABELS = ("target", "breakthrough", "opinion", "unknown")
SPELLING = Spelling(load_builtin_labels(), "en", lambda text: fold(text).text, lambda: "2026-05-13T10:00:00+07:00")


def annotation(place: int, labels: tuple[str, ...] = ("target",), text: str = "", note: str = "") -> Annotation:
    """An annotation of ten characters."""
    return Annotation(f"id{place:04}", Span(place, place + 10), labels, text, note=note, changed=f"2026-05-{place % 9}")


def rows_of(*annotations: Annotation) -> Rows:
    """Rows that hold these."""
    made = Rows(SPELLING)
    made.fill(SortedMap((one.span.start, one) for one in annotations))
    return made


def order(rows: Rows) -> list[int]:
    """The places from top to bottom."""
    return [rows.place(row) for row in range(len(rows))]


ANNOTATIONS = st.builds(
    annotation,
    st.integers(0, 8).map(lambda number: 10 * number),
    st.lists(st.sampled_from(LABELS), max_size=2, unique=True).map(tuple),
    st.sampled_from(["Đường mới", "duong cu", "Ánh sáng", ""]),
    st.sampled_from(["", "xem lại", "Đúng"]),
)
FILTERS = st.builds(Filter, st.sampled_from([(), ("duong",), ("xem", "moi")]), st.sampled_from([None, "", "target"]))


@given(
    st.lists(ANNOTATIONS, max_size=8),
    st.lists(st.tuples(ANNOTATIONS, st.booleans()), max_size=12),
    st.sampled_from(Column),
    st.booleans(),
    FILTERS,
)
def test_single_changes_give_what_a_fresh_table_would(
    before: list[Annotation],
    changes: list[tuple[Annotation, bool]],
    column: Column,
    is_descending: bool,  # noqa: FBT001  # hypothesis gives it by place
    wanted: Filter,
) -> None:
    """Whatever is put or taken, in whatever order and filter; each row goes where it was planned to go."""
    rows = rows_of(*before)
    rows.column, rows.is_descending, rows.filter = column, is_descending, wanted
    rows.rearrange()
    held = {one.span.start: one for one in before}
    for made, is_gone in changes:
        place = made.span.start
        after = None if is_gone else made
        old, new = rows.planned(place, after)
        assert old == rows.find_row(place)
        rows.put(place, after)
        assert new == rows.find_row(place)
        held.pop(place, None)
        held.update({} if after is None else {place: after})
    fresh = rows_of(*held.values())
    fresh.column, fresh.is_descending, fresh.filter = column, is_descending, wanted
    fresh.rearrange()
    assert order(fresh) == order(rows)
    assert fresh.total == rows.total


@given(st.lists(ANNOTATIONS, max_size=8), st.lists(ANNOTATIONS, max_size=8), st.integers(0, 90), st.integers(0, 90))
def test_what_differs_is_found(before: list[Annotation], after: list[Annotation], one: int, other: int) -> None:
    """In a stretch, the places at which something else stands now, came, or went, and no others."""
    rows = rows_of(*before)
    old = {item.span.start: item for item in before}
    new = {item.span.start: item for item in after}
    low, high = sorted((one, other))
    expected = [place for place in sorted({*old, *new}) if low <= place < high and old.get(place) is not new.get(place)]
    assert expected == rows.differing(SortedMap(new.items()), [Span(low, high)])


def test_words_are_found_without_accents_in_sentence_note_and_label() -> None:
    """All words must stand somewhere in the row, in any order."""
    rows = rows_of(annotation(0, text="Đường mới"), annotation(10, note="xem LẠI đường"), annotation(20, ("opinion",)))
    for words, expected in ((("duong",), [0, 10]), (("lai", "xem"), [10]), (("opinion",), [20])):
        rows.filter = Filter(words)
        rows.rearrange()
        assert expected == order(rows)


def test_labels_are_in_the_order_of_the_set_and_unknown_ones_last() -> None:
    """Rows without a label come after all others."""
    rows = rows_of(annotation(0, ()), annotation(10, ("unknown",)), annotation(20, ("opinion",)), annotation(30))
    rows.column = Column.LABELS
    rows.rearrange()
    assert order(rows) == [30, 20, 10, 0]


def test_empty_notes_come_last() -> None:
    """Who sorts by note wants to read notes."""
    rows = rows_of(annotation(0), annotation(10, note="b"), annotation(20, note="A"))
    rows.column = Column.NOTE
    rows.rearrange()
    assert order(rows) == [20, 10, 0]
