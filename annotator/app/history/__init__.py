"""Look back at the history of a document and restore its states."""
