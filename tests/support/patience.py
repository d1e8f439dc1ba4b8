"""Limits on how long tests wait for a state."""

from __future__ import annotations

PATIENCE = 60.0
"""Seconds after which what another thread or process has to do counts as not done.

Nothing takes a tenth of it, but on a machine with ten times as much to do as it can.
"""
