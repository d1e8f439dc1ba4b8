"""Press keys of the window at random, the same ones for the same seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from window_driver import WindowDriver

TAGGING = ("1", "2", "3", "Shift+1", "Shift+2", "Shift+3", "Space", "0", "Del", "7")
MOVING = ("J", "K", "N", "P", "Home", "End", "Down", "Up", "Shift+Down", "Shift+Up", "PgDown", "Esc")
TRAVELLING = ("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Shift+Z")
DOCUMENTS = ("Ctrl+PgDown", "Ctrl+PgUp", "Shift+N", "Ctrl+Return")
PANELS = ("F7", "F8", "F5", "Ctrl+H", "F9", "F10")
WORDS = ("dang xem", "9", "tren 75%", "20 trieu", "2030", "?", "hai van")


class RandomKeys:
    """Someone who presses keys of the article at random and answers what is asked.

    With `is_travelling` off they stay in the open document and do not finish it.
    """

    def __init__(self, driver: WindowDriver, random: Random, *, is_travelling: bool = True) -> None:
        self.driver = driver
        self.count = 0
        self._random = random
        self._kinds: tuple[tuple[int, Callable[[], None]], ...] = (
            (40, lambda: self._press(random.choice(TAGGING))),
            (25, lambda: self._press(random.choice(MOVING))),
            (12, lambda: self._press(random.choice(TRAVELLING))),
            (3 * is_travelling, lambda: self._press(random.choice(DOCUMENTS))),
            (3, self._write_note),
            (3, self._fill_in),
            (3, self._split),
            (2, lambda: self._press("M")),
            (2, self._visit_panel),
            (1, self._find),
            (1, self._take_offer),
            (1, self._read_messages),
        )

    def press_some(self, count: int) -> None:
        """Press at least `count` keys and end with the focus on the article."""
        end = self.count + count
        weights = [weight for weight, _act in self._kinds]
        while self.count < end:
            self._answer()
            (act,) = self._random.choices([act for _weight, act in self._kinds], weights)
            act()
            if not self.driver.is_active():  # a pop-up was closed, where there is no window manager
                self.driver.activate()
                self.driver.qtbot.waitUntil(self.driver.is_active)
            if not self.driver.is_article_focused():
                self._press("Esc")
                self.driver.focus_article()

    def _press(self, *keys: str) -> None:
        self.count += len(keys)
        self.driver.press(*keys)

    def _type(self, words: str) -> None:
        self.count += len(words)
        QTest.keyClicks(self.driver.focus(), words)

    def _answer(self) -> None:
        """Answer the question of the strip, mostly."""
        choices = self.driver.strip_choices()
        if choices and self._random.random() < 0.8:
            self._press(self._random.choice(choices)[1])

    def _write_note(self) -> None:
        self._press("T")
        if not self.driver.is_article_focused():
            if self._random.random() < 0.5:
                self._press("Ctrl+A")  # so that notes stay as short as those of people
            self._type(self._random.choice(WORDS))
            self._press(self._random.choice(("Esc", "Ctrl+Return")))

    def _fill_in(self) -> None:
        self._press("F")
        if not self.driver.is_article_focused():
            self._type(self._random.choice(WORDS))
            self._press("Return")

    def _split(self) -> None:
        self._press("S", *["Right"] * self._random.randrange(4), self._random.choice(("Return", "Return", "Esc")))

    def _visit_panel(self) -> None:
        panel = self._random.choice(PANELS)
        self._press(panel)
        if not self.driver.is_article_focused():
            self._press(*self._random.choices(("Down", "Up", "Home", "End"), k=self._random.randrange(4)))
            self._press(self._random.choice((panel, "Esc")))

    def _find(self) -> None:
        self._press("Ctrl+F")
        self._type(self._random.choice(("tinh", "dot pha", "zz")))
        self._press(self._random.choice(("Return", "F3", "Esc")), "Esc")

    def _take_offer(self) -> None:
        """Press a button of the toast."""
        if self.driver.toast():
            for button in self.driver.offers()[-1:]:
                self.count += 1
                button.click()

    def _read_messages(self) -> None:
        self._press("Ctrl+Shift+M")
        popup = QApplication.activePopupWidget()
        if popup is not None:  # there is none where nothing was said
            popup.close()
