"""Foreign formats: each is a record with a writer. It must not know sidecars, documents or the session."""

from annotator.formats.record import Record
from annotator.formats.registry import FORMATS, Format, find_format

__all__ = ["FORMATS", "Format", "Record", "find_format"]
