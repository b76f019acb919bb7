"""Cold start to a usable inbox, beside an empty PySide6 window in the same run.

python3 dev.py bench start [TICKETS] [ROUNDS]
"""

import sys
import tempfile
from pathlib import Path

from bench.beside import compare
from bench.big_desk import build

_EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow(); window.resize(1440, 900); window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""


def main(tickets: int = 100_000, rounds: int = 7) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "desk.db"
        build(path, tickets).close()
        empty, ours = ["-c", _EMPTY], ["-m", "bench.start_once", str(path)]
        compare(("empty PySide6 window", empty), ("deskapp, usable inbox", ours), name, rounds)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
