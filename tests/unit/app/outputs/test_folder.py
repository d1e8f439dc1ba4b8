"""The folder that is suggested for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import article

from annotator.app.outputs.folder import folder_to_remember, suggested_folder
from annotator.app.workspace.workspace import Workspace, load_workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A folder with an article."""
    article(tmp_path / "bài", "một.txt")
    return load_workspace(tmp_path / "bài")


def test_exports_is_made_when_it_is_needed(workspace: Workspace) -> None:
    """It is there while the user chooses; it stays with a file in it, and goes without one."""
    exports = workspace.folder / "exports"
    with suggested_folder(workspace, chosen="") as folder:
        assert (folder, exports.is_dir()) == (exports, True)
    assert not exports.exists()
    with suggested_folder(workspace, chosen="") as folder:
        (folder / "tags.csv").write_text("x")
    assert exports.is_dir()
    (exports / "tags.csv").unlink()
    with suggested_folder(workspace, chosen=""):
        pass
    assert exports.is_dir()  # what was there before is not removed


def test_a_folder_that_the_user_chose_is_suggested_again(workspace: Workspace, tmp_path: Path) -> None:
    """But not one of articles, one that is gone, or the `exports` of another workspace."""
    chosen = tmp_path / "gửi đi"
    chosen.mkdir()
    for last, wanted in (
        (chosen, chosen),
        (workspace.folder, workspace.folder / "exports"),
        (tmp_path / "none", workspace.folder / "exports"),
    ):
        with suggested_folder(workspace, chosen=str(last)) as folder:
            assert folder == wanted
    assert folder_to_remember(chosen / "a.csv", workspace) == str(chosen)
    assert folder_to_remember(workspace.folder / "exports" / "a.csv", workspace) == ""


def test_exports_that_is_a_link_or_a_file_is_not_suggested(workspace: Workspace, tmp_path: Path) -> None:
    """The opened folder is suggested instead, and the link stays as it is."""
    exports = workspace.folder / "exports"
    (tmp_path / "elsewhere").mkdir()
    exports.symlink_to(tmp_path / "elsewhere")
    with suggested_folder(workspace, chosen="") as folder:
        assert folder == workspace.folder
    exports.unlink()
    exports.write_text("x")
    with suggested_folder(workspace, chosen="") as folder:
        assert folder == workspace.folder
    assert exports.read_text() == "x"
