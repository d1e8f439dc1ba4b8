"""The *Review* panel: verdicts of reviewers, and deciding on them."""
