"""Reads batches of mail: parsing is what a pull costs most, and where strangers' bytes go first.

Large batches go to several processes at once. Of a small batch only mails too large to be harmless
go there: up to ``HARMLESS_BYTES`` no mail has been found that takes a second (tests/exams), and a
process costs half a second to start.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from .reader_process import ReaderProcess, Reading, read_mail

__all__ = ["ParsePool", "Reading", "read_mail"]

HARMLESS_BYTES = 64 * 1024
_MANY = 40  # fewer are read here sooner than another process is asked
_CHUNK = 20


class ParsePool:
    """Starts its processes when they are first needed and keeps them until ``close``.

    While they are ``cold``, small batches are read sooner.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._count = processes or min(4, os.cpu_count() or 1)
        self._readers = [ReaderProcess() for _ in range(self._count)]
        self._idle: SimpleQueue[ReaderProcess] = SimpleQueue()
        for reader in self._readers:
            self._idle.put(reader)
        # Each of these threads only waits for its process.
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="reader")
        self._started = False

    def start(self) -> None:
        """Many mails are coming: the processes are started, and nobody waits for them."""
        if not self._started and self._count > 1:
            self._started = True
            for _ in self._readers:
                self._threads.submit(self._start)

    @property
    def cold(self) -> bool:
        """Whether there could be processes, and none can read yet."""
        return self._count > 1 and not any(reader.ready for reader in self._readers)

    def begin(self, raws: Sequence[bytes]) -> Callable[[], list[Reading]]:
        """Has these read, elsewhere if need be; the answer waits for all, in order."""
        if len(raws) < _MANY or self._count < 2:
            return self._begin_few(raws)
        chunks = [raws[start : start + _CHUNK] for start in range(0, len(raws), _CHUNK)]
        running = [self._threads.submit(self._read, chunk) for chunk in chunks]
        return lambda: [reading for each in running for reading in each.result()]

    def _begin_few(self, raws: Sequence[bytes]) -> Callable[[], list[Reading]]:
        large: dict[int, Future[list[Reading]]] = {
            place: self._threads.submit(self._read, [raw])
            for place, raw in enumerate(raws)
            if len(raw) > HARMLESS_BYTES
        }

        def answer() -> list[Reading]:
            return [
                large[place].result()[0] if place in large else read_mail(raw)
                for place, raw in enumerate(raws)
            ]

        return answer

    def _start(self) -> None:
        reader = self._idle.get()
        try:
            reader.start()
        finally:
            self._idle.put(reader)

    def _read(self, raws: Sequence[bytes]) -> list[Reading]:
        reader = self._idle.get()
        try:
            return reader.read(raws)
        finally:
            self._idle.put(reader)

    def close(self) -> None:
        """Ends the processes at once; what they were reading is not answered for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for reader in self._readers:
            reader.close()
        self._threads.shutdown(wait=True)
        for reader in self._readers:
            reader.end()
