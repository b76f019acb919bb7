"""The program's diary: a rotating file, and its last lines in memory for a report.

Addresses, subjects and bodies are written nowhere; ids are, at debug.
"""

import logging
import logging.handlers
from collections import deque

from . import paths

_LINES = 500
_kept: deque[str] = deque(maxlen=_LINES)
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


class _Memory(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        _kept.append(self.format(record))


def start(name: str, *, debug: bool = False) -> None:
    """Begins the diary ``name``.log in the home folder. Without a writable folder: memory only."""
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    # imapclient's debug log carries mail; ours says what is needed.
    logging.getLogger("imapclient").setLevel(logging.WARNING)
    handlers: list[logging.Handler] = [_Memory()]
    try:
        folder = paths.home() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.log"
        handlers.append(
            logging.handlers.RotatingFileHandler(
                file, maxBytes=2_000_000, backupCount=3, encoding="utf-8"
            )
        )
    except OSError:
        root.warning("no diary on disk: the folder for logs cannot be written")
    for handler in handlers:
        handler.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(handler)


def last_lines() -> list[str]:
    """What was logged lately, oldest first."""
    return list(_kept)
