"""The *Annotations* panel: a table of all annotations of the document."""
