"""Questions that nobody waits for any more are ended while they are being answered.

Whoever asks holds a ``Stop`` and runs the question within it; whoever answers says how to end it.
Neither knows the other.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_IN_FORCE: "ContextVar[Stop | None]" = ContextVar("stop", default=None)


class Stopped(Exception):
    """The question was taken back before it was put."""


class Stop:
    """Of one question, which may be put in several parts. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._end: Callable[[], None] | None = None
        self.wanted = False

    def now(self) -> None:
        """Ends what is being answered, and keeps more from being asked. May wait for a server."""
        with self._lock:
            self.wanted = True
            if self._end is not None:
                self._end()

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """For what this thread asks inside."""
        before = _IN_FORCE.set(self)
        try:
            yield
        finally:
            _IN_FORCE.reset(before)

    @contextmanager
    def _by(self, end: Callable[[], None]) -> Iterator[None]:
        with self._lock:
            if self.wanted:
                raise Stopped
            before, self._end = self._end, end
        try:
            yield
        finally:
            with self._lock:  # what comes next on the same line is somebody else's
                self._end = before


@contextmanager
def stoppable(end: Callable[[], None]) -> Iterator[None]:
    """``end``, called in another thread, ends what is answered inside. Raises Stopped at once when
    it is wanted no more."""
    stop = _IN_FORCE.get()
    if stop is None:
        yield
        return
    with stop._by(end):
        yield
