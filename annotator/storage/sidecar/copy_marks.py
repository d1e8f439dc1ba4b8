"""What other programs add to the name of a file that they copy, save aside or rename: data.

Each entry is a regular expression for names in normal form C, in any letter case.
"""

from __future__ import annotations

PREFIXES = (
    r"copy (?:\(\d+\) )?of ",  # Google Drive, Windows before Vista
    r"bản sao (?:\(\d+\) )?của ",  # the same in Vietnamese
    r"(?:kopie|copie|copia|cópia|kopia) (?:von|de|di|z) ",
)
"""Put before the name."""

MARKS = (
    r"[ ._~-]*sync-conflict-[\w-]+",  # Syncthing
    r" ?[(\[][^()\[\]]*(?:conflict|xung đột)[^()\[\]]*[)\]]",  # Dropbox, Nextcloud, Seafile, Box, pCloud, iCloud
    r"[ ._~-]+(?:case[ _-]|unicode[ _-])?conflict(?:ed|ing)?(?:[ ._-]*cop(?:y|ies))?(?:[-_ .]*\d[-_ .\w]*)?",  # Resilio
    r"[_-][\w-]+[_-]conflict",  # Synology Drive, which puts computer and time between
    r" ?\((?:\d+|[^()]*(?:copy|copies|bản sao|sao chép|chép)[^()]*)\)",  # browsers, Drive, KDE, GNOME Files
    r" - (?:copy|bản sao|sao chép|kopie|copie|copia|cópia|kopia|kopi|コピー|副本|복사본)(?: ?\(\d+\))?",  # Windows
    r" (?:copy|bản sao|kopie|copie|copia|cópia|kopia)(?: \d+)?",  # Finder
    r"_(?:backup|base|local|remote)_\d+",  # git mergetool
    r"[._](?:backup|base|local|remote)(?:[._]\d+)?",
    r"~(?:head|main|master|ours|theirs|[0-9a-f]{7,40})[^~]*",  # git, of a folder and a file of one name
)
"""Put before or after the ending."""

BARE_MARKS = (
    r"-[\w-]+",  # OneDrive: the name of the computer
    r" \d+",  # iCloud
    r" \([^()]*\)",
    r"_[\w-]+",
)
"""Put before the ending as well, but an annotator's name may end so."""

ENDINGS = (
    r"\.(?:txt|text|md)",  # Notepad, where endings are hidden
    r"\.(?:bak|backup|bk|old|orig|save|saved|sav|tmp|temp|new|copy|prev|rej|mine|r\d+)\d*",
    r"\.(?:part|partial|crdownload|download|opdownload|filepart|!ut|icloud)",
    r"~|\.~\d+~|\.\d{1,4}",
    r"\.sb-[\w-]+",  # TextEdit, while it saves
)
"""Put after the ending."""
