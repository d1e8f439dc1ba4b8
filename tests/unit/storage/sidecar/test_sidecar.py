from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import Annotation, Origin, PreviousVersion, Status
from annotator.core.annotation_set import AnnotationSet, index_by_key
from annotator.core.change import BlockMark, Change, Layer
from annotator.core.document import BlockKind
from annotator.core.span import Span
from annotator.core.verdict import Outcome, Verdict, VerdictKind
from annotator.shipped import resource_path
from annotator.storage.errors import DataFileError
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import SCHEMA, DocumentRecord, Sidecar, find_sidecar_owner, sidecar_name
from annotator.storage.sidecar.writer import SidecarWriter
from annotator.storage.yaml_io.reader import MappingNode, ScalarNode, parse_yaml, to_value

NAME = "lang-son.txt.annotations.yaml"
TEXT = "Đến năm 2030, tỷ trọng kinh tế số trong GRDP đạt trên 30%."
EXAMPLE = f"""\
# yaml-language-server: $schema=urn:annotator:sidecar:1
# Annotations of lang-son.txt. Safe to edit by hand; `annotator check` tells whether it still holds.
# Comments of your own are not kept: write a note instead.
format: annotator/1
document:
  file: lang-son.txt
  title: Lạng Sơn
  sha256: ab12
  characters: 5413
  sentences: 35
annotator: mai
labels: policy
status: in progress
annotations:
- id: k3f9x2
  labels: [target, 'no']
  at: [1182, 1240]
  text: {TEXT}
  before: '180 - 190 nghìn tỷ đồng. '
  after: "\\n\\nĐể đạt được mục tiêu trên,"
  fields: {{indicator: kinh tế số, comparator: '>', value: 30, unit: '%', by: 2030}}
  note: |-
    xem lại
    năm sau
  origin: person
  made: 2026-05-13T09:12:44+07:00
  changed: 2026-05-13T09:13:02+07:00
nothing:
- [0, 24]
- [26, 88]
sentences:
  split:
  - 1113
  join:
  - [271, 313]
blocks:
  caption:
  - [271, 313]
# The first words at the places above, to find these again when the text has changed.
quotes:
  0: Lạng Sơn
  26: 'on'
  271: 'Ảnh: Hoàng Duy'
"""
BROKEN = """\
format: annotator/1
document: {title: x, characters: many}
status: finished
annotations:
- {id: a, labels: {x: 1}, at: [5, 3], text: abc}
- id: b
  labels: [target]
  at: [10, 15]
  text: abc
- {id: b, labels: [target], at: [12, 15], text: abc}
- {labels: [target], at: 7, text: ''}
- what
nothing:
- [14, 20]
- [30, 30]
sentences: {split: [4, 4, -1], cut: []}
blocks: {picture: [[1, 2]]}
quotes: {x: y}
"""


def example() -> Sidecar:
    """The sidecar that the example is the text of."""
    annotation = Annotation(
        id="k3f9x2",
        span=Span(1182, 1240),
        labels=("target", "no"),
        text=TEXT,
        before="180 - 190 nghìn tỷ đồng. ",
        after="\n\nĐể đạt được mục tiêu trên,",
        fields={"indicator": "kinh tế số", "comparator": ">", "value": 30, "unit": "%", "by": 2030},
        note="xem lại\nnăm sau",
        origin=Origin.PERSON,
        made="2026-05-13T09:12:44+07:00",
        changed="2026-05-13T09:13:02+07:00",
    )
    decisions = AnnotationSet.of(
        [annotation],
        nothing=[Span(0, 24), Span(26, 88)],
        splits=[1113],
        joins=[Span(271, 313)],
        blocks=[(271, BlockMark(313, BlockKind.CAPTION))],
    )
    return Sidecar(
        document=DocumentRecord("lang-son.txt", "Lạng Sơn", "ab12", 5413, 35),
        decisions=replace(decisions, status=Status.IN_PROGRESS),
        annotator="mai",
        quotes={0: "Lạng Sơn", 26: "on", 271: "Ảnh: Hoàng Duy"},
    )


def written(sidecar: Sidecar) -> str:
    """The text of a sidecar, by a writer that has written nothing before."""
    return SidecarWriter().render(sidecar, quote=lambda place: sidecar.quotes.get(place, ""))


def parsed(text: str) -> Sidecar:
    """The sidecar with this text."""
    return parse_sidecar(text.encode(), name=NAME)


def faults_of(text: str) -> list[str]:
    """The sentences about a sidecar with this text."""
    with pytest.raises(DataFileError) as caught:
        parsed(text)
    return str(caught.value).splitlines()


def test_a_sidecar_is_written_as_a_person_would_write_it() -> None:
    """The layout is fixed to the character, so that differences between versions are small."""
    assert written(example()) == EXAMPLE


def test_the_example_is_read() -> None:
    """Reading gives what was written."""
    assert parsed(EXAMPLE) == example()


def test_an_empty_sidecar_lists_its_two_main_parts_only() -> None:
    """Parts without content are left out, except those by which a file that was cut off is told."""
    text = written(Sidecar(DocumentRecord("a.txt")))
    assert text.endswith("labels: policy\nstatus: new\nannotations: []\nnothing: []\n")
    assert parsed(text) == Sidecar(DocumentRecord("a.txt"))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORDS = TEXTS.filter(bool)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=5,
)
EXTRA = st.dictionaries(TEXTS.map(lambda text: f"x-{text}"), VALUES, max_size=2)
TIMES = st.one_of(st.just(""), st.datetimes(min_value=datetime(1000, 1, 1)).map(lambda at: f"{at.isoformat()}Z"), TEXTS)  # noqa: DTZ001  # the offset is added


WERE = st.builds(PreviousVersion, TEXTS, st.floats(0, 1), before=TEXTS, after=TEXTS)


@st.composite
def annotation_at(draw: st.DrawFn, span: Span, identity: str) -> Annotation:
    """Any annotation of a stretch."""
    wide = span.end - span.start
    return Annotation(
        id=identity,
        span=span,
        labels=tuple(draw(st.lists(TEXTS, max_size=3, unique=True))),
        text=draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=wide, max_size=wide)),
        before=draw(TEXTS),
        after=draw(TEXTS),
        fields=draw(st.dictionaries(TEXTS, VALUES, max_size=2)),
        note=draw(TEXTS),
        origin=draw(st.sampled_from([*Origin, ""])),
        made=draw(TIMES),
        changed=draw(TIMES),
        previous=draw(st.none() | WERE),
        extra=draw(EXTRA),
    )


@st.composite
def verdict_of(draw: st.DrawFn, identity: str) -> Verdict:
    """Any verdict."""
    return Verdict(
        id=identity,
        kind=draw(st.sampled_from(VerdictKind)),
        span=Span(5, 5 + draw(st.integers(1, 9))),
        text=draw(TEXTS),
        annotation=draw(TEXTS),
        labels=tuple(draw(st.lists(TEXTS, max_size=2, unique=True))),
        labels_seen=tuple(draw(st.lists(TEXTS, max_size=2, unique=True))),
        comment=draw(TEXTS),
        reviewer=draw(TEXTS),
        answered_at=draw(TIMES),
        source=draw(TEXTS),
        outcome=draw(st.sampled_from(Outcome)),
        decided_at=draw(TIMES),
        decided_by=draw(TEXTS),
        extra=draw(EXTRA),
    )


@st.composite
def sidecars(draw: st.DrawFn) -> Sidecar:
    """Any sidecar."""
    cuts = sorted(draw(st.lists(st.integers(0, 300), max_size=12, unique=True)))
    spans = [Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    tagged = [span for span in spans if draw(st.booleans())]
    identities = draw(st.lists(WORDS, min_size=len(tagged) + 1, max_size=len(tagged) + 1, unique=True))
    annotations = [draw(annotation_at(span, identity)) for span, identity in zip(tagged, identities, strict=False)]
    notes = {annotation.span for annotation in annotations if not annotation.labels}
    nothing = [span for span in spans if span not in tagged or (span in notes and draw(st.booleans()))]
    kinds = st.sampled_from(BlockKind)
    decisions = AnnotationSet.of(
        annotations,
        nothing=nothing,
        splits=draw(st.lists(st.integers(0, 400), max_size=3, unique=True)),
        joins=[span for span in spans if draw(st.booleans())],
        blocks=[(span.start, BlockMark(span.end, draw(kinds))) for span in spans if draw(st.booleans())],
    )
    orphan = draw(st.lists(annotation_at(Span(3, 9), identities[-1]), max_size=1))
    rivals = [draw(annotation_at(span, identity)) for span, identity in zip(tagged, identities, strict=False)]
    rivals = rivals[: draw(st.integers(0, 2))]
    verdicts = [draw(verdict_of(identity)) for identity in draw(st.lists(WORDS, max_size=2, unique=True))]
    decisions = replace(
        decisions,
        status=draw(st.sampled_from(Status)),
        orphans=index_by_key(orphan),
        conflicts=index_by_key(rivals),
        verdicts=index_by_key(verdicts),
    )
    places = [*decisions.nothing, *decisions.splits, *decisions.joins, *decisions.blocks]
    return Sidecar(
        document=DocumentRecord(
            file=draw(WORDS),
            title=draw(TEXTS),
            sha256=draw(TEXTS),
            characters=draw(st.integers(0, 2**31 - 1)),
            sentences=draw(st.integers(0, 1000)),
            extra=draw(EXTRA),
        ),
        decisions=decisions,
        annotator=draw(TEXTS),
        labels=draw(WORDS),
        quotes={place: draw(WORDS) for place in places},
        review=tuple(draw(st.lists(VALUES, max_size=2))),
        extra=draw(EXTRA),
    )


def schema() -> jsonschema.Draft202012Validator:
    """The validator of the shipped schema."""
    text = resource_path("schema", "sidecar.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


VALIDATOR = schema()


@given(sidecars())
def test_save_then_load_is_identity(sidecar: Sidecar) -> None:
    """Whatever was decided, noted or left by a later version comes back, and the schema agrees with it."""
    text = written(sidecar)
    assert sidecar == parsed(text)
    assert text == written(parsed(text))
    assert [error.message for error in VALIDATOR.iter_errors(to_value(parse_yaml(text.encode(), name=NAME)))] == []


@given(sidecars())
def test_any_reader_of_yaml_reads_a_sidecar(sidecar: Sidecar) -> None:
    """What PyYAML's own loader finds is the same text at the same place."""
    loaded = yaml.safe_load(written(sidecar))
    annotations = list(sidecar.decisions.annotations.values())
    assert [annotation.text for annotation in annotations] == [item["text"] for item in loaded["annotations"]]
    assert [list(annotation.labels) for annotation in annotations] == [item["labels"] for item in loaded["annotations"]]
    assert [list(span) for span in sidecar.decisions.nothing.items()] == loaded["nothing"]
    assert dict(sidecar.quotes) == (loaded.get("quotes") or {})


def test_all_faults_of_a_file_are_told_at_once_with_line_and_cure() -> None:
    """A person who mends what is told has a sound file."""
    expected = [
        (2, '"characters" is many, which is not a whole number'),
        (2, '"file" is missing. Write the name of the article'),
        (3, '"status" is "finished". Write new, in progress or done.'),
        (5, '"labels" is not a list of texts'),
        (5, '"at" is [5, 3]: the end stands before the start. Write the smaller number first: [3, 5].'),
        (9, '"text" has 3 characters, but "at" is [10, 15], which is 5'),
        (10, "[12, 15] overlaps [10, 15] in line 8"),
        (11, '"at" is not a pair of numbers. Write it as [start, end]'),
        (11, '"id" is missing. Give it letters and digits'),
        (11, '"text" is empty'),
        (12, "this is not an annotation"),
        (14, "[14, 20] overlaps [10, 15] in line 8"),
        (15, '"nothing" is [30, 30]: nothing stands there'),
        (16, '"split" is -1, which is not a whole number'),
        (16, '"sentences" cannot have "cut". Only these can stand there: split, join.'),
        (17, '"blocks" cannot have "picture"'),
        (18, '"quotes" is x, which is not a whole number'),
    ]
    sentences = faults_of(BROKEN)
    assert len(expected) == len(sentences)
    for line, words in expected:
        beginning = f"{NAME}, line {line}: {words}"
        assert any(sentence.startswith(beginning) for sentence in sentences), beginning


def test_faults_of_yaml_and_of_content_are_told_together() -> None:
    """An anchor does not hide that a number is wrong further down."""
    sentences = faults_of("format: annotator/1\ndocument: {file: &x a}\nannotations: 1\nnothing: []\n")
    assert [int(sentence.split("line ")[1].split(":")[0]) for sentence in sentences] == [2, 3]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the file is empty. Delete it, or restore it from a backup."),
        ("# a comment\n", "the file is empty. Delete it, or restore it from a backup."),
        ("a: 1\n", 'this is not a file of annotator: it does not say "format: annotator/1"'),
        ("- a\n", "this is not a file of annotator"),
        ("hello\n", "this is not a file of annotator"),
        ("format: [annotator/1]\n", "this is not a file of annotator"),
        ("format: other/1\n", 'its format is "other/1", not "annotator/1"'),
        ("format: annotator/x\n", 'its format is "annotator/x"'),
        ("format: annotator/01\n", 'its format is "annotator/01"'),
        ("format: annotator/0\n", "there is no format annotator/0"),
    ],
)
def test_a_file_that_is_not_ours_is_told_by_one_sentence(text: str, what: str) -> None:
    """It is not gone through for faults that its writer could not know of."""
    sentences = faults_of(text)
    assert len(sentences) == 1
    assert what in sentences[0]


def test_a_file_of_a_later_version_asks_for_that_version() -> None:
    """What a later version wrote is neither judged nor touched."""
    what = "it was written by a later version of annotator (format annotator/7)"
    cure = "Install that version to open it; nothing has been changed."
    assert faults_of("format: annotator/7\nannotations: {}\n") == [f"{NAME}, line 1: {what}. {cure}"]


def test_an_old_version_is_migrated_and_says_so() -> None:
    """A migration makes the next version's tree; the faults after it have the lines of the file."""

    def renamed(tree: MappingNode) -> MappingNode:
        entries = {("annotations" if key == "tags" else key): node for key, node in tree.entries.items()}
        return MappingNode(tree.line, entries | {"nothing": ScalarNode(tree.line, "", is_plain=True)})

    text = "format: annotator/0\ndocument: {file: a.txt}\ntags:\n- {id: a, at: [0, 3], text: abc}\n"
    sidecar = parse_sidecar(text.encode(), name=NAME, migrations={0: renamed})
    assert sidecar.version == 0
    assert [annotation.text for annotation in sidecar.decisions.annotations.values()] == ["abc"]
    with pytest.raises(DataFileError, match="line 4"):
        parse_sidecar(text.replace("[0, 3]", "[0, 2]").encode(), name=NAME, migrations={0: renamed})


def test_a_file_that_was_cut_off_is_told() -> None:
    """Half a file is YAML all the same, but lacks a part that is always there."""
    cut = EXAMPLE[: EXAMPLE.index("nothing:")]
    assert [sentence.split(": ")[1].split(". ")[0] for sentence in faults_of(cut)] == ['"nothing" is missing']


def test_hand_written_yaml_of_any_shape_is_read() -> None:
    """Order of keys, indentation, quotes, comments, flow and block style are the person's own."""
    text = """
nothing:   [[0, 24],
            [26, 88]]   # two
annotations:
    -   at:
            - 100
            - 103
        text: "abc"
        'id': 123456
        labels: no
        note: >
            folded
            text
    - {id: on, labels: [12:30, 2026-01-02, yes, 5, null], at: [200, 202], text: no, fields: {a: no, b: 0x10}}
"document": {file: 2026.txt}
format: "annotator/1"
"""
    sidecar = parsed(text)
    first, second = sidecar.decisions.annotations.values()
    assert (first.id, first.labels, first.note) == ("123456", ("no",), "folded text\n")
    assert (second.id, second.text) == ("on", "no")
    assert second.labels == ("12:30", "2026-01-02", "yes", "5", "null")
    assert second.fields == {"a": "no", "b": 16}
    assert list(sidecar.decisions.nothing.items()) == [(0, 24), (26, 88)]
    assert sidecar.document == DocumentRecord("2026.txt")


def test_a_label_added_by_hand_is_read() -> None:
    """A stranger's edit in one line changes that annotation only."""
    sidecar = parsed(EXAMPLE.replace("labels: [target, 'no']", "labels: [target, no, opinion]"))
    annotation = sidecar.decisions.annotations.find(1182)
    assert annotation is not None
    assert annotation.labels == ("target", "no", "opinion")
    assert sidecar.decisions.label_counts == {"target": 1, "no": 1, "opinion": 1}


def test_unknown_keys_are_kept_where_they_stood() -> None:
    """What a later version or another tool wrote is written back, in its order."""
    text = EXAMPLE.replace("  sentences: 35\n", "  sentences: 35\n  source: https://a.vn\n")
    text = text.replace("13:02+07:00\n", "13:02+07:00\n  zeta: [1, {a: b}]\n  alpha: x\n") + "later: {b: 1, a: 2}\n"
    sidecar = parsed(text)
    annotation = sidecar.decisions.annotations.find(1182)
    assert annotation is not None
    assert sidecar.document.extra == {"source": "https://a.vn"}
    assert list(annotation.extra.items()) == [("zeta", [1, {"a": "b"}]), ("alpha", "x")]
    assert list(sidecar.extra.items()) == [("later", {"b": 1, "a": 2})]
    assert sidecar == parsed(written(sidecar))
    assert written(sidecar).endswith("later:\n  b: 1\n  a: 2\n")


def test_a_note_may_stand_where_there_is_nothing_to_tag() -> None:
    """A sentence marked *nothing here* keeps its note; a label there would contradict the mark."""
    text = (
        "format: annotator/1\ndocument: {file: a}\nnothing: [[0, 3]]\nannotations:\n- {id: a, at: [0, 3], text: abc}\n"
    )
    assert parsed(text).decisions.decided_count == 1
    assert not len(parsed(text).decisions.conflicts)
    for other in (text.replace("id: a,", "id: a, labels: [x],"), text.replace("[[0, 3]]", "[[0, 4]]")):
        found = parsed(other)
        assert len(found.decisions.conflicts) == 1
        assert "overlaps" in found.remarks[-1].problem


def test_annotations_may_stand_in_any_order_and_touch() -> None:
    """Only a shared character is an overlap."""
    text = "format: annotator/1\ndocument: {file: a}\nnothing: [[3, 6]]\nannotations:\n"
    text += "- {id: a, labels: x, at: [6, 9], text: abc}\n- {id: b, labels: x, at: [0, 3], text: abc}\n"
    assert list(parsed(text).decisions.annotations) == [0, 6]


def test_orphans_keep_the_places_they_had() -> None:
    """An orphan may share its old place with others, but not its id: it gets another one then."""
    lines = EXAMPLE + "orphans:\n- {id: z, labels: [target], at: [1182, 1185], text: abc, seen: 3}\n"
    (orphan,) = parsed(lines).decisions.orphans.values()
    assert orphan == Annotation(id="z", span=Span(1182, 1185), labels=("target",), text="abc", extra={"seen": 3})
    (other,) = parsed(lines.replace("id: z", "id: k3f9x2")).decisions.orphans.values()
    assert other == replace(orphan, id="k3f9x2-2")
    assert parsed(lines) == parsed(written(parsed(lines)))


def test_the_first_line_names_the_shipped_schema() -> None:
    """An editor that knows the schema by its id finds it from the file."""
    assert f"# yaml-language-server: $schema={SCHEMA}" == EXAMPLE.splitlines()[0]
    found = VALIDATOR.schema
    assert isinstance(found, dict)
    assert found["$id"] == SCHEMA
    jsonschema.Draft202012Validator.check_schema(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: annotator/1", "format: 1"),
        ("file: lang-son.txt", "file: []"),
        ("characters: 5413", "characters: many"),
        ("status: in progress", "status: finished"),
        ("at: [1182, 1240]", "at: [1182]"),
        ("at: [1182, 1240]", "at: [-1, 5]"),
        ("labels: [target, 'no']", "labels: {a: b}"),
        ("id: k3f9x2", "name: k3f9x2"),
        ("- [26, 88]", "- 26"),
        ("- 1113", "- x"),
        ("caption:", "picture:"),
        ("  26: ", "  x: "),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    """An editor marks the same faults that opening the file would tell."""
    text = EXAMPLE.replace(old, new)
    assert text != EXAMPLE
    assert list(VALIDATOR.iter_errors(to_value(parse_yaml(text.encode(), name=NAME))))
    assert faults_of(text)


def test_the_texts_of_annotations_are_kept_while_these_are_the_same() -> None:
    """After one change, one annotation is written anew, and the text is that of a new writer."""
    writer = SidecarWriter()
    sidecar = example()
    quote = {0: "a", 26: "b", 271: "c", 1113: "d", 90: "e"}.__getitem__
    writer.render(sidecar, quote=quote)
    old = sidecar.decisions.annotations.find(1182)
    assert old is not None
    changes = [
        Change(Layer.ANNOTATION, 1182, old, replace(old, note="new")),
        Change(Layer.NOTHING, 90, None, 95),
        Change(Layer.NOTHING, 0, 24, None),
    ]
    for change in changes:
        sidecar = replace(sidecar, decisions=sidecar.decisions.apply([change]))
        assert SidecarWriter().render(sidecar, quote=quote) == writer.render(sidecar, quote=quote)


def test_words_at_places_are_read_again_when_the_document_has_changed() -> None:
    """The words of another text are never written."""
    writer = SidecarWriter()
    sidecar = example()
    assert "  0: first\n" in writer.render(sidecar, quote=lambda _place: "first")
    assert "  0: first\n" in writer.render(sidecar, quote=lambda _place: "second")
    changed = replace(sidecar, document=replace(sidecar.document, sha256="cd34"))
    assert "  0: second\n" in writer.render(changed, quote=lambda _place: "second")


def test_two_annotations_with_one_id_are_both_written() -> None:
    """A fault elsewhere never makes the writer drop one."""
    first = Annotation(id="a", span=Span(0, 3), labels=("x",), text="abc")
    second = Annotation(id="a", span=Span(5, 8), labels=("x",), text="def")
    text = written(Sidecar(DocumentRecord("a.txt"), AnnotationSet.of([first, second])))
    assert "text: abc" in text
    assert "text: def" in text


def test_the_name_of_a_document_cannot_break_the_comment() -> None:
    """A line end in a file name does not begin a line of YAML."""
    sidecar = Sidecar(DocumentRecord("a\nlabels: evil\u2028.txt"))
    assert sidecar == parsed(written(sidecar))


@pytest.mark.parametrize(
    ("document", "annotator", "file"),
    [
        ("lang-son.txt", "", "lang-son.txt.annotations.yaml"),
        ("lang-son.txt", "mai", "lang-son.txt.annotations.mai.yaml"),
        ("a.txt", "Mai Nguyễn", "a.txt.annotations.Mai Nguyễn.yaml"),
        ("a.txt", "T.Mai/x%", "a.txt.annotations.T%2EMai%2Fx%25.yaml"),
        ("a.txt", "annotations", "a.txt.annotations.%61nnotations.yaml"),
        ("a.annotations.b", "", "a.annotations.b.annotations.yaml"),
    ],
)
def test_a_sidecar_is_named_after_document_and_annotator(document: str, annotator: str, file: str) -> None:
    """The name tells whose file about which document it is, both ways."""
    assert file == sidecar_name(document, annotator=annotator)
    assert (document, annotator) == find_sidecar_owner(file)


@given(WORDS, st.text(st.characters(exclude_categories=["Cs"])))
def test_any_annotator_is_found_again_in_the_name(document: str, annotator: str) -> None:
    """No two annotators share a file, whatever they are called."""
    assert (document, annotator) == find_sidecar_owner(sidecar_name(document, annotator=annotator))


@pytest.mark.parametrize("file", ["a.txt", "a.yaml", ".annotations.yaml", "a.annotations", "a.annotations..yaml", ""])
def test_other_files_are_no_sidecars(file: str) -> None:
    """A name that is no sidecar's has no owner."""
    assert find_sidecar_owner(file) is None


@given(st.text(st.sampled_from("ab:-[]{}, \n0123'\"")), st.integers(0, len(EXAMPLE)), st.integers(0, 40))
def test_a_sidecar_damaged_anywhere_is_read_or_refused(text: str, place: int, wide: int) -> None:
    """Damage gives a sentence, never another error."""
    damaged = EXAMPLE[:place] + text + EXAMPLE[place + wide :]
    assert is_read_or_refused(damaged)


def is_read_or_refused(text: str) -> bool:
    """Whether a sidecar with this text is read, or refused with a sentence."""
    try:
        parsed(text)
    except DataFileError as error:
        return bool(str(error))
    return True


def test_two_rivals_of_one_annotation_come_back() -> None:
    """Two other versions can contradict one annotation: both have its id, and the file is sound."""
    rivals = [Annotation("a", Span(0, 2), (label,), "ab") for label in ("x", "y")]
    decisions = replace(AnnotationSet(), conflicts=index_by_key(rivals))
    data = SidecarWriter().render(Sidecar(DocumentRecord("a.txt"), decisions), quote=lambda _place: "").encode()
    assert list(parse_sidecar(data, name="x").decisions.conflicts.values()) == rivals
