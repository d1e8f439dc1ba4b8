"""Blocks and sentences of a text. It must not know files other than its own language data, nor annotations."""

from __future__ import annotations

from annotator.segment.blocks import find_blocks
from annotator.segment.kinds import BlockKinds
from annotator.segment.language import Language, load_languages
from annotator.segment.sentences import sentences_in

__all__ = ["BlockKinds", "Language", "find_blocks", "load_languages", "sentences_in"]
