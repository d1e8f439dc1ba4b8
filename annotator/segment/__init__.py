"""Cut a text into blocks and sentences, by rules and the abbreviations of each language."""

# Nothing is imported here: the first page is painted before the rules for sentences are loaded.
