"""Re-anchoring of decisions in a changed text, with sentence rules and a similarity measure.

Both are imported on demand: most texts never change.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.core.anchoring.anchor import FuzzyInputs, anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.core.anchoring.anchor import AnchoringResult
    from annotator.core.anchoring.context import Similarity
    from annotator.core.annotation_set import AnnotationSet
    from annotator.core.span import Span
    from annotator.segment.language import Language


def reanchor(
    state: AnnotationSet,
    text: str,
    *,
    quotes: Mapping[int, str],
    is_same_text: bool | None,
    language: Language | None = None,
) -> AnchoringResult:
    """Find the sentences of all decisions of `state` in `text`, segmented by `language` or the default rules.

    The other arguments are those of `anchor`.
    """
    aid = FuzzyInputs(partial(_sentences, text, language), _likeness)
    return anchor(state, text, quotes=quotes, is_same_text=is_same_text, aid=aid)


def _sentences(text: str, language: Language | None) -> Sequence[Span]:
    from annotator.segment.blocks import find_blocks  # noqa: PLC0415  # most texts never change
    from annotator.segment.language import load_languages  # noqa: PLC0415  # as above
    from annotator.segment.sentences import split_sentences  # noqa: PLC0415  # as above

    rules = language or load_languages()
    return [span for block in find_blocks(text) for span in split_sentences(text, block, rules)]


def _likeness() -> Similarity:
    from annotator.search.similarity import IndelSimilarity  # noqa: PLC0415  # as above

    return IndelSimilarity()
