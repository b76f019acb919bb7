"""What became of a write whose COMMIT was not answered: asked for by the write's own id.

One that tells nobody has no change row to be found by: the server is asked for its transaction.
PostgreSQL alone: the end of a SQLite commit is always known.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import URL, Connection, Engine, exists, select, text
from sqlalchemy.exc import DBAPIError

from deskapp.domain.problem import Problem, ProblemKind

from .connect import open_aside
from .faults import explained, problem_of
from .tables.team import change

log = logging.getLogger(__name__)

_ASK_SECONDS = 20.0  # a failover takes as long as that; nobody waits longer for a word
_PAUSE_SECONDS = 0.5
_STUCK_MS = 1500  # as long as the old transaction may take to end by itself
_SILENT = "xact-"  # before a transaction's number and its server, in place of an act
_LOOK_SECONDS = 0.05
_FUTURE = "22023"  # a transaction number that has not been given out yet

# Where a number of a transaction is that transaction's. A replica that took over has a timeline of
# its own, and may have given the number to another; so may a server that crashed before the first
# word of the transaction was on its disk, and that begins its statistics anew.
_SERVER = """CASE WHEN pg_is_in_recovery() THEN 'a replica' ELSE
    (SELECT concat_ws('/', system_identifier, left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
    (SELECT extract(epoch FROM stats_reset) FROM pg_stat_bgwriter)) FROM pg_control_system()) END"""
WHO = f"pg_backend_pid(), pg_current_xact_id()::text, {_SERVER}"
"""What a Mark has besides the act, as columns."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a write leaves behind to be asked for: its id, and who wrote it in which database.

    Act and transaction are "" for one that has written nothing.
    """

    act: str
    backend: int
    transaction: str
    server: str


def mark_of(connection: Connection) -> Mark:
    """That of a write without a change row."""
    who = "SELECT pg_backend_pid(), coalesce(pg_current_xact_id_if_assigned()::text, '')"
    backend, transaction, server = connection.execute(text(f"{who}, {_SERVER}")).one()
    act = transaction and f"{_SILENT}{transaction}@{server}"
    return Mark(act, backend, transaction, server)


def new_act() -> str:
    """An id no other write has; ids made one after the other lie beside each other in an index."""
    return f"{time.time_ns():016x}{uuid.uuid4().hex[:16]}"


def was_written(connection: Connection, act: str) -> bool:
    """Whether a write with this id stands in the desk. ``Problem(OUTCOME_UNKNOWN,
    what="forgotten")`` for one without a change row that this server can know nothing of."""
    if act.startswith(_SILENT):
        transaction, _, server = act.removeprefix(_SILENT).partition("@")
        ended = _ended_as(connection, transaction) if _is_server(connection, server) else ""
        if not ended:
            raise Problem(ProblemKind.OUTCOME_UNKNOWN, what="forgotten")
        return ended == "committed"
    return connection.execute(select(exists().where(change.c.act == act))).scalar_one()


def is_open(error: DBAPIError) -> bool:
    """Whether a COMMIT that ended with this error may have been done all the same."""
    problem = problem_of(error)
    lost = problem is not None and problem.kind is ProblemKind.DATABASE_UNREACHABLE
    return lost or error.connection_invalidated


class Asker:
    """Asks on connections of its own: those of the pool may be as dead as the one that was lost."""

    def __init__(
        self,
        url: URL,
        seconds: float = _ASK_SECONDS,
        waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """``waiting`` is called once in each question, when it is not answered at once."""
        self._url = url
        self._seconds = seconds
        self._waiting = waiting

    def settle(self, mark: Mark, said: str, refused: Callable[[Problem], None]) -> bool:
        """True: the write stands. False: it does not, and never will.

        Raises Problem(OUTCOME_UNKNOWN, act) when the database does not answer in time, and without
        an act where another one answers, which cannot know it.
        """
        if not mark.act:
            return True
        until = time.monotonic() + self._seconds
        engine, waited = open_aside(self._url), False
        while time.monotonic() < until:
            try:
                with explained():
                    stands = self._ask(engine, mark)
            except Problem as problem:
                if problem.kind is ProblemKind.OUTCOME_UNKNOWN:
                    raise
                refused(problem)
                if not waited:
                    self._waiting()
                waited = True
                said = str(problem.details.get("said") or said)
                threading.Event().wait(_PAUSE_SECONDS)
                continue
            log.info("the end of a write was lost and asked for: %s", stands)
            return stands
        raise Problem(ProblemKind.OUTCOME_UNKNOWN, said=said, act=mark.act)

    def _ask(self, engine: Engine, mark: Mark) -> bool:
        with engine.connect() as connection:
            try:
                _wait_for_its_end(connection, mark)
            except Problem as problem:
                if problem.kind is not ProblemKind.DATABASE_BUSY:
                    raise
                connection.rollback()
                _end_it(connection, mark)
                connection.commit()
                _wait_for_its_end(connection, mark)
            return was_written(connection, mark.act)


def _wait_for_its_end(connection: Connection, mark: Mark) -> None:
    """The question that follows is a statement of its own and so sees what was committed till then.
    Raises DATABASE_BUSY while the old transaction goes on; on another server nothing does."""
    if not _is_server(connection, mark.server):
        return
    until = time.monotonic() + _STUCK_MS / 1000
    while _ended_as(connection, mark.transaction) == "in progress":
        if time.monotonic() > until:
            raise Problem(ProblemKind.DATABASE_BUSY)
        threading.Event().wait(_LOOK_SECONDS)


def _is_server(connection: Connection, server: str) -> bool:
    """Whether this is the server that gave its numbers out by that name, and no crash since."""
    return bool(connection.execute(text(f"SELECT {_SERVER}")).scalar_one() == server)


def _ended_as(connection: Connection, transaction: str) -> str:
    """ "committed", "aborted" or "in progress"; "" for one that the server has forgotten."""
    asked = text("SELECT coalesce(pg_xact_status(CAST(CAST(:number AS text) AS xid8)), '')")
    try:
        with connection.begin_nested():
            ended: str = connection.execute(asked, {"number": transaction}).scalar_one()
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _FUTURE:
            raise
        return "aborted"  # never given out by this server
    return ended


def _end_it(connection: Connection, mark: Mark) -> None:
    """Ends the old transaction, which nobody can commit any more but a packet that is still under
    way. It is known by its own number: a process number may be another's by now."""
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :backend"
            " AND backend_xid = CAST(CAST(:number AS numeric) % 4294967296 AS text)::xid"
        ),
        {"backend": mark.backend, "number": mark.transaction},
    )
