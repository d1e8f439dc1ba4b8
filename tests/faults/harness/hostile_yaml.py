"""Hostile YAML by kind: what the file holds, the line that is named, and words of the sentence."""

from __future__ import annotations

from annotator.storage.limits import MAX_DEPTH, MAX_NUMBER_LENGTH

HEAD = b"format: annotator/1\ndocument: {file: a.txt}\nannotations: []\nnothing: []\n"
DEPTH = 100_000
LINES = "a: 1\n"


def lines(*made: str | bytes) -> bytes:
    """A sidecar that is sound but for these lines, the first of which is line 5."""
    return HEAD + b"".join((one.encode() if isinstance(one, str) else one) + b"\n" for one in made)


def bomb(depth: int, width: int = 10) -> str:
    """Lists of which each holds the one before so many times over: ``width`` to the power of ``depth`` texts."""
    made = ["a0: &a0 [ha]"]
    made += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, depth)]
    return "\n".join(made) + "\n"


# What stands in the file, the line that is told, words of the sentence.
HOSTILE: dict[str, tuple[bytes, int, str]] = {
    "tag that runs a program": (lines("x: !!python/object/apply:os.system ['touch pwned']"), 5, "is a tag of YAML"),
    "tag of a module": (lines("x: !!python/module:os"), 5, "is a tag of YAML"),
    "tag of bytes": (lines("x: !!binary aGVsbG8="), 5, "is a tag of YAML"),
    "own tag": (lines("x: !mine {a: 1}"), 5, "is a tag of YAML"),
    "verbatim tag": (lines("x: !<tag:yaml.org,2002:str> a"), 5, "is a tag of YAML"),
    "tag on a list": (lines("x: !!set {a, b}"), 5, "is a tag of YAML"),
    "tag of an unknown handle": (lines("x: !who!what a"), 5, "begins with ! needs quotes"),
    "anchor": (lines("x: &a 1"), 5, "is an anchor of YAML"),
    "alias": (lines("x: *a"), 5, "stands for something written elsewhere"),
    "alias of itself": (lines("x: &a [*a]"), 5, "is an anchor of YAML"),
    "alias as a key": (lines("*a : 1"), 5, "stands for something written elsewhere"),
    "billion laughs": (lines(bomb(9)), 5, "is an anchor of YAML"),
    "merge key": (lines("x: {<<: {a: 1}}"), 5, "<< would merge another mapping"),
    "merge of a list": (lines("<<: [{a: 1}]"), 5, "<< would merge another mapping"),
    "key twice": (lines("x: 1", "x: 2"), 6, "for the second time (first in line 5)"),
    "key of ours twice": (lines("annotations: []"), 5, "for the second time (first in line 3)"),
    "key twice in another writing": (lines('"x": 1', "'x': 2"), 6, "for the second time (first in line 5)"),
    "list as a key": (lines("? [a]", ": 1"), 5, "a key is a list or a mapping"),
    "deep flow": (lines(b"x: " + b"[" * DEPTH), 5, "a bracket is missing"),
    "deep flow that is closed": (lines(b"x: " + b"[" * DEPTH + b"]" * DEPTH), 5, f"more than {MAX_DEPTH} deep"),
    "deep mappings": (lines(b"x: " + b"{a: " * DEPTH), 5, f"more than {MAX_DEPTH} deep"),
    "deep block": (lines(b"x:", b"- " * DEPTH), 6, f"more than {MAX_DEPTH} deep"),
    "deep block by lines": (lines(*(b" " * n + b"a:" for n in range(40))), 37, f"more than {MAX_DEPTH} deep"),
    "deep keys": (lines(b"? " * DEPTH), 5, "a key is a list or a mapping"),
    "number of a million digits": (lines(b"x: " + b"9" * 1_000_000), 5, f"more than {MAX_NUMBER_LENGTH} digits"),
    "long exponent": (lines(b"x: 1e" + b"9" * 400), 5, f"more than {MAX_NUMBER_LENGTH} digits"),
    "long hexadecimal": (lines(b"x: 0x" + b"f" * 400), 5, f"more than {MAX_NUMBER_LENGTH} digits"),
    "long octal": (lines(b"x: 0o" + b"7" * 400), 5, f"more than {MAX_NUMBER_LENGTH} digits"),
    "character zero": (lines(b"x: a\0b"), 5, "control character (U+0000)"),
    "escape": (lines(b"x: \x1b[31m"), 5, "control character (U+001B)"),
    "delete": (lines(b"x: \x7f"), 5, "control character (U+007F)"),
    "control of C1": (lines("x: \x9b"), 5, "control character (U+009B)"),
    "mark inside": (lines("x: \ufeffa"), 5, "control character (U+FEFF)"),
    "two marks": (b"\xef\xbb\xbf\xef\xbb\xbf" + HEAD, 1, "control character (U+FEFF)"),
    "no character": (lines("x: \uffff"), 5, "control character (U+FFFF)"),
    "half a character as bytes": (lines(b"x: \xed\xa0\x80"), 5, "not UTF-8"),
    "half a character escaped": (lines(r'x: "\ud800"'), 5, "cannot be read as YAML"),
    "two halves escaped": (lines(r'x: "\ud83d\ude00"'), 5, "cannot be read as YAML"),
    "no character escaped": (lines(r'x: "\U00110000"'), 5, "cannot be read as YAML"),
    "zero after zero": (lines(b"x: \xc0\x80"), 5, "not UTF-8"),
    "cut character": (lines(b"x: \xe1\xba"), 5, "not UTF-8"),
    "UTF-16": (HEAD.decode().encode("utf-16"), 1, "not UTF-8"),
    "UTF-32": (HEAD.decode().encode("utf-32"), 1, "not UTF-8"),
    "UTF-16 without a mark": (HEAD.decode().encode("utf-16-le"), 1, "control character (U+0000)"),
    "second document": (lines("---", "x: 1"), 5, "a second YAML document begins here"),
    "document after its end": (lines("...", "--- {x: 1}"), 6, "a second YAML document begins here"),
    "directive": (b"%YAML 1.1\n---\n" + HEAD, 1, "begins with %"),
    "tag directive": (b"%TAG ! tag:x,2000:\n---\n" + HEAD, 1, "begins with %"),
    "tab as indentation": (lines("x:", "\ta: 1"), 6, "begins with a tab"),
    "reserved mark": (lines("x: @a"), 5, "begins with @ needs quotes"),
    "open quote": (lines('x: "a'), 5, "ends within a list or a text"),
    "open bracket": (lines("x: [a"), 5, "ends within a list or a text"),
    "long key": (lines(b"k" * 1100 + b": 1"), 5, "cannot be read as YAML"),
    "long key in a deep list": (lines(b"x: " + b"[" * 30 + b"k" * 1100 + b": 1"), 5, "a bracket is missing"),
}  # fmt: skip

WHOLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "the file is empty"),
    "white space": (b" \n\n  \n", "the file is empty"),
    "only a mark": (b"\xef\xbb\xbf", "the file is empty"),
    "only a comment": (b"# nothing\n", "the file is empty"),
    "only an end": (b"...\n", "cannot be read as YAML"),
    "only a beginning": (b"---\n", "not a file of annotator"),
    "a text": (b"annotator\n", "not a file of annotator"),
    "a number": (b"12\n", "not a file of annotator"),
    "a list": (b"- a\n", "not a file of annotator"),
    "null": (b"~\n", "not a file of annotator"),
}
