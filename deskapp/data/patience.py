"""Connections to PostgreSQL that no thread waits on for ever.

A line can die without a word, and something in between may go on acknowledging what is sent: the
system's own time-outs then never run out. Whoever notices such a silence tells the line's keeper,
and what waits for an answer since before that gives up.
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_AFTER_SILENCE_SECONDS = 8.0

_PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Whatever this thread asks inside must be answered within so many seconds each."""
    before = _PATIENCE.set(seconds)
    try:
        yield
    finally:
        _PATIENCE.reset(before)


class Silence:
    """When a line to the server was last found dead without a word."""

    def __init__(self) -> None:
        self._at = 0.0

    def noticed(self) -> None:
        self._at = time.monotonic()

    def ends(self, began: float, limit: float | None) -> bool:
        """Whether who waits since ``began`` (monotonic seconds) is to give up."""
        now = time.monotonic()
        if limit is not None and now - began > limit:
            self._at = now
            return True
        return began < self._at < now - _AFTER_SILENCE_SECONDS


def connecting(silence: Silence) -> Callable[..., Any]:
    """What SQLAlchemy calls to connect."""

    def connect(dialect: object, record: object, args: Any, options: Any) -> Any:
        import psycopg  # its 40 ms are not for a desk in a file

        class Watched(psycopg.Connection[Any]):
            def wait(self, gen: Generator[Any, Any, Any], *rest: Any, **more: Any) -> Any:
                return super().wait(self._while_it_lives(gen), *rest, **more)

            def _while_it_lives(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
                began, limit = time.monotonic(), _PATIENCE.get()
                try:
                    state = next(gen)
                    while True:
                        ready = yield state
                        if not ready and silence.ends(began, limit):
                            self.close()
                            raise psycopg.OperationalError("connection lost: no answer came")
                        state = gen.send(ready)
                except StopIteration as end:
                    return end.value

        return Watched.connect(*args, **options)

    return connect
