"""Files on disk: documents, sidecars, the journal. It must not know how sentences are found or shown."""
