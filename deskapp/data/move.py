"""A whole desk taken to another database: a file to PostgreSQL, or back.

The old place is closed to writing while rows are copied, so that nothing is written there that
the new one does not get. The new place says ``arriving`` until the old one says where it went:
whatever is interrupted, at most one of the two can be worked on, and the same move again goes on.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import DBAPIError

from deskapp.domain.desk_address import without_password
from deskapp.domain.desk_move import Moved
from deskapp.domain.problem import Problem, ProblemKind

from . import schema
from .change_order import NOTIFY_CHANNEL
from .connect import desk_url, is_sqlite
from .database import Database
from .faults import explained
from .guard import LEAVING, WRITERS_LOCK
from .move_into import into_file, into_server
from .move_pace import Pace, Told
from .move_room import free_bytes, make_room, size_of
from .snapshot import snapshot
from .table_rows import count_rows
from .table_sums import table_sums
from .tables.team import desk_info
from .team_desk import refuse_others
from .upgrade import open_desk

log = logging.getLogger(__name__)

_WRITERS_MS = 60_000
_READ_CACHE_KIB = 8 * 1024  # all is read once: the writing connection's cache is for pulls


def move_desk(
    url: str, to: str, *, try_only: bool = False, told: Told = lambda progress: None
) -> Moved:
    """Takes the desk at ``url`` to ``to``, which must be an empty database or no file yet.

    Of a team desk only its owner can (NOT_ALLOWED). Raises Problem DUPLICATE where something is
    there, UNSUITABLE_SERVER, NETWORK_FOLDER and what opening a desk raises; the old place is then
    as it was. MOVE_UNPROVED: the copy was not equal. ``try_only`` reads all of it while others go
    on working, and writes nothing.
    """
    source, shown = Database(url), without_password(str(_named(to)))
    try:
        gone = _where(source)
        if gone and desk_url(gone) == desk_url(shown) and not try_only:  # however it is spelled
            return _finish(to, shown)
        open_desk(source)
        _refuse_itself(source, to)
        _refuse_others(source)
        if try_only:
            return _tried(source, to, shown, told)
        with _left_alone(source) as connection:
            pace = Pace(count_rows(connection), told)
            with _placed(source, to, shown):
                make_room(to, _desk_id(connection), clear=True)
                if is_sqlite(desk_url(to)):
                    tables = into_file(connection, Path(desk_url(to).database or ""), pace)
                else:
                    tables = into_server(connection, to, pace)
            connection.execute(update(desk_info).values(moved_to=shown))
    finally:
        source.close()
    _let_in(to)
    log.info("the desk moved: %d tables", len(tables))
    return Moved(shown, tables)


def went_to(url: str) -> str | None:
    """Where the desk at ``url`` says it went, "" where it can be worked on; None: nobody knows."""
    source = Database(url)
    try:
        return _where(source)
    except Problem:
        return None
    finally:
        source.close()


def take_back(url: str) -> str:
    """Makes the old place the desk again; where it had gone, "" where it had not.

    What was written at the new place since is not here, and whoever has that address can go on
    writing there. Of a team desk only its owner takes it back (NOT_ALLOWED).
    """
    source = Database(url)
    try:
        if gone := _where(source):
            _refuse_others(source)
            with _left_alone(source) as connection:
                connection.execute(update(desk_info).values(moved_to=""))
        return gone
    finally:
        source.close()


def _named(to: str) -> str:
    url = desk_url(to)
    return str(url.database) if url.get_backend_name() == "sqlite" else to


def _where(database: Database) -> str:
    """Where the desk says it went, "" for nowhere, or where there is none."""
    if database.is_sqlite and not Path(database.url.database or "").exists():
        return ""
    with explained(), database.reader.connect() as connection:
        if schema.schema_of(connection) != schema.SCHEMA:
            return ""
        return str(connection.execute(select(desk_info.c.moved_to)).scalar() or "")


def _desk_id(connection: Connection) -> str:
    return str(connection.execute(select(desk_info.c.desk_id)).scalar_one())


def _refuse_itself(source: Database, to: str) -> None:
    if source.url == desk_url(to):
        raise Problem(ProblemKind.DUPLICATE, what="move", value=without_password(to))


def _refuse_others(source: Database) -> None:
    with explained(), source.reader.connect() as connection:
        refuse_others(connection)


@contextmanager
def _left_alone(database: Database) -> Iterator[Connection]:
    """A transaction in which nobody else can write to the desk; committed at the end."""
    with explained(), database.writer.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(text(f"SET LOCAL lock_timeout = {_WRITERS_MS}"))
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            connection.execute(text(f"SET LOCAL deskapp.moving = '{LEAVING}'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})"))
            connection.execute(text(f"SELECT pg_notify('{NOTIFY_CHANNEL}', 'move')"))
        else:
            connection.execute(text(f"PRAGMA cache_size=-{_READ_CACHE_KIB}"))
        yield connection


def _tried(source: Database, to: str, shown: str, told: Told) -> Moved:
    with snapshot(source) as connection:
        with _placed(source, to, shown):
            make_room(to, _desk_id(connection), clear=False)
            free = free_bytes(to)
        pace = Pace(count_rows(connection), told, try_only=True)
        tables = table_sums(connection, lambda table, rows: pace.add("read", table, rows))
        return Moved(shown, tables, tried=True, size=size_of(connection), free=free)


@contextmanager
def _placed(source: Database, to: str, shown: str) -> Iterator[None]:
    """What goes wrong at the new place leaves with that place, for the sentence."""
    try:
        yield
    except Problem as problem:
        if _by_source(problem, source, to):
            raise
        about = {"path": shown} if is_sqlite(desk_url(to)) else {}
        if not about and problem.kind is ProblemKind.DISK_FULL:
            about = {"what": "server"}
        raise Problem(problem.kind, **{"place": shown, **about, **problem.details}) from problem


def _by_source(problem: Problem, source: Database, to: str) -> bool:
    """Where both are of one sort nobody can tell, and the new place is the likelier one."""
    raised = problem.__cause__
    if not isinstance(raised, DBAPIError) or source.is_sqlite is is_sqlite(desk_url(to)):
        return False
    by_server = type(raised.orig).__module__.startswith("psycopg")
    return by_server is not source.is_sqlite


def _let_in(to: str) -> None:
    """The old place has said where the desk went, so the new one may be worked on."""
    target = Database(to)
    try:
        with explained(), target.writer.begin() as connection:
            connection.execute(update(desk_info).values(arriving=False, moved_to=""))
    finally:
        target.close()


def _finish(to: str, shown: str) -> Moved:
    """All was copied and proved, and the old place closed; only the last step was missing."""
    _let_in(to)
    target = Database(to)
    try:
        with explained(), target.reader.connect() as connection:
            return Moved(shown, table_sums(connection), finished=True)
    finally:
        target.close()
