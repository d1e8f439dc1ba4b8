"""Format versions of the program's own files, and migration from old ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from annotator.core.i18n import _
from annotator.storage.yaml_io.reader import MappingNode, ScalarNode, parse_tree, shorten
from annotator.storage.yaml_io.similar import find_similar
from annotator.storage.yaml_io.validation import misspelt_problem, misspelt_remedy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from annotator.storage.errors import FaultList
    from annotator.storage.yaml_io.reader import Node

Migration: TypeAlias = "Callable[[MappingNode], MappingNode]"
"""Turns the tree of one version into that of the next; line numbers stay those of the file."""


def parse_versioned_yaml(
    data: bytes, *, family: str, current: int, faults: FaultList, keys: Iterable[str] = ()
) -> tuple[MappingNode, int]:
    """Return the tree of one of the program's own files and its format version, at most `current`.

    `keys` are those that the file may have.

    Raises:
        DataFileError: The file is empty, not YAML, not of the `family`, or of a later version.
    """
    tree = parse_tree(data, faults=faults, keys=keys)
    if tree is None:
        if not len(faults):
            faults.add(0, what=_("the file is empty"), cure=_("Delete it, or restore it from a backup."))
        raise faults.to_error()
    version = find_version(tree, family=family, current=current, faults=faults)
    if version is None or not isinstance(tree, MappingNode):
        raise faults.to_error()
    return tree, version


def find_version(tree: Node, *, family: str, current: int, faults: FaultList) -> int | None:
    """Return the version in `format: family/version`, or None with one fault if the file is not of that family."""
    node = tree.entries.get("format") if isinstance(tree, MappingNode) else None
    if isinstance(tree, MappingNode) and node is None:
        meant = next((key for key in tree.entries if find_similar(key, ("format",))), None)
        if meant is not None:
            faults.add(tree.entries[meant].line, what=misspelt_problem(meant), cure=misspelt_remedy("format"))
            return None
    if not isinstance(node, ScalarNode):
        what = _('this is not a file of annotator: it does not say "format: {family}/{current}"')
        cure = _("If you wrote it for annotator, add that as its first line; else give it another name.")
        faults.add(0, what=what.format(family=family, current=current), cure=cure)
        return None
    # Nine digits at most, as int() takes quadratic time.
    match = re.fullmatch(re.escape(family) + r"/(0|[1-9][0-9]{0,8})", node.text)
    if match is None:
        what = _('this is not a file of annotator: its format is "{format}", not "{family}/{current}"')
        what = what.format(format=shorten(node.text), family=family, current=current)
        faults.add(node.line, what=what, cure=_("If you wrote it for annotator, correct that line."))
        return None
    version = int(match[1])
    if version > current:
        what = _("it was written by a later version of annotator (format {format})").format(format=node.text)
        faults.add(node.line, what=what, cure=_("Install that version to open it; nothing has been changed."))
        return None
    return version


def migrate(
    tree: MappingNode, *, version: int, current: int, migrations: Mapping[int, Migration]
) -> MappingNode | None:
    """Return `tree` migrated from `version` to `current` one version at a time, or None if a migration is missing."""
    for step in range(version, current):
        if step not in migrations:
            return None
        tree = migrations[step](tree)
    return tree
