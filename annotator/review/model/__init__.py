"""What all review formats share: packets, answers and the terms of verdicts."""
