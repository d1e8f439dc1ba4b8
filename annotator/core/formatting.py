"""Figures, times and names as they are shown, in the language of the user interface.

The separators and the order of a date are messages of the catalogue, so that a new language needs no code.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta

from annotator.core.i18n import NP_, _, pgettext

_MONTHS = (
    NP_("month in a date", "Jan"),
    NP_("month in a date", "Feb"),
    NP_("month in a date", "Mar"),
    NP_("month in a date", "Apr"),
    NP_("month in a date", "May"),
    NP_("month in a date", "Jun"),
    NP_("month in a date", "Jul"),
    NP_("month in a date", "Aug"),
    NP_("month in a date", "Sep"),
    NP_("month in a date", "Oct"),
    NP_("month in a date", "Nov"),
    NP_("month in a date", "Dec"),
)

# What has no shape of its own: controls, separators of lines, soft hyphens and fillers, marks of zero width and of
# direction, tags, surrogates. A joiner between two pictures makes one of them and is left.
# Such characters can make one name look like another: https://trojansource.codes
_HIDDEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)


def show_hidden(text: str, *, is_line: bool = False) -> str:
    """Return `text` with the characters that nobody can see written as their escapes in Python.

    Tabs and ends of lines are left as they are unless the text `is_line`.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _HIDDEN.sub(_describe_hidden, text)
    return shown.replace("\t", "\\x09").replace("\n", "\\x0a") if is_line else shown


def _describe_hidden(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def format_count(count: int) -> str:
    """Return a whole number with its thousands parted: “2,552”, in Vietnamese “2.552”."""
    return f"{count:,}".replace(",", pgettext("between thousands", ","))


def format_percent(share: float) -> str:
    """Return a share from 0 to 1 in per cent, rounded: “96%”; 0% and 100% only where nothing or all is meant."""
    return _("{share}%").format(share=format_count(to_percent(share)))


def to_percent(share: float) -> int:
    """Return a share from 0 to 1 in per cent, as `format_percent` rounds it."""
    percent = math.floor(100 * share + 0.5)
    if 0 < share < 1:
        return min(max(percent, 1), 99)
    return percent


def describe_time(written: str, *, now: str) -> str:
    """Return the time `written` as it stands in a sentence: “today, 16:40”, “yesterday, 16:40”, “28 Nov, 16:40”.

    Args:
        written: The time, ISO 8601; one without an offset is taken as local. What is no time is returned as it is.
        now: The time from which it is seen, ISO 8601; a day of another year is shown with its year.
    """
    then, today = _parse_local(written), _parse_local(now)
    if then is None or today is None:
        return written
    time = f"{then:%H:%M}"
    if then.date() == today.date():
        return _("today, {time}").format(time=time)
    return _("{day}, {time}").format(day=_describe_day(then.date(), today.date()), time=time)


def describe_moment(written: str, *, now: str) -> str:
    """Return the time `written` as it stands in a list: “16:40” today, then “yesterday”, “28 Nov”, “28 Nov 2025”.

    Args and what is no time are as in `describe_time`.
    """
    then, today = _parse_local(written), _parse_local(now)
    if then is None or today is None:
        return written
    return f"{then:%H:%M}" if then.date() == today.date() else _describe_day(then.date(), today.date())


def format_day(written: str) -> str:
    """Return the day of the time `written` (ISO 8601) with its year, as it stands in a document: “28 Nov 2025”.

    It is the day in the place where it was written; what is no time is returned as it is.
    """
    try:
        day = datetime.fromisoformat(written).date()
    except ValueError:
        return written
    return _format_date(_("{day} {month} {year}"), day)


def _describe_day(day: date, today: date) -> str:
    if day == today - timedelta(days=1):
        return _("yesterday")
    return _format_date(_("{day} {month}") if day.year == today.year else _("{day} {month} {year}"), day)


def _format_date(template: str, day: date) -> str:
    month = pgettext("month in a date", _MONTHS[day.month - 1])
    return template.format(day=day.day, month=month, year=day.year)


def _parse_local(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
        return found.astimezone() if found.tzinfo is not None else found
    except (ValueError, OverflowError, OSError):
        return None
