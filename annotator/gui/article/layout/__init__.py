"""Layout of the article: fragments, paragraphs, page and viewport."""
