"""Colours that people with any kind of colour vision tell apart. It must not know what is shown in them.

Sources: Okabe and Ito, Color Universal Design, https://jfly.uni-koeln.de/color/ (without black); Tol, Colour schemes,
the set called muted, https://sronpersonalpages.nl/~pault/
"""

from __future__ import annotations

OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
TOL_MUTED = ("#332288", "#117733", "#882255", "#AA4499", "#CC6677", "#999933", "#44AA99", "#88CCEE", "#DDCC77")
PALETTE = (*OKABE_ITO, *TOL_MUTED)
