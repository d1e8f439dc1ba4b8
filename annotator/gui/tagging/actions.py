"""Actions of the *Tag* menu that set the labels of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.session import commands
from annotator.core.i18n import N_
from annotator.gui.actions.action import Action, Menu, Need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.core.labels import LabelSet
    from annotator.gui.mainwindow.context import Context


def _tag(label: str, *, is_staying: bool) -> Callable[[Context], object]:
    return lambda context: commands.tag(context.session, label, is_staying=is_staying)


def make_label_actions(labels: LabelSet, *, language: str) -> Iterator[Action]:
    """Yield the actions of the labels: a digit tags and goes on, with Shift it tags and stays."""
    for stay, prefix, text in ((False, "", "{label}"), (True, "Shift+", N_("Add {label}, stay here"))):
        for number, label in enumerate(list(labels)[:9], start=1):
            yield Action(
                id=f"{'add' if stay else 'tag'}-{number}",
                text=text,
                callback=_tag(label.key, is_staying=stay),
                menu=Menu.TAG,
                group=int(stay),
                keys=(f"{prefix}{number}",),
                needs=Need.WRITABLE,
                in_article=True,
                label=label.name(language),
            )


def _tag_identical(context: Context, *, everywhere: bool) -> None:
    from annotator.gui.tagging import identical

    (identical.tag_in_folder if everywhere else identical.tag_in_document)(context)


ACTIONS: tuple[Action, ...] = (
    Action(
        "nothing",
        N_("None of the labels"),
        lambda w: commands.mark_nothing(w.session),
        Menu.TAG,
        2,
        ("Space",),
        Need.WRITABLE,
        in_article=True,
    ),
    Action(
        "clear",
        N_("Reset to undecided"),
        lambda w: commands.clear(w.session),
        Menu.TAG,
        2,
        ("0", "Del"),
        Need.WRITABLE,
        in_article=True,
    ),
    Action(
        "identical-here",
        N_("Tag identical sentences in this document…"),
        lambda w: _tag_identical(w, everywhere=False),
        Menu.TAG,
        3,
        ("Ctrl+D",),
        Need.WRITABLE,
    ),
    Action(
        "identical-everywhere",
        N_("Tag identical sentences in all documents…"),
        lambda w: _tag_identical(w, everywhere=True),
        Menu.TAG,
        3,
        ("Ctrl+Shift+D",),
        Need.WRITABLE,
    ),
)
