from __future__ import annotations

import threading
from threading import Event
from typing import TYPE_CHECKING

import pytest
from patience import PATIENCE

from annotator.app.persistence.background_writer import BackgroundWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 3600.0


class Disk:
    """Takes what is written, fails while there is trouble, and can be made to wait in the middle of writing."""

    def __init__(self) -> None:
        self.tried: list[int] = []
        self.written: list[int] = []
        self.told: list[tuple[int, str]] = []
        self.trouble = ""
        self.error: Exception | None = None
        self.begun = Event()
        self.go_on = Event()
        self.go_on.set()
        self.ended = Event()

    def write(self, state: int) -> str:
        """Write the state, or not."""
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        self.tried.append(state)
        if self.error is not None:
            raise self.error
        if not self.trouble:
            self.written.append(state)
        return self.trouble

    def tell(self, state: int, trouble: str) -> None:
        """Note what the saver says."""
        self.told.append((state, trouble))
        self.ended.set()


@pytest.fixture
def disk() -> Disk:
    """A disk that works."""
    return Disk()


@pytest.fixture
def saver(disk: Disk) -> Iterator[BackgroundWriter[int]]:
    """A saver that writes nothing by itself within the time of a test."""
    made = BackgroundWriter(disk.write, on_written=disk.tell, delay=LONG, retry=LONG)
    yield made
    disk.trouble, disk.error = "", None
    disk.go_on.set()
    made.close()


def test_the_newest_state_is_written_once(disk: Disk, saver: BackgroundWriter[int]) -> None:
    """Of several states that wait, only the last is written, when asked for at once."""
    for state in range(5):
        saver.submit(state)
    assert saver.flush()
    assert (disk.written, disk.told) == ([4], [(4, "")])


def test_nothing_to_write(disk: Disk, saver: BackgroundWriter[int]) -> None:
    """Flushing without a state is done at once, also twice."""
    assert (saver.flush(), saver.flush(), disk.tried) == (True, True, [])


def test_a_state_is_written_by_itself_after_the_delay(disk: Disk) -> None:
    """Without being asked, the saver writes soon."""
    saver = BackgroundWriter(disk.write, on_written=disk.tell, delay=0.0, retry=LONG)
    saver.submit(1)
    assert disk.ended.wait(PATIENCE)
    assert disk.written == [1]
    assert saver.close()


def test_a_state_that_comes_while_another_is_written_is_not_lost(disk: Disk, saver: BackgroundWriter[int]) -> None:
    """It is written after the first one, by the same flush."""
    disk.go_on.clear()
    saver.submit(1)
    assert not saver.flush(seconds=0.0)
    ending = BackgroundWriter(lambda _state: str(saver.flush()), on_written=disk.tell, delay=0.0)
    ending.submit(0)
    assert disk.begun.wait(PATIENCE)
    saver.submit(2)
    disk.go_on.set()
    assert saver.flush()
    ending.close()
    assert disk.written == [1, 2]


def test_what_failed_waits_and_is_written_when_the_cause_is_gone(disk: Disk, saver: BackgroundWriter[int]) -> None:
    """The trouble is told each time; when it is gone, the same state is written."""
    disk.trouble = "Disk full."
    saver.submit(1)
    assert not saver.flush()
    assert not saver.flush()
    disk.trouble = ""
    assert saver.flush()
    assert (disk.tried, disk.written) == ([1, 1, 1], [1])
    assert disk.told == [(1, "Disk full."), (1, "Disk full."), (1, "")]


def test_what_failed_is_tried_again_by_itself(disk: Disk) -> None:
    """Without being asked, a failed state is tried until it is written."""
    disk.trouble = "Disk full."
    saver = BackgroundWriter(disk.write, on_written=disk.tell, delay=0.0, retry=0.0)
    saver.submit(1)
    assert disk.ended.wait(PATIENCE)
    disk.trouble = ""
    assert saver.flush()
    assert disk.written == [1]
    saver.close()


def test_a_new_state_ends_the_pause_after_a_failure(disk: Disk, saver: BackgroundWriter[int]) -> None:
    """After a failure, the next state is tried without waiting for the pause to end."""
    disk.trouble = "Disk full."
    saver.submit(1)
    assert not saver.flush()
    disk.trouble = ""
    disk.ended.clear()
    saver.submit(2)
    assert disk.ended.wait(PATIENCE)
    assert disk.written == [2]


def test_a_fault_of_the_program_does_not_end_saving(disk: Disk, saver: BackgroundWriter[int]) -> None:
    """An unforeseen error is told like any other, and the next state is written."""
    disk.error = ZeroDivisionError("by zero")
    saver.submit(1)
    assert not saver.flush()
    assert "cannot be saved: ZeroDivisionError: by zero" in disk.told[0][1]
    disk.error = None
    saver.submit(2)
    assert saver.flush()
    assert disk.written == [2]


def test_closing_writes_what_waits(disk: Disk) -> None:
    """Nothing that was submitted is lost by closing; whether it could be written is said."""
    saver = BackgroundWriter(disk.write, on_written=disk.tell, delay=LONG, retry=LONG)
    saver.submit(1)
    assert saver.close()
    other = Disk()
    other.trouble = "Disk full."
    failing = BackgroundWriter(other.write, on_written=other.tell, delay=LONG, retry=LONG)
    failing.submit(1)
    assert not failing.close()
    assert (disk.written, other.tried) == ([1], [1])


def test_a_fault_in_telling_does_not_end_saving(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported as Python reports one in a thread, and the next state is written."""
    reported: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", reported.append)

    def tell(state: int, trouble: str) -> None:
        if state == 1:
            raise ZeroDivisionError
        disk.tell(state, trouble)

    saver = BackgroundWriter(disk.write, on_written=tell, delay=LONG, retry=LONG)
    saver.submit(1)
    assert saver.flush()
    saver.submit(2)
    assert saver.close()
    assert (disk.written, disk.told) == ([1, 2], [(2, "")])
    assert [one.exc_type for one in reported] == [ZeroDivisionError]
