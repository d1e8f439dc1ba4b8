"""The append-only journal of steps, and recovery from it."""
