from __future__ import annotations

from itertools import combinations

import pytest

from annotator.core.fields import Field
from annotator.core.labels import Label, LabelSet
from annotator.storage.errors import DataFileError
from annotator.storage.workspace.label_set import load_builtin_labels, parse_label_set
from annotator.storage.workspace.reader import WorkspaceSettings, parse_workspace

LABELS = """\
format: annotator-labels/1
key: health
labels:
- key: risk
  names: {vi: Rủi ro, en: Risk}
  letter: R
  colour: "#0072B2"
  hints: {en: What may go wrong.}
  fields: [who, when]
  weight: 2
- {key: no, names: Nothing}
"""


def label_faults(text: str) -> list[str]:
    """The sentences about a file of labels with this text."""
    with pytest.raises(DataFileError) as caught:
        parse_label_set(text.encode(), name="labels.yaml")
    return str(caught.value).splitlines()


def workspace_faults(text: str) -> list[str]:
    """The sentences about a workspace's file with this text."""
    with pytest.raises(DataFileError) as caught:
        parse_workspace(text.encode(), name="annotator.yaml")
    return str(caught.value).splitlines()


def test_the_builtin_labels_have_names_hints_and_colours() -> None:
    """The three labels of policy news come with all that the screen shows, in both languages."""
    labels = load_builtin_labels()
    assert labels.key == "policy"
    assert [label.key for label in labels] == ["target", "breakthrough", "opinion"]
    assert [label.name("vi") for label in labels] == ["Mục tiêu", "Đột phá", "Ý kiến"]
    assert [label.name("en") for label in labels] == ["Target", "Breakthrough", "Opinion"]
    assert all(label.hint(language).endswith(".") for label in labels for language in ("vi", "en"))
    assert {key: value for label in labels for key, value in label.extra.items()} == {}


def test_the_builtin_labels_differ_in_letter_and_colour() -> None:
    """No two labels can be taken for each other."""
    for one, other in combinations(load_builtin_labels(), 2):
        assert all(one.letter(language) != other.letter(language) for language in ("vi", "en"))
        assert one.colour != other.colour


def test_a_label_set_is_read() -> None:
    """A label called `no` is a text, a name alone holds for any language, unknown keys are kept."""
    expected = LabelSet(
        "health",
        (
            Label(
                "risk",
                names={"vi": "Rủi ro", "en": "Risk"},
                hints={"en": "What may go wrong."},
                colour="#0072B2",
                letters={"": "R"},
                fields=(Field("who"), Field("when")),
                extra={"weight": 2},
            ),
            Label("no", names={"": "Nothing"}),
        ),
    )
    labels = parse_label_set(LABELS.encode(), name="labels.yaml")
    assert expected == labels
    assert labels.get("no").name("vi") == "Nothing"


def test_all_faults_of_a_label_set_are_told_at_once() -> None:
    """Each fault has its line; a colour without quotes is a comment, which is said."""
    text = """\
format: annotator-labels/1
labels:
- {key: a, colour: blue}
- key: a
  colour: #0072B2
- {key: Alpha, letter: ABC}
- {names: {en: [x]}}
- just text
"""
    expected = [
        (1, '"key" is missing'),
        (3, 'the colour is "blue". Write # and six digits'),
        (4, '"a" is the key of the label in line 3 as well'),
        (4, '"A" is the letter of the label in line 3 as well'),
        (5, 'the colour is ""'),
        (6, 'the letter is "ABC"'),
        (7, '"key" is missing'),
        (7, '"en" is not a text'),
        (8, "this is not a label"),
    ]
    sentences = label_faults(text)
    assert len(expected) == len(sentences)
    for line, words in expected:
        assert any(sentence.startswith(f"labels.yaml, line {line}: {words}") for sentence in sentences), words


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the file is empty"),
        ("key: a\n", "this is not a file of annotator"),
        ("format: annotator-labels/2\n", "later version of annotator"),
        ("format: annotator-labels/1\nkey: a\n", '"labels" is missing'),
        ("format: annotator-labels/1\nkey: a\nlabels: x\n", '"labels" is not a list'),
        ("format: annotator-labels/1\nkey: a\nlabels: []\n", '"labels" has no label'),
    ],
)
def test_what_is_no_label_set_is_told(text: str, what: str) -> None:
    """A label set without labels could tag nothing."""
    sentences = label_faults(text)
    assert len(sentences) == 1
    assert what in sentences[0]


def test_a_workspace_says_its_labels_languages_abbreviations_and_annotators() -> None:
    """All that holds for every document stands in one file."""
    text = """\
format: annotator-workspace/1
labels:
  key: own
  labels:
  - {key: risk, names: {en: Risk}}
languages: [vi, en]
abbreviations: [HĐND., no]
annotators: [mai, Lan Anh]
theme: dark
"""
    expected = WorkspaceSettings(
        labels=LabelSet("own", (Label("risk", names={"en": "Risk"}),)),
        languages=("vi", "en"),
        abbreviations=("HĐND.", "no"),
        annotators=("mai", "Lan Anh"),
        extra={"theme": "dark"},
    )
    assert expected == parse_workspace(text.encode())


def test_a_workspace_may_say_little() -> None:
    """What is left out has the value of a workspace without the file; Norwegian is a language."""
    assert parse_workspace(b"format: annotator-workspace/1\n") == WorkspaceSettings()
    assert WorkspaceSettings().labels == load_builtin_labels()
    settings = parse_workspace(b"format: annotator-workspace/1\nlanguage: no\nlabels: policy\n")
    assert settings == WorkspaceSettings(languages=("no",))


def test_labels_may_be_listed_at_once() -> None:
    """A list of labels without a key is the workspace's set."""
    settings = parse_workspace(b"format: annotator-workspace/1\nlabels:\n- key: risk\n")
    assert settings.labels == LabelSet("workspace", (Label("risk"),))


def test_all_faults_of_a_workspace_are_told_at_once() -> None:
    """Faults of the labels inside are among them."""
    text = """\
format: annotator-workspace/1
labels:
- {key: a, colour: red}
languages: [vi, Tiếng Anh]
annotators: {mai: 1}
"""
    sentences = workspace_faults(text)
    assert [int(sentence.split("line ")[1].split(":")[0]) for sentence in sentences] == [3, 4, 5]
    assert "there is no label set" in workspace_faults("format: annotator-workspace/1\nlabels: helth\n")[0]


@pytest.mark.parametrize("text", ["", "a: 1\n", "format: annotator/1\n", "format: annotator-workspace/9\n", "- x\n"])
def test_what_is_no_workspace_file_is_told(text: str) -> None:
    """A sidecar, say, is not taken for a workspace's settings."""
    assert len(workspace_faults(text)) == 1
