"""The article, shown as a page in a scroll area that lays out only the paragraphs on the screen."""
