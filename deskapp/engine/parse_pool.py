"""Reads mails in processes of their own when many have come: parsing is what a pull costs most.

One mail that kills or freezes its process is found, held and named; the others go on.
"""

import logging
import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.pool import AsyncResult, Pool

from deskapp.domain.mail import ParsedMail, UnreadableMail
from deskapp.mail.parse import parse_mail

log = logging.getLogger(__name__)

Reading = ParsedMail | str
"""The mail, or the short word why it cannot be read."""

_MANY = 40  # fewer are read here sooner than another process is asked
_CHUNK = 20
_SECONDS_A_CHUNK = 90.0
_SECONDS_A_MAIL = 15.0


def read_mail(raw: bytes) -> Reading:
    """Parses one mail here."""
    try:
        return parse_mail(raw)
    except UnreadableMail as unreadable:
        return unreadable.reason


def _read_chunk(raws: Sequence[bytes]) -> list[Reading]:
    return [read_mail(raw) for raw in raws]


class ParsePool:
    """Starts its processes at the first large batch and keeps them until ``close``."""

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or min(4, os.cpu_count() or 1)
        self._pool: Pool | None = None

    def begin(self, raws: Sequence[bytes]) -> Callable[[], list[Reading]]:
        """Has these read, elsewhere if they are many; the answer waits for all, in order."""
        if len(raws) < _MANY or self._processes < 2:
            return lambda: [read_mail(raw) for raw in raws]
        chunks = [raws[start : start + _CHUNK] for start in range(0, len(raws), _CHUNK)]
        running = [(one, self._ready().apply_async(_read_chunk, (one,))) for one in chunks]
        return lambda: self._results(running)

    def _results(
        self, running: Sequence[tuple[Sequence[bytes], AsyncResult[list[Reading]]]]
    ) -> list[Reading]:
        found: list[Reading] = []
        broken = False
        for raws, result in running:
            try:
                found += result.get(0 if broken else _SECONDS_A_CHUNK)
            except multiprocessing.TimeoutError:
                # A process died or hangs: what it had is lost, what others had is not.
                broken = True
                found += self._one_by_one(raws)
        return found

    def _one_by_one(self, raws: Sequence[bytes]) -> list[Reading]:
        found: list[Reading] = []
        for raw in raws:
            try:
                result = self._ready().apply_async(_read_chunk, ([raw],))
                found += result.get(_SECONDS_A_MAIL)
            except multiprocessing.TimeoutError:
                log.warning("a mail of %d bytes stopped its reader", len(raw))
                found.append("too_slow")
                self.close()
        return found

    def _ready(self) -> Pool:
        if self._pool is None:
            # Spawned, not forked: this process has threads that hold locks.
            self._pool = multiprocessing.get_context("spawn").Pool(
                self._processes, initializer=_quiet
            )
        return self._pool

    def close(self) -> None:
        """Ends the processes at once."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.terminate()
            pool.join()


def _quiet() -> None:
    """Ctrl+C goes to the whole group; the engine alone decides when its readers end."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
