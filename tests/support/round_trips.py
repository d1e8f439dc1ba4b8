"""The round trip of a review from the sidecar to a reviewer and back, in any format."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from app_builders import Work, sidecar_of

from annotator.app.documents.open import open_document
from annotator.app.review.files import read_review_file
from annotator.app.review.importing import import_into_closed_document, import_into_session, is_batch_open
from annotator.app.review.matching import locate_verdict, match_answers
from annotator.app.session import commands
from annotator.cli.main import run
from annotator.core.review.verdict_edits import accept_verdict, refuse_verdict
from annotator.core.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.review.importing import ImportResult
    from annotator.app.review.matching import Batch
    from annotator.app.session.session import Session
    from annotator.core.annotation import Annotation

NAME = "bài.txt"


class Folder(NamedTuple):
    """A folder with one article: the texts of five tagged sentences, and of one that was left untagged."""

    work: Work
    path: Path
    tagged: tuple[Annotation, ...]
    free: str


def tag_folder(folder: Path, text: str) -> Folder:
    """Tag the first five sentences that can be tagged except the fourth."""
    folder.mkdir()
    path = folder / NAME
    path.write_text(text, "utf-8")
    work = Work()
    assert work.open(folder)
    assert open_document(work.session, path, deliver=work.deliver)
    reading = work.session.reading
    assert reading is not None
    decidable = [one for one in reading.all_sentences() if reading.block_kind(one.block).is_decidable]
    for place, label in ((0, "target"), (1, "breakthrough"), (2, "opinion"), (4, "target")):
        work.session.go_to(decidable[place])
        commands.tag(work.session, label, is_staying=True)
    assert work.settle()
    return Folder(work, path, tuple(work.session.state.annotations.values()), text[slice(*decidable[3].span)])


def sent(folder: Folder, kind: str, out: Path) -> Path:
    """Export the review file by the command line."""
    call = ["review", "out", str(folder.path.parent), "--format", kind, "--language", "vi", "-o", str(out)]
    assert run(call, open_window=lambda _paths: 9) == 0
    return out


def import_answers(folder: Folder, back: Path, *, verdicts: int) -> None:
    """Import the whole file."""
    session = folder.work.session
    assert session.workspace is not None
    found = read_review_file(back, session.workspace.labels)
    assert (found.troubles, found.unanswered) == ((), 0)
    ids = count(1)
    matched = match_answers(found.answers, session.workspace, source=back.name, new_id=lambda: f"v{next(ids)}")
    assert matched.troubles == ()
    (logged,) = import_batches(matched.batches, session)
    assert (logged.added, logged.trouble) == (verdicts, "")


def decide_verdicts(folder: Folder) -> None:
    """Refuse remarks and accept all other verdicts, in a step each."""
    session = folder.work.session
    for key, verdict in list(session.state.verdicts.items()):
        if verdict.comment == "?":
            changes = refuse_verdict(session.state, key, now="2026-11-26", by="mai")
        else:
            assert session.reading is not None
            place = locate_verdict(verdict, session.state, session.reading)
            changes = accept_verdict(session.state, key, place=place, writer=session.writer(), by="mai")
        assert session.apply("review", changes)
    assert folder.work.settle()


def assert_decided(folder: Folder, *, source: str, reviewer: str = "Lan") -> None:
    """Assert that the sidecar has the accepted changes only, and each verdict with reviewer and outcome."""
    kept = sidecar_of(folder.path).decisions
    agreed, changed, _dropped, last = folder.tagged
    assert [(one.text, one.labels, one.origin) for one in kept.annotations.values()] == [
        (agreed.text, ("target",), "person"),
        (changed.text, ("target",), "review"),
        (folder.free, ("opinion",), "review"),
        (last.text, ("target",), "person"),
    ]
    verdicts = list(kept.verdicts.values())
    assert {(one.reviewer, one.source) for one in verdicts} == {(reviewer, source)}
    assert [one.text for one in verdicts if one.outcome is Outcome.REFUSED] == [last.text]
    assert sum(one.outcome is Outcome.TAKEN for one in verdicts) == len(verdicts) - 1
    assert {one.decided_by for one in verdicts} == {"mai"}


def assert_undo_restores(folder: Folder, steps: int) -> None:
    """Assert that undo restores every annotation."""
    session = folder.work.session
    for _step in range(steps):
        assert session.undo()
    assert folder.work.settle()
    assert tuple(session.state.annotations.values()) == folder.tagged
    assert len(sidecar_of(folder.path).decisions.verdicts) == 0


def import_batches(batches: Sequence[Batch], session: Session) -> list[ImportResult]:
    """Import all batches, those on the open document into the session."""
    return [
        import_into_session(batch, session)
        if is_batch_open(batch, session)
        else import_into_closed_document(batch, who=session.author, now=session.writer().now)
        for batch in batches
    ]
