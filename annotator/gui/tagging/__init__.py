"""Tag sentences, one at a time or all identical ones."""
