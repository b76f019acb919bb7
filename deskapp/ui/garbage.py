"""Garbage is collected in the GUI thread alone.

Python collects cycles in whichever thread happens to allocate. A lane's thread would then destroy
widgets that belong to the GUI thread, which Qt does not allow: the program ends with a
segmentation fault (seen under load).
"""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1000
_MANY = 5_000  # containers made since the last look that are worth one
_WHOLE_EVERY = 60  # looks between two that go through everything


class GuiGarbage(QObject):
    """Switches automatic collection off for the process and does it by a timer instead."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        timer = QTimer(self)
        timer.setInterval(_LOOK_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        self._looks += 1
        if self._looks % _WHOLE_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] > _MANY:
            gc.collect(1)
