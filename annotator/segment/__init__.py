"""Cut a text into blocks and sentences, by rules and the abbreviations of each language."""
