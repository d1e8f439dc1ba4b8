"""Reasons of the system in the user's language."""

from __future__ import annotations

import ast
import errno
import os
from typing import TYPE_CHECKING

import pytest
from repository import ROOT

from annotator.app.preferences.translation import set_language
from annotator.storage.errors import UnsuitableFileError, describe_os_error

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = ROOT / "annotator" / "storage" / "errors.py"


@pytest.fixture
def _vietnamese() -> Iterator[None]:
    """Speak Vietnamese for one test."""
    set_language("vi")
    yield
    set_language("en")


@pytest.mark.usefixtures("_vietnamese")
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "không có quyền"),
        (errno.EPERM, "không có quyền"),
        (errno.ENOSPC, "ổ đĩa đã đầy"),
        (errno.EDQUOT, "đã dùng hết hạn mức ổ đĩa"),
        (errno.EROFS, "ổ đĩa chỉ đọc"),
        (errno.ENOENT, "không còn ở đó"),
        (errno.EISDIR, "đó là thư mục"),
        (errno.ENAMETOOLONG, "tên quá dài"),
        (errno.EIO, "lỗi đọc ghi ổ đĩa"),
        (errno.ESTALE, "mất kết nối mạng"),
        (errno.ETIMEDOUT, "mất kết nối mạng"),
        (errno.EBUSY, "chương trình khác đang dùng"),
        (9999, "lỗi 9999 của hệ thống"),
    ],
)
def test_a_reason_is_in_the_language_of_the_user(number: int, reason: str) -> None:
    """Each number has a phrase of ours; one that is unknown is told by its number."""
    assert describe_os_error(OSError(number, os.strerror(number))) == reason


@pytest.mark.usefixtures("_vietnamese")
def test_without_a_number_it_is_an_error_of_the_system() -> None:
    """What a library says is in no language of ours, and is not shown."""
    assert describe_os_error(OSError("unsupported")) == "lỗi của hệ thống"


def test_what_windows_calls_a_sharing_violation_is_a_file_in_use() -> None:
    """Windows refuses access to a file that another program has open; permission would not help."""
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert describe_os_error(error) == "another program uses it"


def test_an_unsuitable_file_says_why_itself() -> None:
    """A reason of our own is not replaced by that of its number."""
    assert describe_os_error(UnsuitableFileError(errno.EINVAL, "not an ordinary file")) == "not an ordinary file"


def test_every_reason_is_a_phrase() -> None:
    """It begins small and ends without a full stop, as it stands within a sentence."""
    reasons = {describe_os_error(OSError(number, "")) for number in errno.errorcode}
    assert len(reasons) > 15
    assert not [one for one in reasons if not one[0].islower() or one.endswith(".")]


def test_the_text_of_the_system_is_shown_nowhere() -> None:
    """Only the one function asks an error for its text; elsewhere a text of the system is at most given to an error."""
    found = []
    for path in (ROOT / "annotator").rglob("*.py"):
        tree = ast.parse(path.read_bytes())
        given = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
        found += [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr == "strerror" and id(node) not in given and path != PLACE
        ]
    assert not found, "say `describe_os_error(error)`"
