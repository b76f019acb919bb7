"""Connections to PostgreSQL that no thread waits on for ever.

A line can die without a word, and something in between may go on acknowledging what is sent: the
system's own time-outs then never run out. So whoever has waited a while asks over a new line
whether the server is there at all. Nobody answers: that silence is noted, and what waits for an
answer since before it gives up.
"""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

log = logging.getLogger(__name__)

_AFTER_SILENCE_SECONDS = 8.0
_DOUBT_SECONDS = 3.0  # a question may take longer; to ask once more costs little
_LOOK_AGAIN_SECONDS = 5.0
_NOTHING_FOR_US_SECONDS = 6.0  # an answer may be that long under way

# It rests, or waits for the rest of what we say, or for us to take what it says. False behind a
# pooler, which gives out process numbers of its own.
_NOTHING_FOR_US = """
    SELECT pg_backend_pid() = %(theirs)s AND NOT EXISTS (
      SELECT FROM pg_stat_activity WHERE pid = %(mine)s AND (
        NOT coalesce(state LIKE 'idle%%' OR wait_event IN ('ClientRead', 'ClientWrite'), false)
        OR state_change > clock_timestamp() - make_interval(secs => %(seconds)s)))"""

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
        self._looks_at = 0.0
        self._turn = threading.Lock()

    def noticed(self) -> None:
        self._at = time.monotonic()

    def ends(self, began: float, limit: float | None) -> bool:
        """Whether who waits since ``began`` (monotonic seconds) is to give up."""
        now = time.monotonic()
        if limit is not None and now - began > limit:
            self._at = now
            return True
        return began < self._at < now - _AFTER_SILENCE_SECONDS

    def doubted(self, heard: float, look: Callable[[], bool]) -> None:
        """Somebody waits, and has heard nothing since. Once that is long, ``look`` asks in a thread
        of its own whether the server answers; one such thread is enough for all who wait."""
        now = time.monotonic()
        if now - heard < _DOUBT_SECONDS or now < self._looks_at:
            return
        with self._turn:
            if now < self._looks_at:
                return
            self._looks_at = now + _LOOK_AGAIN_SECONDS
        threading.Thread(target=self._look, args=(look,), name="line", daemon=True).start()

    def _look(self, look: Callable[[], bool]) -> None:
        if not look():
            log.info("the desk's database answers nobody")
            self.noticed()


def connecting(silence: Silence) -> Callable[..., Any]:
    """What SQLAlchemy calls to connect."""

    def connect(dialect: object, record: object, args: Any, options: Any) -> Any:
        import psycopg  # its 40 ms are not for a desk in a file

        class Watched(psycopg.Connection[Any]):
            dead = False

            def wait(self, gen: Generator[Any, Any, Any], *rest: Any, **more: Any) -> Any:
                return super().wait(self._while_it_lives(gen), *rest, **more)

            def _while_it_lives(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
                began, limit = time.monotonic(), _PATIENCE.get()
                heard = began
                try:
                    state = next(gen)
                    while True:
                        ready = yield state
                        if ready:
                            heard = time.monotonic()
                        elif self.dead or silence.ends(began, limit):
                            self.close()
                            raise psycopg.OperationalError("connection lost: no answer came")
                        else:
                            silence.doubted(heard, self._look)
                        state = gen.send(ready)
                except StopIteration as end:
                    return end.value

            def _look(self) -> bool:
                """Whether a new line gets an answer, of which a refusal is one too. The server may
                be there and work on nothing for us: then it is this line alone that is dead."""
                mine, asked = self.pgconn.backend_pid, {"seconds": _NOTHING_FOR_US_SECONDS}
                try:
                    with psycopg.connect(*args, **options) as other:
                        asked |= {"theirs": other.pgconn.backend_pid, "mine": mine}
                        [[self.dead]] = other.execute(_NOTHING_FOR_US, asked)
                except psycopg.errors.ConnectionTimeout:
                    return False
                except psycopg.Error as error:
                    log.info("a look at a silent line was refused: %s", type(error).__name__)
                return True

        return Watched.connect(*args, **options)

    return connect
