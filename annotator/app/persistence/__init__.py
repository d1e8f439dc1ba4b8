"""Load, save and merge the annotations of documents."""
