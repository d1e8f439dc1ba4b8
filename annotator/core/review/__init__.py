"""Rules of reviews: tallies, and the edits that verdicts ask for."""
