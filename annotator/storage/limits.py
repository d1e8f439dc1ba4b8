"""Limits on files that other programs may have written.

Each limit is far beyond what a user or this program produces, and keeps memory and time bounded. A file beyond one is
refused with a sentence that states the limit, and is left as it is. Documents have theirs in
`annotator.storage.documents.reader`.
"""

from __future__ import annotations

MAX_FILE_BYTES = 256 * 1024 * 1024
"""Most bytes of a YAML or JSON file; a sidecar with 100,000 annotations has 60,000,000."""

MAX_NODES = 5_000_000
"""Most scalars, sequences and mappings in a YAML file; a sidecar with 100,000 annotations has 3,500,000."""

MAX_DEPTH = 32
"""Deepest nesting of mappings and sequences; a sidecar nests five deep."""

MAX_NUMBER_LENGTH = 300
"""Most characters of a number: reading one takes quadratic time. A text may be longer."""

MAX_KEY_LENGTH = 1024
"""Most characters of a key on one line with its colon; a limit of YAML itself."""

MAX_OFFSET = 2**31 - 1
"""Largest offset in a text, in code points."""

MAX_FAULTS = 200
"""Most faults reported for one file; then only that there are more."""

MAX_SETTINGS_BYTES = 16 * 1024 * 1024
"""Most bytes of the preferences file; a larger one is ignored."""
