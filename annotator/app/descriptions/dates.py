"""Times as people say them: today, yesterday, or the day. It must not know the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from annotator.core.i18n import _


def tell_when(written: str, *, now: str) -> str:
    """The time ``written`` (ISO 8601) on this computer's clock, seen from ``now`` (likewise); as written if unreadable.

    A time without an offset is taken as it stands.
    """
    then, today = _find_local(written), _find_local(now)
    if then is None or today is None:
        return written
    time = f"{then:%H:%M}"
    if then.date() == today.date():
        return _("today {time}").format(time=time)
    if then.date() == today.date() - timedelta(days=1):
        return _("yesterday {time}").format(time=time)
    day = _("{year}-{month}-{day}").format(year=f"{then:%Y}", month=f"{then:%m}", day=f"{then:%d}")
    return f"{day} {time}"


def _find_local(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
        return found.astimezone() if found.tzinfo is not None else found
    except (ValueError, OverflowError, OSError):
        return None
