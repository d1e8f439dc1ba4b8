"""Writes a workbook of so many rows and, where it is asked to, reads it; says seconds, peak megabytes and its size."""

import io
import json
import os
import sys
import time
from pathlib import Path

from annotator.core.span import Span
from annotator.review.excel.reader import read_xlsx
from annotator.review.excel.writer import write_xlsx
from annotator.review.model.packet import Article, LabelEntry, Packet, ReviewItem
from annotator.storage.workspace.label_set import load_builtin_labels

TEXT = "Đến năm 2030, tỷ trọng kinh tế số trong GRDP đạt trên 30%, thu nhập bình quân đầu người đạt 5.000 USD."
EACH = 50
LABELS = load_builtin_labels()
FIELDS = {"Chỉ tiêu": "tỷ trọng kinh tế số", "So sánh": "> trên", "Giá trị": "30", "Đơn vị": "%", "Thời hạn": "2030"}


def article(number: int) -> Article:
    """A document of 50 annotations, each with words of its own."""
    items = tuple(
        ReviewItem(
            id=f"k{place:02}",
            span=Span(120 * place, 120 * place + 100),
            number=place + 1,
            labels=(("target",), ("breakthrough",), ("opinion",))[place % 3],
            text=f"{TEXT} ({number}.{place})",
            before=f"{number} {TEXT}",
            after=f"{TEXT} {place}",
            fields=FIELDS,
            changed="2026-05-13T09:12:44+07:00",
        )
        for place in range(EACH)
    )
    return Article(f"bai-{number:05}.txt", "Lạng Sơn: kinh tế số", "", "ab" * 32, "mai", "done", 60, 60, (), items)


rows, wants_read = int(sys.argv[1]), "read" in sys.argv
entries = tuple(LabelEntry(one.key, one.name("vi"), one.letter("vi"), one.hint("vi"), one.colour) for one in LABELS)
packet = Packet("Kinh tế số", "2026-05-13T09:12:44+07:00", "vi", entries, "Mai")
out = io.BytesIO()
began = time.process_time()
if wants_read:
    write_xlsx(packet, map(article, range(rows // EACH)), out)
    began = time.process_time()
    found = read_xlsx(out.getvalue(), name="x.xlsx", labels=LABELS)
    assert found.unanswered == rows
else:
    with Path(os.devnull).open("wb") as nowhere:
        write_xlsx(packet, map(article, range(rows // EACH)), nowhere)
seconds = time.process_time() - began
status = Path("/proc/self/status").read_text("ascii")  # getrusage would count what the parent had as well
peak = next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
sys.stdout.write(json.dumps([seconds, peak, len(out.getvalue())]))
