from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions

from annotator.gui.widgets.threads import MainThreadInvoker, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

THREADS, CALLS = 4, 500


@pytest.fixture
def deliverer(qtbot: QtBot) -> Iterator[MainThreadInvoker]:
    """One that carries calls into the thread of the test."""
    del qtbot  # it makes the application, without which nothing is carried
    parent = QObject()
    yield MainThreadInvoker(parent)
    parent.deleteLater()


def test_calls_of_several_threads_arrive_in_order(deliverer: MainThreadInvoker, qtbot: QtBot) -> None:
    """Every call is made, in the thread of the deliverer, and those of one thread in the order in which it asked."""
    arrived: list[tuple[int, int, int]] = []

    def note(number: int, nth: int) -> None:
        arrived.append((number, nth, threading.get_ident()))

    def ask(number: int) -> None:
        for nth in range(CALLS):
            deliverer.invoke(partial(note, number, nth))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not arrived  # none is made before the thread of the deliverer comes round to it
    qtbot.waitUntil(lambda: len(arrived) == THREADS * CALLS)
    assert {ident for _number, _nth, ident in arrived} == {threading.get_ident()}
    for number in range(THREADS):
        assert [nth for one, nth, _ident in arrived if one == number] == list(range(CALLS))


def test_a_call_that_fails_holds_up_no_other(deliverer: MainThreadInvoker, qtbot: QtBot) -> None:
    """What a call raises is reported, and the calls after it are made all the same."""
    arrived: list[str] = []

    def fail() -> None:
        raise ValueError("on purpose")

    with capture_exceptions() as raised:
        deliverer.invoke(fail)
        deliverer.invoke(partial(arrived.append, "next"))
        qtbot.waitUntil(lambda: bool(arrived))
    assert [kind for kind, _error, _trace in raised] == [ValueError]


def test_results_come_back_in_order(deliverer: MainThreadInvoker, qtbot: QtBot) -> None:
    """Work is done beside the thread of the deliverer, and its results come into that thread, in order."""
    results: list[tuple[int, bool]] = []
    here = threading.get_ident()

    def work(number: int) -> tuple[int, bool]:
        return number, threading.get_ident() != here

    worker = Worker(deliverer)
    for number in range(CALLS):
        worker.run(partial(work, number), results.append)
    qtbot.waitUntil(lambda: len(results) == CALLS)
    worker.close()
    assert results == [(number, True) for number in range(CALLS)]
