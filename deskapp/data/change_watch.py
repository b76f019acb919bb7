"""Hearing that somebody else has written to the desk.

A hint and no more: what was written is read from the change log, over another connection. That goes
on at its own pace when an ear hears nothing, hangs, or listens in vain.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from deskapp.domain.problem import Problem, ProblemKind

from .change_order import NOTIFY_CHANNEL, PASSING_CHANNEL
from .connect import open_aside
from .database import Database
from .faults import explained
from .patience import patience

log = logging.getLogger(__name__)

# psycopg is imported where a desk is on PostgreSQL: its 40 ms are not for one in a file.

_SLICE_SECONDS = 0.25  # how soon a stop is noticed, and how often SQLite is asked
_BEAT_SECONDS = 4.0
_ANSWER_SECONDS = 3.0
_LONGEST_PAUSE = 4.0
_LEAVE_SECONDS = 2.0


class Ear:
    """``news`` is set when something may have been written by another program; ``passing`` when
    somebody came, went or moved. ``hears``: whether they would be."""

    def __init__(self, database: Database) -> None:
        self.news, self.passing = threading.Event(), threading.Event()
        self.hears = self._missed = False
        self._stop = threading.Event()
        self._database = database

    @contextmanager
    def open(self) -> Iterator["Ear"]:
        """Listens in a thread of its own, which a dead line may hold, until the block ends."""
        listen = self._to_the_file if self._database.is_sqlite else self._to_the_server
        thread = threading.Thread(target=self._keep, args=(listen,), name="ear", daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join(_LEAVE_SECONDS)

    def _keep(self, listen: Any) -> None:
        pause = _SLICE_SECONDS
        while not self._stop.is_set():
            try:
                listen()
            except Problem as problem:
                log.info("listening for changes was interrupted: %s", problem.kind)
            except Exception:
                # A fault of ours must not leave a window deaf for good.
                log.exception("listening for changes met a fault; going on")
            pause = _SLICE_SECONDS if self.hears else min(pause * 2, _LONGEST_PAUSE)
            self.hears, self._missed = False, True
            self.news.set()  # to look at once whether the desk is away altogether
            self._stop.wait(pause)

    def _to_the_file(self) -> None:
        """``PRAGMA data_version`` changes when another connection has committed."""
        asked = text("PRAGMA data_version")
        with explained(), self._database.reader.connect() as connection:
            seen = connection.execute(asked).scalar_one()
            connection.rollback()  # a read left open would see the old state for ever
            self._listening()
            while not self._stop.wait(_SLICE_SECONDS):
                now = connection.execute(asked).scalar_one()
                connection.rollback()
                if now != seen:
                    seen = now
                    self.news.set()

    def _to_the_server(self) -> None:
        """NOTIFY, with a beat that finds out soon when none can come any more."""
        engine = open_aside(self._database.url)
        autocommit = {"isolation_level": "AUTOCOMMIT"}
        with explained(), patience(_ANSWER_SECONDS), engine.connect() as connection:
            listens = text(f"LISTEN {NOTIFY_CHANNEL}; LISTEN {PASSING_CHANNEL}")
            connection.execution_options(**autocommit).execute(listens)
            raw: Any = connection.connection.driver_connection
            self._listening()
            with _explained_notices():
                while not self._stop.is_set():
                    self._until_the_beat(raw)
                    self._beat(raw)

    def _listening(self) -> None:
        self.hears = True
        self.news.set()  # what was written before anybody listened
        if self._missed:
            self.passing.set()

    def _until_the_beat(self, raw: Any) -> None:
        until = time.monotonic() + _BEAT_SECONDS
        while not self._stop.is_set() and time.monotonic() < until:
            for notice in raw.notifies(timeout=_SLICE_SECONDS, stop_after=1):
                if notice.payload != self._database.origin:
                    passing = notice.channel == PASSING_CHANNEL
                    (self.passing if passing else self.news).set()

    def _beat(self, raw: Any) -> None:
        """The line answers, and this session is one that listens: a pooler may have given us
        another, and a RESET ends it too."""
        asked = "SELECT count(*) FROM pg_listening_channels() AS one WHERE one IN (%s, %s)"
        if raw.execute(asked, (NOTIFY_CHANNEL, PASSING_CHANNEL)).fetchone()[0] != 2:
            self.hears = False
            self.news.set()
            raise Problem(ProblemKind.DATABASE_UNREACHABLE, said="listens no more")


@contextmanager
def _explained_notices() -> Iterator[None]:
    """The raw connection speaks the driver's own errors, not SQLAlchemy's."""
    import psycopg

    try:
        yield
    except psycopg.OperationalError as error:
        raise Problem(ProblemKind.DATABASE_UNREACHABLE, said=str(error).strip()) from error
