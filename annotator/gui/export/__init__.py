"""The *Export* dialog."""
