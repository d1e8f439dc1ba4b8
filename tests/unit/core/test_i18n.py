from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING

import pytest

from annotator.core.i18n import N_, _, ngettext, pgettext, set_translations
from annotator.core.labels import Label

if TYPE_CHECKING:
    from collections.abc import Iterator


class Shouting(NullTranslations):
    """A language in which everything is shouted."""

    def gettext(self, message: str) -> str:
        """The message, shouted."""
        return message.upper()

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The one or the other, shouted."""
        return (msgid1 if n == 1 else msgid2).upper()

    def pgettext(self, context: str, message: str) -> str:
        """The message, shouted, after its context."""
        return f"{context.upper()}: {message.upper()}"


@pytest.fixture
def _shouting() -> Iterator[None]:
    """Speak the shouting language for one test."""
    set_translations(Shouting())
    yield
    set_translations(NullTranslations())


@pytest.mark.usefixtures("_shouting")
def test_texts_are_said_in_the_language_chosen() -> None:
    """What is translated is said in that language; what is only marked is not."""
    assert (_("one"), ngettext("one", "many", 1), ngettext("one", "many", 2), N_("one")) == (
        "ONE",
        "ONE",
        "MANY",
        "one",
    )


def test_without_a_choice_texts_are_english() -> None:
    """The texts themselves are English."""
    assert (_("one"), ngettext("one", "many", 1), ngettext("one", "many", 0)) == ("one", "one", "many")


@pytest.mark.usefixtures("_shouting")
def test_a_text_with_a_context_is_translated_in_that_meaning() -> None:
    """The context tells the translations of one English text apart."""
    assert pgettext("a file", "Open") == "A FILE: OPEN"


def test_a_context_is_never_shown() -> None:
    """Without a translation the text alone is shown."""
    assert pgettext("a file", "Open") == "Open"


def test_names_of_labels() -> None:
    """The name is in the language asked for, else in any, else the key; the sign its letter, else the key's first."""
    label = Label("target", names={"vi": "Mục tiêu"}, hints={"en": "A figure."}, letters={"vi": "M", "en": "T"})
    assert (label.name("vi"), label.name("en"), Label("x").name("vi")) == ("Mục tiêu", "Mục tiêu", "x")
    assert (label.hint("vi"), Label("x").hint("en")) == ("A figure.", "")
    assert (label.letter("vi"), label.letter("fr"), Label("opinion").letter("vi"), Label("").letter("en")) == (
        "M",
        "M",
        "O",
        "",
    )
