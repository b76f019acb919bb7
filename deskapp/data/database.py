"""The one door to a desk's database: ``reading()`` and ``writing()``.

Both are short: one per user action or mail step. Functions inside may execute, never commit.
"""

import json
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine, Transaction, insert, text
from sqlalchemy import Connection as Connection
from sqlalchemy.exc import DBAPIError

from deskapp.domain.attempt import note_commit
from deskapp.domain.changes import Changes, Touched
from deskapp.domain.ids import AgentId, CustomerId, TicketId
from deskapp.domain.line import AWAY_KINDS, Line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.stopping import stoppable
from deskapp.domain.undoing import TicketChange

from .change_keeping import forget_old
from .change_order import say_in_passing
from .connect import desk_url, interrupter, is_sqlite, open_engines
from .faults import explained
from .guard import lacks_column, look_before_writing, refuse_newer
from .line import LineKeeper
from .outcome import WHO, Asker, Mark, is_open, mark_of, new_act
from .patience import Silence
from .tables.team import change
from .team_clock import TeamClock

log = logging.getLogger(__name__)

NOT_WRITTEN = "not_written"


class Unit:
    """One write in progress: its connection, its id, and what it has touched so far."""

    def __init__(self, connection: Connection, act: str) -> None:
        self.connection = connection
        self.act = act
        self.touched = Touched()
        self.changed: list[TicketChange] = []  # what edits of tickets changed, from what to what
        self.passing = False  # nothing here outlives a crash of the server: nobody waits for a disk


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
        self.clock = TeamClock(shared=not self.is_sqlite)
        self._announce = announce
        self.line = LineKeeper(tell_line)
        self.silence = Silence(self._silent)
        with explained():
            self.reader, self.writer = open_engines(self.url, self.silence)
        self._asker = Asker(self.url)
        # Waiting for the pool's single connection counts against its time-out; a lock does not.
        self._turn = threading.RLock()

    @property
    def address(self) -> str:
        """The desk's address with its password: for another process of ours, never to be shown."""
        if self.is_sqlite:
            return str(self.url.database)
        return self.url.render_as_string(hide_password=False)

    def ask_longer(self, seconds: float, waiting: Callable[[], None]) -> None:
        """How long a write whose end is unknown is asked for: where nobody could ask once more when
        the desk is back. ``waiting`` is called when that begins to take a while."""
        self._asker = Asker(self.url, seconds, waiting)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the desk. Raises Problem when it is out of reach,
        and within a ``Stop`` Stopped, or what the driver says, once that is wanted."""
        with (
            self._connected(self.reader) as connection,
            connection.begin(),
            stoppable(interrupter(connection)),
        ):
            self.clock.set_by(connection)
            yield connection

    @contextmanager
    def writing(self, act: str = "") -> Iterator[Unit]:
        """A write: committed at the end with its change row, rolled back on any error.

        ``act`` is the write's own id, a new one where the caller has none. When the line breaks at
        the COMMIT, the database is asked for it: a write that stands ends like any other. Raises
        DATABASE_UNREACHABLE with what="not_written" where the line broke and nothing was written,
        and OUTCOME_UNKNOWN with the act where that could not be asked.
        """
        with (
            self._one_writer(),
            self._connected(self.writer) as connection,
            _not_written_when_lost(),
            connection.begin() as transaction,
        ):
            if self.is_sqlite:
                look_before_writing(connection)
            self.clock.set_by(connection)
            unit = Unit(connection, act or new_act())
            yield unit
            changes = unit.touched.frozen(self.origin)
            mark = self._marked(connection, changes, unit)
            lost = self._commit(transaction)
        if lost is not None and mark is not None:
            self._settle(mark, lost)
        note_commit()
        if changes and self._announce is not None:
            self._announce(changes.at_home())

    def _commit(self, transaction: Transaction) -> DBAPIError | None:
        """None, or how the line broke so that nobody knows whether it was committed."""
        try:
            transaction.commit()
        except DBAPIError as error:
            if self.is_sqlite or not is_open(error):
                raise
            self.line.doubt.set()
            transaction.connection.invalidate()
            return error
        return None

    def _settle(self, mark: Mark, lost: DBAPIError) -> None:
        said = str(lost.orig).strip().partition("\n")[0]
        if not self._asker.settle(mark, said, self.line.refused):
            raise Problem(ProblemKind.DATABASE_UNREACHABLE, what=NOT_WRITTEN, said=said) from lost
        self.line.answered()

    def _silent(self) -> None:
        said = "no answer came"
        self.line.refused(Problem(ProblemKind.DATABASE_UNREACHABLE, said=said))

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        """A connection, with everything the world does to it told as a Problem and to the line."""
        try:
            with explained():
                opened = engine.connect()
        except Problem as problem:
            self.line.refused(problem)
            away = self.line.now.why
            if (
                problem.kind is ProblemKind.DATABASE_BUSY
                and away is not None
                and away.kind in AWAY_KINDS
            ):
                # Those who hold all connections wait in vain.
                raise Problem(away.kind, **away.details) from problem
            raise
        try:
            with explained(), opened as connection:
                yield connection
                whole = not connection.invalidated
        except Problem as problem:
            self.line.broke(problem)
            if problem.kind is ProblemKind.READ_ONLY and not self.is_sqlite:
                self.writer.dispose()  # the next look finds the server that writes now
            raise
        except DBAPIError as error:
            if lacks_column(error):
                with explained(), engine.connect() as asking:
                    refuse_newer(asking)
            raise
        if whole:
            self.line.answered()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._turn:
            yield

    def _marked(self, connection: Connection, changes: Changes, unit: Unit) -> Mark | None:
        """What the write is to be asked for by; None on SQLite. What it changed is numbered in the
        order of commits, and told to who listens: by a trigger. What passes is told and not kept,
        where there are ears: all that others know of it they read anew every few seconds."""
        if not self.is_sqlite and unit.passing:
            say_in_passing(connection, self.origin if changes else "")
        if not changes or (unit.passing and not self.is_sqlite):
            return None if self.is_sqlite else mark_of(connection)
        row = {"at": self.clock.now(), "origin": changes.origin, "act": unit.act}
        added = insert(change).values(touched=packed(changes), **row)
        if self.is_sqlite:
            forget_old(connection, connection.execute(added.returning(change.c.id)).scalar_one())
            return None
        number, *who = connection.execute(added.returning(change.c.id, text(WHO))).one()
        forget_old(connection, number)
        return Mark(unit.act, *who)

    def close(self) -> None:
        """Gives all connections back. The object is of no use afterwards."""
        self.reader.dispose()
        self.writer.dispose()


@contextmanager
def _not_written_when_lost() -> Iterator[None]:
    """A line that breaks before the COMMIT takes the whole write with it."""
    try:
        with explained():
            yield
    except Problem as problem:
        if problem.kind is not ProblemKind.DATABASE_UNREACHABLE:
            raise
        raise Problem(problem.kind, **{**problem.details, "what": NOT_WRITTEN}) from problem


def packed(changes: Changes) -> str:
    """The stored form of what a change touched."""
    return json.dumps(
        {
            "tickets": sorted(changes.tickets),
            "customers": sorted(changes.customers),
            "areas": sorted(changes.areas),
            "own": sorted(changes.own),
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
        frozenset((AgentId(agent), TicketId(one)) for agent, one in found.get("own", ())),
    )
