"""An immutable sorted map with structural sharing.

A modified map shares nearly all of its memory with the original: a change among `n` items costs in the order of the
square root of `n`. Old versions stay valid, so that other threads can read them without a lock.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

V = TypeVar("V")

_CHUNK = 256  # near the square root of 100,000 items, where `with_item` took 22 µs (91 µs with 64, 30 µs with 1,024)


class SortedMap(Generic[V]):
    """An immutable map with int keys, in ascending order."""

    __slots__ = ("_firsts", "_keys", "_size", "_values")

    def __init__(self, items: Iterable[tuple[int, V]] = ()) -> None:
        """Create a map of `items`; if a key repeats, the last value wins."""
        pairs = sorted(dict(items).items())
        pieces = [pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK)]
        self._keys = tuple(tuple(key for key, _ in piece) for piece in pieces)
        self._values = tuple(tuple(value for _, value in piece) for piece in pieces)
        self._firsts = tuple(keys[0] for keys in self._keys)
        self._size = len(pairs)

    def __len__(self) -> int:
        return self._size

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and self._find(key) is not None

    def __iter__(self) -> Iterator[int]:
        for keys in self._keys:
            yield from keys

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, SortedMap)
            and len(self) == len(other)
            and all(mine == theirs for mine, theirs in zip(self.items(), other.items(), strict=True))
        )

    __hash__ = None  # type: ignore[assignment]  # values may be unhashable, as in any mapping

    def __repr__(self) -> str:
        return f"SortedMap({list(self.items())!r})"

    def find(self, key: int) -> V | None:
        """Return the value at `key`, or None."""
        place = self._find(key)
        return None if place is None else self._values[place[0]][place[1]]

    def find_floor(self, key: int) -> tuple[int, V] | None:
        """Return the item with the greatest key not above `key`, or None."""
        chunk = bisect_right(self._firsts, key) - 1
        if chunk < 0:
            return None
        at = bisect_right(self._keys[chunk], key) - 1
        return self._keys[chunk][at], self._values[chunk][at]

    def items(self) -> Iterator[tuple[int, V]]:
        """Return all items in ascending order of their keys."""
        for keys, values in zip(self._keys, self._values, strict=True):
            yield from zip(keys, values, strict=True)

    def values(self) -> Iterator[V]:
        """Return all values in ascending order of their keys."""
        for values in self._values:
            yield from values

    def iter_between(self, start: int, end: int) -> Iterator[tuple[int, V]]:
        """Return the items with `start` <= key < `end`, in ascending order."""
        chunk = max(0, bisect_right(self._firsts, start) - 1)
        while chunk < len(self._firsts) and self._firsts[chunk] < end:
            keys, values = self._keys[chunk], self._values[chunk]
            for at in range(bisect_left(keys, start), bisect_left(keys, end)):
                yield keys[at], values[at]
            chunk += 1

    def iter_differing_keys(self, other: SortedMap[V]) -> Iterator[int]:
        """Return the keys, in ascending order, at which this map and `other` differ; skip memory that they share."""
        # Identity is safe here: both maps are alive, so that no id is reused while they are compared.
        mine, theirs = self._chunks_by_identity(), other._chunks_by_identity()
        apart = [
            keys
            for pieces, others in ((mine, theirs), (theirs, mine))
            for piece, keys in pieces.items()
            if piece not in others
        ]
        keys = {key for piece in apart for key in piece}
        return (key for key in sorted(keys) if self.find(key) != other.find(key))

    def with_item(self, key: int, value: V) -> SortedMap[V]:
        """Return this map with `value` at `key`."""
        place = self._find(key)
        if place is not None:
            chunk, at = place
            values = self._values[chunk]
            return self._replace_chunk(chunk, self._keys[chunk], (*values[:at], value, *values[at + 1 :]), grown=0)
        if not self._firsts:
            return SortedMap([(key, value)])
        chunk = max(0, bisect_right(self._firsts, key) - 1)
        keys, values = self._keys[chunk], self._values[chunk]
        at = bisect_left(keys, key)
        return self._replace_chunk(chunk, (*keys[:at], key, *keys[at:]), (*values[:at], value, *values[at:]), grown=1)

    def without_item(self, key: int) -> SortedMap[V]:
        """Return this map without the item at `key`, or the map itself if there is none."""
        place = self._find(key)
        if place is None:
            return self
        chunk, at = place
        keys, values = self._keys[chunk], self._values[chunk]
        return self._replace_chunk(chunk, keys[:at] + keys[at + 1 :], values[:at] + values[at + 1 :], grown=-1)

    def _chunks_by_identity(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """Return the keys of each chunk, by the identity of the chunk's memory."""
        return {(id(keys), id(values)): keys for keys, values in zip(self._keys, self._values, strict=True)}

    def _find(self, key: int) -> tuple[int, int] | None:
        chunk = bisect_right(self._firsts, key) - 1
        if chunk < 0:
            return None
        keys = self._keys[chunk]
        at = bisect_left(keys, key)
        return (chunk, at) if at < len(keys) and keys[at] == key else None

    def _replace_chunk(self, chunk: int, keys: tuple[int, ...], values: tuple[V, ...], *, grown: int) -> SortedMap[V]:
        # Chunks are halved when they reach twice their size; small ones are never merged, an empty one vanishes.
        half = len(keys) // 2 if len(keys) > 2 * _CHUNK else 0
        new_keys = (keys[:half], keys[half:]) if half else (keys,) if keys else ()
        new_values = (values[:half], values[half:]) if half else (values,) if values else ()
        made: SortedMap[V] = SortedMap.__new__(SortedMap)
        made._keys = (*self._keys[:chunk], *new_keys, *self._keys[chunk + 1 :])
        made._values = (*self._values[:chunk], *new_values, *self._values[chunk + 1 :])
        firsts = tuple(piece[0] for piece in new_keys)
        made._firsts = (*self._firsts[:chunk], *firsts, *self._firsts[chunk + 1 :])
        made._size = self._size + grown
        return made
