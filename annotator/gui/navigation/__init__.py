"""Moving through the article and between documents."""
