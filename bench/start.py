"""Cold start to a usable inbox, beside an empty PySide6 window in the same run.

python3 dev.py bench start [TICKETS] [ROUNDS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
        ours = [sys.executable, "-m", "bench.start_once", str(path)]
        empty = [sys.executable, "-c", _EMPTY]
        pairs = [(_timed(empty, name), _timed(ours, name)) for _ in range(rounds)]
    for label, place in (("empty PySide6 window", 0), ("deskapp, usable inbox", 1)):
        print(f"{label:24s}{statistics.median(pair[place] for pair in pairs):6.2f} s")
    print(f"ratio {statistics.median(ours / empty for empty, ours in pairs):.2f}")


def _timed(command: list[str], home: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DESKAPP_HOME": home}
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
