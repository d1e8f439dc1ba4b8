"""Colours that can be read: mixing and contrast. It must not know where colours are used.

Contrast is that of WCAG 2.2, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

_STEPS = 20


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""
    channels = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _shares(colour)]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def blended(colour: str, ground: str, *, share: float) -> str:
    """``share`` (0 to 1) of ``colour`` laid over ``ground``."""
    pairs = zip(_shares(colour), _shares(ground), strict=True)
    return "#" + "".join(f"{round(255 * (share * one + (1 - share) * other)):02x}" for one, other in pairs)


def legible(colour: str, ground: str, *, least: float) -> str:
    """The colour nearest to ``colour``, towards black or white, whose contrast to ``ground`` is at ``least`` that."""
    end = "#ffffff" if luminance(ground) < 0.18 else "#000000"
    for step in range(_STEPS + 1):
        found = blended(end, colour, share=step / _STEPS)
        if contrast(found, ground) >= least:
            return found
    return end


def _shares(colour: str) -> tuple[float, float, float]:
    value = int(colour[1:], 16)
    return (value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255


OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
TOL_MUTED = ("#332288", "#117733", "#882255", "#AA4499", "#CC6677", "#999933", "#44AA99", "#88CCEE", "#DDCC77")
PALETTE = (*OKABE_ITO, *TOL_MUTED)
