"""The *Labels* dialog."""
