"""The names of the verbs, in a module of their own so that starting the window imports nothing else."""

VERBS = ("open", "sentences", "check", "status", "find", "export", "review", "doctor")
