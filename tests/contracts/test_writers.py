"""Nothing writes files but storage, what keeps the program's own files, and the one writer of files that users name."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "annotator"

# Modules outside storage that write, each with what it writes.
WRITERS = {
    "app/documents/renames.py": "a sidecar is renamed with its document",
    "app/labels/label_file.py": "`annotator.yaml`, compared with what was read and backed up",
    "app/outputs/folder.py": "the folder for exports, empty",
    "app/outputs/writer.py": "files that a user names",
    "app/persistence/conflict_copies.py": "conflict copies are removed once they are merged",
    "app/persistence/document_store.py": "the sidecar of the open document",
    "app/persistence/loading.py": "the sidecar of a document that is opened",
    "app/persistence/safe_overwrite.py": "backups, and sidecars that are as they were read",
    "app/diagnostics/crash_file.py": "what a crash leaves, in the program's own folder",
    "app/persistence/put_back.py": "a sidecar that is put back in its place",
    "app/persistence/sidecar_tracker.py": "a sidecar that follows its renamed article",
    "app/preferences/settings_file.py": "the preferences, in the program's own folder",
    "app/workspace/settings_cache.py": "a copy of settings, in the program's own folder",
    "cli/streams.py": "the null device",
    "review/html/pdf.py": "what the PDF is made from, in a temporary folder",
    "review/word/writer.py": "parts of a Word file, in memory",
}
# Names of functions and methods that make, change, move or remove a file.
WRITING = {
    "save_bytes", "save_stream", "place_stream", "write_text", "write_bytes", "rename", "unlink", "rmdir",
    "mkdir", "makedirs", "symlink_to", "hardlink_to", "touch", "truncate", "copyfile", "copy2", "copytree", "rmtree",
     "mkstemp", "NamedTemporaryFile", "QSaveFile", "QFile", "FileIO",
}  # fmt: skip
DIALOGS = {"getSaveFileName", "getSaveFileUrl", "AcceptSave"}


def called(tree: ast.AST) -> set[str]:
    """The names of what a module calls, and how it opens files."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "open" and any(map(is_mode, (*node.args, *(key.value for key in node.keywords)))):
                name = "open to write"
            # Texts are replaced with two arguments, values with keywords, those of records by functions of that name.
            if name == "replace" and isinstance(node.func, ast.Attribute) and len(node.args) == 1 and not node.keywords:
                name = "replace a file"
            if name == "move" and ast.unparse(node.func) == "shutil.move":
                name = "replace a file"
            found.add(name)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def is_mode(node: ast.expr) -> bool:
    """Whether an argument is a mode in which a file is written."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return len(node.value) < 4 and set(node.value) <= set("rwxabt+") and bool(set(node.value) & set("wxa+"))


def modules() -> dict[str, set[str]]:
    """What each module outside storage calls, by its path."""
    return {
        path.relative_to(ROOT).as_posix(): called(ast.parse(path.read_text("utf-8")))
        for path in sorted(ROOT.rglob("*.py"))
        if "storage" not in path.parts
    }


def test_no_writer_goes_round() -> None:
    """Each module that writes is listed here with its reason, and each that is listed writes."""
    writing = {*WRITING, "open to write", "replace a file", "O_CREAT", "O_WRONLY", "O_RDWR"}
    assert {name for name, calls in modules().items() if calls & writing} == set(WRITERS)


def test_one_module_asks_where_to_save() -> None:
    """So that each dialog asks about a file that is there, and refuses what is protected."""
    found = {name for name, calls in modules().items() if calls & DIALOGS}
    assert found == {"gui/mainwindow/output_dialog.py", "gui/export/dialog.py"}  # the latter looks at the path itself


def test_what_users_name_is_written_by_the_door() -> None:
    """Exports, reports, lists and copies; nothing else calls its lower half."""
    found = modules()
    assert {name for name, calls in found.items() if "place_stream" in calls} == {"app/outputs/writer.py"}
    assert {name for name, calls in found.items() if "write_output" in calls} == {
        "app/history/restore.py",
        "app/review/exporting.py",
        "cli/output.py",
        "gui/review/import_answers.py",
        "gui/review_report/controller.py",
    }
