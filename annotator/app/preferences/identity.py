"""The user's name, the time, and new ids."""

from __future__ import annotations

import getpass
import secrets
from datetime import datetime

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without the lookalikes 0 o, 1 i l


def local_time() -> str:
    """Return the local time in ISO 8601 with its UTC offset, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def new_id() -> str:
    """Return a random id of six letters and digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


def user_name() -> str:
    """Return the login name, or an empty string."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
