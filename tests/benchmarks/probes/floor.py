"""The floor of starting: a bare Qt window with a plain text box; ends once that is painted."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit


class Watch(QObject):
    """Ends the process at the first painting."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            application.exit(0)
        return False


application = QApplication(sys.argv[:1])
window = QMainWindow()
box = QPlainTextEdit()
window.setCentralWidget(box)
window.resize(1280, 860)
box.setPlainText(Path(sys.argv[1]).read_text("utf-8"))
watch = Watch()
viewport = box.viewport()
viewport.installEventFilter(watch)
window.show()
application.exec()
os._exit(0)
