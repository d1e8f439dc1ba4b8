"""The model shared by all review formats: packets, answers and the terms of verdicts."""
