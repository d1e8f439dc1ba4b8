"""The names of the verbs. It must not know what they do: the window's start looks here only."""

VERBS = ("open", "sentences", "check", "status", "find", "export", "review", "doctor")
