"""Hostile texts: the sentence rules cut them in linear time, and what they cut keeps its properties."""

from __future__ import annotations

import json
from unicodedata import normalize

import pytest
from bounded import bounded
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.session.segmented_text import SegmentedText, automatic_sentences
from annotator.core.annotation_set import AnnotationSet
from annotator.segment.language import load_languages
from annotator.segment.punctuation import BLANK

LANGUAGE = load_languages()

# A piece, of which a text of a million characters is made; the name says what it might lead astray.
PIECES = {
    "full stops": ".",
    "full stops with gaps": ". ",
    "ellipses": "… ",
    "mixed terminators": ".!?…",
    "question marks and quotes": '?" ',
    "straight quotes": '"',
    "apostrophes": "' ",
    "opening quotes": "“",
    "closing quotes": "”",
    "guillemets opened": "« a. B ",
    "guillemets closed": "a. B » ",
    "German quotes": "„a.“ ",
    "opening brackets": "(",
    "closing brackets": ")",
    "brackets of all sorts": "([{（［【〔｛",
    "brackets by turns": "(a. B) [c. D] ",
    "brackets never closed": "(a. B ",
    "digits and full stops": "1.",
    "digits, full stops, gaps": "1. ",
    "numbers of law": "1.2.3.4.5. A ",
    "place abbreviation": "TP. ",
    "place abbreviation with a name": "TP. Theo ",
    "titles": "PGS.TS. A ",
    "and so on": "v.v. ",
    "initials": "A. B. C. ",
    "initials glued": "A.B.",
    "lower and upper glued": "xong.Xong",
    "Roman numbers": "ivxlc.",
    "enumerators": "; a) A. ",
    "articles": "Điều 5. ",
    "end of an act": "./. ",
    "slashes": "/./",
    "addresses": "www.a.b/c@d.e ",
    "one address": "/a.B",
    "footnotes": "a.[1]",
    "footnotes opened": "a.[1",
    "small numbers": "A.1",
    "stars": "a.***",
    "combining marks": "\u0301",
    "a letter with marks": "e\u0302\u0301. ",
    "marks after full stops": ".\u0301",
    "no width": "\u200b",
    "no width after full stops": ".\u200bA",
    "joiners": "a\u200d.",
    "right to left": "שלום. ",
    "overriding": "\u202eA. \u202c",
    "Arabic": "نعم؟ ",
    "Chinese": "好。",
    "Japanese quoting": "「行く。」と",
    "Devanagari": "है। ",
    "emoji": "A. 😀",
    "family": "👨\u200d👩\u200d👧. ",
    "flags": "🇻🇳",
    "skin": "👍🏽. ",
    "keycaps": "1\ufe0f\u20e3. ",
    "one word": "a",
    "one word of accents": "ệ",
    "capitals": "AB",
    "line feeds": "\n",
    "lines": "a\n",
    "lines of full stops": ".\n",
    "headings": "# a\n",
    "credits": "Ảnh: A\n",
    "see also": "Xem thêm: a\n",
    "spaces": " ",
    "space before full stops": " .",
    "spaces of no break": "\xa0.",
    "tabs": "\t",
    "other line ends": "\x85\u2028\u2029\x0b\x0c",
    "half characters": "\ud800",
    "private": "\ue000.",
    "replacement": "\ufffd. ",
    "zero": "\0. ",
    "dashes": "- ",
    "bullets": "• A. ",
    "after a quote": "a!” - ",
    "pounds": "#",
    "colons": "a: ",
    "dates": "5.12.2030. ",
    "hours": "10:30. ",
}

RUN = """
import json, math
from time import process_time
from annotator.app.session.segmented_text import automatic_sentences
from annotator.segment.language import load_languages
language = load_languages()
size = int(sys.argv[1])
for name, piece in json.load(sys.stdin).items():
    text = (piece * (size // len(piece) + 1))[:size]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(process_time()) + 10, 600))  # ten seconds for each
    print(json.dumps([name, sum(1 for _ in automatic_sentences(text, language))]), flush=True)
"""

FRAGMENTS = [
    *PIECES.values(),
    "Theo ",
    "ông ",
    "Tỉnh ",
    "hoàn thành",
    "https://x.vn/A.B",
    "\r",
    "\r\n",
    "“",
    "”",
    "»",
    "1",
    "a",
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=30).map("".join)


def sentences(text: str) -> list[str]:
    """The sentences of a text, one line end being one character."""
    return [text[slice(*one.span)] for one in automatic_sentences(text, LANGUAGE)]


def test_long_texts_of_anything_are_cut_in_bounded_time() -> None:
    """A text of each piece over and over is cut within ten seconds of processor time; usual is a tenth of one.

    Were it cut in quadratic time, even in C, it would take longer.
    """
    done = bounded(RUN, str(150_000), seconds=600, given=json.dumps(PIECES).encode())
    found = dict(json.loads(line) for line in done.stdout.decode().splitlines())
    assert done.returncode == 0, f"stopped after {list(found)[-1:]}: {done.stderr.decode()[-300:]}"
    assert list(PIECES) == list(found)


@pytest.mark.parametrize("name", ["straight quotes", "brackets never closed", "one word", "line feeds", "TP"])
def test_a_million_characters_are_cut(name: str) -> None:
    """What rules of other programs stumble over most is cut at full length as well."""
    done = bounded(RUN, str(1_000_000), seconds=600, given=json.dumps({name: PIECES.get(name, "TP. ")}).encode())
    assert done.returncode == 0, done.stderr.decode()[-300:]


@given(TEXTS)
def test_sentences_of_hostile_texts_tile_them(text: str) -> None:
    """They are in order, apart, in range and trimmed, and between them stands white space only."""
    at = 0
    for one in automatic_sentences(text, LANGUAGE):
        start, end = one.span
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(BLANK)
        assert text[start:end] == text[start:end].strip(BLANK)
        at = end
    assert not text[at:].strip(BLANK)


@given(TEXTS)
def test_unicode_forms_of_hostile_texts_agree(text: str) -> None:
    """The composed and the decomposed text have the same sentences."""
    composed = sentences(normalize("NFC", text))
    decomposed = sentences(normalize("NFD", text))
    assert [normalize("NFC", one) for one in decomposed] == [normalize("NFC", one) for one in composed]


@given(TEXTS)
def test_line_ends_of_hostile_texts_agree(text: str) -> None:
    """Windows' and the old Mac's line ends cut as line feeds do."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    ends = [sentences(plain.replace("\n", end)) for end in ("\r\n", "\r")]
    assert [sentences(plain)] * 2 == ends


@given(TEXTS)
def test_a_reading_of_hostile_texts_agrees_with_itself(text: str) -> None:
    """What is counted, listed, found by place and reached by going forward and back are the same sentences."""
    reading = SegmentedText(text, LANGUAGE, AnnotationSet())
    reading.count_more()
    found = list(reading.all_sentences())
    assert len(found) == reading.sentence_count
    forward = []
    at = reading.find_next(0, -1)
    while at is not None:
        forward.append(at)
        at = reading.find_next(at.block, at.span.start)
    assert found == forward
    for number, one in enumerate(found):
        assert one == reading.find_sentence_at(one.span.start) == reading.find_sentence_at(one.span.end - 1)
        assert (number + 1) == reading.number_of(one)


def test_the_bound_would_stop_a_slow_rule() -> None:
    """A pattern that looks back over everything does not come to an end within the bound, so the test can fail."""
    slow = (
        "import re\ntext = 'a' * 200_000\nsum(len(re.match('(a|aa)+$', text[:n] + 'b') or '') for n in range(40, 60))"
    )
    assert bounded(slow, seconds=2).returncode != 0
