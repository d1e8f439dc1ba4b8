"""The *To check* panel: changed sentences, conflicts and orphans."""
