"""The one door to a desk's database: ``reading()`` and ``writing()``.

Both are short: one per user action or mail step. Functions inside may execute, never commit.
"""

import json
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import URL, Engine, insert, text
from sqlalchemy import Connection as Connection

from deskapp.domain.changes import Changes, Touched
from deskapp.domain.ids import CustomerId, TicketId
from deskapp.domain.line import Line
from deskapp.domain.problem import Problem
from deskapp.domain.stopping import stoppable
from deskapp.domain.undoing import TicketChange

from .connect import desk_url, interrupter, is_sqlite, open_engines
from .faults import explained
from .guard import look_before_writing
from .line import LineKeeper
from .tables.team import change

log = logging.getLogger(__name__)

NOTIFY_CHANNEL = "deskapp_change"
_CHANGE_LOCK = 0x6465736B  # "desk": the advisory lock under which change rows are numbered


class Unit:
    """One write in progress: its connection, and what it has touched so far."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.touched = Touched()
        self.changed: list[TicketChange] = []  # what edits of tickets changed, from what to what


class Database:
    """A desk's database. Safe to use from several threads; one write at a time on SQLite."""

    def __init__(
        self,
        url: str | URL,
        *,
        announce: Callable[[Changes], None] | None = None,
        tell_line: Callable[[Line], None] | None = None,
        origin: str | None = None,
    ) -> None:
        self.url = url if isinstance(url, URL) else desk_url(url)
        self.origin = origin or uuid.uuid4().hex
        self.is_sqlite = is_sqlite(self.url)
        self._announce = announce
        self.line = LineKeeper(tell_line)
        with explained():
            self.reader, self.writer = open_engines(self.url)
        # Waiting for the pool's single connection counts against its time-out; a lock does not.
        self._turn = threading.RLock()

    @property
    def address(self) -> str:
        """The desk's address with its password: for another process of ours, never to be shown."""
        if self.is_sqlite:
            return str(self.url.database)
        return self.url.render_as_string(hide_password=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the desk. Raises Problem when it is out of reach,
        and within a ``Stop`` Stopped, or what the driver says, once that is wanted."""
        with (
            self._connected(self.reader) as connection,
            connection.begin(),
            stoppable(interrupter(connection)),
        ):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """A write: committed at the end with its change row, rolled back on any error."""
        with (
            self._one_writer(),
            self._connected(self.writer) as connection,
            connection.begin(),
        ):
            if self.is_sqlite:
                look_before_writing(connection)
            unit = Unit(connection)
            yield unit
            changes = unit.touched.frozen(self.origin)
            if changes:
                self._log_change(connection, changes)
        if changes and self._announce is not None:
            self._announce(changes)

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        """A connection, with everything the world does to it told as a Problem and to the line."""
        try:
            with explained():
                opened = engine.connect()
        except Problem as problem:
            self.line.refused(problem)
            raise
        try:
            with explained(), opened as connection:
                yield connection
        except Problem as problem:
            self.line.broke(problem)
            raise
        self.line.answered()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._turn:
            yield

    def _log_change(self, connection: Connection, changes: Changes) -> None:
        if not self.is_sqlite:
            # Sequence numbers commit out of order and a cursor would skip the late ones. This
            # lock is held from numbering to commit, so numbers become visible in order.
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHANGE_LOCK})
        connection.execute(
            insert(change),
            {"at": datetime.now(UTC), "origin": changes.origin, "touched": packed(changes)},
        )
        if not self.is_sqlite:
            connection.execute(
                text("SELECT pg_notify(:channel, :origin)"),
                {"channel": NOTIFY_CHANNEL, "origin": changes.origin},
            )

    def close(self) -> None:
        """Gives all connections back. The object is of no use afterwards."""
        self.reader.dispose()
        self.writer.dispose()


def packed(changes: Changes) -> str:
    """The stored form of what a change touched."""
    return json.dumps(
        {
            "tickets": sorted(changes.tickets),
            "customers": sorted(changes.customers),
            "areas": sorted(changes.areas),
        },
        separators=(",", ":"),
    )


def unpacked(stored: str, origin: str) -> Changes:
    """Reads ``packed`` back."""
    found = json.loads(stored)
    return Changes(
        frozenset(TicketId(number) for number in found.get("tickets", ())),
        frozenset(CustomerId(number) for number in found.get("customers", ())),
        frozenset(found.get("areas", ())),
        origin,
    )
