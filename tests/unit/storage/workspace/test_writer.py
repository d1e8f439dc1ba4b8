from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.labels import Label, LabelSet
from annotator.storage.errors import DataFileError
from annotator.storage.workspace.label_set import load_builtin_labels
from annotator.storage.workspace.reader import WorkspaceSettings, parse_workspace
from annotator.storage.workspace.writer import render_workspace, update_workspace

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
KNOWN = {"format", "labels", "language", "languages", "abbreviations", "annotators"}
EXTRA = st.dictionaries(TEXTS.filter(lambda key: key not in KNOWN), VALUES, max_size=3)
LABEL_KNOWN = {"key", "names", "letter", "colour", "hints", "fields"}
LETTERS = "ABCDEFGHIJ"
FIELDS = tuple(one for label in load_builtin_labels() for one in label.fields[:3])


@st.composite
def label_sets(draw: st.DrawFn) -> LabelSet:
    """Label sets that a file can hold: keys and letters differ."""
    keys = draw(st.lists(TEXTS.filter(bool), min_size=1, max_size=4, unique=True))
    labels = [
        Label(
            key,
            names=draw(st.dictionaries(st.sampled_from(["", "vi", "en", "no"]), TEXTS, max_size=3)),
            hints=draw(st.dictionaries(st.sampled_from(["", "vi", "en"]), TEXTS, max_size=2)),
            colour=draw(st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)),
            letters=draw(st.sampled_from([{"": letter}, {"vi": letter, "en": f"{letter}1"}])),
            fields=draw(st.sampled_from([(), FIELDS])),
            extra=draw(st.dictionaries(TEXTS.filter(lambda one: one not in LABEL_KNOWN), VALUES, max_size=2)),
        )
        for key, letter in zip(keys, LETTERS, strict=False)
    ]
    return LabelSet(draw(TEXTS.filter(bool)), tuple(labels))


SETTINGS = st.builds(
    WorkspaceSettings,
    labels=label_sets() | st.just(load_builtin_labels()),
    languages=st.lists(st.sampled_from(["vi", "en", "no", "zh-Hant"]), unique=True).map(tuple),
    abbreviations=st.lists(TEXTS, unique=True, max_size=3).map(tuple),
    annotators=st.lists(TEXTS, unique=True, max_size=3).map(tuple),
    keeps_quotes_whole=st.booleans(),
    extra=EXTRA,
)

BY_HAND = """\
# Ours since 2025.
theme: dark   # Mai likes it
format: annotator-workspace/1

labels:
  key: health
  owner: Lan
  labels:
  # the first one
  - {key: risk, names: {vi: Rủi ro, en: Risk}, colour: "#0072B2"}
  - key: cure
    colour: "#009E73"

# Words that end with a dot.
abbreviations: [HĐND., no]
annotators:
- mai
- lan
"""


@settings(deadline=None)
@given(SETTINGS)
def test_written_then_read_is_the_same(said: WorkspaceSettings) -> None:
    """Whatever the settings hold comes back as it was."""
    assert said == parse_workspace(render_workspace(said).encode())


@settings(deadline=None, max_examples=50)
@given(SETTINGS, SETTINGS)
def test_written_over_another_file_is_the_same(old: WorkspaceSettings, new: WorkspaceSettings) -> None:
    """It does not matter what stood in the file before."""
    data = render_workspace(old, order=("annotators", "labels")).encode()
    assert new == parse_workspace(update_workspace(data, new))
    relabelled = replace(old, labels=new.labels)
    assert relabelled == parse_workspace(update_workspace(data, relabelled))


def test_unknown_keys_may_stand_in_any_order() -> None:
    """What the file had first stays first; that the settings name it later is no difference."""
    old = WorkspaceSettings(extra={"b": None, "a": None})
    new = WorkspaceSettings(languages=("vi",), extra={"a": None, "b": None})
    text = update_workspace(render_workspace(old).encode(), new)
    assert new == parse_workspace(text)
    assert text.index(b"\nb:") < text.index(b"\na:")


def test_the_file_reads_well() -> None:
    """A comment, block style, short texts by language on one line; the order is that of the settings."""
    said = WorkspaceSettings(
        labels=LabelSet(
            "workspace",
            (
                Label("no", names={"vi": "Không", "en": "No"}, colour="#0072B2", letters={"": "N"}),
                Label("risk", names={"": "Rủi ro"}, hints={"en": "What may go wrong."}, extra={"since": 2025}),
            ),
        ),
        languages=("vi", "en"),
        extra={"theme": "dark"},
    )
    expected = """\
# What holds for every article in this folder. Safe to edit by hand; `annotator check` tells of mistakes.
format: annotator-workspace/1
labels:
- key: 'no'
  names: {vi: Không, en: 'No'}
  letter: 'N'
  colour: '#0072B2'
- key: risk
  names: Rủi ro
  colour: '#6b7280'
  hints:
    en: What may go wrong.
  since: 2025
languages: [vi, en]
theme: dark
"""
    assert expected == render_workspace(said)


def test_the_usual_labels_are_named_not_listed() -> None:
    """A workspace that uses the shipped labels follows them."""
    assert "labels: policy\n" in render_workspace(WorkspaceSettings())


def test_other_lines_of_a_file_written_by_hand_stay() -> None:
    """New labels take the place of the old ones; comments, order and unknown keys elsewhere are not touched."""
    old = parse_workspace(BY_HAND.encode())
    labels = LabelSet("health", (*old.labels, Label("hope", colour="#CC79A7")))
    made = update_workspace(BY_HAND.encode(), replace(old, labels=labels)).decode()
    head, tail = BY_HAND.split("labels:\n", 1)
    assert made.startswith(head)
    assert made.endswith(tail[tail.index("\n# Words that end") :])
    assert "owner: Lan" in made
    assert "- key: hope" in made
    assert replace(old, labels=labels) == parse_workspace(made.encode())


def test_line_ends_of_windows_stay() -> None:
    """A file with CRLF has CRLF everywhere afterwards."""
    data = BY_HAND.replace("\n", "\r\n").encode()
    old = parse_workspace(data)
    made = update_workspace(data, replace(old, labels=LabelSet("own", (Label("a"),))))
    assert made.count(b"\n") == made.count(b"\r\n")


def test_a_file_in_brackets_is_written_anew_in_its_order() -> None:
    """Where the labels do not stand on lines of their own, the whole file is written, with what it held."""
    data = b"{theme: dark, format: annotator-workspace/1, annotators: [mai], labels: [{key: a}], language: vi}"
    old = parse_workspace(data)
    new = replace(old, labels=LabelSet("workspace", (Label("b"),)))
    made = update_workspace(data, new)
    assert new == parse_workspace(made)
    keys = [line.split(":")[0] for line in made.decode().splitlines() if ":" in line and line[0].isalpha()]
    assert keys == ["format", "theme", "annotators", "labels", "languages"]


@pytest.mark.parametrize(
    "data", [b"", b"labels: [", b"format: annotator-workspace/1\nlabels:\n- {key: a}\n- {key: a}\n"]
)
def test_a_file_that_cannot_be_read_is_not_replaced(data: bytes) -> None:
    """There is no text that could take its place."""
    with pytest.raises(DataFileError):
        update_workspace(data, WorkspaceSettings())


def test_labels_that_could_not_be_read_again_are_refused() -> None:
    """Two equal keys never get into a file."""
    with pytest.raises(DataFileError, match="is the key of the label"):
        update_workspace(None, WorkspaceSettings(labels=LabelSet("own", (Label("a"), Label("a")))))
