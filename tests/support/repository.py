"""Paths in the repository, and beside it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "documents"
SHARED = ROOT.parent / "shared"
"""Material that is not part of the repository; a test that needs it is skipped where it is absent."""
