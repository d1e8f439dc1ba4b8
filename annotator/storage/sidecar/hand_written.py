"""Values of a sidecar as people write them by hand, and what they mean."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

from annotator.core.i18n import _
from annotator.storage.yaml_io.reader import MappingNode, ScalarNode, shorten
from annotator.storage.yaml_io.validation import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.storage.yaml_io.validation import MappingReader

_BRACKETS = " \t\u00a0[](){}<>［］（）【】\"'“”‘’"  # as typed on keyboards of East Asia too
_BETWEEN_LABELS = re.compile(r"[,;/|+&，、；／｜]")  # as above
_CLOCK = r"(?P<hour>\d{1,2})\s*[:hg.]\s*(?P<minute>\d{2})(?::\d{2})?"
_DAY = r"(?P<first>\d{1,4})\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<last>\d{1,4})"
_TIMES = tuple(
    re.compile(form) for form in (rf"{_DAY}(?:[\s,T]+{_CLOCK})?\s*", rf"{_CLOCK}[\s,]+(?:ngày\s+)?{_DAY}\s*")
)


def split_labels(text: str) -> list[str]:
    """Return the labels that are listed in `text`, in whatever brackets."""
    parts = (part.strip(_BRACKETS) for part in _BETWEEN_LABELS.split(text))
    return [part for part in parts if part]


def read_labels(form: MappingReader) -> tuple[str, ...]:
    """Return the labels of the annotation `form`; several in one text are a fault that says how to write them."""
    node = form.find_node("labels")
    meant: list[str] = []
    if isinstance(node, ScalarNode):
        meant = split_labels(node.text)
        if len(meant) < 2 and node.text.strip(_BRACKETS) == node.text:
            return (node.text,)
    elif isinstance(node, MappingNode):
        meant = [key for key, value in node.entries.items() if isinstance(value, ScalarNode) and is_blank(value)]
        meant = meant if len(meant) == len(node.entries) else []  # {target, opinion}
    if node is None or not meant:
        return form.get_texts("labels")
    what = _('"labels" is not a list of labels')
    form.faults.add(node.line, what=what, cure=_("Write [{labels}].").format(labels=shorten(", ".join(meant))))
    return ()


def fit_text(text: str, length: int) -> str:
    """Return `text` without what an editor or YAML itself added, if it has `length` characters then, else as it is."""
    return next((one for one in _iter_texts(text) if len(one) == length), text)


def _iter_texts(text: str) -> Iterator[str]:
    yield text
    yield text.rstrip("\r\n")  # a block of YAML ends with a line end
    stripped = text.strip()
    yield stripped
    if stripped[:1] in {"“", "”", "‘", "„", "«"}:  # as word processors make them
        yield stripped[1:-1]
    yield " ".join(stripped.split())
    yield normalize("NFC", stripped)
    yield normalize("NFD", stripped)


def check_time(form: MappingReader, key: str) -> None:
    """Add a remark if the time under `key` is not written as in ISO 8601."""
    text = form.get_text(key)
    if not text or _is_time(text):
        return
    meant = _find_time(text)
    cure = (
        _("Write it as {time}.").format(time=meant)
        if meant
        else _("Write it as 2026-05-13T09:12:44+07:00, or delete it.")
    )
    what = _('"{key}" is "{text}", which is not a time: year, month, day').format(key=key, text=shorten(text))
    form.faults.add_remark(form.get_line(key), what=what, cure=cure)


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _find_time(text: str) -> str:
    """Return the time that `text` means, day before month, in ISO 8601 and the zone of this machine, or ""."""
    found = next((match for form in _TIMES if (match := form.fullmatch(text.strip()))), None)
    if found is None:
        return ""
    numbers = {key: int(value or 0) for key, value in found.groupdict().items()}
    year, day = numbers["last"], numbers["first"]
    if day > 31:
        year, day = day, year
    month = numbers["month"]
    if month > 12 >= day:
        day, month = month, day
    try:
        return datetime(year, month, day, numbers["hour"], numbers["minute"]).astimezone().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
