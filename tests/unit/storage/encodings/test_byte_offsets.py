from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_encodings import NAMES, encode

from annotator.storage.encodings.byte_offsets import OffsetMap, get_byte_offsets
from annotator.storage.encodings.decode import DECODERS, decode

TEXT = "Một.\r\nHai đường, 𝄞 và ba.\rNăm 2030.\n"

texts = st.text(max_size=20)
some_bytes = (
    st.binary(max_size=30)
    | texts.map(lambda text: text.encode("utf-8", "surrogatepass"))
    | texts.map(lambda text: text.encode("utf-16", "surrogatepass"))
    | st.lists(st.sampled_from([b"a\xf9", b"\r\n", b"\r", b"\xf4", b"\xc3\xa1", b"\xed", b"x", b"\xff"])).map(b"".join)
)


@given(some_bytes, st.sampled_from(sorted(DECODERS)))
def test_every_character_has_its_bytes(data: bytes, encoding: str) -> None:
    """As many places as characters, in order, up to the end of the file, whatever is damaged."""
    try:
        text = decode(data, encoding=encoding).text
    except ValueError:
        return
    starts = list(get_byte_offsets(data, encoding=encoding))
    assert len(starts) == len(text) + 1
    assert sorted(set(starts)) == starts
    assert starts[-1] == len(data)


@given(some_bytes, st.sampled_from(sorted(DECODERS)))
def test_what_stands_between_two_places_is_what_the_bytes_say(data: bytes, encoding: str) -> None:
    """The bytes of a single character, read alone, are that character."""
    try:
        text = decode(data, encoding=encoding).text
    except ValueError:
        return
    if encoding in {"utf-16", "utf-32"} or "\ufffd" in text or "\ufeff" in text:  # a mark is needed, or damage shifts
        return
    starts = get_byte_offsets(data, encoding=encoding)
    for number, letter in enumerate(text):
        assert decode(data[starts[number] : starts[number + 1]], encoding=encoding).text in {letter, letter + "\n"}


@pytest.mark.parametrize("right", ["windows-1258", "vni", "tcvn3", "viscii"])
@pytest.mark.parametrize("wrong", ["windows-1258", "vni", "vps", "utf-8", "latin-1"])
def test_places_come_back(right: str, wrong: str) -> None:
    """Words marked in the wrong reading are the same words in the right one."""
    data = encode(TEXT.replace("𝄞", "?"), right)
    good, bad = decode(data, encoding=right).text, decode(data, encoding=wrong).text
    there = OffsetMap(data, old=wrong, new=right)
    for start, end in ((0, bad.index("\n")), (bad.index("2030"), bad.index("2030") + 4), (bad.rindex("N"), len(bad))):
        words = good[there.map_start(start) : there.map_end(end)]
        assert encode(words, right) == data[
            slice(*[get_byte_offsets(data, encoding=wrong)[at] for at in (start, end)])
        ].replace(b"\r", b"\n")


def test_a_place_inside_a_character_takes_it_whole() -> None:
    """Half of a letter of two bytes was marked: the whole letter is."""
    there = OffsetMap(b"xa\xf9y", old="latin-1", new="vni")
    assert (there.map_start(2), there.map_end(2)) == (1, 2)
    assert (there.map_start(9), there.map_end(9)) == (3, 3)


def test_names_are_known() -> None:
    """What the tests write can be read."""
    assert set(NAMES) <= set(DECODERS)
