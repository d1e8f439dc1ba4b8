"""What this process holds: memory, threads, descriptors, objects of Qt, listeners."""

from __future__ import annotations

import ctypes
import gc
import mmap
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from annotator.gui.messages.message_list import MessageList

if TYPE_CHECKING:
    from window_driver import WindowDriver


class Footprint(NamedTuple):
    """What the process holds at one moment; memory in bytes, 0 on systems that do not tell.

    `blocks` are those that Python has allocated, `journals` the bytes in the state folder.
    """

    memory: int
    blocks: int
    threads: int
    descriptors: int
    objects: int
    widgets: int
    listeners: int
    journals: int

    def __str__(self) -> str:
        numbers = self._asdict()
        for name in ("memory", "journals"):
            numbers[name] = f"{numbers[name] / 1e6:.1f} MB"
        return ", ".join(f"{value} {name}" for name, value in numbers.items())


def measure(driver: WindowDriver, state_folder: Path) -> Footprint:
    """Measure once everything that can go is gone."""
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    gc.collect()
    kept = _find_others(driver)
    kept_widgets = sum(isinstance(one, QWidget) for one in kept)
    return Footprint(
        memory=_memory(),
        blocks=sys.getallocatedblocks(),
        threads=threading.active_count(),
        descriptors=_count("/proc/self/fd"),
        objects=len(driver.window.findChildren(QObject)) - len(kept),
        widgets=len(QApplication.allWidgets()) - kept_widgets,
        listeners=len(driver.session.changed._listeners),
        journals=sum(path.stat().st_size for path in state_folder.rglob("*") if path.is_file()),
    )


def _find_others(driver: WindowDriver) -> list[QObject]:
    """Return what is not counted: up to fifty messages, and what Qt makes when a panel comes in front of another.

    Of these separators, hidden and without any content, Qt 6.11 forgets one at every sixth change.
    """
    rows = [part for popup in driver.find_all(MessageList) for part in popup.findChildren(QObject)]
    return [*rows, *driver.find_all(QObject, "qt_qmainwindow_extended_splitter")]


def _count(folder: str) -> int:
    return len(list(Path(folder).iterdir())) if Path(folder).is_dir() else 0


def _memory() -> int:
    if not sys.platform.startswith("linux"):
        return 0
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc alone
    if trim is not None:
        trim(0)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * mmap.PAGESIZE
