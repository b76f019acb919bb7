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
_SILENT = "xact-"  # before a transaction's number, in place of an act
_LOOK_SECONDS = 0.05
_FUTURE = "22023"  # a transaction number that has not been given out yet


@dataclass(frozen=True, slots=True)
class Mark:
    """What a write leaves behind to be asked for: its id, and who wrote it in the database.

    Both are "" for a transaction that has written nothing.
    """

    act: str
    backend: int
    transaction: str


def mark_of(connection: Connection) -> Mark:
    """That of a write without a change row."""
    who = "SELECT pg_backend_pid(), coalesce(pg_current_xact_id_if_assigned()::text, '')"
    backend, transaction = connection.execute(text(who)).one()
    return Mark(transaction and _SILENT + transaction, backend, transaction)


def new_act() -> str:
    """An id no other write has; ids made one after the other lie beside each other in an index."""
    return f"{time.time_ns():016x}{uuid.uuid4().hex[:16]}"


def was_written(connection: Connection, act: str) -> bool:
    """Whether a write with this id stands in the desk."""
    if act.startswith(_SILENT):
        return _ended_as(connection, act.removeprefix(_SILENT)) == "committed"
    return connection.execute(select(exists().where(change.c.act == act))).scalar_one()


def is_open(error: DBAPIError) -> bool:
    """Whether a COMMIT that ended with this error may have been done all the same."""
    problem = problem_of(error)
    lost = problem is not None and problem.kind is ProblemKind.DATABASE_UNREACHABLE
    return lost or error.connection_invalidated


class Asker:
    """Asks on connections of its own: those of the pool may be as dead as the one that was lost."""

    def __init__(self, url: URL, seconds: float = _ASK_SECONDS) -> None:
        self._url = url
        self._seconds = seconds

    def settle(self, mark: Mark, said: str, refused: Callable[[Problem], None]) -> bool:
        """True: the write stands. False: it does not, and never will.

        Raises Problem(OUTCOME_UNKNOWN, act) when the database does not answer in time.
        """
        if not mark.act:
            return True
        until = time.monotonic() + self._seconds
        engine = open_aside(self._url)
        while time.monotonic() < until:
            try:
                with explained():
                    stands = self._ask(engine, mark)
            except Problem as problem:
                refused(problem)
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
    Raises DATABASE_BUSY while the old transaction goes on."""
    until = time.monotonic() + _STUCK_MS / 1000
    while _ended_as(connection, mark.transaction) == "in progress":
        if time.monotonic() > until:
            raise Problem(ProblemKind.DATABASE_BUSY)
        threading.Event().wait(_LOOK_SECONDS)


def _ended_as(connection: Connection, transaction: str) -> str:
    """ "committed", "aborted" or "in progress"; "" for one that the server has forgotten."""
    asked = text("SELECT coalesce(pg_xact_status(CAST(CAST(:number AS text) AS xid8)), '')")
    try:
        with connection.begin_nested():
            ended: str = connection.execute(asked, {"number": transaction}).scalar_one()
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _FUTURE:
            raise
        return "aborted"  # another server took over, and it never came to this one
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
