"""Finding words in a text, as forgiving as a reader. It must not know sentences, files or windows."""
