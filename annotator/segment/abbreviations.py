"""Full stops of abbreviations, initials and numbers, which end no sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from annotator.segment.words import compose, token_before, words_after, words_before

if TYPE_CHECKING:
    from annotator.segment.language import Language

# An initial in either Unicode form.
_INITIAL = re.compile(r"[^\W\d_][\u0300-\u036f]*\.")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,5}[^\W\d_]")
_PARTS = re.compile(r"[./–-]")
# Marks of a first list entry inside a sentence, which is introduced by a colon; later ones follow a semicolon.
_INLINE_FIRST = frozenset(("1", "a", "A", "i", "I"))
_INLINE = re.compile(r"\d{1,2}|[^\W\d_]|[ivx]{1,4}|[IVX]{1,4}")
# A capital and small consonants: no Vietnamese word, so an abbreviation even if it is not listed.
_VOWEL_FREE = re.compile(r"[BCDĐGHKLMNPQRSTVX][bcdfghjklmnpqrstvxz]{1,3}")
_LONGEST_ENUMERATOR = 96  # code points, in either Unicode form


class FullStop(NamedTuple):
    """A full stop at `at` in the sentence that starts at `start`; the text after its gap starts at `after`."""

    at: int
    start: int
    after: int
    end: int


def is_abbreviation(text: str, stop: FullStop, *, language: Language) -> bool:
    """Return whether the full stop ends no sentence, even though a capital letter or a number follows after a gap."""
    token = token_before(text, at=stop.at, start=stop.start)
    if not token:
        return False
    if _is_enumerator(text, stop, token=token, language=language) or token in language.never_last:
        return True
    if len(token) > 1 and token.isalpha() and token not in language.known and not _VOWEL_FREE.fullmatch(token):
        return False
    following = words_after(text, at=stop.after, end=stop.end)
    first = following[0] if following else ""
    if first.startswith("000"):
        return token[-1].isdigit()
    if first[:1].isdigit():
        return _is_listed(token, words=language.numbers)
    if len(token) == 1 and token.isupper():
        return _is_initial(text, stop, token=token, following=following, language=language)
    if token in language.companies:
        return first in language.companions
    if _is_listed(token, words=language.names) or _INITIALS.fullmatch(token) or _VOWEL_FREE.fullmatch(token):
        return not is_opener(following, language=language) and not _is_whole_name(text, stop, token, language)
    return False


def is_opener(following: list[str], *, language: Language) -> bool:
    """Return whether the words start a sentence rather than continue a name."""
    if not following:
        return False
    first = following[0].casefold()
    second = following[1] if len(following) > 1 else ""
    pair = f"{first} {'0' if second[:1].isdigit() else second.casefold()}"
    if pair in language.names_like_openers:
        return False
    if len(first) == 1 and second[:1].isupper():
        return False
    return first in language.openers or pair in language.openers


def is_known(token: str, *, language: Language) -> bool:
    """Return whether `token` is an abbreviation of any class, or consists of initials."""
    return _is_listed(token, words=language.known) or bool(_INITIALS.fullmatch(token))


def _is_listed(token: str, *, words: frozenset[str]) -> bool:
    """Return whether `token`, or its last part as in `GS.TS` and `GS-TS`, is one of `words`."""
    return token in words or _PARTS.split(token)[-1] in words


def _is_enumerator(text: str, stop: FullStop, *, token: str, language: Language) -> bool:
    """Return whether the full stop belongs to the number or letter of a list entry, also inside a sentence."""
    head = compose(text[stop.start : stop.at]) if stop.at - stop.start <= _LONGEST_ENUMERATOR else ""
    if language.enumerator.fullmatch(head):
        return True
    if len(token) > 4 or not _INLINE.fullmatch(token):
        return False
    before = text[max(stop.start, stop.at - 12) : stop.at - len(token)].rstrip()[-1:]
    return before == ";" or (before == ":" and token in _INLINE_FIRST)


def _is_initial(text: str, stop: FullStop, *, token: str, following: list[str], language: Language) -> bool:
    """Return whether the capital letter before the full stop is the initial of a name that continues."""
    if is_opener(following, language=language):
        return False
    before = words_before(text, at=stop.at, start=stop.start)
    nearest = before[-1] if before else ""
    if nearest.casefold() in language.lettered:
        return False
    if _INITIAL.match(text, stop.after, stop.end):
        return True
    if nearest.casefold() in language.persons:
        return bool(following) and following[0].isascii()
    if token in language.names:
        return not _is_name_closed(before, language=language)
    if nearest[:1].isupper() or nearest[-1:] in ".,&" or not nearest:
        return not _is_name_closed(before, language=language)
    return False


def _is_name_closed(before: list[str], *, language: Language) -> bool:
    """Return whether a family name and another name stand before the letter, which then is the whole given name."""
    names = before[-3:]
    return (
        len(names) >= 2
        and names[-1].istitle()
        and names[-1].isalpha()
        and any(word in language.families for word in names[:-1])
    )


def _is_whole_name(text: str, stop: FullStop, token: str, language: Language) -> bool:
    """Return whether three or more initials stand for a whole Vietnamese name: `chị N.T.H. Kết quả`."""
    if token.count(".") < 2 or token in language.names:
        return False
    before = words_before(text, at=stop.at, start=stop.start)
    return bool(before) and before[-1].casefold() in language.persons
