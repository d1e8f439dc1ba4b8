"""What the program is doing when a fault comes. It must not know faults, nor what is right afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from stage import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from stage import Life, Stage

Order: TypeAlias = tuple[object, ...]

FIRST: tuple[Order, ...] = (
    ("step", "tag", 3, "target"),
    ("step", "mark_nothing", 4),
    ("step", "set_note", 5, "ghi chú"),
)
LATER: tuple[Order, ...] = (("step", "tag", 6, "opinion"), ("step", "tag", 3, "breakthrough"), ("step", "clear", 4))
EACH_KIND: tuple[Order, ...] = (
    ("step", "tag", 6, "target"),
    ("step", "set_note", 6, "của ông An"),
    ("step", "mark_nothing", 7),
    ("step", "undo", 7),
    ("step", "redo", 7),
)


class Scene(NamedTuple):
    """``prepare`` leaves the files as an earlier life does; ``enter`` goes before the fault, ``play`` is hit by it.

    ``thread`` is the one that the fault hits. ``out`` is the file that a verb writes, below the folder of the stage;
    empty where it is a session that is played. ``spared`` are a word in the names of calls and an error that they
    do not have.
    """

    name: str
    thread: str
    prepare: Callable[[Stage], None]
    enter: tuple[Order, ...]
    play: tuple[Order, ...]
    out: str = ""
    spared: tuple[str, str] = ("", "")

    def __str__(self) -> str:
        return self.name


def play(life: Life, stage: Stage, order: Order) -> bool:
    """Have one order done; whether the person sees that it was."""
    what, *args = order
    if what == "open":
        return life.open(stage.article)
    if what == "open other":
        return life.open(stage.other, folder=stage.work)
    if what == "verb":
        answer = life.do("verb", *(str(word).format(root=stage.root) for word in args))
        life.said = answer["told"].splitlines()
        if args[0] == "check":  # what is wrong is its answer
            life.said += [line for line in answer["out"].splitlines() if not line.endswith(": sound")]
        life.told += life.said
        return bool(answer["status"] == 0)
    return bool(life.do(str(what), *args))


def _bare(_stage: Stage) -> None:
    pass


def _saved(stage: Stage) -> None:
    """A sidecar and its journal, all written."""
    with stage.life() as life:
        for order in (("open",), *FIRST, ("save",)):
            assert play(life, stage, order), life.said


def _unsaved(stage: Stage) -> None:
    """A sidecar, and a journal with steps that came after it: the program was killed."""
    _saved(stage)
    with stage.life() as life:
        for order in (("open",), *LATER):
            assert play(life, stage, order), life.said
        life.kill()


def _torn(stage: Stage) -> None:
    """As before, and the journal ends in the middle of a line."""
    _unsaved(stage)
    (journal,) = stage.state.glob("journals/*.jsonl")
    with journal.open("ab") as file:
        file.write(b'{"n":99,"kind":"did","st')


def _changed_text(stage: Stage) -> None:
    """As before, and the article has a new beginning since."""
    _unsaved(stage)
    stage.article.write_text("Một dòng mới.\n\n" + ARTICLE, "utf-8")


def _moved_article(stage: Stage) -> None:
    """As before, but all that was with an article of another name, which has this one since."""
    old = stage.work / "old.txt"
    stage.article.rename(old)
    for orders in ((*FIRST, ("save",)), LATER):
        with stage.life() as life:
            assert life.open(old), life.said
            for order in orders:
                assert play(life, stage, order), life.said
            if orders is LATER:
                life.kill()
    old.rename(stage.article)
    old.with_name(f"{old.name}.annotations.yaml").rename(stage.sidecar)


def _changed_saved(stage: Stage) -> None:
    """All was written; then the article got a new beginning."""
    _saved(stage)
    stage.article.write_text("Một dòng mới.\n\n" + ARTICLE, "utf-8")


def _exported(stage: Stage) -> None:
    """An export of less than there is now."""
    (stage.work / "out").mkdir(exist_ok=True)
    _saved(stage)
    with stage.life() as life:
        assert play(life, stage, EXPORT.play[0]), life.said
    with stage.life() as life:
        for order in (("open",), *LATER, ("save",)):
            assert play(life, stage, order), life.said


_OUT = "work/out/tags.csv"
EXPORT = Scene(
    "export",
    "main",
    _exported,
    (),
    (("verb", "export", "{root}/work/article.txt", "--format", "csv", "-o", "{root}/" + _OUT, "--force"),),
    _OUT,
)
FIX = Scene(
    "check --fix",
    "main",
    _changed_saved,
    (),
    (("verb", "check", "{root}/work", "--fix"),),
    "work/article.txt.annotations.yaml",
)
FIRST_SAVE = Scene("first save", "saver", _bare, (("open",), *FIRST), (("save",),))
LATER_SAVE = Scene("later save", "saver", _saved, (("open",), *LATER), (("save",),))
STEPS = Scene("steps", "main", _saved, (("open",), *LATER), EACH_KIND)
FIRST_OPENING = Scene("first opening", "main", _bare, (("open other",),), (("open",),))
RECOVERY = Scene("recovery", "main", _unsaved, (("open other",),), (("open",),))
TORN = Scene("recovery, torn journal", "main", _torn, (("open other",),), (("open",),))
MOVED = Scene("recovery, changed text", "main", _changed_text, (("open other",),), (("open",),))
# That one may not look at the old place is no fault that goes by: the journal there then belongs to somebody else.
RENAMED = Scene(
    "recovery, moved article", "main", _moved_article, (("open other",),), (("open",),), spared=("stat", "EACCES")
)

SCENES = (FIRST_SAVE, LATER_SAVE, STEPS, FIRST_OPENING, RECOVERY, TORN, MOVED, RENAMED, EXPORT, FIX)
