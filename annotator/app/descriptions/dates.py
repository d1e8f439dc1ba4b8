"""Times as they are shown: in words (today, yesterday), or as date and minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from annotator.core.i18n import _


def describe_time(written: str, *, now: str) -> str:
    """Format the time `written` as seen from `now`, both ISO 8601, in local time; return it unchanged if it is invalid.

    A time without an offset is taken as local.
    """
    then, today = _parse_local(written), _parse_local(now)
    if then is None or today is None:
        return written
    time = f"{then:%H:%M}"
    if then.date() == today.date():
        return _("today {time}").format(time=time)
    if then.date() == today.date() - timedelta(days=1):
        return _("yesterday {time}").format(time=time)
    day = _("{year}-{month}-{day}").format(year=f"{then:%Y}", month=f"{then:%m}", day=f"{then:%d}")
    return f"{day} {time}"


def format_time(written: str) -> str:
    """Return the ISO 8601 time `written` as date and minute, as it is written, without regard to its offset."""
    return written[:16].replace("T", " ")


def _parse_local(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
        return found.astimezone() if found.tzinfo is not None else found
    except (ValueError, OverflowError, OSError):
        return None
