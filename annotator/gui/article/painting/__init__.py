"""Paint the article: text, sentence marks, search highlights."""
