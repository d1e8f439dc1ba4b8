"""Icons of the tool bar, drawn in a colour of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap

from annotator.shipped import resource_path

_SIZE = 20  # logical pixels; the drawings are 24 by 24


@cache
def load_icon(name: str, colour: str) -> QIcon:
    """Return the icon `resources/icons/NAME.svg` with lines in `colour`, sharp at device pixel ratios 1 and 2."""
    drawing = resource_path("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    made = QIcon()
    for density in (1, 2):
        image = QImage.fromData(QByteArray(_set_size(drawing, _SIZE * density).encode()))
        pixmap = QPixmap.fromImage(image, Qt.ImageConversionFlag.AutoColor)
        pixmap.setDevicePixelRatio(density)
        made.addPixmap(pixmap)
    return made


def _set_size(drawing: str, pixels: int) -> str:
    return drawing.replace('width="24" height="24"', f'width="{pixels}" height="{pixels}"')
