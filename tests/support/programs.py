"""External programs that tests call.

A test whose program is missing is skipped when it is run by itself, and fails in the whole run, for which
`scripts/test` installs every program and sets `REQUIRE_PROGRAMS`: there a skip would hide that nothing was tested.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from typing import NoReturn


def require_program(*names: str, package: str) -> str:
    """Return the path of the first of `names` that is installed, or else skip or fail the test.

    Args:
        names: The names that the program may have.
        package: The Debian packages that contain it.
    """
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        give_up(names[0], package=package)
    return path


def give_up(what: str, *, package: str) -> NoReturn:
    """Skip the test because `what` is missing, or fail it in the whole run."""
    reason = f"{what} is not installed: apt-get install -y {package}"
    if os.environ.get("REQUIRE_PROGRAMS"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
