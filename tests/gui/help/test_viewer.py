"""Help pages, and the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dialog_driver import button, find_child, named
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QLineEdit, QListWidget, QTextBrowser

from annotator.app.help_pages import MARKER, load_pages
from annotator.app.preferences.settings import Settings, load_settings
from annotator.app.preferences.settings_file import settings_path
from annotator.app.preferences.translation import LANGUAGES
from annotator.gui.actions.action import Menu
from annotator.gui.actions.shortcuts import get_plain_title
from annotator.gui.help.viewer import build_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from window_driver import WindowDriver


def opened(driver: WindowDriver) -> QDialog:
    """The help window, called by its key."""
    driver.press("Shift+F1")
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    driver.qtbot.waitUntil(found.isActiveWindow)
    return found


def text_of(window: QDialog) -> str:
    """What the page says."""
    return find_child(window, QTextBrowser).toPlainText()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_is_named_in_the_help(driver: WindowDriver, language: str) -> None:
    """Whatever can be done, the pages say so, by its name in the language and with its key."""
    driver.choose_look(language=language)
    actions = driver.actions()
    browser = QTextBrowser()
    browser.setMarkdown("\n\n".join(page.text for page in build_pages(actions, language=language)))
    text = browser.toPlainText()
    assert [get_plain_title(action) for action in actions if get_plain_title(action) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marker_is_known(driver: WindowDriver, language: str) -> None:
    """No page names an action that does not exist any more."""
    known = {f"action:{action.id}" for action in driver.actions()}
    known |= {f"menu:{menu.name.lower()}" for menu in Menu}
    named_ones = {marker for page in load_pages(language) for marker in MARKER.findall(page.text)}
    assert named_ones - known == set()
    assert {f"menu:{menu.name.lower()}" for menu in Menu} <= named_ones


def test_the_pages_are_read_one_after_the_other(driver: WindowDriver) -> None:
    """The contents stand at the left, the first page is open, Down goes to the next, Escape back to the article."""
    window = opened(driver)
    pages = named(window, QListWidget, "Pages")
    assert [pages.item(row).text() for row in range(2)] == ["First steps", "Keyboard shortcuts"]
    assert text_of(window).startswith("First steps")
    QTest.keySequence(named(window, QLineEdit, "Search the help"), "Down")
    assert text_of(window).startswith("Keyboard shortcuts")
    QTest.keySequence(window, "Esc")
    assert not window.isVisible()
    driver.activate()
    driver.qtbot.waitUntil(driver.is_article_focused)


def test_a_search_leaves_the_pages_that_have_it(driver: WindowDriver) -> None:
    """Neither case nor accents count; Enter goes through the places and on to the next page."""
    window = opened(driver)
    line, pages = named(window, QLineEdit, "Search the help"), named(window, QListWidget, "Pages")
    QTest.keyClicks(line, "ORPHANS")
    shown = [pages.item(row).text() for row in range(pages.count()) if not pages.item(row).isHidden()]
    assert shown == ["When an article changes"]
    assert text_of(window).startswith("When an article changes")
    marks = find_child(window, QTextBrowser).extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == ["orphans"]
    line.clear()
    QTest.keyClicks(line, "telex")
    QTest.keySequence(line, "Return")
    assert pages.currentItem().text() in {"Keyboard shortcuts", "Questions"}
    line.clear()
    assert all(not pages.item(row).isHidden() for row in range(pages.count()))


def test_links_lead_to_pages_and_nowhere_else(driver: WindowDriver) -> None:
    """A link between pages opens the page; an address outside does nothing."""
    window = opened(driver)
    browser = find_child(window, QTextBrowser)
    browser.anchorClicked.emit(QUrl("sentences.md"))
    assert text_of(window).startswith("Sentences")
    browser.anchorClicked.emit(QUrl("https://example.org/keys.md"))
    browser.anchorClicked.emit(QUrl("/etc/passwd"))
    assert text_of(window).startswith("Sentences")
    assert browser.loadResource(2, QUrl("file:///etc/passwd")) is None


def test_help_follows_language_and_keys(driver: WindowDriver) -> None:
    """Switched to Vietnamese, or with another key, the open pages say so."""
    window = opened(driver)
    driver.set_keys({"undo": ["F8"]})
    driver.choose_look(language="vi")
    assert text_of(window).startswith("Những bước đầu tiên")
    assert "Hoàn tác (F8)" in text_of(window)
    window.close()


def callout(driver: WindowDriver) -> QFrame:
    """The callout of the tour."""
    return driver.find(QFrame, "tour")


def title(driver: WindowDriver) -> str:
    """What the callout is about."""
    return callout(driver).findChildren(QLabel)[0].text()


def test_the_tour_has_five_steps_and_ends_for_good(driver: WindowDriver) -> None:
    """Called from the menu it can be gone through with Enter alone; at the end it is noted as seen."""
    driver.run("tour")
    titles = [title(driver)]
    for _step in range(4):
        QTest.keySequence(driver.focus(), "Space")
        titles.append(title(driver))
    assert titles == ["The article", "One key decides", "The sentence", "The documents", "To find anything"]
    button(callout(driver), "Back").click()
    assert title(driver) == "The documents"
    button(callout(driver), "Next").click()
    button(callout(driver), "Done").setFocus()
    QTest.keySequence(driver.focus(), "Space")
    assert not callout(driver).isVisible()
    assert load_settings(settings_path()).toured
    assert driver.is_article_focused()


@pytest.mark.parametrize("is_asked", [True, False])
def test_escape_ends_the_tour_for_good(driver: WindowDriver, *, is_asked: bool) -> None:
    """Wherever the focus is."""
    driver.start_tour(is_asked=is_asked)
    driver.press("Esc")
    assert not callout(driver).isVisible()
    assert load_settings(settings_path()).toured
    assert driver.is_article_focused()


def test_keys_go_on_working_under_the_tour(driver: WindowDriver) -> None:
    """Where it came by itself it takes nothing from the article: what it explains can be tried at once."""
    driver.start_tour(is_asked=False)
    driver.press("1")
    assert len(driver.labels()) == 1
    button(callout(driver), "Do not show again").click()
    assert not callout(driver).isVisible()


def test_the_tour_never_covers_the_current_sentence(driver: WindowDriver) -> None:
    """On no step, wherever the sentence stands, also in a small window."""
    driver.resize(1000, 700)
    driver.start_tour(is_asked=False)
    for _step in range(5):
        for key in ("Home", "J", "J", "End"):
            driver.press(key)
            covered = callout(driver).geometry()
            viewport = driver.viewport()
            corner = viewport.mapTo(driver.window, QPoint(0, 0))
            place = driver.place(driver.current()) + corner
            assert not covered.intersects(QRect(place, place).adjusted(-4, -8, 120, 8)), (title(driver), key)
            assert driver.window.rect().contains(covered)
        QTest.mouseClick(
            next(
                one
                for one in callout(driver).findChildren(type(button(callout(driver), "Back")))
                if one.text() != "Back" and not one.isFlat()
            ),
            Qt.MouseButton.LeftButton,
        )
    assert not callout(driver).isVisible()


def test_no_tour_unless_asked(folder: Path, open_on: Callable[..., WindowDriver]) -> None:
    """A window that is opened shows none by itself; the start of the program decides that."""
    driver = open_on(folder, Settings(language="en", theme="light"))
    assert driver.find_all(QFrame, "tour") == []
