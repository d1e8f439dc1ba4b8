"""The names of the kinds of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.document import BlockKind
from annotator.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCK_KIND_NAMES: Mapping[BlockKind, str] = {
    BlockKind.TITLE: N_("title"),
    BlockKind.LEAD: N_("lead"),
    BlockKind.HEADING: N_("heading"),
    BlockKind.PARAGRAPH: N_("paragraph"),
    BlockKind.ITEM: N_("list item"),
    BlockKind.CAPTION: N_("caption"),
    BlockKind.BYLINE: N_("byline"),
    BlockKind.BOILERPLATE: N_("boilerplate"),
}
"""In English; translated when they are shown."""
