"""The program's diary: a rotating file.

Addresses, subjects and bodies are written nowhere; ids are, at debug.
"""

import logging
import traceback
from pathlib import Path
from types import TracebackType

from . import paths

ExceptionFacts = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

_LARGEST = 2_000_000  # bytes of one file
_OLDER_FILES = 3
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


class QuietFormatter(logging.Formatter):
    """Says where a fault of ours happened, not what it held.

    An exception's text may quote the mail it stumbled over: a UnicodeDecodeError carries the bytes,
    a KeyError the word.
    """

    def formatException(self, ei: ExceptionFacts) -> str:
        fault = ei[1]
        lines = []
        while fault is not None:
            lines.append(type(fault).__name__)
            lines += [part.rstrip() for part in traceback.format_tb(fault.__traceback__)]
            fault = fault.__cause__ or fault.__context__
        return "\n".join(lines)


def start(name: str, *, debug: bool = False, brief: bool = False) -> None:
    """Begins the diary ``name``.log in the home folder. Without a writable folder: none.

    ``brief`` is for a program of a second: a file too long is set aside once, at the start.
    """
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    # imapclient's debug log carries mail; ours says what is needed.
    logging.getLogger("imapclient").setLevel(logging.WARNING)
    handlers: list[logging.Handler] = [logging.NullHandler()]  # or Python writes to stderr
    try:
        folder = paths.home() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.log"
        handlers.append(_plain_file(file) if brief else _rotating_file(file))
    except OSError:
        root.warning("no diary on disk: the folder for logs cannot be written")
    for handler in handlers:
        handler.setFormatter(QuietFormatter(_FORMAT))
        root.addHandler(handler)


def _plain_file(file: Path) -> logging.Handler:
    if file.exists() and file.stat().st_size > _LARGEST:
        file.replace(file.with_name(f"{file.name}.1"))
    return logging.FileHandler(file, encoding="utf-8")


def _rotating_file(file: Path) -> logging.Handler:
    # Here because it loads sockets and queues: 16 ms that `ticket list` does not have.
    from logging.handlers import RotatingFileHandler

    return RotatingFileHandler(file, maxBytes=_LARGEST, backupCount=_OLDER_FILES, encoding="utf-8")
