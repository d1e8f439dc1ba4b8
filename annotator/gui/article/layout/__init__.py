"""Lay the article out: fragments, paragraphs, page and viewport."""
