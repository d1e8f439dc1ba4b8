from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from app_builders import Work, article, sidecar_of, sidecar_path
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.labels.draft import LabelDraft, LabelPlan, LabelUsage
from annotator.app.labels.label_file import LabelsError, load_label_file
from annotator.app.labels.relabelling import (
    Relabelling,
    begin_relabelling,
    begin_reversal,
    count_usage,
    is_reversed,
    make_task,
    relabel_file,
    reverse_file,
    sum_usage,
)
from annotator.app.persistence.closed_documents import list_document_sidecars
from annotator.app.session import commands
from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.bulk_edit import relabel, select_applicable
from annotator.core.change import Step
from annotator.core.colour import PALETTE
from annotator.core.fields import Field
from annotator.core.labels import Label, LabelSet
from annotator.core.span import Span
from annotator.storage.workspace.label_set import load_builtin_labels
from annotator.storage.workspace.reader import parse_workspace

if TYPE_CHECKING:
    from pathlib import Path

POLICY = load_builtin_labels()


def renamed(old: str, new: str, labels: LabelSet = POLICY) -> LabelPlan:
    """The plan of somebody who gives a label another key."""
    made = tuple(replace(label, key=new) if label.key == old else label for label in labels)
    return LabelPlan(LabelSet(labels.key, made), {old: new})


def apply(work: Work, plan: LabelPlan) -> Relabelling:
    """Do all of a change of labels."""
    begun = begin_relabelling(work.session, load_label_file(work.session.workspace), plan)
    task, workspace = make_task(work.session), work.session.workspace
    assert workspace is not None
    return begun.with_files(relabel_file(begun, task, place) for place in list_document_sidecars(workspace))


def turn(work: Work, done: Relabelling) -> Relabelling:
    """Take all of a change of labels back, or do it again."""
    turned = begin_reversal(work.session, done)
    task, workspace = make_task(work.session), work.session.workspace
    assert workspace is not None
    return turned.with_files(reverse_file(turned, task, place) for place in list_document_sidecars(workspace))


def labels_in(document: Path, annotator: str = "") -> list[tuple[str, ...]]:
    """The labels of all annotations in an article's sidecar."""
    return [one.labels for one in sidecar_of(document, annotator).decisions.annotations.values()]


@pytest.fixture
def articles(tmp_path: Path) -> list[Path]:
    """Three articles in a folder: the first two have targets, the third an opinion."""
    made = [article(tmp_path, name) for name in ("a.txt", "b.txt", "c.txt")]
    for path, label in zip(made, ("target", "target", "opinion"), strict=True):
        work = Work()
        assert work.open(path)
        commands.tag(work.session, label)
        assert work.session.close()
    return made


@pytest.fixture
def work(articles: list[Path]) -> Work:
    """A session on that folder, the first article open."""
    made = Work()
    assert made.open(articles[0].parent)
    return made


def test_a_label_is_renamed_in_every_document(work: Work, articles: list[Path]) -> None:
    """The folder's file, the open document and those that are not open say the same afterwards."""
    done = apply(work, renamed("target", "goal"))
    assert work.settle()
    assert [labels_in(path) for path in articles] == [[("goal",)], [("goal",)], [("opinion",)]]
    settings = parse_workspace((articles[0].parent / "annotator.yaml").read_bytes())
    assert [label.key for label in settings.labels] == ["goal", "breakthrough", "opinion"]
    assert settings.labels == work.session.labels
    assert (done.annotations, done.failures, len(done.steps)) == (2, (), 2)


def test_a_renaming_is_one_step_in_each_document(work: Work, articles: list[Path]) -> None:
    """Undo takes it back in a document, also after this was closed and opened again."""
    apply(work, renamed("target", "goal"))
    commands.undo(work.session)
    assert [one.labels for one in work.session.state.annotations.values()] == [("target",)]
    work.session.close()
    later = Work()
    assert later.open(articles[1])
    assert later.session.history.done[-1].verb == "rename"
    commands.undo(later.session)
    assert later.settle()
    assert labels_in(articles[1]) == [("target",)]


def test_it_is_taken_back_and_done_again_as_a_whole(work: Work, articles: list[Path]) -> None:
    """Taking back gives the bytes that stood in every file before; doing it again those after."""
    folder = articles[0].parent
    (folder / "annotator.yaml").write_text("format: annotator-workspace/1 # ours\n", "utf-8")

    def files() -> dict[str, bytes]:
        assert work.settle()
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    before = files()
    done = apply(work, renamed("target", "goal"))
    after = files()
    turned = turn(work, done)
    assert before == files()
    assert (turned.is_done, turned.failures) == (False, ())
    assert work.session.labels == POLICY
    assert turn(work, turned).is_done
    assert after == files()


def test_where_there_was_no_file_none_is_left(work: Work, articles: list[Path]) -> None:
    """Taking back the first change of labels takes the file away as well."""
    done = apply(work, renamed("target", "goal"))
    turn(work, done)
    assert not (articles[0].parent / "annotator.yaml").exists()


def test_undo_in_any_document_asks_for_all(work: Work, articles: list[Path]) -> None:
    """Whether the person undid or redid the step in the open document is known."""
    done = apply(work, renamed("target", "goal"))
    assert not is_reversed(work.session, done)
    commands.undo(work.session)
    assert is_reversed(work.session, done)
    turned = turn(work, done)
    assert work.settle()
    assert labels_in(articles[1]) == [("target",)]
    assert not is_reversed(work.session, turned)
    commands.redo(work.session)
    assert is_reversed(work.session, turned)
    turn(work, turned)
    assert labels_in(articles[1]) == [("goal",)]


def test_what_was_done_since_stays(work: Work, articles: list[Path]) -> None:
    """Later work is kept; only what still stands is turned back, and it is said what is not."""
    done = apply(work, renamed("target", "goal"))
    work.session.close()
    other = Work()
    assert other.open(articles[1].parent)
    other.session.close()
    assert other.open(articles[1])
    other.sentence(5)
    commands.tag(other.session, "opinion")
    other.session.close()
    assert work.open(articles[0].parent)
    first = work.session.state.annotations.find(next(iter(work.session.state.annotations)))
    assert first is not None
    work.session.go_to(work.session.reading.find_sentence_at(first.span.start) if work.session.reading else None)
    commands.set_note(work.session, "mine")
    turned = turn(work, done)
    assert work.settle()
    assert sorted(labels_in(articles[1])) == [("opinion",), ("target",)]
    assert labels_in(articles[0]) == [("goal",)]
    assert [sentence for sentence in turned.failures if "changed since" in sentence] == list(turned.failures)
    assert len(turned.failures) == 1


def test_one_label_is_merged_into_another(work: Work, articles: list[Path]) -> None:
    """Annotations of a label that is no more get the chosen one, once."""
    place = sidecar_path(articles[1])
    place.write_text(place.read_text("utf-8").replace("labels: [target]", "labels: [target, opinion]"), "utf-8")
    draft = LabelDraft.from_labels(POLICY, usage={})
    done = apply(work, draft.without_label(0, into=2).plan)
    assert work.settle()
    assert [labels_in(path) for path in articles] == [[("opinion",)]] * 3
    turn(work, done)
    assert work.settle()
    assert [labels_in(path) for path in articles] == [[("target",)], [("target", "opinion")], [("opinion",)]]


def test_a_deleted_label_stays_on_its_annotations(work: Work, articles: list[Path]) -> None:
    """Nothing is lost: the key stays, and the set shows it in grey."""
    done = apply(work, LabelDraft.from_labels(POLICY, usage={}).without_label(0).plan)
    assert done.annotations == 0
    assert work.settle()
    assert labels_in(articles[0]) == [("target",)]
    assert work.session.labels.find("target") is None
    assert work.session.labels.get("target") == Label("target")


def test_the_files_of_all_annotators_are_changed(tmp_path: Path) -> None:
    """Where annotators are named, each one's file has the new key; who did it stands in the journal's step."""
    (tmp_path / "annotator.yaml").write_text("format: annotator-workspace/1\nannotators: [mai, lan]\n", "utf-8")
    path = article(tmp_path)
    for who in ("lan", "mai"):
        writer = Work(who=who)
        assert writer.open(tmp_path)
        commands.tag(writer.session, "target")
        assert writer.session.close()
    work = Work()
    assert work.open(tmp_path)
    done = apply(work, renamed("target", "goal"))
    assert work.settle()
    assert (labels_in(path, "mai"), labels_in(path, "lan")) == ([("goal",)], [("goal",)])
    assert {step.author for step in done.steps.values()} == {"mai"}
    assert parse_workspace((tmp_path / "annotator.yaml").read_bytes()).annotators == ("mai", "lan")


def test_documents_that_cannot_be_changed_are_told(work: Work, articles: list[Path]) -> None:
    """A broken sidecar, and one whose document is open in another window, keep what they hold; the rest is changed."""
    broken = sidecar_path(articles[2])
    broken.write_text("{ not: [yaml", "utf-8")
    other = Work()
    assert other.open(articles[1])
    done = apply(work, renamed("target", "goal"))
    other.session.close()
    assert work.settle()
    assert [labels_in(path) for path in articles[:2]] == [[("goal",)], [("target",)]]
    assert broken.read_text("utf-8") == "{ not: [yaml"
    assert [sentence.split(":")[0].split(",")[0] for sentence in done.failures] == [
        "b.txt.annotations.yaml",
        "c.txt.annotations.yaml",
    ]
    assert "another window" in done.failures[0]


def test_orphans_keep_their_label_and_are_counted(work: Work, articles: list[Path]) -> None:
    """An annotation without a sentence has no place for a step; the person is told how many there are."""
    articles[1].write_text("Một bài khác hẳn.\n", "utf-8")
    other = Work()
    assert other.open(articles[1])
    other.session.close()
    done = apply(work, renamed("target", "goal"))
    assert done.lost == 1
    assert [one.labels for one in sidecar_of(articles[1]).decisions.orphans.values()] == [("target",)]


def test_a_file_that_cannot_be_written_changes_nothing(work: Work, articles: list[Path], own_folders: Path) -> None:
    """The file comes first: where its old version cannot be kept, no annotation is touched."""
    path = articles[0].parent / "annotator.yaml"
    path.write_text("format: annotator-workspace/1\n", "utf-8")
    backups = own_folders / "state" / "backups"
    if backups.exists():  # older versions of the articles' annotations are there already
        backups.rename(backups.with_name("elsewhere"))
    backups.write_text("in the way", "utf-8")
    with pytest.raises(LabelsError, match="nothing is written"):
        apply(work, renamed("target", "goal"))
    assert path.read_text("utf-8") == "format: annotator-workspace/1\n"
    assert work.session.labels == POLICY
    assert labels_in(articles[0]) == [("target",)]


@pytest.mark.parametrize(
    "text",
    [
        "format: annotator-workspace/1\nlabels:\n- {key: a}\n- {key: a}\n",
        "format: annotator-workspace/1\nlabels:\n- {key: a, colour: blue}\n",
        "labels: [",
        "",
    ],
    ids=["equal keys", "colour", "yaml", "empty"],
)
def test_a_broken_file_is_not_edited(work: Work, articles: list[Path], text: str) -> None:
    """The sentence says what to mend, and the file stands as it was."""
    path = articles[0].parent / "annotator.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(LabelsError, match=r"annotator\.yaml cannot be read, so it is not overwritten"):
        load_label_file(work.session.workspace)
    assert path.read_text("utf-8") == text


def test_a_file_changed_meanwhile_is_not_overwritten(work: Work, articles: list[Path]) -> None:
    """What another program wrote between the question and the answer stays."""
    source = load_label_file(work.session.workspace)
    path = articles[0].parent / "annotator.yaml"
    path.write_text("format: annotator-workspace/1\n", "utf-8")
    with pytest.raises(LabelsError, match="changed by another program"):
        begin_relabelling(work.session, source, renamed("target", "goal"))
    assert path.read_text("utf-8") == "format: annotator-workspace/1\n"
    assert work.session.labels == POLICY


def test_the_file_before_is_kept(work: Work, articles: list[Path], own_folders: Path) -> None:
    """A version of ``annotator.yaml`` from before each change is in the state folder."""
    path = articles[0].parent / "annotator.yaml"
    path.write_text("format: annotator-workspace/1\n# mine\n", "utf-8")
    apply(work, renamed("target", "goal"))
    kept = list((own_folders / "state" / "backups").glob("*annotator.yaml"))
    assert [one.read_text("utf-8") for one in kept] == ["format: annotator-workspace/1\n# mine\n"]


def test_labels_belong_to_a_folder(articles: list[Path]) -> None:
    """Without a folder, or with one document of it open by itself, there is nothing to edit."""
    with pytest.raises(LabelsError, match="Open the folder"):
        load_label_file(None)
    alone = Work()
    assert alone.open(articles[0])
    with pytest.raises(LabelsError, match="Open the folder"):
        load_label_file(alone.session.workspace)


def test_usage_is_counted_over_all_documents(work: Work, articles: list[Path]) -> None:
    """How many annotations in which documents; a broken sidecar counts for nothing."""
    assert work.session.workspace is not None
    usage = sum_usage(count_usage(place) for place in list_document_sidecars(work.session.workspace))
    expected = {
        "target": LabelUsage(2, frozenset(map(str, articles[:2]))),
        "opinion": LabelUsage(1, frozenset({str(articles[2])})),
    }
    assert expected == usage
    assert usage["target"].summary == "2 annotations in 2 documents"
    sidecar_path(articles[2]).write_text("x", "utf-8")
    assert count_usage(list_document_sidecars(work.session.workspace)[2]) == {}


# The draft


def test_a_draft_without_changes_plans_nothing() -> None:
    """The labels are those given, untouched fields included, and no key moves."""
    labels = LabelSet("own", (Label("a", fields=(Field("who"),), extra={"x": 1}),))
    assert LabelDraft.from_labels(labels, usage={}).plan == LabelPlan(labels, {})


def test_labels_can_change_places_and_keys_at_once() -> None:
    """Two labels that swap their keys swap them on annotations as well."""
    draft = LabelDraft.from_labels(POLICY, usage={}).with_moved_label(0, 1)
    assert [label.key for label in draft.labels] == ["breakthrough", "target", "opinion"]
    first, second = (row.label for row in draft.rows[:2])
    swapped = draft.with_label(0, replace(first, key="target")).with_label(1, replace(second, key="breakthrough"))
    assert swapped.plan.renames == {"breakthrough": "target", "target": "breakthrough"}
    assert swapped.find_fault() is None


def test_what_was_merged_follows_its_label() -> None:
    """A label merged into one that is renamed, or merged on, ends where that one ends; else its key stays."""
    draft = LabelDraft.from_labels(POLICY, usage={}).without_label(0, into=2)
    opinion = draft.rows[1]
    assert draft.with_label(1, replace(opinion.label, key="view")).plan.renames == {"target": "view", "opinion": "view"}
    assert draft.without_label(1, into=1).plan.renames == {"target": "breakthrough", "opinion": "breakthrough"}
    assert draft.without_label(1).plan.renames == {}


def test_a_new_label_differs_from_all() -> None:
    """Key, letter and colour are free, so that there is no fault to begin with."""
    draft = LabelDraft.from_labels(POLICY, usage={})
    for _number in range(20):
        draft = draft.with_new_label()
        assert draft.find_fault() is None
    assert {label.colour for label in draft.labels} >= set(PALETTE)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"key": ""}, "key", "has no key"),
        ({"key": "target"}, "key", "Two labels have the key “target”"),
        ({"key": "old"}, "key", "not in the list"),
        ({"colour": "blue"}, "colour", "cannot be read"),
        ({"colour": "#12345"}, "colour", "cannot be read"),
        ({"letters": {"vi": "ABC"}}, "letter vi", "too long"),
        ({"letters": {"en": "T", "vi": "X"}}, "letter en", "the same letter, T"),
    ],
)
def test_faults_are_told_with_their_place(change: dict[str, object], field: str, words: str) -> None:
    """Each fault says which label and which field; the labels before it are sound."""
    draft = LabelDraft.from_labels(POLICY, usage={"old": LabelUsage(1)})
    faulty = draft.with_label(2, replace(POLICY.labels[2], **change))  # type: ignore[arg-type]
    fault = faulty.find_fault()
    assert fault is not None
    assert (fault.place, fault.field) == (2, field)
    assert words in fault.sentence
    assert draft.find_fault() is None


def test_a_set_needs_a_label() -> None:
    """An empty list is a fault."""
    fault = LabelDraft.from_labels(LabelSet("own", (Label("a"),)), usage={}).without_label(0).find_fault()
    assert fault is not None
    assert "Add one" in fault.sentence


def test_strangers_can_be_taken_in() -> None:
    """A key that annotations have without a label of the set becomes one, its annotations untouched."""
    draft = LabelDraft.from_labels(POLICY, usage={"old": LabelUsage(3), "target": LabelUsage(1)})
    assert draft.unknown_keys == ("old",)
    grown = draft.with_new_label("old")
    assert grown.unknown_keys == ()
    assert grown.find_fault() is None
    assert grown.plan.renames == {}
    assert grown.labels.get("old").letter("vi") not in {*"MĐÝTBO"}


# The changes


@given(
    st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True), max_size=6),
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from("abcde")),
)
def test_relabelling_then_turning_back_is_identity(tagged: list[list[str]], moves: dict[str, str]) -> None:
    """Whatever moves where, the inverse step gives the set as it was, and it fits wholly."""
    labels = LabelSet("own", tuple(map(Label, "abcde")))
    state = AnnotationSet.of(
        Annotation(f"id{place}", Span(10 * place, 10 * place + 5), tuple(keys), "words")
        for place, keys in enumerate(tagged)
    )
    changes = relabel(state, moves, labels=labels)
    made = state.apply(changes)
    assert [set(one.labels) for one in made.annotations.values()] == [
        {moves.get(key, key) for key in keys} for keys in tagged
    ]
    back = Step("rename", changes, Span(0, 1)).inverse()
    assert select_applicable(made, back) == back.changes
    assert made.apply(back.changes) == state
