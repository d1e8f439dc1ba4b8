"""The text of the article as a page without annotations, for the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.workspace.article_reader import read_article_text
from annotator.gui.article.layout.page import SentenceMark
from annotator.segment.block_kinds import BlockClassifier
from annotator.segment.blocks import find_blocks
from annotator.segment.language import load_languages
from annotator.storage.documents.folder import FolderError, list_documents
from annotator.storage.documents.reader import DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.core.document import BlockKind
    from annotator.core.sentence import Sentence
    from annotator.core.span import Span


class FirstPage:
    """An article with blocks and without sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: Sequence[Span] = find_blocks(text)
        self._kinds = BlockClassifier(text, self.blocks, load_languages())

    def kind(self, block: int) -> BlockKind:
        """Return the kind of a block."""
        return self._kinds.kind(block)

    def sentences(self, block: int) -> Sequence[Sentence]:  # noqa: ARG002  # none is known yet
        """Return no sentences."""
        return ()

    def mark(self, sentence: Sentence) -> SentenceMark:  # noqa: ARG002  # none is known yet
        """Return an empty mark."""
        return SentenceMark()

    def block_at(self, offset: int) -> int:  # noqa: ARG002  # nothing is asked by place yet
        """Return the first block."""
        return 0

    def describe_decision(self, sentence: Sentence) -> str:  # noqa: ARG002  # none is known yet
        """Return an empty string."""
        return ""


def find_first_page(path: Path) -> FirstPage | None:
    """Return the page of the document at `path`, or of the first one in that folder, or None.

    Errors are reported later, when the document is opened in the session.
    """
    try:
        if path.is_dir():
            documents = list_documents(path).documents
            if not documents:
                return None
            path = documents[0]
        return FirstPage(read_article_text(path))
    except (DocumentError, FolderError, OSError):
        return None
