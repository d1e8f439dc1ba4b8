"""Who works, at what time, and what new things are called. It must not know what is done."""

from __future__ import annotations

import getpass
import secrets
from datetime import datetime

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another


def now() -> str:
    """The time, in ISO 8601 with the offset of this place, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def new_id() -> str:
    """An id of six letters and digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


def user_name() -> str:
    """Who is at work as the system knows, or an empty text."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
