"""Strips: questions over the top of the article, with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.messages.message import Choice, MessageKind, Question

if TYPE_CHECKING:
    from window_driver import WindowDriver


def test_the_keys_of_a_question_hold_only_while_it_is_shown(driver: WindowDriver) -> None:
    """A letter answers, and afterwards it is the article's key again."""
    chosen: list[str] = []
    choices = (
        Choice("Change", "Enter", lambda: chosen.append("change")),
        Choice("Go", "N", lambda: chosen.append("go")),
    )
    driver.ask(Question("Change it?", kind=MessageKind.WARN, choices=choices))
    before = driver.current()
    driver.press("N")
    assert (chosen, driver.strip()) == (["go"], "")
    assert driver.current() == before
    driver.press("N")
    assert chosen == ["go"]
