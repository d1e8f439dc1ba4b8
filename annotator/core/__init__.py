"""Values and rules of annotation: standard library only, no files, no clock."""
