"""A process that reads mail within limits, so that no mail can freeze or starve the engine.

A mail gets ``CPU_SECONDS`` of processor time and ``MEMORY_BYTES`` beyond what the process needs
itself. Where the system enforces them (Linux; the time on macOS too) it ends the process; elsewhere
``WALL_SECONDS`` ends it. A mail that ended its process is tried once more in a fresh one, because
the end may not have been its fault; then it is named with a reason, and the next ones go on.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from deskapp.domain.mail import ParsedMail, UnreadableMail
from deskapp.mail.parse import parse_mail

log = logging.getLogger(__name__)

Reading = ParsedMail | str
"""The mail, or the short word why it cannot be read."""

CPU_SECONDS = 2
MEMORY_BYTES = 512 * 1024 * 1024
WALL_SECONDS = 20.0  # a busy machine is no reason to give a mail up
_WALL_SECONDS_ALONE = 5.0  # where nothing counts processor time for us
_TRIES = 2
_TOGETHER_SECONDS = 0.05
"""Readings of this much time come in one answer: to wait for each costs as much as unpacking it."""
_NICENESS = 5  # where processors are few, a window that wants to paint goes first
_WARM_UP = (
    b"Subject: hello\r\nContent-Type: text/html\r\n\r\n<p>Hello, where is my parcel, please?</p>"
)


def read_mail(raw: bytes) -> Reading:
    """Parses one mail in this process."""
    try:
        return parse_mail(raw)
    except UnreadableMail as unreadable:
        return unreadable.reason


def warm_up() -> None:
    """Loads what reading needs: the model of languages alone takes most of a second."""
    read_mail(_WARM_UP)


class ReaderProcess:
    """One process, started when first needed and again after each end.

    ``ready`` tells that it runs, and may be read from any thread.
    """

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False
        self.ready = False

    def start(self) -> None:
        """Starts the process, if it does not run, and waits until it can read."""
        with contextlib.suppress(EOFError, OSError):  # the next read meets it again
            self._ready()

    def read(self, raws: Sequence[bytes]) -> list[Reading]:
        """What each mail says, in order. Blocks; call it from one thread at a time.

        :raises CancelledError: ``close`` was called; nothing is known of these mails.
        """
        found: list[Reading] = []
        tries = 0
        together = len(raws) > 1
        while len(found) < len(raws):
            if self._closed:
                raise CancelledError
            before = len(found)
            reason = self._read_some(raws[before:], found, together)
            if not reason:
                continue
            self.end()
            if together:
                together = False  # it was one of those that had no answer yet: which, shows now
                continue
            tries = tries + 1 if len(found) == before else 1
            if tries >= _TRIES and not self._closed:
                log.warning(
                    "a mail of %d bytes ended its reader: %s", len(raws[len(found)]), reason
                )
                found.append(reason)
                tries = 0
        return found

    def _read_some(self, raws: Sequence[bytes], found: list[Reading], together: bool) -> str:
        """Appends what comes; the answer is why no more came, or ""."""
        enough = len(found) + len(raws)
        try:
            pipe = self._ready()
            pipe.send((raws, _TOGETHER_SECONDS if together else 0.0))
            while len(found) < enough:
                if not pipe.poll(WALL_SECONDS if _counts_time() else _WALL_SECONDS_ALONE):
                    return "too_slow"
                found += pipe.recv()
                if found[-1] == "too_big":
                    self.end()  # its memory is in pieces
                    return ""
        except (EOFError, OSError):
            return self._why_it_ended()
        return ""

    def _ready(self) -> Connection:
        if self._pipe is None:
            # Spawned, not forked: this process has threads that hold locks.
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            self._process = process
            theirs.close()
            if self._closed:
                raise EOFError
            if not self._pipe.poll(60):
                raise EOFError
            self._pipe.recv()
            self.ready = True
        return self._pipe

    def _why_it_ended(self) -> str:
        if self._process is None or self._closed:
            return "internal"
        self._process.join(5)
        code = self._process.exitcode or 0
        if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
            return "too_slow"
        return "too_big" if code in (-signal.SIGABRT, -9) else "internal"

    def end(self) -> None:
        """Ends the process at once; the next read starts another."""
        self.ready = False
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        if process is not None:
            process.kill()
            process.join()
        if pipe is not None:
            pipe.close()

    def close(self) -> None:
        """Ends the process, also under a read that waits in another thread, and for good."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()


def _counts_time() -> bool:
    return sys.platform != "win32"


def _serve(pipe: Connection) -> None:
    """The process: reads lists of mails and answers with lists of readings, until the pipe ends."""
    # Ctrl+C goes to the whole group; the engine alone decides when its readers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up()  # what is loaded once is not the first mail's cost
    _bound_memory()
    if sys.platform != "win32":
        os.nice(_NICENESS)
    pipe.send(None)
    while True:
        try:
            raws, together = pipe.recv()
        except (EOFError, OSError):
            return
        _answer(pipe, raws, together)


def _answer(pipe: Connection, raws: Sequence[bytes], together: float) -> None:
    """An answer is due after each ``together`` seconds, and at once for a mail that was too big."""
    readings: list[Reading] = []
    answered = time.monotonic()
    for raw in raws:
        _renew_time()
        reading = read_mail(raw)
        readings.append(reading)
        if reading == "too_big" or time.monotonic() - answered >= together:
            pipe.send(readings)
            readings, answered = [], time.monotonic()
    if readings:
        pipe.send(readings)


def _renew_time() -> None:
    """Moves the limit of processor time ahead; the system counts it in whole seconds."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + CPU_SECONDS, hard))


def _bound_memory() -> None:
    if sys.platform == "linux":
        import resource

        with Path("/proc/self/statm").open(encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY_BYTES, hard))
