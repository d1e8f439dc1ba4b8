"""Which document is meant by what stands in a row of a workbook that came back. It must not know verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.review.excelrows import folded
from annotator.review.exceltexts import DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.review.excelrows import Workbooks


class DocumentNames:
    """The documents of one workbook, each with whose annotations it holds, by all that they may be called."""

    def __init__(self, books: Workbooks) -> None:
        rows = [row.words for sheet in books.find(DOCUMENTS) for row in books.rows(sheet)]
        self._articles = [(words["document"], words.get("owner", "")) for words in rows if words.get("document")]
        self._called: dict[str, set[tuple[str, str]]] = {}
        for words in rows:
            for key in ("choice", "document", "title"):
                if words.get("document") and words.get(key):
                    article = (words["document"], words.get("owner", ""))
                    self._called.setdefault(folded(words[key]), set()).add(article)

    def of_row(self, words: Mapping[str, str]) -> tuple[str, str]:
        """The document and annotator of an annotation's row: by its keys, else by what is shown; empty if unknown."""
        owner = words["owner"] if "owner" in words else words.get("annotator", "")
        if words.get("file"):
            return words["file"], owner
        found = self.find(words.get("document", "") or words.get("title", ""))
        return (found[0], owner or found[1]) if found is not None else ("", owner)

    def find(self, called: str) -> tuple[str, str] | None:
        """The document that is called so, and whose annotations; where nothing is said, the only one, or None.

        One that is unknown is given as it is written, for whoever knows the folder.
        """
        if not called:
            return self._articles[0] if len(self._articles) == 1 else None
        found = self._called.get(folded(called), set())
        if len(found) == 1:
            return next(iter(found))
        files = {file for file, _owner in found}
        return (files.pop(), "") if len(files) == 1 else (called, "")
