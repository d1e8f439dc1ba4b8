"""Print which faces the article gets on this system and which Vietnamese letters they lack; run as a program.

Each line has: whether the system has the face, the face, the face as Qt names it, and the missing letters.
"""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication

from annotator.gui.theme.fonts import load_missing_fonts
from annotator.gui.theme.theme import LIGHT, make_article_style

LETTERS = "ằẵặễộợữựỵĐđơư₫…“”–×\u0302\u0301"


def main() -> None:
    """Print a line for each face, upright and italic, normal and bold."""
    application = QApplication([])
    before = QFontDatabase.hasFamily("Noto Serif")
    load_missing_fonts()
    for face in ("serif", "sans"):
        for is_italic in (False, True):
            for weight in (QFont.Weight.Normal, QFont.Weight.Bold):
                font = QFont(list(make_article_style(LIGHT, (), face=face, language="vi").fonts))
                font.setItalic(is_italic)
                font.setWeight(weight)
                raw = QRawFont.fromFont(font)
                lacking = "".join(one for one in LETTERS if not raw.supportsCharacter(ord(one)))
                words = (str(before), raw.familyName(), QFontInfo(font).family(), lacking)
                sys.stdout.write(" ".join(words).strip() + "\n")
    application.quit()


if __name__ == "__main__":
    main()
