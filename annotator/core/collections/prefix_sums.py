"""Prefix sums over many numbers that change one at a time.

Used for the heights of paragraphs and for the number of sentences before a block. Setting a number, the sum of a
prefix and the search for a sum each take time proportional to the square root of the count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHUNK = 256  # of 100,000 numbers, `find_index` took 61 µs (177 µs with 64, 92 µs with 1,024)


class PrefixSums:
    """A list of non-negative numbers with fast prefix sums."""

    __slots__ = ("_chunks", "_numbers", "_total")

    def __init__(self, numbers: Sequence[float]) -> None:
        """Copy `numbers` and sum them, in one pass."""
        self._numbers = list(numbers)
        self._chunks = [sum(self._numbers[at : at + _CHUNK]) for at in range(0, len(self._numbers), _CHUNK)]
        self._total = sum(self._chunks)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, index: int) -> float:
        return self._numbers[index]

    @property
    def total(self) -> float:
        """Sum of all numbers."""
        return self._total

    def set(self, index: int, number: float) -> None:
        """Set the number at `index`."""
        grown = number - self._numbers[index]
        self._numbers[index] = number
        self._chunks[index // _CHUNK] += grown
        self._total += grown

    def sum_before(self, index: int) -> float:
        """Return the sum of the numbers before `index`, which may be the length."""
        chunk = index // _CHUNK
        return sum(self._chunks[:chunk]) + sum(self._numbers[chunk * _CHUNK : index])

    def find_index(self, amount: float) -> int:
        """Return the index of the number at which the prefix sum exceeds `amount`, or the last index if none does."""
        rest = amount
        chunk = 0
        while chunk < len(self._chunks) - 1 and rest >= self._chunks[chunk]:
            rest -= self._chunks[chunk]
            chunk += 1
        index = chunk * _CHUNK
        last = min(index + _CHUNK, len(self._numbers)) - 1
        while index < last and rest >= self._numbers[index]:
            rest -= self._numbers[index]
            index += 1
        return max(0, index)

    def find_nonzero(self, start: int, *, step: int = 1) -> int | None:
        """Return the first index from `start` on, in steps of `step` (1 or -1), whose number is not zero, or None."""
        index = start
        while 0 <= index < len(self._numbers):
            chunk = index // _CHUNK
            if self._chunks[chunk] == 0:
                index = (chunk + 1) * _CHUNK if step > 0 else chunk * _CHUNK - 1
                continue
            if self._numbers[index] != 0:
                return index
            index += step
        return None
