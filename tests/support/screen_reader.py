"""Read the accessibility tree of a program over the bus, as a screen reader does.

The protocol is that of AT-SPI: https://gitlab.gnome.org/GNOME/at-spi2-core/-/tree/main/xml
"""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress, MatchRule, MessageType, Properties, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg
from patience import PATIENCE
from programs import give_up, require_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jeepney.io.blocking import DBusConnection

_ROOT = "/org/a11y/atspi/accessible/root"
FOCUSABLE, FOCUSED, SHOWING, READ_ONLY = 11, 12, 25, 43
PUSHED = {"push button", "toggle button", "check box", "radio button", "menu item", "check menu item"}


@dataclass(frozen=True)
class Node:
    """A node of the tree, queried over the bus."""

    bus: DBusConnection
    name_on_bus: str
    path: str

    @property
    def role(self) -> str:
        """Return the role."""
        return str(self._call("Accessible", "GetRoleName")[0])

    @property
    def name(self) -> str:
        """Return the accessible name."""
        return str(self._property("Accessible", "Name"))

    @property
    def description(self) -> str:
        """Return the accessible description."""
        return str(self._property("Accessible", "Description"))

    @property
    def text(self) -> str:
        """Return the whole text."""
        return str(self._call("Text", "GetText", "ii", (0, -1))[0])

    @property
    def caret(self) -> int:
        """Return the offset of the caret, in characters as the bus counts them."""
        return int(self._property("Text", "CaretOffset"))

    @property
    def parent(self) -> Node:
        """Return the parent."""
        return Node(self.bus, *self._property("Accessible", "Parent"))

    def is_in(self, state: int) -> bool:
        """Return whether the node has a state."""
        low, high = self._call("Accessible", "GetState")[0]
        return bool((low | high << 32) >> state & 1)

    def children(self) -> list[Node]:
        """Return the children."""
        return [Node(self.bus, *one) for one in self._call("Accessible", "GetChildren")[0]]

    def all(self) -> Iterator[Node]:
        """Yield the node and all its descendants."""
        yield self
        for child in self.children():
            yield from child.all()

    def find(self, role: str, name: str) -> Node | None:
        """Return the first node with this role and a name that starts with `name`, or None."""
        return next((one for one in self.all() if one.role == role and one.name.startswith(name)), None)

    def _call(self, interface: str, method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Any:
        address = DBusAddress(self.path, self.name_on_bus, f"org.a11y.atspi.{interface}")
        return _answer(self.bus, new_method_call(address, method, signature, body))

    def _property(self, interface: str, name: str) -> Any:
        address = DBusAddress(self.path, self.name_on_bus, f"org.a11y.atspi.{interface}")
        return _answer(self.bus, Properties(address).get(name))[0][1]


@dataclass
class Reader:
    """A screen reader that is switched on; `environment` connects a program to it."""

    bus: DBusConnection
    environment: dict[str, str]

    def program(self) -> Node:
        """Return the window of the running program."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            desktop = Node(self.bus, "org.a11y.atspi.Registry", _ROOT)
            for application in desktop.children():
                if windows := application.children():
                    return windows[0]
            time.sleep(0.05)
        raise AssertionError("no program has come to the accessibility bus")

    @contextmanager
    def hearing(self, event: str) -> Iterator[list[Any]]:
        """Receive the events of a kind, such as `Announcement`, while the block runs."""
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member=event)
        _answer(self.bus, message_bus.AddMatch(rule))
        with self.bus.filter(rule) as queue:
            yield queue

    def words(self, queue: Any) -> str:
        """Return the text of the next event."""
        message = self.bus.recv_until_filtered(queue, timeout=PATIENCE)
        return str(message.body[3][1])


@contextmanager
def reader(folder: Path) -> Iterator[Reader]:
    """Start a session bus, an accessibility bus and a screen reader, if they are installed."""
    require_program("dbus-daemon", package="dbus")
    home = {"XDG_RUNTIME_DIR": str(folder), "XDG_CACHE_HOME": str(folder), "HOME": str(folder)}
    folder.chmod(0o700)
    with ExitStack() as stack:
        address = stack.enter_context(session_bus({**os.environ, **home}))
        session = stack.enter_context(open_dbus_connection(address))
        place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        found = session.send_and_get_reply(new_method_call(place, "GetAddress"), timeout=PATIENCE)
        if found.header.message_type is not MessageType.method_return:
            give_up(f"the accessibility bus ({found.body[0]})", package="at-spi2-core")
        status = place.with_interface("org.a11y.Status")
        for switch in ("IsEnabled", "ScreenReaderEnabled"):
            _answer(session, Properties(status).set(switch, "b", value=True))
        bus = stack.enter_context(open_dbus_connection(found.body[0]))
        registry = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")
        for event in ("object:", "focus:"):
            _answer(bus, new_method_call(registry, "RegisterEvent", "sas", (event, [])))
        yield Reader(bus, {**home, "DBUS_SESSION_BUS_ADDRESS": address})


@contextmanager
def session_bus(environment: dict[str, str]) -> Iterator[str]:
    """Yield the address of a session bus that ends with the block, with everything that it started."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as daemon:
        assert daemon.stdout is not None
        try:
            yield daemon.stdout.readline().strip()
        finally:
            daemon.terminate()
            daemon.wait()


def _answer(bus: DBusConnection, message: Any) -> Any:
    """Return the reply to `message`, or raise the error that it reports."""
    return unwrap_msg(bus.send_and_get_reply(message, timeout=PATIENCE))
