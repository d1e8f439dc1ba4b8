"""Find the sentences of annotations again in a text that has changed."""
