"""Read documents and list the documents of a folder."""
