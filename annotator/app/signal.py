"""One sender, many listeners, one thread. It must not know what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Signal(Generic[T]):
    """Calls every listener, in the order in which they came, with what is sent."""

    __slots__ = ("_listeners",)

    def __init__(self) -> None:
        self._listeners: tuple[Callable[[T], None], ...] = ()

    def connect(self, listener: Callable[[T], None]) -> None:
        """Call ``listener`` from now on."""
        self._listeners = (*self._listeners, listener)

    def disconnect(self, listener: Callable[[T], None]) -> None:
        """Do not call ``listener`` any more; nothing happens where it never was connected."""
        self._listeners = tuple(one for one in self._listeners if one != listener)

    def send(self, what: T) -> None:
        """Call every listener with ``what``."""
        for listener in self._listeners:
            listener(what)
