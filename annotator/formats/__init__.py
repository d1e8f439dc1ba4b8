"""Export formats: each one writes records to a text file."""

from annotator.formats.record import Record
from annotator.formats.registry import FORMATS, Format, find_format

__all__ = ["FORMATS", "Format", "Record", "find_format"]
