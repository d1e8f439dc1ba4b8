"""Segmentation of a text into blocks and sentences.

Its modules are imported by name: blocks are painted before the rules for sentences are loaded.
"""
