from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from app_builders import ARTICLE, Work, labels_on, run_and_kill, sidecar_of, sidecar_path
from hypothesis import given, settings
from hypothesis import strategies as st
from legacy_encodings import encode

from annotator.app.documents.encoding_choice import choose_encoding, make_samples
from annotator.app.documents.open import open_document
from annotator.app.documents.progress import iter_progress
from annotator.app.export import iter_records
from annotator.app.persistence.reencoding import reencode
from annotator.app.search import search_folder
from annotator.app.session import commands
from annotator.app.sidecar_check import check_path
from annotator.app.workspace.article_reader import list_sidecars, read_article
from annotator.app.workspace.workspace import load_folder_workspace
from annotator.cli.main import run
from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.span import Span
from annotator.storage.documents.reader import read_document
from annotator.storage.encodings.byte_offsets import get_byte_offsets
from annotator.storage.paths import ensure_state_folder
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.app.workspace.workspace import Workspace

GOAL = "Đến năm 2030, kinh tế số đạt trên 30% tổng sản phẩm."
LEAD = "Tỉnh đặt ra năm nhiệm vụ trọng tâm và ba khâu đột phá cho cả giai đoạn."
SURE = pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "vps"])


def article(folder: Path, name: str, text: str = ARTICLE) -> Path:
    """An article on disk, in an encoding of the time before Unicode."""
    path = folder / "article.txt"
    path.write_bytes(encode(text, name))
    return path


def opened(path: Path, *, encoding: str = "", who: str = "mai") -> Work:
    """Work on the article, read in the encoding that is named."""
    work = Work(who=who)
    assert work.open(path)
    if encoding:
        assert choose(work, encoding)
    return work


def choose(work: Work, encoding: str) -> bool:
    """Read the open article in another encoding."""
    return choose_encoding(work.session, encoding, deliver=work.deliver)


def find(work: Work, words: str) -> None:
    """Go to the sentence with these words."""
    session = work.session
    assert session.document is not None
    assert session.reading is not None
    assert session.go_to(session.reading.find_sentence_at(session.document.text.index(words)))


def wrongly_tagged(path: Path) -> Work:
    """The goal is tagged, the next sentence joined and marked, while the article was read as Windows-1258."""
    work = opened(path, encoding="windows-1258")
    find(work, " 2030, kinh")
    commands.tag(work.session, "target")
    commands.set_note(work.session, "xem lại")
    commands.join(work.session)
    commands.mark_nothing(work.session)
    find(work, " ra n")
    commands.tag(work.session, "breakthrough")
    return work


@SURE
def test_annotations_stay_on_their_sentences(tmp_path: Path, name: str) -> None:
    """They were made on garbled words; after the choice they are at the same sentences, with the right words."""
    path = article(tmp_path, name)
    work = wrongly_tagged(path)
    garbled = work.session.state
    assert choose(work, name)
    state, document = work.session.state, work.session.document
    assert document is not None
    assert len(garbled.nothing) == len(state.nothing) == 1
    assert [len(garbled.joins), len(garbled.annotations)] == [len(state.joins), len(state.annotations)]
    (lead, labels), *others = labels_on(state)
    assert (lead.lower(), labels) == (LEAD.lower(), ("breakthrough",))
    for one in state.annotations.values():
        assert document.text[slice(*one.span)] == one.text
        assert document.text[one.span.end :].startswith(one.after)
        assert document.text[: one.span.start].endswith(one.before)
    assert any(GOAL.lower() in text.lower() for text, _labels in others)
    data = path.read_bytes()
    before, after = get_byte_offsets(data, encoding="windows-1258"), get_byte_offsets(data, encoding=name)
    for old, new in zip(_places(garbled), _places(state), strict=True):
        assert [before[at] for at in old] == [after[at] for at in new]
    assert work.settle()
    saved = sidecar_of(path)
    assert (saved.document.encoding, saved.document.characters) == (name, len(document.text))
    assert (state.annotations, state.nothing) == (saved.decisions.annotations, saved.decisions.nothing)
    work.session.close()


def _places(state: AnnotationSet) -> list[tuple[int, int]]:
    """All stretches on which something was decided."""
    spans = [(one.span.start, one.span.end) for one in state.annotations.values()]
    return [*spans, *state.nothing.items(), *state.joins.items()]


def test_the_old_file_is_kept_and_undo_begins_anew(tmp_path: Path) -> None:
    """Steps were on other places: undo does not reach back beyond the choice, but the file before it is kept."""
    path = article(tmp_path, "vni")
    work = wrongly_tagged(path)
    assert work.settle()
    before = sidecar_path(path).read_bytes()
    assert choose(work, "vni")
    assert not work.session.history.done
    assert before in [kept.read_bytes() for kept in (ensure_state_folder() / "backups").glob("*.yaml")]
    assert "The annotations as they were are kept in" in work.warned
    commands.tag(work.session, "opinion")
    commands.undo(work.session)
    work.session.close()
    again = opened(path)
    assert again.session.history.undone
    assert again.warned == ""
    again.session.close()


def test_every_reader_sees_the_same_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The next opening, the verbs and the search of the folder read it as it was chosen, without a warning."""
    path = article(tmp_path, "vni", "Cô ba.\n\nHai là xa.\n")
    work = opened(path, encoding="viscii")
    text = work.session.document.text if work.session.document else ""
    commands.tag(work.session, "target")
    work.session.close()
    assert text != "Cô ba.\n\nHai là xa.\n"
    again = opened(path)
    assert again.session.document is not None
    assert (text, "") == (again.session.document.text, again.session.document.warning)
    again.session.close()
    workspace = load_folder_workspace(tmp_path)
    (record,) = iter_records(workspace, on_trouble=pytest.fail, on_uncounted=pytest.fail)
    assert record.text in text
    assert [one.is_clean for one in check_path(tmp_path, is_fixing=False)] == [True]
    assert [dict(one.labels) for one in iter_progress(workspace)] == [{"target": 1}]
    assert [one.labels for one in search_folder(workspace, record.text, on_trouble=pytest.fail)] == [("target",)]
    assert run(["sentences", str(path), "--json"], open_window=lambda _paths: 0) == 0
    said = capsys.readouterr()
    assert (record.text in [one["text"] for one in json.loads(said.out)], said.err) == (True, "")


def test_a_choice_alone_is_kept(tmp_path: Path) -> None:
    """Nothing needs to be tagged for it; a guess that nobody took is not written down."""
    path = article(tmp_path, "tcvn3")
    opened(path).session.close()
    assert not sidecar_path(path).exists()
    opened(path, encoding="vps").session.close()
    assert sidecar_of(path).document.encoding == "vps"
    assert read_document(path).encoding == "tcvn3"
    assert read_article(path, list_sidecars(path)).encoding == "vps"


def test_the_guess_is_written_with_the_first_tag(tmp_path: Path) -> None:
    """What was tagged stays, whatever a later guess would be; UTF-8 is not written down."""
    path = article(tmp_path, "tcvn3")
    work = opened(path)
    assert "it was read as TCVN3 (ABC)" in work.warned
    commands.tag(work.session, "target")
    work.session.close()
    assert sidecar_of(path).document.encoding == "tcvn3"
    assert opened(path).warned == ""
    plain = tmp_path / "plain.txt"
    plain.write_text(ARTICLE, "utf-8")
    work = opened(plain)
    commands.tag(work.session, "target")
    work.session.close()
    assert "encoding" not in sidecar_path(plain).read_text("utf-8")


def test_steps_that_a_crash_left_are_carried_over(tmp_path: Path) -> None:
    """Steps on the wrong reading that no file holds come back on their sentences, in whichever reading is chosen."""
    path = article(tmp_path, "vni")
    opened(path, encoding="windows-1258").session.close()
    run_and_kill(path, 'commands.tag(session, "opinion"); commands.tag(session, "target")')
    assert labels_on(sidecar_of(path).decisions) == []
    work = Work()
    open_document(work.session, path, deliver=work.deliver, encoding="vni")
    assert labels_on(work.session.state)[0] == (LEAD, ("opinion",))
    assert work.settle()
    assert sidecar_of(path).document.encoding == "vni"
    assert labels_on(sidecar_of(path).decisions) == labels_on(work.session.state)
    work.session.close()


def test_a_crash_before_any_file_was_written(tmp_path: Path) -> None:
    """The journal alone knows how the text was read when the steps were done."""
    path = article(tmp_path, "vni")
    run_and_kill(path, 'commands.tag(session, "opinion"); commands.tag(session, "target")')
    assert not sidecar_path(path).exists()
    work = Work()
    open_document(work.session, path, deliver=work.deliver, encoding="windows-1258")
    assert [labels for _text, labels in labels_on(work.session.state)] == [("opinion",), ("target",)]
    assert len(work.session.state.orphans) == 0
    assert choose(work, "vni")
    assert labels_on(work.session.state)[0] == (LEAD, ("opinion",))
    work.session.close()


def choose_and_tag(work: Work) -> None:
    """Choose the right encoding and tag the first sentence."""
    assert choose_encoding(work.session, "vni", deliver=work.deliver)
    work.sentence(0)
    commands.tag(work.session, "opinion")


def test_a_crash_after_the_choice(tmp_path: Path) -> None:
    """Steps done after it come back on the new reading; the choice is not lost."""
    path = article(tmp_path, "vni")
    wrongly_tagged(path).session.close()
    run_and_kill(path, choose_and_tag)
    work = opened(path)
    assert work.session.document is not None
    assert work.session.document.encoding == "vni"
    found = labels_on(work.session.state)
    assert ("Chính sách và phát triển", ("opinion",)) in found
    assert (LEAD, ("breakthrough",)) in found
    work.session.close()


def test_an_own_choice_counts_before_that_of_others(tmp_path: Path) -> None:
    """Each annotator reads as she chose, else as another did; places of both are right in each reading."""
    (tmp_path / "annotator.yaml").write_text("format: annotator-workspace/1\nannotators: [an, mai]\n", "utf-8")
    path = article(tmp_path, "vni")
    first = opened(path, encoding="windows-1258", who="an")
    find(first, " ra n")
    commands.tag(first.session, "opinion")
    first.session.close()
    second = opened(path, who="mai")
    assert second.session.document is not None
    assert second.session.document.encoding == "windows-1258"
    assert choose(second, "vni")
    find(second, LEAD)
    commands.tag(second.session, "target")
    second.session.close()
    again = opened(path, who="an")
    assert again.session.document is not None
    assert again.session.document.encoding == "windows-1258"
    again.session.close()
    hits = list(search_folder(_workspace(path), "2030", on_trouble=pytest.fail))
    assert [hit.labels for hit in hits] == [()]
    (hit,) = search_folder(_workspace(path), "ra", label="opinion", on_trouble=pytest.fail)
    assert set(hit.labels) == {"opinion", "target"}


def _workspace(path: Path) -> Workspace:
    return load_folder_workspace(path.parent)


def test_a_file_from_before_reads_as_it_did(tmp_path: Path) -> None:
    """An annotation file that names no encoding was made on the first guess of then, and still holds."""
    path = article(tmp_path, "tcvn3")
    work = opened(path, encoding="windows-1258")
    commands.tag(work.session, "target")
    work.session.close()
    sidecar = sidecar_path(path)
    old = sidecar.read_text("utf-8").replace("  encoding: windows-1258\n", "")
    sidecar.write_text(old, "utf-8")
    again = opened(path)
    assert again.session.document is not None
    assert again.session.document.encoding == "windows-1258"
    assert (len(again.session.state.orphans), len(again.session.state.annotations)) == (0, 1)
    again.session.close()
    assert old == sidecar.read_text("utf-8")


def test_what_means_nothing_in_the_choice_is_told(tmp_path: Path) -> None:
    """Bad places show, with a sentence, and nothing is refused."""
    path = tmp_path / "a.txt"
    path.write_bytes(encode("Nước Việt Nam độc lập", "vni") + b"\n\nx\x8dy\n")
    work = opened(path, encoding="windows-1258")
    assert work.session.document is not None
    assert "x\ufffdy" in work.session.document.text
    assert "Some places in the file are not Windows-1258; they show as \ufffd." in work.warned
    work.session.close()


def test_samples_show_the_same_lines(tmp_path: Path) -> None:
    """Lines with accents, from where they begin; the guess is told; UTF-16 is offered for what has zeros alone."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"plain\n" * 30_000 + encode("Một câu.\nplain\nHai câu.\n", "vni"))
    samples = {one.encoding: one for one in make_samples(path)}
    assert samples["vni"].text == "Một câu.\nHai câu."
    assert [name for name, one in samples.items() if one.is_guess] == ["vni"]
    assert {one.text.count("\n") for one in samples.values()} == {1}
    assert "utf-16-le" not in samples
    path.write_bytes(encode("Một câu.\nplain\n", "utf-16-le"))
    assert [(one.encoding, one.is_guess) for one in make_samples(path)] == [("utf-16-le", True), ("utf-16-be", False)]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_places_there_and_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Annotations on words of the one reading are, read in the other and back again, what they were."""
    path = article(tmp_path_factory.mktemp("a"), "vni")
    right, wrong = read_document(path, encoding="vni"), read_document(path, encoding="windows-1258")
    ends = data.draw(st.lists(st.integers(0, len(right.text)), unique=True, min_size=2, max_size=10).map(sorted))
    spans = [Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=False)]
    made = [Annotation(f"id{number}", span, ("target",), right.text[slice(*span)]) for number, span in enumerate(spans)]
    record = DocumentRecord("article.txt", sha256=right.sha256, encoding="vni")
    sidecar = Sidecar(record, AnnotationSet.of(made))
    there = reencode(sidecar, wrong, path=sidecar_path(path))
    back = reencode(there.sidecar, right, path=sidecar_path(path))
    assert there.is_same
    assert [(one.span, one.text) for one in made] == [
        (one.span, one.text) for one in back.sidecar.decisions.annotations.values()
    ]
