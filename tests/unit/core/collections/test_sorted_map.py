from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.collections.sorted_map import SortedMap

if TYPE_CHECKING:
    from collections.abc import Iterable

KEYS = st.integers(-5, 60)


def grown(items: Iterable[tuple[int, str]]) -> SortedMap[str]:
    """A map that got its items one by one."""
    made: SortedMap[str] = SortedMap()
    for key, value in items:
        made = made.with_item(key, value)
    return made


@given(st.lists(st.tuples(st.booleans(), KEYS, st.text(max_size=2))))
def test_it_is_a_dict_in_order(steps: list[tuple[bool, int, str]]) -> None:
    """After any puts and removals it holds what a dict would, in rising order, and older maps are untouched."""
    made: SortedMap[str] = SortedMap()
    model: dict[int, str] = {}
    versions: list[tuple[SortedMap[str], dict[int, str]]] = []
    for is_put, key, value in steps:
        versions.append((made, dict(model)))
        if is_put:
            made, model[key] = made.with_item(key, value), value
        else:
            made = made.without_item(key)
            model.pop(key, None)
    versions.append((made, model))
    for one, expected in versions:
        assert sorted(expected.items()) == list(one.items())
        assert sorted(expected) == list(one)
        assert [expected[key] for key in sorted(expected)] == list(one.values())
        assert len(expected) == len(one)
        assert one == SortedMap(expected.items())


@given(st.dictionaries(KEYS, st.text(max_size=2)), KEYS, KEYS)
def test_looking_up(model: dict[int, str], one: int, other: int) -> None:
    """Finding a key, the one at or below, and those of a stretch, is what a dict gives by looking through it."""
    made = SortedMap(model.items())
    floor = max((key for key in model if key <= one), default=None)
    assert model.get(one) == made.find(one)
    assert (one in model) == (one in made)
    assert (None if floor is None else (floor, model[floor])) == made.find_floor(one)
    assert sorted(item for item in model.items() if one <= item[0] < other) == list(made.iter_between(one, other))


@pytest.mark.parametrize("size", [255, 256, 257, 512, 513, 514, 1100])
@pytest.mark.parametrize("order", [1, -1])
def test_sizes_about_the_ends_of_chunks(size: int, order: int) -> None:
    """Growing to any size from either end, and shrinking to nothing, keeps all that is there."""
    keys = range(0, 2 * size, 2)[::order]
    made = grown((key, str(key)) for key in keys)
    assert [(key, str(key)) for key in sorted(keys)] == list(made.items())
    for key in keys:
        assert str(key) == made.find(key)
        assert made.find(key + 1) is None
        assert (key, str(key)) == made.find_floor(key + 1)
    assert list(made.iter_between(2 * 200, 2 * 300)) == [(key, str(key)) for key in range(400, min(600, 2 * size), 2)]
    for number, key in enumerate(keys, start=1):
        made = made.without_item(key)
        assert size - number == len(made)
    assert list(made) == []
    assert made.find_floor(10**9) is None


def test_putting_into_the_middle_of_many() -> None:
    """A chunk that grows too long is cut in two, and looking up still finds everything."""
    made = grown((key, "a") for key in range(0, 10_000, 10))
    inner = range(4001, 4010)
    for key in [*inner] * 2:
        made = made.with_item(key, "b")
    for key in range(5001, 5009):
        for _ in range(80):
            made = made.with_item(key, "c")
    expected = (
        dict.fromkeys(range(0, 10_000, 10), "a") | dict.fromkeys(inner, "b") | dict.fromkeys(range(5001, 5009), "c")
    )
    assert sorted(expected.items()) == list(made.items())


def test_a_change_shares_what_it_does_not_touch() -> None:
    """The map before and after one change are different objects, and removing what is not there changes nothing."""
    made = SortedMap((key, "a") for key in range(2000))
    assert made.without_item(-1) is made
    assert made.with_item(5, "b") != made
    assert made.with_item(5, "a") == made


def test_what_it_says_of_itself() -> None:
    """It shows its items, equals no other type, and has no hash, as any mapping."""
    assert repr(SortedMap([(2, "b"), (1, "a")])) == "SortedMap([(1, 'a'), (2, 'b')])"
    assert SortedMap([(1, "a")]) != {1: "a"}
    assert "1" not in SortedMap([(1, "a")])
    with pytest.raises(TypeError):
        hash(SortedMap())


def test_the_later_of_two_values_holds() -> None:
    """Where a key comes twice, the later value holds."""
    assert list(SortedMap([(1, "a"), (0, "c"), (1, "b")]).items()) == [(0, "c"), (1, "b")]
