"""Mixing colours, and their contrast.

Luminance and contrast ratio follow WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

_STEPS = 20  # of `adjust_contrast`; 5 % of the way each


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    # 0.04045 is the threshold of sRGB (IEC 61966-2-1); WCAG before 2021 has the 0.03928 of a draft.
    channels = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _channels(colour)]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def blend(colour: str, background: str, *, share: float) -> str:
    """Return `colour` blended over `background`; `share` is the opacity, from 0 to 1."""
    pairs = zip(_channels(colour), _channels(background), strict=True)
    return "#" + "".join(f"{round(255 * (share * one + (1 - share) * other)):02x}" for one, other in pairs)


def adjust_contrast(colour: str, background: str, *, least: float) -> str:
    """Return the colour nearest to `colour`, towards black or white, with at least contrast `least` to `background`."""
    # At a luminance of 0.179 white and black have the same contrast: sqrt(1.05 * 0.05) - 0.05.
    end = "#ffffff" if luminance(background) < 0.18 else "#000000"
    for step in range(_STEPS + 1):
        found = blend(end, colour, share=step / _STEPS)
        if contrast_ratio(found, background) >= least:
            return found
    return end


def _channels(colour: str) -> tuple[float, float, float]:
    value = int(colour[1:], 16)
    return (value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255


OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
TOL_MUTED = ("#332288", "#117733", "#882255", "#AA4499", "#CC6677", "#999933", "#44AA99", "#88CCEE", "#DDCC77")
PALETTE = (*OKABE_ITO, *TOL_MUTED)
