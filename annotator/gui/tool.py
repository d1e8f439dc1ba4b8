"""A part of the window that is made when it is first asked for. It must not know the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from annotator.gui.workbench import Workbench


class Tool(QObject):
    """The base of such a part; `Workbench.tool` makes one of each class, and keeps it.

    ``dress`` is called when it is made and whenever theme, language or labels changed.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.bench = bench

    def dress(self) -> None:
        """Take the theme, the language and the labels in use."""
