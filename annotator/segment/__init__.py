"""Blocks and sentences of a text. It must not know files other than its own language data, nor annotations.

Its modules are imported by name: the blocks of an article are on the screen before the rules for sentences are loaded.
"""
