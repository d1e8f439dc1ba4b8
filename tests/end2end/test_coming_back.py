"""What the program remembers from one start to the next."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from repository import DOCUMENTS
from x_display import Screen, labels, until

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = DOCUMENTS / "chuyen-doi-so-xa.txt"
FIRST = "Ba xã Nà Pheo, Khuổi Mạ và Bản Tàn vừa thống nhất bộ chỉ tiêu chuyển đổi số đến năm 2028."
SECOND = "Đến hết năm 2026, 100% thôn, bản có sóng 4G ổn định."


def test_a_start_without_a_path_goes_on_where_one_stopped(display: Screen, tmp_path: Path) -> None:
    """The last folder is open again, at the sentence that was the current one."""
    folder = tmp_path / "articles"
    folder.mkdir()
    article = folder / ARTICLE.name
    shutil.copy(ARTICLE, article)
    text = article.read_text("utf-8")
    first, second = ([text.index(words), text.index(words) + len(words)] for words in (FIRST, SECOND))
    sidecar = article.with_name(f"{article.name}.annotations.yaml")
    with display.program(folder) as program:
        program.press("1")
        until(lambda: labels(sidecar) == [(first, ["target"])], "the first step was not saved")
        assert program.quit() == 0
    with display.program() as program:
        program.press("2")
        found = [(first, ["target"]), (second, ["breakthrough"])]
        until(lambda: labels(sidecar) == found, "the program did not go on where it stopped")
        assert program.quit() == 0


def test_a_last_folder_that_is_gone_leaves_an_empty_window(display: Screen, tmp_path: Path) -> None:
    """The program starts and ends as usual."""
    folder = tmp_path / "articles"
    folder.mkdir()
    with display.program(folder) as program:
        assert program.quit() == 0
    folder.rmdir()
    with display.program() as program:
        assert program.quit() == 0
