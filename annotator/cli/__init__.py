"""The command line: verbs that need no display and import no Qt."""
