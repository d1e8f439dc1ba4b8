"""How many verdicts of reviewers in a sidecar wait for a decision. It must not know whether the rest is sound.

The annotations, which are most of a file, are passed over unread, so that a folder of thousands can be looked through.
"""

from __future__ import annotations

import re

from annotator.core.verdict import Outcome
from annotator.storage.errors import FaultList
from annotator.storage.verdictform import read_verdicts
from annotator.storage.yamlread import Items, Pairs, read_tree

_SECTION = re.compile(rb"^review:[^\n]*\n?(?:(?:[-# \t\r][^\n]*)?(?:\n|\Z))*", re.MULTILINE)
_FLOW = b"{"  # a file in YAML's other writing, which no program of ours makes


def count_open(data: bytes) -> int:
    """How many verdicts in the bytes of a sidecar are open; what cannot be read counts as none."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.lstrip().startswith(_FLOW):
        found = _SECTION.search(data)
        data = found[0] if found else b""
    if b"verdict" not in data:
        return 0
    faults = FaultList("")
    tree = read_tree(data, faults=faults)
    node = tree.entries.get("review") if isinstance(tree, Pairs) else None
    if not isinstance(node, Items):
        return 0
    return sum(verdict.outcome is Outcome.OPEN for verdict in read_verdicts(node.items, faults=faults))
