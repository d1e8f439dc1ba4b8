"""How often the labels of a folder are used. It must not know how labels are edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.elsewhere import load_sidecar
from annotator.app.labeldraft import Used
from annotator.storage.errors import SidecarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.app.elsewhere import Place


def usage_at(place: Place) -> dict[str, Used]:
    """By key: how many annotations of one sidecar have the label. Nothing of a sidecar that cannot be read.

    Annotations that have lost their sentences do not count. Only what is on disk is seen.
    """
    try:
        counts = load_sidecar(place.owned).decisions.label_counts
    except (SidecarError, OSError):
        return {}
    return {key: Used(count, frozenset({str(place.source)})) for key, count in counts.items()}


def usage_of(found: Iterable[Mapping[str, Used]]) -> dict[str, Used]:
    """The sums of what `usage_at` gave."""
    usage: dict[str, Used] = {}
    for one in found:
        for key, used in one.items():
            usage[key] = usage.get(key, Used()) + used
    return usage
