"""Files that a user names for the program to write: exports, reports, lists and copies."""
