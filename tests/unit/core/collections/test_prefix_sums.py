from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.collections.prefix_sums import PrefixSums

NUMBERS = st.lists(st.integers(0, 3), max_size=700)


@given(NUMBERS, st.lists(st.tuples(st.integers(0, 699), st.integers(0, 3)), max_size=20))
def test_sums_are_those_of_a_plain_list(numbers: list[int], sets: list[tuple[int, int]]) -> None:
    """After any settings, each number, the total and the sum before any place are those of a list."""
    sums = PrefixSums(numbers)
    model = list(numbers)
    for place, number in sets:
        if place < len(model):
            model[place] = number
            sums.set(place, number)
    assert len(model) == len(sums)
    assert model == [sums[place] for place in range(len(model))]
    assert sum(model) == sums.total
    for place in {0, len(model) // 2, min(256, len(model)), len(model)}:
        assert sum(model[:place]) == sums.sum_before(place)


@given(NUMBERS, st.integers(0, 2200))
def test_finding_the_place_of_a_sum(numbers: list[int], amount: int) -> None:
    """The place found is the first at which the running sum passes the amount, else the last."""
    total = 0
    expected = max(0, len(numbers) - 1)
    for place, number in enumerate(numbers):
        total += number
        if total > amount:
            expected = place
            break
    assert expected == PrefixSums(numbers).find_index(amount)


@given(
    st.lists(st.sampled_from([0, 0, 0, 0, 0, 0, 0, 1]), max_size=700), st.integers(-2, 702), st.sampled_from([1, -1])
)
def test_finding_what_is_not_zero(numbers: list[int], start: int, step: int) -> None:
    """Going up or down, the first number that is not zero is found, also across long runs of zeros."""
    places = range(start, len(numbers)) if step > 0 else range(start, -1, -1)
    inside = 0 <= start < len(numbers)
    expected = next((place for place in places if numbers[place]), None) if inside else None
    assert expected == PrefixSums(numbers).find_nonzero(start, step=step)


def test_long_runs_of_zeros_are_passed_over() -> None:
    """A number far away is found in both directions."""
    numbers = [0] * 2000
    numbers[1500] = 1
    sums = PrefixSums(numbers)
    assert sums.find_nonzero(0) == 1500
    assert sums.find_nonzero(1999, step=-1) == 1500
    assert sums.find_nonzero(1501) is None


def test_no_numbers_at_all() -> None:
    """An empty list has the sum 0 and no place."""
    sums = PrefixSums([])
    assert (sums.total, sums.sum_before(0), sums.find_index(1), sums.find_nonzero(0)) == (0, 0, 0, None)
