"""Painting of the article: text, sentence marks, search highlights."""
