"""Articles with names at and beyond the limits, worked on from opening to the sidecar on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judge import read_sidecar

if TYPE_CHECKING:
    from stage import Stage

SUFFIX = ".annotations.yaml"
LONGEST = 255 - len(SUFFIX)


@pytest.mark.parametrize(
    "name",
    [
        "a:b?.txt", "trailing dot..txt", "CON.txt", "aux.TXT", "two  spaces .txt", "quote\"'.txt", "new\nline.txt",
        "đường dây nóng.txt", "%2E.txt", "-rf.txt", "x" * (LONGEST - 4) + ".txt", "*|<>.txt", "a\u202eb.txt",
    ],
)  # fmt: skip
def test_work_on_an_article_of_that_name(stage: Stage, name: str) -> None:
    """It is opened, tagged, saved, and found again by the next start, whatever other systems think of the name."""
    article = stage.work / name
    article.write_bytes(stage.article.read_bytes())
    with stage.life() as life:
        assert life.open(article, folder=stage.work), life.said
        assert life.do("step", "tag", 3, "target"), life.said
        assert life.do("save"), life.said
        shown = life.shown[-1]
    assert shown == read_sidecar((stage.work / (name + SUFFIX)).read_bytes())
    with stage.life() as life:
        assert life.open(article), life.said
        assert shown == life.shown[-1]
        answer = life.do("verb", "check", str(article))
        assert (answer["status"], answer["told"]) == (0, "")


def test_a_name_too_long_for_a_sidecar(stage: Stage) -> None:
    """The article can be read; why nothing can be kept beside it is said at once, and what to do."""
    article = stage.work / ("x" * (LONGEST - 3) + ".txt")
    article.write_bytes(stage.article.read_bytes())
    with stage.life() as life:
        assert not life.open(article, folder=stage.work)
        (said,) = set(life.said)
        assert "name" in said
        assert "too long" in said
        assert "Shorten" in said
        assert not life.do("step", "tag", 3, "target")
        assert said in life.said
