"""Hold a document open in another process, for tests of a second window on it; run as a program.

Each line of standard input is answered with `done`: `tag` tags the current sentence, anything else closes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app_builders import Work

from annotator.app.session import commands


def main(document: Path) -> None:
    """Open `document` and run the commands on standard input."""
    work = Work()
    assert work.open(document)
    for line in sys.stdin:
        if line.strip() == "tag":
            commands.tag(work.session, "opinion")
            assert work.settle()
        else:
            assert work.session.close()
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
