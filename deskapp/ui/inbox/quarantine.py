"""The mark that a file came from outside: Windows and macOS warn before they open such a one."""

import ctypes
import logging
import sys
import time
from pathlib import Path

log = logging.getLogger(__name__)

WINDOWS_STREAM = ":Zone.Identifier"
WINDOWS_MARK = b"[ZoneTransfer]\r\nZoneId=3\r\n"  # 3: the internet
MAC_ATTRIBUTE = "com.apple.quarantine"


def mark_as_foreign(path: Path, platform: str = sys.platform) -> None:
    """Marks a file just written. A file system that knows no marks (a USB stick) keeps none."""
    try:
        if platform == "win32":
            Path(str(path) + WINDOWS_STREAM).write_bytes(WINDOWS_MARK)
        elif platform == "darwin":
            _set_attribute(path, mac_mark(int(time.time())))
    except OSError as fault:
        log.info("a saved file could not be marked: %s", type(fault).__name__)


def mac_mark(at: int) -> str:
    """The value of the attribute: flags, when (hexadecimal seconds), by whom, no event."""
    return f"0083;{at:08x};deskapp;"


def _set_attribute(path: Path, value: str) -> None:
    """setxattr(2) of macOS, which Python offers on Linux alone."""
    data = value.encode("ascii")
    library = ctypes.CDLL(None, use_errno=True)
    name, place = MAC_ATTRIBUTE.encode("ascii"), str(path).encode()
    if library.setxattr(place, name, data, len(data), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "setxattr")
