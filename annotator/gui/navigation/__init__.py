"""Move through the article and between documents."""
