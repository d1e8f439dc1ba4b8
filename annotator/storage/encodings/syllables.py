"""Spelling test for Vietnamese syllables.

A syllable is an onset, a rime and a tone: c g ng precede ă â o ô ơ u ư, k gh ngh precede e ê i y, and a rime that ends
in c, ch, k, p or t has the tone sắc or nặng.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from annotator.shipped import resource_path

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPS = ("c", "ch", "k", "p", "t")
_STOP_TONES = (["\u0301"], ["\u0323"])


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Return whether `word`, in lower case and composed (NFC), can be a Vietnamese syllable."""
    apart = unicodedata.normalize("NFD", word)
    tones = _TONES.findall(apart)
    bare = unicodedata.normalize("NFC", _TONES.sub("", apart))
    if len(tones) > 1 or bare not in _load_toneless():
        return False
    return not bare.endswith(_STOPS) or tones[:1] in _STOP_TONES


def is_common(word: str) -> bool:
    """Return whether `word`, in lower case and composed (NFC), is one that occurs in every text."""
    return word in _load_common()


@cache
def _load_tables() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resource_path("encodings", "syllables.json").read_text("utf-8"))
    return found


@cache
def _load_common() -> frozenset[str]:
    return frozenset(_load_tables()["common"])


@cache
def _load_toneless() -> frozenset[str]:
    """Return all syllables without their tones."""
    parts = _load_tables()
    made = {onset + rime for onset in parts["hard"] for rime in parts["hard rimes"]}
    made |= {onset + rime for onset in parts["soft"] for rime in parts["soft rimes"]}
    made |= {"qu" + rime for rime in parts["qu rimes"]}
    made |= {"g" + rime for rime in parts["soft rimes"] if rime[0] == "i"}
    return frozenset(made)
