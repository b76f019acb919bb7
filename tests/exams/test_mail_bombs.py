"""Mail made to freeze or starve, ten times as large as in the tests: each is read or held, within
the limits of the process that reads, and the honest mail behind it arrives."""

import logging
import multiprocessing
import threading
import time
from pathlib import Path

import pytest

from deskapp.domain.mail import ParsedMail
from deskapp.engine.parse_pool import ParsePool
from deskapp.engine.reader_process import MEMORY_BYTES
from tests.mail.parse.bombs import bombs
from tests.mail.parse.test_hostile import BOMBS

log = logging.getLogger(__name__)

OWN_BYTES = 400 * 1024 * 1024  # what a reader needs itself, with the mails of a batch
HONEST = b"From: a@b.example\r\nSubject: honest\r\n\r\nWhere is my parcel?"


def peak_bytes(stop: threading.Event) -> int:
    """The most resident memory that one reading process was seen with."""
    most = 0
    while not stop.wait(0.02):
        for child in multiprocessing.active_children():
            try:
                fields = Path(f"/proc/{child.pid}/statm").read_text("ascii").split()
            except OSError:
                continue
            most = max(most, int(fields[1]) * 4096)
    return most


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_bombs_are_read_or_held_and_honest_mail_arrives() -> None:
    large = BOMBS | bombs(10)
    pool = ParsePool(2)
    stop = threading.Event()
    peaks: list[int] = []
    watcher = threading.Thread(target=lambda: peaks.append(peak_bytes(stop)))
    watcher.start()
    try:
        for name, raw in large.items():
            begin = time.monotonic()
            bomb, honest = pool.begin([raw, HONEST])()
            told = bomb if isinstance(bomb, str) else "read"
            log.warning("%s: %d bytes, %.2f s, %s", name, len(raw), time.monotonic() - begin, told)
            assert told in ("read", "too_slow", "too_big"), name
            assert isinstance(honest, ParsedMail)
    finally:
        stop.set()
        watcher.join()
        pool.close()
    log.warning("most memory of a reader: %d MiB", peaks[0] // 1024 // 1024)
    assert peaks[0] < MEMORY_BYTES + OWN_BYTES
