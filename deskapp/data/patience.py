"""Connections to PostgreSQL that no thread waits on for ever.

A line can die without a word, and something in between may go on acknowledging what is sent: the
system's own time-outs then never run out. So whoever has waited a while asks over a new line
whether the server is there at all. Nobody answers: that silence is noted, and what waits for an
answer since before it gives up.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

log = logging.getLogger(__name__)

_AFTER_SILENCE_SECONDS = 8.0
_DOUBT_SECONDS = 3.0  # a question may take longer; to ask once more costs little
_LOOK_AGAIN_SECONDS = 5.0
_NOTHING_FOR_US_SECONDS = 6.0  # an answer may be that long under way

# Which of them rest, or wait for the rest of what we say, or for us to take what they say. None
# behind a pooler, which gives out process numbers of its own.
_NOTHING_FOR_US = """
    SELECT one.pid FROM unnest(%(ours)s::int[]) AS one (pid)
    WHERE pg_backend_pid() = %(theirs)s AND NOT EXISTS (
      SELECT FROM pg_stat_activity AS there WHERE there.pid = one.pid AND (
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


class Line(Protocol):
    """A connection that somebody waits on. ``dead``: it was found to be of no use."""

    dead: bool


class Silence:
    """When a line to the server was last found dead without a word.

    ``tell`` is called, in a thread of its own, when the server answers nobody: windows are to know
    that before those who wait give up, also where these hold all connections.
    """

    def __init__(self, tell: Callable[[], None] = lambda: None) -> None:
        self._at = 0.0
        self._looks_at = 0.0
        self._turn = threading.Lock()
        self._tell = tell
        # The server's process at its other end, and since when it has heard nothing.
        self._waits: dict[Line, tuple[int, float]] = {}

    def noticed(self) -> None:
        self._at = time.monotonic()

    def ends(self, began: float, limit: float | None) -> bool:
        """Whether who waits since ``began`` (monotonic seconds) is to give up."""
        now = time.monotonic()
        if limit is not None and now - began > limit:
            self._at = now
            return True
        return began < self._at < now - _AFTER_SILENCE_SECONDS

    def hears(self, line: Line, process: int) -> None:
        """Somebody begins to wait on this line, or has just heard something over it."""
        self._waits[line] = process, time.monotonic()

    def leaves(self, line: Line) -> None:
        """Nobody waits on it any more."""
        self._waits.pop(line, None)

    def doubted(self, line: Line, look: "Look") -> None:
        """Somebody waits on this line. Once that is long, ``look`` asks in a thread of its own
        whether the server answers, for all who wait that long; one such thread is enough."""
        now = time.monotonic()
        if now - self._waits[line][1] < _DOUBT_SECONDS or now < self._looks_at:
            return
        with self._turn:
            if now < self._looks_at:
                return
            self._looks_at = now + _LOOK_AGAIN_SECONDS
        waits = list(self._waits.items())
        long = {at: one for one, (at, heard) in waits if now - heard >= _DOUBT_SECONDS}
        threading.Thread(target=self._look, args=(look, long), name="line", daemon=True).start()

    def _look(self, look: "Look", lines: dict[int, Line]) -> None:
        found = look(list(lines))
        if found is None:
            log.info("the desk's database answers nobody")
            self.noticed()
            self._tell()
            return
        for process in found:
            lines[process].dead = True


Look = Callable[[list[int]], Collection[int] | None]
"""Asks over a new line what became of the processes with these numbers: those that work on nothing
for us, though we wait; None where nobody answers."""


def connecting(silence: Silence) -> Callable[..., Any]:
    """What SQLAlchemy calls to connect."""

    def connect(dialect: object, record: object, args: Any, options: Any) -> Any:
        import psycopg  # its 40 ms are not for a desk in a file

        def look(ours: list[int]) -> Collection[int] | None:
            """An answer is a refusal too. The server may be there and work on nothing for us: then
            it is these lines alone that are dead."""
            asked: dict[str, object] = {"ours": ours, "seconds": _NOTHING_FOR_US_SECONDS}
            try:
                with psycopg.connect(*args, **options) as other:
                    asked["theirs"] = other.pgconn.backend_pid
                    return [number for [number] in other.execute(_NOTHING_FOR_US, asked)]
            except psycopg.errors.ConnectionTimeout:
                return None
            except psycopg.Error as error:
                log.info("a look at a silent line was refused: %s", type(error).__name__)
                return ()

        class Watched(psycopg.Connection[Any]):
            dead = False

            def wait(self, gen: Generator[Any, Any, Any], *rest: Any, **more: Any) -> Any:
                return super().wait(self._while_it_lives(gen), *rest, **more)

            def _while_it_lives(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
                began, limit = time.monotonic(), _PATIENCE.get()
                process = self.pgconn.backend_pid
                silence.hears(self, process)
                try:
                    state = next(gen)
                    while True:
                        ready = yield state
                        if ready:
                            silence.hears(self, process)
                        elif self.dead or silence.ends(began, limit):
                            self.close()
                            raise psycopg.OperationalError("connection lost: no answer came")
                        else:
                            silence.doubted(self, look)
                        state = gen.send(ready)
                except StopIteration as end:
                    return end.value
                finally:
                    silence.leaves(self)

        return Watched.connect(*args, **options)

    return connect
