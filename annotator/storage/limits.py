"""How much is read of what others wrote. It must not know how it is read.

Each limit is far beyond anything that a person or this program makes, and keeps memory and time bounded; whoever meets
one is told so, with the limit, and the file stays as it is. Documents have theirs in
`annotator.storage.documents.reader`.
"""

from __future__ import annotations

LARGEST = 256 * 1024 * 1024
"""How many bytes a YAML or JSON file of ours may have; a sidecar with 100,000 annotations has 60,000,000."""

MOST_NODES = 5_000_000
"""How many scalars, sequences and mappings a YAML file may have; one with 100,000 annotations has 3,500,000."""

DEEPEST = 32
"""How many mappings and sequences may stand inside each other; in a sidecar five do."""

LONGEST_NUMBER = 300
"""How many characters a number may have; a longer one would take quadratic time to read. As a text it has no limit."""

LONGEST_KEY = 1024
"""How many characters a key may have that stands before a colon in its own line; a limit of YAML, not ours."""

LARGEST_OFFSET = 2**31 - 1
"""The largest place in a text; no text of ours has more characters."""

MOST_FAULTS = 200
"""How many faults of one file are told; what is more is only said to be more."""

LARGEST_SETTINGS = 16 * 1024 * 1024
"""How many bytes the preferences may have; a larger file counts as none."""
