"""Read policy news and tag its sentences; the tags are saved as YAML beside each article."""

__version__ = "0.1.0"
