"""Any sequence of tags, renames, moves, swaps, crashes and restarts: each decision is found once, at its text."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from app_builders import Work
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from annotator.app.documents.change_detection import detect_changes, initial_watch_state
from annotator.app.documents.open import open_document
from annotator.app.documents.reattach import reattach
from annotator.app.documents.renames import follow_rename
from annotator.app.persistence.background_writer import BackgroundWriter
from annotator.app.persistence.external_merge import apply_external_version
from annotator.app.session import commands
from annotator.app.workspace.sidecar_index import StrayReason
from annotator.app.workspace.strays import find_strays
from annotator.app.workspace.workspace import load_folder_workspace
from annotator.storage.documents.folder import list_documents
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import sidecar_name

if TYPE_CHECKING:
    from annotator.app.documents.change_detection import WatchState
    from annotator.app.persistence.document_store import DocumentStore

NEVER = 3600.0  # seconds
LABELS = st.sampled_from(["target", "breakthrough", "opinion"])
NUMBERS = st.integers(0, 5)
TEXTS = {
    "Hội nghị": "Hội nghị thống nhất cao. Hội nghị kéo dài ba ngày. Hội nghị có mặt đủ các ngành.\n",
    "Bà Bình": "Bà Bình đề nghị làm sớm. Bà Bình nêu bốn việc cần làm. Bà Bình mong được góp ý.\n",
    "Đến năm": "Đến năm 2035 đô thị hóa đạt 45%. Đến năm 2040 có thêm hai cảng. Đến năm 2045 giảm phát thải.\n",
}
NAMES = st.sampled_from(["a.txt", "b.txt", "c.txt", "d.txt", "sub/a.txt", "sub/d.txt", "Á.txt"])
IN_PARTS = st.sampled_from(["article", "sidecar", "article, sidecar", "sidecar, article"])


def sidecar_of(path: Path) -> Path:
    """Return where the sidecar of an article belongs."""
    return path.with_name(sidecar_name(path.name))


class Renames(RuleBasedStateMachine):
    """Three articles in a folder that is open, and somebody who renames their files meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.root = Path(tempfile.mkdtemp(prefix="renames-"))
        self.folder = self.root / "articles"
        self.bin = Path(tempfile.mkdtemp(prefix="removed-"))  # elsewhere: what lies near is searched for documents
        self.patch.setenv("ANNOTATOR_STATE_DIR", str(self.root / "state"))
        defaults = BackgroundWriter.__init__.__kwdefaults__
        assert defaults is not None
        self.patch.setitem(defaults, "delay", NEVER)
        self.removed = 0
        self.work: Work | None = None
        self.watched: WatchState | None = None
        self.decided: dict[str, str] = {}  # the label of each sentence that was tagged

    @initialize()
    def begin(self) -> None:
        """Three articles, one of them open."""
        (self.folder / "sub").mkdir(parents=True)
        for name, text in zip(("a.txt", "b.txt", "c.txt"), TEXTS.values(), strict=True):
            (self.folder / name).write_text(text, "utf-8")
        self.start(number=0)

    # The user in the program

    @rule(number=NUMBERS, label=LABELS)
    def tag(self, number: int, label: str) -> None:
        """Tag a sentence of what is open."""
        if self.work is None or self.work.session.store is None:
            return
        self.work.sentence(number % 3)
        words = self.work.words()
        if words in self.decided:
            return
        commands.tag(self.work.session, label)
        assert [one.labels for one in self.work.session.state.annotations.values() if one.text == words] == [(label,)]
        self.decided[words] = label

    @rule()
    def save(self) -> None:
        """Everything is written."""
        if self.work is not None:
            assert self.work.settle(), self.work.said

    @rule()
    def look(self) -> None:
        """The window notices what was done to the files."""
        if self.work is None or self.watched is None:
            return
        session, deliver = self.work.session, self.work.deliver
        changes = detect_changes(self.watched, session.state)
        self.watched = changes.known
        if changes.new_path is not None:
            follow_rename(session, changes.new_path, deliver=deliver)
        else:
            if changes.theirs is not None and session.store is not None:
                apply_external_version(session, session.store, changes.theirs)
            if changes.document is None:
                return
            assert session.path is not None
            open_document(session, session.path, deliver=deliver)
        self.watch()

    @rule()
    def close(self) -> None:
        """The window is closed."""
        if self.work is not None:
            self.work.settle()
            self.work.session.close()
        self.work = self.watched = None

    @rule()
    def crash(self) -> None:
        """The program is killed: nothing more is written."""
        if self.work is not None and self.work.session.store is not None:
            store = cast("DocumentStore", self.work.session.store)
            store._journal.close()
            store._tracker = None  # which would move files along
            store.close()
        self.work = self.watched = None

    @rule(number=NUMBERS)
    def start(self, number: int) -> None:
        """Another article is opened, or the program is started again."""
        self.close()
        documents = list_documents(self.folder).documents
        if documents:
            self.work = Work()
            open_document_of(self.work, self.folder, documents[number % len(documents)])
            self.watch()

    # The user in the file manager

    @rule(number=NUMBERS, name=NAMES, parts=IN_PARTS)
    def rename(self, number: int, name: str, parts: str) -> None:
        """Rename or move an article, its sidecar or both, in this order, to a name that is free."""
        source, target = self.pick(number), self.folder / name
        if target.exists() or sidecar_of(target).exists():
            return
        for part in parts.split(", "):
            old, new = (source, target) if part == "article" else (sidecar_of(source), sidecar_of(target))
            if old.exists():
                old.rename(new)

    @rule(number=NUMBERS, name=NAMES, parts=IN_PARTS)
    def copy_and_remove(self, number: int, name: str, parts: str) -> None:
        """As a sync client does, which knows of no renaming; the window notices it before the next change."""
        source, target = self.pick(number), self.folder / name
        if target.exists() or sidecar_of(target).exists():
            return
        for part in parts.split(", "):
            old, new = (source, target) if part == "article" else (sidecar_of(source), sidecar_of(target))
            if old.exists():
                new.write_bytes(old.read_bytes())
                self.remove(old)
        self.look()

    @rule(number=NUMBERS, other=NUMBERS)
    def swap(self, number: int, other: int) -> None:
        """Let two articles take each other's names, with their sidecars; the program sees it before more is done."""
        one, two = self.pick(number), self.pick(other)
        if one == two:
            return
        for first, second in ((one, two), (sidecar_of(one), sidecar_of(two))):
            away = self.root / "away"
            for source, target in ((first, away), (second, first), (away, second)):
                if source.exists():
                    source.rename(target)
        if self.work is not None:
            self.look()
            return
        for document in range(len(TEXTS)):
            self.start(document)
        self.close()

    @rule(number=NUMBERS, parts=IN_PARTS)
    def make_anew(self, number: int, parts: str) -> None:
        """Delete and write the same again; the window notices it before the next change."""
        path = self.pick(number)
        for part in parts.split(", "):
            one = path if part == "article" else sidecar_of(path)
            if one.exists():
                data = one.read_bytes()
                self.remove(one)
                one.write_bytes(data)
        self.look()

    # What always holds

    @invariant()
    def every_text_is_there_once(self) -> None:
        """The program touches no article."""
        if self.folder.exists():
            texts = sorted(path.read_text("utf-8") for path in list_documents(self.folder).documents)
            assert texts == sorted(TEXTS.values())

    def teardown(self) -> None:
        """In the end everything is found, once, at its text, and nothing lies about."""
        try:
            self.look()
            self.close()
            if self.folder.exists():
                self.check_all()
        finally:
            self.patch.undo()
            shutil.rmtree(self.root)
            shutil.rmtree(self.bin)

    def check_all(self) -> None:
        """Take what is offered, open each article, and compare."""
        workspace = load_folder_workspace(self.folder)
        for stray in find_strays(workspace):
            if stray.reason is not StrayReason.VERSION:  # else it says nothing that is not there, as is seen below
                assert not reattach(stray, workspace, now="2026-05-13T09:00:00+07:00")
        found: dict[str, str] = {}
        for path in list_documents(self.folder).documents:
            work = Work()
            open_document_of(work, self.folder, path)
            assert work.session.read_only == ""
            assert not work.session.state.orphans
            assert not work.session.state.conflicts
            beginning = next(key for key, text in TEXTS.items() if text == path.read_text("utf-8"))
            for one in work.session.state.annotations.values():
                assert one.text.startswith(beginning)
                assert one.text not in found
                (found[one.text],) = one.labels
            assert work.settle()
            work.session.close()
        assert found == self.decided
        documents = list_documents(self.folder).documents
        places = {*documents, *map(sidecar_of, documents)}
        for left in [path for path in self.folder.rglob("*") if path.is_file() and path not in places]:
            older = parse_sidecar(left.read_bytes(), name=left.name).decisions  # an older state, which is offered
            assert {one.text for one in older.annotations.values()} <= found.keys()

    def remove(self, path: Path) -> None:
        """Remove a file; its inode is not used again, which would make a run depend on what else the disk does."""
        self.removed += 1
        path.rename(self.bin / f"removed-{self.removed}")

    def pick(self, number: int) -> Path:
        """Return one of the articles."""
        documents = list_documents(self.folder).documents
        return documents[number % len(documents)]

    def watch(self) -> None:
        """Take the files as they are."""
        assert self.work is not None
        self.watched = initial_watch_state(self.work.session)
        if self.watched is not None:
            self.watched = detect_changes(self.watched, self.work.session.state).known


def open_document_of(work: Work, folder: Path, path: Path) -> None:
    """Open an article of a folder."""
    work.session.use_workspace(load_folder_workspace(folder))
    assert open_document(work.session, path, deliver=work.deliver), work.said


TestRenames = Renames.TestCase
TestRenames.settings = settings(max_examples=60, stateful_step_count=14, deadline=None)
